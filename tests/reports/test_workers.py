"""Jobs as a measure: the workers that each producer's newest filed dossier declares, added up by place."""

import datetime as dt

import pytest
from django.utils import timezone

from ocop.orgs.models import OrgUnit
from ocop.reports.actuals import plan_actuals
from ocop.reports.measures import Scope, rows_of
from plans.models import Target
from products.models import Dossier, DossierVersion, Exclusion
from tests import factories
from tests.promotion.makers import make_certificate, make_product

MEASURE = "/lai-chau/reports/measures/"


def filed(product, *, days_ago=0, workers=None, local=None):
    """A filed dossier of the product that declares these workers."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    name = f"Đợt {Dossier.objects.count() + 1}"
    dossier = Dossier.objects.create(
        product=product, round=factories.make_round(product.unit, name=name), unit=product.unit, kind="first",
        regime="26-2026", set_code=product.set_code, state="submitted",
    )  # fmt: skip
    general = {"workers": workers, "local_workers": local}
    content = {"sections": {"general": {key: it for key, it in general.items() if it is not None}}}
    by = factories.make_user(f"nop.{dossier.pk}", "Lò Thị Xuân")
    DossierVersion.objects.create(
        dossier=dossier, number=1, receipt=f"BN-{dossier.pk}", content=content, digest="0" * 64,
        submitted_at=at, submitted_by=by,
    )  # fmt: skip
    return dossier


@pytest.fixture
def jobs(province, commune):
    """Three producers with a certificate, one without; who declared twice is counted by the newest."""
    products = [make_product(commune, f"Chè {n}") for n in range(4)]
    for product in products[:3]:
        make_certificate(product, province, issued_on=timezone.localdate())
    filed(products[0], days_ago=300, workers=99, local=99)
    dossiers = [filed(products[0], workers=32, local=30), filed(products[1], workers=8, local=5)]
    filed(products[2], workers=10**30)  # a slip that no sum holds
    filed(products[3], workers=7, local=7)
    return dossiers


def scope(unit, *, by):
    today = timezone.localdate()
    return Scope.of(unit, today.year, by=by, on=today)


def test_each_producer_is_counted_once_by_her_newest_dossier(province, officer, jobs):
    rows = rows_of("workers", scope(province, by=officer))
    assert sorted(it.workers for it in rows) == [8, 32]
    assert sorted(it.local_workers for it in rows_of("workers_local", scope(province, by=officer))) == [5, 30]
    assert list(rows_of("workers", scope(OrgUnit.objects.get(name="Phường Tân Phong"), by=officer))) == []


def test_a_target_and_the_list_behind_it_tell_the_sum(province, officer, jobs, make_plan, signed_in):
    targets = [Target(label=name, measure=name, low=40) for name in ("workers", "workers_local")]
    plan = make_plan(targets=targets)
    first, second = plan_actuals(plan, by=officer)
    assert [(first.count, first.is_reached), (second.count, second.is_reached)] == [(40, True), (35, False)]
    page = signed_in(officer).get(f"/lai-chau{first.url}")
    assert (page.context["sum"], page.context["page"].total) == (40, 2)
    assert sorted(amount for _row, amount in page.context["rows"]) == [8, 32]
    sheet = signed_in(officer).get(f"/lai-chau{first.url}&format=xlsx")
    assert sheet.status_code == 200


def test_what_the_reader_may_not_see_is_not_in_her_sum(
    province, commune, officer, commune_officer, jobs, signed_in
):
    Exclusion.objects.create(dossier=jobs[1], user=officer, ground="Góp vốn")
    Dossier.objects.filter(pk=jobs[0].pk).update(state="withdrawn")
    assert [it.workers for it in rows_of("workers", scope(province, by=officer))] == [99]
    assert [
        it.workers for it in rows_of("workers", scope(commune, by=commune_officer)).order_by("-workers")
    ] == [99, 8]
    at = f"?unit={province.pk}&year={timezone.localdate().year}"
    assert signed_in(officer).get(f"{MEASURE}workers/{at}").status_code == 200
    assert signed_in(commune_officer).get(f"{MEASURE}workers/{at}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    province, commune, officer, signed_in, django_assert_num_queries, count
):
    for n in range(count):
        product = make_product(commune, f"Chè {n}")
        make_certificate(product, province, issued_on=timezone.localdate())
        filed(product, workers=4)
    browser = signed_in(officer)
    with django_assert_num_queries(20):
        page = browser.get(f"{MEASURE}workers/?unit={province.pk}")
    assert page.context["sum"] == 4 * count
