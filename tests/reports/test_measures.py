"""Figures: computed from live records, and each opens exactly the list it counts."""

import datetime as dt

import pytest
from django.utils import timezone

from ocop.orgs.models import OrgUnit, UnitKind
from ocop.reports.actuals import Actual, plan_actuals, share_of_year
from ocop.reports.measures import COUNTED, PERSONAL, Scope, rows_of
from plans.measures import MEASURES
from plans.models import Target
from products.models import ProducerPersonal
from promotion.models import Event
from promotion.participations import add
from tests import factories
from tests.promotion.makers import make_certificate, make_product, revoked

DAY, ON = dt.date, dt.date(2026, 11, 22)
MEASURE = "/lai-chau/reports/measures/"


def test_plans_and_reports_name_the_same_measures():
    assert set(COUNTED) == set(MEASURES)
    assert {name for name, it in COUNTED.items() if it.stars} == {
        name for name, it in MEASURES.items() if it.takes_stars
    }


@pytest.fixture
def year(province, commune):
    """New, upgraded, re-ranked, revoked and expired, told by certificates alone."""
    made = {
        name: make_product(commune, name) for name in ("new3", "new4", "up", "again", "twice", "gone", "old")
    }
    make_certificate(made["new3"], province, stars=3, issued_on=DAY(2026, 3, 1))
    make_certificate(made["new4"], province, stars=4, issued_on=DAY(2026, 4, 1))
    make_certificate(made["up"], province, stars=3, issued_on=DAY(2024, 5, 1))
    make_certificate(made["up"], province, stars=4, issued_on=DAY(2026, 5, 1))
    make_certificate(made["again"], province, stars=3, issued_on=DAY(2023, 6, 1), state="replaced")
    make_certificate(made["again"], province, stars=3, issued_on=DAY(2026, 6, 1))
    make_certificate(made["twice"], province, stars=3, issued_on=DAY(2026, 2, 1))
    make_certificate(made["twice"], province, stars=4, issued_on=DAY(2026, 9, 1))
    revoked(made["gone"], province, on=DAY(2026, 10, 1), issued_on=DAY(2025, 1, 1))
    make_certificate(made["old"], province, stars=3, issued_on=DAY(2023, 11, 30))  # ends 30/11/2026
    return made


@pytest.mark.parametrize(
    ("name", "stars", "on", "found"),
    [
        ("products_valid", None, ON, ["again", "new3", "new4", "old", "twice", "up"]),
        ("products_valid", 4, ON, ["new4", "twice", "up"]),
        ("products_valid", None, DAY(2026, 9, 30), ["again", "gone", "new3", "new4", "old", "twice", "up"]),
        ("products_valid", None, DAY(2026, 12, 1), ["again", "new3", "new4", "twice", "up"]),
        ("products_valid", None, DAY(2025, 12, 31), ["again", "gone", "old", "up"]),
        ("products_new", None, ON, ["new3", "new4", "twice"]),
        ("products_new", 3, ON, ["new3", "twice"]),
        ("products_upgraded", None, ON, ["twice", "up"]),
        ("products_reranked", None, ON, ["again"]),
        ("products_recognised", None, ON, ["again", "new3", "new4", "twice", "up"]),
        ("products_recognised", None, DAY(2026, 5, 31), ["new3", "new4", "twice", "up"]),
        ("certificates_revoked", None, ON, ["gone"]),
        ("certificates_revoked", None, DAY(2026, 9, 30), []),
        ("certificates_expiring", None, ON, ["old"]),
        ("tourism_valid", None, ON, []),
    ],
)
def test_certificates_are_counted_as_they_stood_that_day(province, officer, year, name, stars, on, found):
    scope = Scope.of(province, on.year, by=officer, on=on)
    assert sorted(row.product_name for row in rows_of(name, scope, stars=stars)) == found


def test_who_leads_is_counted_for_those_who_may_read_it(province, commune, officer, leader, signed_in):
    """Facts of a person: no figure and no list for a reader who may not see them of one producer."""
    for n, facts in enumerate(
        ({"gender": "female", "ethnicity": "Kinh"}, {"ethnicity": "Dao", "is_disabled": True}, {})
    ):
        product = make_product(commune, f"Chè {n}")
        ProducerPersonal.objects.create(producer=product.producer, **{"gender": "male"} | facts)
        if n < 2:
            make_certificate(product, province, issued_on=DAY(2026, 3, 1))
    scope = Scope.of(province, 2026, by=officer, on=ON)
    counts = {name: rows_of(name, scope).count() for name in COUNTED if COUNTED[name].needs == PERSONAL}
    assert counts == {"producers_women": 1, "producers_minority": 1, "producers_disabled": 1}
    assert (
        signed_in(officer).get(f"{MEASURE}producers_women/?unit={province.pk}&year=2026").status_code == 200
    )
    assert signed_in(leader).get(f"{MEASURE}producers_women/?unit={province.pk}&year=2026").status_code == 403


def test_a_year_that_is_over_is_counted_as_of_its_last_day(province, officer, year):
    scope = Scope.of(province, 2024, by=officer, on=ON)
    assert scope.on == DAY(2024, 12, 31)
    assert sorted(row.product_name for row in rows_of("products_valid", scope)) == ["again", "old", "up"]


def test_a_tourist_service_is_counted_by_its_set(province, commune, officer):
    make_certificate(make_product(commune, "Bản Sin Suối Hồ", set_code="QD26-26"), province)
    make_certificate(make_product(commune, "Chè"), province)
    scope = Scope.of(province, timezone.localdate().year, by=officer, on=timezone.localdate())
    assert [row.product_name for row in rows_of("tourism_valid", scope)] == ["Bản Sin Suối Hồ"]


def test_what_communes_file_is_counted_from_the_dossiers(province, commune, officer, run_task):
    today = timezone.localdate()
    dossier = factories.make_complete_dossier(commune, state="submitted")
    factories.make_complete_dossier(commune, name="Còn soạn")
    scope = Scope.of(province, today.year, by=officer, on=today)
    assert list(rows_of("dossiers_filed", scope)) == [dossier]
    assert rows_of("products_registered", scope).count() == 2
    assert rows_of("producers_registered", scope).count() == 2


def test_fairs_and_their_products_are_counted(province, commune, officer):
    today = timezone.localdate()
    fair = Event.objects.create(unit=province, name="Hội chợ", starts_on=today, ends_on=today)
    add(fair, make_certificate(make_product(commune, "Chè"), province, stars=4), by=officer)
    scope = Scope.of(province, today.year, by=officer, on=today)
    assert [rows_of("fairs_held", scope).count(), rows_of("fair_participations", scope, stars=4).count()] == [
        1,
        1,
    ]
    assert rows_of("fair_participations", scope, stars=3).count() == 0


def test_a_commune_counts_its_own_and_a_department_the_province(province, commune, officer, year):
    town = OrgUnit.objects.get(name="Phường Tân Phong")
    office = factories.make_unit("Sở Nông nghiệp và Môi trường", UnitKind.DEPARTMENT, parent=province)
    counts = [
        rows_of("products_valid", Scope.of(unit, 2026, by=officer, on=ON)).count()
        for unit in (commune, town, office)
    ]
    assert counts == [6, 0, 6]


def target(measure, low=2, **facts):
    return Target(label=measure, measure=measure, low=low, **facts)


def test_a_plan_is_set_against_what_was_reached(officer, year, make_plan):
    plan = make_plan(
        year=2026,
        targets=[target("products_valid", 6), target("products_new", 4), target("products_new", 2, stars=4)],
    )
    actuals = plan_actuals(plan, by=officer, on=ON)
    assert [(it.count, it.is_reached, it.is_late) for it in actuals] == [
        (6, True, False), (3, False, True), (1, False, True)
    ]  # fmt: skip
    assert (actuals[1].bar, actuals[0].bar, actuals[0].mark) == ("75.0%", "100.0%", "89.3%")


@pytest.mark.parametrize("times", [1, 3])
def test_one_query_for_each_kind_of_rows(officer, year, make_plan, django_assert_num_queries, times):
    names = ["products_valid", "certificates_expiring", "products_new", "products_upgraded", "dossiers_filed"]
    plan = make_plan(year=2026, targets=[target(name) for name in names for _ in range(times)])
    officer.has_perm("plans.view_plan", plan)
    with django_assert_num_queries(
        5
    ):  # the targets, the area, certificates held, certificates granted, dossiers
        assert len(plan_actuals(plan, by=officer, on=ON)) == len(names) * times


def test_who_may_not_count_it_reads_no_figure(commune_officer, officer, make_plan, issue):
    plan = issue(
        make_plan(targets=[target("products_valid"), target("fairs_held"), target("dossiers_filed")])
    )
    assert [it.count for it in plan_actuals(plan, by=commune_officer)] == [0, None, None]
    assert [it.count for it in plan_actuals(plan, by=officer)] == [0, 0, 0]


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_the_figure_opens_the_list_it_counts(signed_in, officer, province, commune, year, make_plan, name):
    factories.make_complete_dossier(commune, state="submitted")
    plan = make_plan(targets=[target(name)])
    (actual,) = plan_actuals(plan, by=officer)
    page = signed_in(officer).get(f"/lai-chau{actual.url}")  # made outside a request, so without the prefix
    assert (page.status_code, page.context["page"].total, len(page.context["rows"])) == (
        200,
        actual.count,
        actual.count,
    )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("products_valid", 19), ("fair_participations", 19), ("producers_registered", 19)]
)
def test_the_list_costs_the_same_for_one_and_for_three(
    signed_in,
    officer,
    province,
    commune,
    django_assert_num_queries,
    name,
    queries,
    count,
):
    today = timezone.localdate()
    fair = Event.objects.create(unit=province, name="Hội chợ", starts_on=today, ends_on=today)
    for number in range(count):
        add(fair, make_certificate(make_product(commune, f"Chè {number}"), province), by=officer)
    browser = signed_in(officer)
    with django_assert_num_queries(queries):
        page = browser.get(f"{MEASURE}{name}/?unit={province.pk}&year={today.year}")
    assert len(page.context["rows"]) == count


def test_lists_have_pages(signed_in, officer, province, commune):
    for number in range(52):
        make_certificate(make_product(commune, f"Chè {number}"), province)
    browser = signed_in(officer)
    first = browser.get(f"{MEASURE}products_valid/")
    second = browser.get(f"{MEASURE}products_valid/?after={first.context['page'].after}")
    assert [len(page.context["rows"]) for page in (first, second)] == [50, 2]
    assert first.context["page"].total == 52


def test_who_may_read_lists(signed_in, client, officer, commune_officer, nobody, stranger, province):
    at = f"?unit={province.pk}"
    assert signed_in(commune_officer).get(f"{MEASURE}products_valid/{at}").status_code == 200
    assert signed_in(commune_officer).get(f"{MEASURE}dossiers_filed/{at}").status_code == 403
    assert signed_in(nobody).get(f"{MEASURE}products_valid/").status_code == 403
    assert signed_in(stranger).get(f"{MEASURE}products_valid/").status_code == 403
    assert signed_in(officer).get(f"{MEASURE}khong_co/").status_code == 404
    assert client.get(f"{MEASURE}products_valid/").status_code == 302


def test_the_page_of_the_plan_and_its_part(signed_in, officer, commune_officer, stranger, make_plan, issue):
    draft = make_plan()
    url = f"/lai-chau/plans/{draft.pk}/actuals/"
    assert [signed_in(who).get(url).status_code for who in (officer, commune_officer, stranger)] == [
        200,
        404,
        404,
    ]
    issue(draft)
    part = signed_in(commune_officer).get(f"{url}?part=targets").content.decode()
    assert ("<html" in part, "Sản phẩm từ 3 sao" in part) == (False, True)


def test_the_api_gives_the_targets_with_their_figures(signed_in, officer, commune_officer, year, make_plan):
    plan = make_plan(year=2026)
    rows = signed_in(officer).get(f"/lai-chau/api/plan-actuals/{plan.pk}/").json()
    assert [(row["measure"], row["stars"], row["low"], row["high"]) for row in rows] == [
        ("products_valid", None, 37, None), ("products_new", 4, 4, 6)
    ]  # fmt: skip
    assert rows[1]["count"] == 1
    assert signed_in(commune_officer).get(f"/lai-chau/api/plan-actuals/{plan.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("year", "on", "share"),
    [
        (2026, DAY(2025, 12, 31), 0.0),
        (2026, DAY(2026, 12, 31), 1.0),
        (2026, DAY(2030, 1, 1), 1.0),
        (2028, DAY(2028, 7, 1), 0.5),
    ],
)
def test_the_share_of_the_year_that_has_gone(year, on, share):
    assert share_of_year(year, on) == pytest.approx(share, abs=0.001)


def test_a_target_of_nought_is_reached():
    assert Actual(target("fairs_held", 0), 0, 0.5, "").bar == "100.0%"
