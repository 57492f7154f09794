"""What will miss 30/04 and 30/10 is said weeks ahead, each desk reckoned with all its legal days."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop.notices.models import Notice
from ocop.orgs.calendar import CALENDAR
from ocop.regulations import deadline
from ocop.reports.home.cutoffs import cutoff_tasks
from products import law
from products.desks.cutoff_notices import tell_cutoffs
from products.desks.cutoffs import ahead, last_filing_day, outlooks, words
from products.models import Dossier
from products.tasks import tell_of_cutoffs
from tests.factories import make_complete_dossier, make_round, make_user

T = "/lai-chau"
CUTOFF = dt.date(2027, 4, 29)  # requests before 30/04
RULE = next(it for it in law.regime("26/2026").deadlines if it.tier == "commune")


@pytest.fixture
def found(commune):
    """A regular round's dates; it takes filings from February on."""
    made = make_round(commune, on=dt.date(2027, 3, 1), name="Đợt 1 năm 2027", year=2027)
    made.opens_on, made.cutoff_on, made.ends_on = dt.date(2026, 10, 30), CUTOFF, dt.date(2027, 6, 29)
    made.save(update_fields=["opens_on", "cutoff_on", "ends_on"])
    return made


def _seen(user, on):
    return outlooks(ahead(user, on), on)


def test_the_last_filing_day_leaves_fifteen_working_days():
    """16/04/2027 is the Hùng kings' day: the fifteen days begin one weekday earlier."""
    assert last_filing_day(CUTOFF, RULE) == dt.date(2027, 4, 7)
    assert deadline(dt.date(2027, 4, 7), RULE, CALENDAR) == CUTOFF


@pytest.mark.parametrize(
    ("cutoff", "last"),
    [
        (dt.date(2027, 2, 26), dt.date(2027, 1, 31)),  # Tết on 06/02: five weekdays off
        (dt.date(2026, 2, 27), dt.date(2026, 2, 1)),  # on 17/02
        (dt.date(2027, 3, 19), dt.date(2027, 2, 28)),  # after it, by the week
    ],
)
def test_tet_moves_and_takes_its_days_with_it(cutoff, last):
    assert last_filing_day(cutoff, RULE) == last


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a year's holidays are read once
@given(st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31)))
def test_a_day_later_is_always_too_late(cutoff):
    last = last_filing_day(cutoff, RULE)
    assert deadline(last, RULE, CALENDAR) <= cutoff
    assert deadline(last + dt.timedelta(days=1), RULE, CALENDAR) > cutoff


def test_filed_in_time_is_in_time_and_a_day_later_is_not(make, commune_officer):
    make("submitted", name="Kịp", on=dt.date(2027, 4, 7))
    make("submitted", name="Muộn", on=dt.date(2027, 4, 8))
    seen = {it.dossier.product.name: it.misses for it in _seen(commune_officer, dt.date(2027, 4, 9))}
    assert seen == {"Kịp": False, "Muộn": True}


def test_a_draft_is_told_its_last_day(make, commune_officer):
    make("draft", on=dt.date(2027, 3, 1))
    (it,) = _seen(commune_officer, dt.date(2027, 4, 1))
    assert (it.misses, it.act_by, words(it)) == (
        False,
        dt.date(2027, 4, 7),
        "chủ thể nộp hồ sơ trước hết ngày 07/04/2027",
    )
    (it,) = _seen(commune_officer, dt.date(2027, 4, 8))
    assert (it.misses, it.act_by) == (True, None)
    assert "không còn kịp" in words(it)


def test_a_supplement_has_a_day_by_which_it_is_in_time(make, commune_officer):
    """Filed on 01/04 and asked the same day until 11/04: the clock stands, all fifteen days follow the answer."""
    make("commune_returned", on=dt.date(2027, 4, 1))
    (it,) = _seen(commune_officer, dt.date(2027, 4, 2))
    assert (it.misses, it.act_by) == (True, dt.date(2027, 4, 7))


def test_what_is_reported_has_until_the_cutoff(make, commune_officer):
    make("reported", on=dt.date(2027, 4, 12))
    (it,) = _seen(commune_officer, dt.date(2027, 4, 20))
    assert (it.misses, it.act_by, it.waits) == (True, CUTOFF, "xã chuyển lên")


@pytest.mark.parametrize("state", ["forwarded", "withdrawn", "accepted"])
def test_who_made_the_request_misses_nothing(make, commune_officer, state):
    make(state, on=dt.date(2027, 4, 12))
    assert _seen(commune_officer, dt.date(2027, 4, 20)) == []


def test_after_the_cutoff_nothing_is_ahead(make, commune_officer):
    make("submitted", on=dt.date(2027, 4, 12))
    assert _seen(commune_officer, CUTOFF + dt.timedelta(days=1)) == []


def test_told_once_a_milestone_to_the_commune_and_the_province(
    make, commune_officer, officer, advisor, owner
):
    make("submitted", on=dt.date(2027, 4, 8))
    for day in (dt.date(2027, 4, 9), dt.date(2027, 4, 9), dt.date(2027, 4, 14)):
        tell_cutoffs(day)
    keys = Notice.objects.filter(kind="dossier.cutoff").values_list("user__username", "key")
    assert sorted({name for name, _key in keys}) == sorted(
        [commune_officer.username, officer.username, advisor.username]
    )
    assert sorted({key.rsplit("-", 1)[1] for _name, key in keys}) == ["4"]
    tell_cutoffs(dt.date(2027, 4, 16))
    told = Notice.objects.filter(kind="dossier.cutoff", user=commune_officer)
    assert sorted(it.key.rsplit("-", 1)[1] for it in told) == ["2", "4"]
    assert told[0].subject == "1 hồ sơ có thể lỡ hạn 29/04/2027 của Đợt 1 năm 2027"


def test_drafts_are_the_communes_alone_and_what_is_in_time_is_silent(make, commune_officer, officer):
    make("draft", name="Chưa nộp", on=dt.date(2027, 3, 1))
    tell_cutoffs(dt.date(2027, 4, 5))
    assert not Notice.objects.filter(kind="dossier.cutoff").exists()
    tell_cutoffs(dt.date(2027, 4, 9))
    assert set(Notice.objects.filter(kind="dossier.cutoff").values_list("user", flat=True)) == {
        commune_officer.pk
    }


def test_two_months_ahead_and_no_earlier(make, commune_officer):
    make("submitted", on=dt.date(2027, 2, 1))
    Dossier.objects.get().clocks.update(due_on=dt.date(2027, 5, 20))
    tell_cutoffs(CUTOFF - dt.timedelta(weeks=8, days=1))
    assert not Notice.objects.filter(kind="dossier.cutoff").exists()
    tell_cutoffs(CUTOFF - dt.timedelta(weeks=8))
    assert Notice.objects.filter(kind="dossier.cutoff", user=commune_officer).count() == 1


def test_the_task_runs_in_its_tenants_scope(lai_chau, make, commune_officer, run_task, time_machine):
    make("submitted", on=dt.date(2027, 4, 8))
    time_machine.move_to(dt.datetime(2027, 4, 9, 1, tzinfo=dt.UTC))
    for _n in range(2):
        run_task(tell_of_cutoffs, lai_chau.pk)
    assert Notice.objects.filter(user=commune_officer, kind="dossier.cutoff").count() == 1


def test_the_page_shows_each_reader_hers(
    make, commune_officer, officer, other_commune, signed_in, time_machine
):
    make("submitted", name="Chè muộn", on=dt.date(2027, 4, 8))
    make("submitted", name="Chè kịp", on=dt.date(2027, 4, 1))
    make("draft", name="Chè soạn", on=dt.date(2027, 3, 1))
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    make_complete_dossier(other_commune, state="submitted", name="Xã khác muộn", found=Dossier.objects.first().round, on=dt.date(2027, 4, 9))  # fmt: skip
    time_machine.move_to(dt.datetime(2027, 4, 9, 8, tzinfo=dt.UTC))

    def shown(user):
        (group,) = signed_in(user).get(f"{T}/desk/cutoffs/").context["groups"]
        return [row["it"].dossier.product.name for row in group["rows"]], group["in_time"]

    assert shown(commune_officer) == (["Chè soạn", "Chè muộn"], 1)
    assert shown(other) == (["Xã khác muộn"], 0)
    assert shown(officer) == (["Xã khác muộn", "Chè muộn"], 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    make, commune_officer, signed_in, django_assert_num_queries, time_machine, rows
):
    for number in range(rows):
        make("submitted", name=f"Chè {number}", on=dt.date(2027, 4, 8))
    time_machine.move_to(dt.datetime(2027, 4, 9, 8, tzinfo=dt.UTC))
    tab = signed_in(commune_officer)
    tab.get(f"{T}/desk/cutoffs/")
    with django_assert_num_queries(15):
        assert tab.get(f"{T}/desk/cutoffs/").status_code == 200


def _home(user, right, on):
    """(words, below them, days, address) of each line on the home page."""
    return [(it.label, it.sub, it.days, it.url) for it in cutoff_tasks(user, on, right)]


def test_home_says_it_weeks_ahead_to_the_commune_and_the_province(
    make, found, commune_officer, officer, signed_in
):
    make("draft", name="Chưa nộp", on=dt.date(2027, 3, 1))
    make("submitted", name="Kịp", on=dt.date(2027, 3, 2))
    Dossier.objects.get(product__name="Kịp").clocks.update(due_on=CUTOFF)
    checks, receives = "products.check_dossier", "products.receive_dossier"
    url, until = (
        f"/desk/cutoffs/?round={found.pk}",
        "1 hồ sơ chưa nộp còn kịp nếu nộp trước hết ngày 07/04/2027",
    )
    day = CUTOFF - dt.timedelta(weeks=8)
    assert _home(commune_officer, checks, day - dt.timedelta(days=1)) == []
    unfiled = "1 hồ sơ chưa nộp cho Đợt 1 năm 2027"
    assert _home(commune_officer, checks, day) == [(unfiled, until, 56, url)]
    assert _home(officer, receives, day) == []  # a draft is its producer's, and the other is in time
    Dossier.objects.get(product__name="Kịp").clocks.update(due_on=CUTOFF + dt.timedelta(days=1))
    late = "1 hồ sơ có thể lỡ hạn của Đợt 1 năm 2027"
    assert _home(commune_officer, checks, day) == [(late, until, 56, url)]
    assert _home(officer, receives, day) == [(late, "", 56, url)]
    assert _home(officer, checks, day) == []
    assert signed_in(officer).get(f"{T}{url}").status_code == 200


def test_home_asks_as_often_for_three_as_for_one(make, commune_officer, django_assert_num_queries):
    make("submitted", name="Một", on=dt.date(2027, 4, 8))
    commune_officer.has_perm("products.check_dossier")
    for names in ((), ("Hai", "Ba")):
        for name in names:
            make("submitted", name=name, on=dt.date(2027, 4, 8))
        with django_assert_num_queries(3):
            cutoff_tasks(commune_officer, dt.date(2027, 4, 9), "products.check_dossier")
