"""Two officers at one fair at the same moment, on a real PostgreSQL with real commits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation.models import Certificate
from evaluation.workflow.certificate import CERTIFICATE
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from promotion.events import write_event
from promotion.models import Event, Participation
from promotion.participations import add, problems
from tests import factories
from tests.promotion import makers
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Fair:
    """A fair that is committed, with two officers and two certified products; each thread reads them anew."""

    tenant: Tenant
    event: int
    officers: list[int]
    leader: int
    certificates: list[int]

    def adding(self, officer: int, certificate: int) -> Callable[[], Participation]:
        return lambda: add(
            Event.objects.get(pk=self.event),
            Certificate.objects.get(pk=self.certificates[certificate]),
            by=User.objects.get(pk=self.officers[officer]),
        )

    def revoking(self, certificate: int) -> Callable[[], Certificate]:
        facts = {"ground": "a", "reason": "Hồ sơ giả", "concluded_on": timezone.localdate(),
                 "decision_number": "9/QĐ-UBND", "decision_on": timezone.localdate()}  # fmt: skip
        return lambda: CERTIFICATE.take(
            "revoke",
            Certificate.objects.get(pk=self.certificates[certificate]),
            by=User.objects.get(pk=self.leader),
            data=facts,
        )

    def shown(self) -> list[int]:
        with tenant_scope(self.tenant.pk):
            return list(Participation.objects.order_by("certificate").values_list("certificate", flat=True))


@pytest.fixture
def fair(transactional_db: None) -> Fair:
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        officers = [
            factories.make_user(f"tinh.{n}", f"Cán bộ {n}", role="officer", unit=province) for n in (1, 2)
        ]
        leader = factories.make_user("tinh.lanhdao", "Hải", role="leader", unit=province)
        today = timezone.localdate()
        event = Event(
            unit=province, name="Hội chợ", place="Sân", starts_on=today, ends_on=today, least_stars=3
        )
        event = write_event(event, by=officers[0])
        certificates = [
            makers.make_certificate(makers.make_product(commune, name), province)
            for name in ("Chè", "Mật ong")
        ]
    return Fair(tenant, event.pk, [it.pk for it in officers], leader.pk, [it.pk for it in certificates])


def test_two_officers_adding_one_product_it_shows_once_and_one_is_told(fair):
    answers = at_once(fair.tenant.pk, fair.adding(0, 0), fair.adding(1, 0), refusals=(ValidationError,))
    assert sorted(type(it).__name__ for it in answers) == ["Participation", "ValidationError"]
    told = next(it for it in answers if isinstance(it, ValidationError))
    assert told.messages == ["Chè đã có trong danh sách."]
    assert fair.shown() == fair.certificates[:1]


def test_two_officers_adding_two_products_both_show(fair):
    answers = at_once(fair.tenant.pk, fair.adding(0, 0), fair.adding(1, 1), refusals=(ValidationError,))
    assert [type(it).__name__ for it in answers] == ["Participation", "Participation"]
    assert fair.shown() == fair.certificates


def test_adding_while_it_is_revoked_is_refused_or_shows_as_revoked(fair):
    added, revoked = at_once(fair.tenant.pk, fair.adding(0, 0), fair.revoking(0), refusals=(ValidationError,))
    assert isinstance(revoked, Certificate)
    assert fair.shown() == ([] if isinstance(added, ValidationError) else fair.certificates[:1])
    with tenant_scope(fair.tenant.pk):
        for row in Participation.objects.select_related("certificate", "event"):
            assert problems(row.certificate, row.event) != []
