"""Clocks that run out are told once a milestone, however often and however late the sweep runs."""

import datetime as dt

import pytest

from ocop.notices.models import Notice
from products.dossiers.reminders import remind
from products.tasks import remind_of_deadlines

FILED = dt.date(2026, 11, 2)  # due on 23/11


def _keys(user):
    return sorted(
        key.split("-")[-1]
        for key in Notice.objects.filter(user=user, kind="dossier.deadline").values_list("key", flat=True)
    )


def test_each_milestone_once(make, commune_officer):
    make("submitted", on=FILED)
    for day in (dt.date(2026, 11, 10), dt.date(2026, 11, 16), dt.date(2026, 11, 16), dt.date(2026, 11, 17)):
        remind(day)
    assert _keys(commune_officer) == ["5"]
    remind(dt.date(2026, 11, 20))
    remind(dt.date(2026, 11, 24))
    assert Notice.objects.filter(user=commune_officer, kind="dossier.deadline").count() == 3


def test_a_missed_day_is_made_up(make, commune_officer):
    make("submitted", on=FILED)
    remind(dt.date(2026, 12, 15))
    assert Notice.objects.get(user=commune_officer, kind="dossier.deadline").subject.startswith(
        "Hồ sơ quá hạn"
    )


def test_a_standing_clock_reminds_nobody_but_the_producer_of_her_supplement(make, owner, commune_officer):
    make("commune_returned", on=FILED)  # asked on 02/11, to be brought by 12/11
    remind(dt.date(2026, 11, 11))
    assert not Notice.objects.filter(user=commune_officer, kind="dossier.deadline").exists()
    assert Notice.objects.filter(user=owner, kind="dossier.supplement_due").count() == 1


def test_the_task_runs_in_its_tenants_scope(lai_chau, make, commune_officer, run_task, time_machine):
    make("submitted", on=FILED)
    time_machine.move_to(dt.datetime(2026, 11, 20, 6, tzinfo=dt.UTC))
    run_task(remind_of_deadlines, lai_chau.pk)
    run_task(remind_of_deadlines, lai_chau.pk)
    assert Notice.objects.filter(user=commune_officer, kind="dossier.deadline").count() == 1


@pytest.mark.parametrize("state", ["forwarded", "accepted", "withdrawn"])
def test_a_stopped_clock_is_silent(make, state):
    make(state, on=FILED)
    remind(dt.date(2026, 12, 30))
    assert not Notice.objects.filter(kind="dossier.deadline").exists()
