"""Lists and the home of a dossier: as many queries for one row as for three; the most urgent first."""

import datetime as dt
import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from products.models import CommuneReport, Potential
from tests.factories import number_report
from tests.products.ideas import make_idea, make_plan, make_window, two_rules
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


@pytest.mark.parametrize(("state", "most"), [("draft", 43), ("submitted", 43), ("returned", 49)])
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


def _words(number):
    """Names that have as little in common as those of a province."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:30]


def _copies(row, count, **facts):
    """So many more of the row, with what differs by number."""
    kept = {it.attname: getattr(row, it.attname) for it in row._meta.concrete_fields if not it.primary_key}
    made = [kept | {name: value(n) for name, value in facts.items()} for n in range(count)]
    return type(row).objects.bulk_create(type(row)(**values) for values in made)


@pytest.fixture
def crowded(make, commune_officer, officer, leader, province, producer, owner, commune):
    """Call it with a number: so many more of every row that lists show, of one commune."""
    make_window(make_plan(province, officer=officer, leader=leader), by=officer, rules=two_rules())
    idea = make_idea(producer, by=owner)
    potential = Potential.objects.create(unit=commune, name="Cá bống vùi tro")
    filed = [make("submitted", name="Chè nộp"), make("reported", name="Chè báo cáo")]
    number_report(filed[1], commune_officer)

    def crowd(count):
        words = {
            "name": lambda n: _words(f"{count}.{n}"),
            "name_ascii": lambda n: _words(f"{count}.{n}"),
            "sort_key": lambda n: f"{n:04d}",
        }
        _copies(idea, count, **words)
        _copies(potential, count, **words)
        people = _copies(
            producer,
            count,
            registration_number=lambda n: f"62{count:04d}{n:04d}",
            tax_code=lambda n: "",
            phone=lambda n: f"09{count:04d}{n:04d}",
            **words,
        )
        for dossier in filed:
            products = _copies(
                dossier.product,
                count,
                producer_id=lambda n, of=people: of[n].pk,
                **words | {"name": lambda n, at=dossier.pk: _words(f"{at}.{count}.{n}")},
            )
            made = _copies(dossier, count, product_id=lambda n, of=products: of[n].pk, code=lambda n: "")
            _copies(dossier.clocks.get(), count, dossier_id=lambda n, of=made: of[n].pk)
            _copies(
                dossier.versions.get(),
                count,
                dossier_id=lambda n, of=made: of[n].pk,
                receipt=lambda n, at=dossier.pk: f"{at}.{count}.{n}",
            )
            if report := CommuneReport.objects.filter(dossier=dossier).first():
                _copies(report, count, dossier_id=lambda n, of=made: of[n].pk)

    return crowd


CROWDED = ("", "dossiers/", "products/", "producers/", "ideas/", "potentials/", "desk/", "desk/cutoffs/",
           "desk/forward/", "doubles/")  # fmt: skip


def test_three_hundred_rows_ask_as_often_as_twenty(crowded, commune_officer, signed_in):
    tab = signed_in(commune_officer)

    def asked():
        """{path: (queries, bytes)}, with what a process asks once already asked."""
        found = {}
        for path in CROWDED:
            tab.get(f"{T}/{path}")
            with CaptureQueriesContext(connection) as seen:
                page = tab.get(f"{T}/{path}")
            assert page.status_code == 200, path
            found[path] = (len(seen), len(page.content))
        return found

    crowded(20)
    few = asked()
    crowded(300)
    many = asked()
    assert {path: it[0] for path, it in many.items()} == {path: it[0] for path, it in few.items()}
    assert {path: it[1] for path, it in many.items() if it[1] > 250_000} == {}


EMPTY = {
    "producers/": "producers/new/", "products/": "producers/", "dossiers/": "products/", "ideas/": "producers/",
    "potentials/": "potentials/imports/", "desk/": "dossiers/", "desk/cutoffs/": "desk/", "doubles/": "producers/",
}  # fmt: skip


@pytest.mark.parametrize(("path", "step"), EMPTY.items())
def test_an_empty_list_names_the_next_step(commune_officer, signed_in, path, step):
    tab = signed_in(commune_officer)
    page = tab.get(f"{T}/{path}").text
    assert f'<a class="btn" href="{T}/{step}">' in page.partition('<div class="empty">')[2]
    assert tab.get(f"{T}/{step}").status_code == 200


@pytest.mark.parametrize("path", ["producers/", "products/", "dossiers/", "ideas/", "potentials/", "desk/"])
def test_a_list_that_a_filter_emptied_leads_back_to_all(commune_officer, signed_in, path):
    page = signed_in(commune_officer).get(f"{T}/{path}?q=khong-co").text
    assert '<a class="btn" href="?">Bỏ điều kiện lọc</a>' in page.partition('<div class="empty">')[2]
