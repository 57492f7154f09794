"""A business plan is followed: what filed dossiers declare stands beside what was planned, and nothing is made up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from products.dossiers.filling import save_section
from products.ideas.amounts import Amount, read_amount
from products.ideas.plan_actuals import plan_actuals
from products.ideas.planning import start_plan
from products.models import BusinessPlan, Dossier, DossierVersion, Exclusion
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window
from tests.products.test_business_plans import fill

T = "/lai-chau"
LAST = timezone.localdate().year - 1


@pytest.fixture
def submitted(draft, owner):
    save_section(draft, "business", {"revenue_before": 1900}, by=owner)
    return factories._step(draft, "submit", timezone.now())


@pytest.fixture
def plan(draft, owner):
    """Its first year is the last that is over, its second the one in which the dossier is filed."""
    made = start_plan(draft.product, by=owner, on=dt.date(LAST, 3, 1))
    fill(made, by=owner, output_unit="kg", material_unit="ha", revenue_1="2.400", costs_1="2.000", output_1="13.000",
         revenue_2="3.000", labour_2="40", local_labour_2="30")  # fmt: skip
    return made


def told(plan, *, by, on=None):
    """{year: {figure: (planned, declared, percent, progress)}}"""
    return {
        it.year: {
            figure.name: (
                figure.planned,
                figure.declared.text if figure.declared else None,
                figure.percent,
                figure.progress.value,
            )
            for figure in it.figures
        }
        for it in plan_actuals(plan, by=by, on=on)
    }


def version(dossier, *, on, **business):
    """Another filed dossier of the product, of another round."""
    found = factories.make_round(dossier.unit, name=f"Đợt ngày {on}", on=on)
    other = Dossier.objects.create(
        product=dossier.product, round=found, unit=dossier.unit, kind="upgrade", regime=dossier.regime,
        set_code=dossier.set_code, state="submitted",
    )  # fmt: skip
    at = dt.datetime.combine(on, dt.time(9), timezone.get_current_timezone())
    return DossierVersion.objects.create(
        dossier=other, number=1, receipt=f"BN-{other.pk}", content={"sections": {"business": business}},
        digest="0" * 64, submitted_at=at, submitted_by=dossier.versions.get().submitted_by,
    )  # fmt: skip


def test_each_year_has_what_was_planned_beside_what_was_declared(plan, submitted, owner):
    years = told(plan, by=owner)
    assert years == {
        LAST: {
            "revenue": (2400, "2.400 triệu đồng", 100, "reached"),
            "profit": (400, "310 triệu đồng", 77, "behind"),
            "output": (13000, "12 tấn", 92, "behind"),
            "materials": (None, None, None, "unknown"),
            "labour": (None, None, None, "unknown"),
            "local_labour": (None, None, None, "unknown"),
        },
        LAST + 1: {
            "revenue": (3000, None, None, "running"),
            "profit": (None, None, None, "running"),
            "output": (None, None, None, "running"),
            "materials": (None, None, None, "running"),
            "labour": (40, "32 người", 80, "behind"),
            "local_labour": (30, "30 người", 100, "reached"),
        },
        LAST + 2: dict.fromkeys(
            ("revenue", "profit", "output", "materials", "labour", "local_labour"),
            (None, None, None, "running"),
        ),
    }
    assert [it.name for it in plan_actuals(plan, by=owner)[0].shown] == ["revenue", "profit", "output"]
    later = told(plan, by=owner, on=dt.date(LAST + 2, 1, 1))
    assert later[LAST + 1]["revenue"] == (3000, None, None, "unknown")


def test_a_draft_declares_nothing_and_a_withdrawal_takes_it_back(plan, draft, owner):
    save_section(draft, "business", {"revenue": 9000}, by=owner)
    assert {it.is_known for it in plan_actuals(plan, by=owner)} == {False}
    filed = factories._step(draft, "submit", timezone.now())
    assert told(plan, by=owner)[LAST]["revenue"][1] == "9.000 triệu đồng"
    Dossier.objects.filter(pk=filed.pk).update(state="withdrawn")
    assert {it.is_known for it in plan_actuals(plan, by=owner)} == {False}


def test_the_newest_filing_counts_and_an_earlier_one_that_says_otherwise_is_named(plan, submitted, owner):
    later = version(submitted, on=dt.date(LAST + 2, 2, 1), revenue=2800, revenue_before=2500)
    first, second, _third = (it.figures[0] for it in plan_actuals(plan, by=owner))
    assert (first.declared.text, first.percent, first.declared.filing.receipt) == (
        "2.500 triệu đồng", 104, later.receipt,
    )  # fmt: skip
    (other,) = first.others
    assert (other.text, other.filing.receipt) == ("2.400 triệu đồng", submitted.versions.get().receipt)
    assert (second.declared.text, second.percent, second.others) == ("2.800 triệu đồng", 93, [])


def test_a_supplement_is_read_and_still_tells_of_the_year_of_the_first_filing(plan, submitted, owner):
    asked = factories._step(submitted, "ask_supplement", timezone.now())
    save_section(asked, "business", {"revenue": 2000}, by=owner)
    assert told(plan, by=owner)[LAST]["revenue"][1] == "2.400 triệu đồng"
    factories._step(asked, "resubmit", timezone.now())
    (figure, *_rest) = plan_actuals(plan, by=owner)[0].figures
    assert (figure.declared.text, figure.progress, figure.others) == ("2.000 triệu đồng", "behind", [])
    assert figure.declared.filing.number == 2


def test_output_in_another_unit_is_shown_and_not_compared(plan, submitted, owner):
    fill(plan, by=owner, output_unit="hộp")
    assert told(plan, by=owner)[LAST]["output"] == (13000, "12 tấn", None, "apart")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("12 tấn", Amount(Decimal(12), "tấn")),
        ("1.200,5kg/năm", Amount(Decimal("1200.5"), "kg/năm")),
        (" 3.000 ", Amount(Decimal(3000), "")),
        ("12.5 tấn", None),
        ("khoảng 12 tấn", None),
        ("10 đến 12 tấn", Amount(Decimal(10), "đến 12 tấn")),
        ("9" * 400, None),
        ("", None),
    ],
)
def test_an_amount_is_read_as_it_is_written_here(written, found):
    assert read_amount(written) == found


@pytest.mark.parametrize(
    ("amount", "unit", "number"),
    [
        (Amount(Decimal("12.5"), "Tấn/năm"), "kg", Decimal(12500)),
        (Amount(Decimal(300), "kg"), "tạ", Decimal(3)),
        (Amount(Decimal(10), "đến 12 tấn"), "tấn", None),
        (Amount(Decimal(10), "hộp"), "kg", None),
        (Amount(Decimal(10), ""), "kg", None),
    ],
)
def test_weights_are_turned_into_each_other_and_nothing_else(amount, unit, number):
    assert amount.in_unit(unit) == number


def test_producer_commune_and_province_read_it_with_its_source(
    plan, submitted, owner, commune_officer, officer, signed_in
):
    receipt = submitted.versions.get().receipt
    for who in (owner, commune_officer, officer):
        page = signed_in(who).get(f"{T}/business-plans/{plan.pk}/").content.decode()
        assert f'href="{T}/dossiers/{submitted.pk}/versions/1/">{receipt}</a>' in page
        assert page.count("2.400 triệu đồng") == 1
        (first, *_rest) = signed_in(who).get(f"{T}/api/business-plans/{plan.pk}/actuals/").json()
        assert first["year"] == LAST
        revenue = first["figures"][0]
        assert (revenue["planned"], revenue["actual"], revenue["percent"]) == (2400, 2400, 100)
        assert (revenue["progress"], revenue["declared"]["filing"]["receipt"]) == ("reached", receipt)


def test_who_may_not_see_the_dossier_learns_no_figure_of_it(plan, submitted, officer, commune, signed_in):
    """The conflict that hides the dossier hides the plan of its product too."""
    Exclusion.objects.create(dossier=submitted, user=officer, ground="Góp vốn")
    assert {it.is_known for it in plan_actuals(plan, by=officer)} == {False}
    for address in (f"{T}/business-plans/{plan.pk}/", f"{T}/api/business-plans/{plan.pk}/actuals/"):
        assert signed_in(officer).get(address).status_code == 404


def test_an_idea_has_nothing_yet(province, officer, leader, producer, owner, signed_in):
    make_window(make_plan(province, officer=officer, leader=leader), by=officer)
    made = start_plan(make_idea(producer, by=owner), by=owner)
    assert {it.is_known for it in plan_actuals(made, by=owner)} == {False}
    page = signed_in(owner).get(f"{T}/business-plans/{made.pk}/").content.decode()
    assert "Ý tưởng chưa thành sản phẩm nên chưa có số thực hiện." in page


@pytest.mark.parametrize("more", [0, 2])
def test_three_filings_are_read_in_as_many_queries_as_one(
    plan, submitted, owner, more, django_assert_num_queries
):
    for n in range(more):
        version(submitted, on=dt.date(LAST + 2 + n, 2, 1), revenue=2800)
    found = BusinessPlan.objects.for_page().get(pk=plan.pk)
    with django_assert_num_queries(1):
        years = plan_actuals(found, by=owner)
    assert years[1].is_known
