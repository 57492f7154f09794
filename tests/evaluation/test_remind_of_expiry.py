"""Reminders: one a person, certificate and milestone, whenever the task runs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from evaluation.certificates.expiry import milestone, milestones, remind
from evaluation.models import Certificate
from evaluation.tasks import remind_of_expiry
from ocop.notices.models import Notice
from tests import factories
from tests.evaluation import decision_makers as makers

STEPS = (0, 7, 30, 60, 90, 120, 180, 270, 365)


@pytest.fixture
def certificate(commune, province, officer, leader):
    return makers.make_certificate(commune, province, officer=officer, leader=leader)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user, kind="expiry").order_by("pk").values_list("key", flat=True))


def test_the_law_adds_its_days_to_the_house_ladder(settings):
    settings.EXPIRY_REMINDER_DAYS = (45,)
    assert milestones(dt.date(2026, 11, 1)) == (45, 120, 180)
    assert milestones(dt.date(2024, 1, 1)) == (30, 45)


@pytest.mark.parametrize(
    ("days", "step"), [(400, None), (365, 365), (200, 270), (88, 90), (7, 7), (0, 0), (-3, 0), (-31, None)]
)
def test_milestones(days, step):
    assert milestone(days, STEPS) == step


def test_each_is_told_once_a_milestone_even_a_day_late_or_twice(
    certificate, commune_officer, officer, leader
):
    owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
    certificate.producer.people.create(user=owner, starts_on=dt.date(2026, 1, 1))
    end = certificate.expires_on
    for days in (400, 200, 200, 199, 88, 87, 0, -1):
        remind(on=end - dt.timedelta(days=days))
    expected = [f"expiry-{certificate.pk}-{end}-{step}" for step in (270, 90, 0)]
    assert told(owner) == told(commune_officer) == told(officer) == expected
    assert told(leader) == []


def test_what_is_revoked_is_not_reminded_of_and_an_extension_begins_anew(certificate, officer):
    end = certificate.expires_on
    Certificate.objects.filter(pk=certificate.pk).update(extended_until=end + dt.timedelta(days=100))
    remind(on=end)
    assert told(officer) == [f"expiry-{certificate.pk}-{end + dt.timedelta(days=100)}-120"]
    Certificate.objects.filter(pk=certificate.pk).update(state="replaced")
    remind(on=end + dt.timedelta(days=50))
    assert len(told(officer)) == 1


def test_the_task_opens_its_own_scope(certificate, officer, lai_chau, run_task):
    Certificate.objects.filter(pk=certificate.pk).update(
        issued_on=dt.date(2020, 1, 1), expires_on=timezone.localdate()
    )
    run_task(remind_of_expiry, lai_chau.pk)
    assert len(told(officer)) == 1
