"""Lists and the home of a dossier: as many queries for one row as for three; the most urgent first."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.promotion import makers

T = "/lai-chau"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "count"),
    [("dossiers/", 14), ("products/", 13), ("producers/", 14), ("api/dossiers/", 10), ("api/products/", 10)],
)
def test_lists_ask_as_often_for_one_as_for_three(
    make, officer, signed_in, django_assert_num_queries, rows, path, count
):
    for number in range(rows):
        make("submitted", name=f"Chè {number}")
    tab = signed_in(officer)
    tab.get(f"{T}/{path}")
    with django_assert_num_queries(count):
        page = tab.get(f"{T}/{path}")
    assert page.status_code == 200


@pytest.mark.parametrize(("state", "most"), [("draft", 43), ("submitted", 43), ("returned", 48)])
def test_the_home_of_a_dossier_has_a_bound(
    make, owner, signed_in, django_assert_max_num_queries, state, most
):
    dossier, tab = make(state), signed_in(owner)
    tab.get(f"{T}/dossiers/{dossier.pk}/")  # what a process asks once is not the page's
    with django_assert_max_num_queries(most):
        assert tab.get(f"{T}/dossiers/{dossier.pk}/").status_code == 200


def test_the_most_urgent_stands_first_with_its_days(make, commune_officer, signed_in):
    today = timezone.localdate()
    make("submitted", name="Chè mới", on=today)
    make("submitted", name="Chè cũ", on=today - dt.timedelta(days=28))
    make("recognised", name="Chè xong", on=today)
    text = signed_in(commune_officer).get(f"{T}/dossiers/").content.decode()
    assert text.index("Chè cũ") < text.index("Chè mới") < text.index("Chè xong")
    assert "quá" in text or "trễ" in text or "due--late" in text


def test_filters(make, commune_officer, signed_in):
    make("submitted", name="Chè Shan")
    make("reported", name="Gạo Séng Cù")
    text = signed_in(commune_officer).get(f"{T}/dossiers/?q=gao&state=reported").content.decode()
    assert "Gạo Séng Cù" in text
    assert "Chè Shan" not in text


@pytest.mark.parametrize(
    ("due", "names"), [("", ["Quá hạn", "Sắp hết", "Còn lâu"]), ("soon", ["Quá hạn", "Sắp hết"]), ("late", ["Quá hạn"])]
)  # fmt: skip
def test_the_list_can_be_narrowed_to_what_runs_out(make, commune_officer, signed_in, due, names):
    today = timezone.localdate()
    for name, days in (("Quá hạn", -1), ("Sắp hết", 7), ("Còn lâu", 8)):
        dossier = make("submitted", name=name)
        dossier.clocks.update(due_on=today + dt.timedelta(days=days))
    page = signed_in(commune_officer).get(f"{T}/dossiers/?due={due}").context["page"]
    assert [row.product.name for row in page.rows] == names


def test_pages_follow_each_other_in_any_order(commune, officer, signed_in):
    for number in range(120):
        makers.make_product(commune, f"Chè {number:03d}")
    tab = signed_in(officer)
    for sort in ("sort_key", "-sort_key", "unit__name"):
        shown, after = [], ""
        for _page in range(3):
            page = tab.get(f"{T}/products/?sort={sort}&after={after}").context["page"]
            shown, after = shown + [row.name for row in page.rows], page.after
        assert (len(shown), len(set(shown)), page.total, after) == (120, 120, 120, ""), sort
        back = tab.get(f"{T}/products/?sort={sort}&before={page.before}").context["page"]
        assert [row.name for row in back.rows] == shown[50:100], sort


def test_an_order_that_is_not_offered_is_the_usual_one(commune, officer, signed_in):
    for name in ("Chè B", "Chè A"):
        makers.make_product(commune, name)
    page = signed_in(officer).get(f"{T}/products/?sort=-producer__phone").context["page"]
    assert [row.name for row in page.rows] == ["Chè A", "Chè B"]
