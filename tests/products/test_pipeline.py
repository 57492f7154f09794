"""The year's pipeline: every idea, product and dossier stands at one stage; each figure opens its list."""

import pytest
from django.utils import timezone

from ocop.audit.models import Entry
from products.dossiers.readiness import readiness
from products.dossiers.whole import load, load_all
from products.ideas.pipeline import figures, reached
from products.models import Dossier, Exclusion, Product
from products.workflow import IDEA
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window, mark_all, two_rules

T = "/lai-chau"


@pytest.fixture
def plan(province, officer, leader):
    plan = make_plan(province, officer=officer, leader=leader)
    make_window(plan, by=officer, rules=two_rules())
    return plan


@pytest.fixture
def year(plan, producer, owner, officer, make):
    """One thing at almost every stage."""
    ideas = {
        name: make_idea(producer, by=owner, name=name) for name in ("Chờ", "Chọn", "Tạo", "Trượt", "Lập")
    }
    for name, stars in (("Chọn", 4), ("Tạo", 3), ("Trượt", 3), ("Lập", 5)):
        mark_all(ideas[name], by=officer, stars=stars)
        IDEA.take(
            "decline" if name == "Trượt" else "choose", ideas[name], by=officer, data={"note": "Vì vậy"}
        )
    for name in ("Tạo", "Lập"):
        IDEA.take("make_product", ideas[name], by=owner)
    return {"draft": make("draft", name="Đang soạn"), "filed": make("submitted", name="Đã nộp"), **ideas}


def test_each_stands_at_one_stage_with_the_stars_expected(plan, year, officer):
    found = figures(plan, officer)
    assert {it.stage.key: it.total for it in found if it.total} == {
        "registered": 1, "chosen": 1, "made": 2, "draft": 1, "filed": 1, "declined": 1,
    }  # fmt: skip
    made = next(it for it in found if it.stage.key == "made")
    assert [count for _label, count in made.cells] == [1, 0, 1, 0]
    assert [reached(found, key) for key in ("registered", "chosen", "draft", "filed")] == [6, 5, 2, 1]


def test_a_dossier_of_the_product_moves_it_on(plan, year, owner, officer, found, signed_in):
    product = Product.objects.get(name="Lập")
    signed_in(owner).post(
        f"{T}/products/{product.pk}/dossiers/new/", {"kind": "first", "round": found.pk, "star_aim": 5}
    )
    assert Dossier.objects.filter(product=product).exists()
    assert {it.stage.key: it.total for it in figures(plan, officer)}["made"] == 1


def test_the_page_shows_what_is_ready_and_every_figure_opens_its_list(plan, year, officer, signed_in):
    tab, url = signed_in(officer), f"{T}/plans/{plan.pk}/pipeline/"
    shown = {"registered": ["Chờ"], "chosen": ["Chọn"], "made": ["Lập", "Tạo"], "draft": ["Đang soạn"],
             "filed": ["Đã nộp"], "accepted": [], "declined": ["Trượt"], "ended": []}  # fmt: skip
    for key, names in shown.items():
        page = tab.get(f"{url}?stage={key}")
        assert [str(getattr(row, "product", None) or row) for row in page.context["page"].rows] == names, key
        assert tab.get(f"{url}?stage={key}&format=xlsx").status_code == 200
    text = tab.get(url).content.decode()
    assert "/9 phần" in text or "/8 phần" in text
    assert f"/dossiers/{year['draft'].pk}/" not in text  # a draft is its producer's
    assert f"/products/{year['draft'].product_id}/" in text
    assert 'href="?stage=filed#h-ds"' in text
    assert tab.get(f"{url}?stage=no").context["stage"].key == "draft"
    assert Entry.objects.filter(action="list.download").count() == len(shown)


def test_readiness_counts_parts_and_says_what_is_first_missing(make):
    whole, today = load(make("draft")), timezone.localdate()
    ready = readiness(whole, today)
    assert (ready.done, ready.first, ready.percent) == (ready.count, "", 100)
    del whole.sections["plan"]
    less = readiness(whole, today)
    assert (less.done, less.count) == (ready.count - 1, ready.count)
    assert less.first == "Kế hoạch phát triển: chưa điền “Mục tiêu”"


def test_a_page_of_dossiers_is_loaded_in_as_many_queries_as_one(make, django_assert_num_queries):
    make("draft"), make("draft", name="Chè hai")
    rows = list(Dossier.objects.for_list())
    for some in (rows[:1], rows):
        with django_assert_num_queries(4):
            wholes = load_all(some)
        assert [len(it.papers) for it in wholes] == [len(load(it).papers) for it in some]


def test_the_commune_sees_its_own_and_nobody_what_she_is_shut_out_of(
    plan, year, officer, other_commune, signed_in
):
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    assert sum(it.total for it in figures(plan, neighbour)) == 0
    Exclusion.objects.create(dossier=year["filed"], user=officer, ground="Vợ là giám đốc")
    after = {it.stage.key: it.total for it in figures(plan, officer)}
    assert (after["filed"], after["draft"]) == (0, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    plan, make, officer, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        make("draft", name=f"Chè {number}")
    tab, url = signed_in(officer), f"{T}/plans/{plan.pk}/pipeline/"
    tab.get(url)
    with django_assert_num_queries(28):
        assert tab.get(url).status_code == 200
