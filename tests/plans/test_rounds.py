"""The rounds of a year."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from plans.models import Round
from plans.rounds import make_regular_rounds, open_extra_round
from plans.views.rounds import calendar

DAY = dt.date
ROUNDS = "/lai-chau/plans/rounds/"
EXTRA = {"year": 2026, "name": "Đợt bổ sung", "basis": "Kế hoạch số 90/KH-UBND ngày 01/11/2026",
         "opens_on": "05/11/2026", "cutoff_on": "30/11/2026", "ends_on": "28/12/2026"}  # fmt: skip


def extra(unit, **facts):
    values = {"unit": unit, "year": 2026, "name": "Đợt bổ sung", "basis": "KH 90", "opens_on": DAY(2026, 11, 5),
              "cutoff_on": DAY(2026, 11, 30), "ends_on": DAY(2026, 12, 28)}  # fmt: skip
    return Round(**(values | facts))


def test_the_regular_rounds_have_the_dates_of_the_law(province, officer):
    made = make_regular_rounds(province, 2027, by=officer, on=DAY(2026, 11, 22))
    assert [(r.name, r.opens_on, r.cutoff_on, r.ends_on, r.regime) for r in made] == [
        ("Đợt 1 năm 2027", DAY(2026, 10, 30), DAY(2027, 4, 29), DAY(2027, 6, 29), "26/2026"),
        ("Đợt 2 năm 2027", DAY(2027, 4, 30), DAY(2027, 10, 29), DAY(2027, 12, 29), "26/2026"),
    ]
    assert [entry.action for entry in Entry.objects.about(*made)] == ["round.create", "round.create"]


def test_a_request_counts_up_to_the_day_before_the_laws_day(province, officer):
    made = make_regular_rounds(province, 2027, by=officer, on=DAY(2026, 11, 22))[0]
    assert (made.takes_on(DAY(2027, 4, 29)), made.takes_on(DAY(2027, 4, 30))) == (True, False)
    assert list(Round.objects.open_on(DAY(2027, 4, 29))) == [made]


def test_in_its_first_year_a_law_opens_no_round_before_itself(province, officer):
    made = make_regular_rounds(province, 2026, by=officer, on=DAY(2026, 11, 22))
    assert [(r.name, r.opens_on) for r in made] == [("Đợt 2 năm 2026", DAY(2026, 5, 22))]


def test_one_click_more_makes_none_anew(province, officer):
    first = make_regular_rounds(province, 2027, by=officer, on=DAY(2026, 11, 22))
    assert make_regular_rounds(province, 2027, by=officer, on=DAY(2026, 11, 22)) == first
    assert Round.objects.count() == 2


def test_a_law_without_dates_of_its_own_and_a_unit_without_rounds_say_so(province, commune, officer):
    with pytest.raises(ValidationError, match="không định sẵn đợt nào"):
        make_regular_rounds(province, 2024, by=officer, on=DAY(2024, 3, 1))
    with pytest.raises(ValidationError, match="không tổ chức đợt đánh giá"):
        make_regular_rounds(commune, 2027, by=officer, on=DAY(2026, 11, 22))


def test_an_extra_round_is_opened_by_its_basis_and_the_communes_are_told(
    signed_in, province, officer, commune_officer
):
    answer = signed_in(officer).post(f"{ROUNDS}extra/", EXTRA | {"unit": province.pk})
    made = Round.objects.get()
    assert answer.headers["Location"] == f"{ROUNDS}{made.pk}/"
    assert (made.is_extra, made.regime, made.basis) == (
        True,
        "26/2026",
        "Kế hoạch số 90/KH-UBND ngày 01/11/2026",
    )
    assert [n.subject for n in Notice.objects.for_user(commune_officer)] == ["Mở Đợt bổ sung"]


@pytest.mark.parametrize(
    ("fault", "field", "words"),
    [
        ({"basis": " "}, "basis", "Ô này còn trống, hãy điền hoặc chọn."),
        ({"cutoff_on": "01/11/2026"}, "__all__", "Ngày mở, hạn đề nghị và ngày kết thúc phải theo thứ tự."),
        ({"opens_on": "01/05/2026"}, "opens_on", "Quyết định hiện hành chưa có hiệu lực vào ngày này."),
    ],
)
def test_an_extra_round_that_may_not_be_says_why(signed_in, province, officer, fault, field, words):
    answer = signed_in(officer).post(f"{ROUNDS}extra/", EXTRA | {"unit": province.pk} | fault)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [words]
    assert Round.objects.count() == 0


def test_a_round_without_basis_is_refused_by_the_database_too(province):
    with pytest.raises(IntegrityError, match="plans_round_extra_has_basis"):
        extra(province, basis="", is_extra=True, regime="26/2026").save(force_insert=True)


def test_two_rounds_of_a_year_have_two_names(province, officer):
    open_extra_round(extra(province), by=officer)
    with pytest.raises(ValidationError, match="Năm này đã có đợt mang tên đó"):
        open_extra_round(extra(province), by=officer)


def test_rounds_are_made_by_officers_only(signed_in, province, commune_officer, leader, observer, stranger):
    for who in (commune_officer, leader, observer, stranger):
        assert (
            signed_in(who).post(f"{ROUNDS}regular/", {"unit": province.pk, "year": 2027}).status_code == 403
        )
        assert signed_in(who).post(f"{ROUNDS}extra/", EXTRA | {"unit": province.pk}).status_code == 403
    with pytest.raises(PermissionDenied):
        make_regular_rounds(province, 2027, by=commune_officer)
    assert Round.objects.count() == 0


def test_the_whole_line_reads_the_rounds_and_nobody_else(
    signed_in, province, officer, commune_officer, nobody, stranger
):
    made = open_extra_round(extra(province), by=officer)
    codes = [
        signed_in(who).get(f"{ROUNDS}{made.pk}/").status_code
        for who in (officer, commune_officer, nobody, stranger)
    ]
    assert codes == [200, 200, 404, 404]


def test_the_road_says_where_the_round_is(province):
    stops = [
        [stop["status"] for stop in calendar(extra(province), day)]
        for day in (DAY(2026, 11, 1), DAY(2026, 11, 20), DAY(2026, 12, 1), DAY(2026, 12, 29))
    ]
    assert stops == [
        ["here", "next", "next"],
        ["done", "here", "next"],
        ["done", "done", "here"],
        ["done"] * 3,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    signed_in, province, officer, django_assert_num_queries, count
):
    for number in range(count):
        open_extra_round(extra(province, name=f"Đợt {number}"), by=officer)
    client = signed_in(officer)
    with django_assert_num_queries(15):
        page = client.get(ROUNDS)
    assert len(page.context["page"].rows) == count


def test_the_api_makes_the_years_rounds_and_an_extra_one(signed_in, province, officer, commune_officer):
    api, json = "/lai-chau/api/rounds/", {"content_type": "application/json"}
    made = signed_in(officer).post(f"{api}regular/", {"unit": province.pk, "year": 2027}, **json)
    assert (made.status_code, [row["name"] for row in made.json()]) == (
        201,
        ["Đợt 1 năm 2027", "Đợt 2 năm 2027"],
    )
    body = {"unit": province.pk, "year": 2026, "name": "Bổ sung", "opens_on": "2026-11-05", "cutoff_on": "2026-11-30",
            "ends_on": "2026-12-28"}  # fmt: skip
    without = signed_in(officer).post(api, body, **json)
    assert (without.status_code, without.json()) == (
        400,
        {"errors": {"basis": ["Đợt bổ sung phải có căn cứ bằng văn bản."]}},
    )
    extra = signed_in(officer).post(api, body | {"basis": "KH 90"}, **json)
    assert (extra.status_code, extra.json()["is_extra"]) == (201, True)
    assert signed_in(commune_officer).post(api, body | {"basis": "KH 90"}, **json).status_code == 403
    assert len(signed_in(commune_officer).get(api).json()["results"]) == 3


def test_an_extra_round_begins_with_this_year_and_the_officers_unit(signed_in, officer, province):
    form = signed_in(officer).get("/lai-chau/plans/rounds/extra/").context["form"]
    assert (form["year"].value(), form["unit"].value()) == (timezone.localdate().year, province.pk)
