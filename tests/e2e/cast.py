"""Who plays: the province's people, the commune's officer, a council of five. The producer registers herself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from ocop.orgs.models import Membership, OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.evaluation.makers import make_checked

COUNCIL = (
    ("hd.chutich", "Hà Trọng Hải", "UBND tỉnh Lai Châu"),
    ("hd.thuky", "Bùi Huy Phương", "Sở Nông nghiệp và Môi trường"),
    ("hd.congthuong", "Mai Thị Thu", "Sở Công Thương"),
    ("hd.vanhoa", "Tẩn Thị Quế", "Sở Văn hóa, Thể thao và Du lịch"),
    ("hd.nongdan", "Phạm Ngọc Phương", "Hội Nông dân tỉnh"),
)


def day(distance: int) -> str:
    """A day near today, as people type it."""
    return f"{timezone.localdate() + dt.timedelta(days=distance):%d/%m/%Y}"


@dataclass(frozen=True)
class Cast:
    tenant: int
    officer: User
    leader: User
    advisor: User
    commune_officer: User
    council: tuple[User, ...]


def make_cast() -> Cast:
    """Lai Châu with its units, and everybody who has a role before the year begins."""
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        make = factories.make_user
        leader = make("laichau.lanhdao", "Tống Thanh Hải", role="leader", unit=province)
        Membership.objects.filter(user=leader).update(signs_as="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
        return Cast(
            tenant.pk,
            officer=make("laichau.tinh", "Nguyễn Thị Hồng Thắm", role="officer", unit=province),
            leader=leader,
            advisor=make("laichau.tuvan", "Lò Văn Inh", role="advisory_member", unit=province),
            commune_officer=make("xa.muongso", "Vàng Thị Mẩy", role="commune_officer", unit=commune),
            council=tuple(make(username, name) for username, name, _agency in COUNCIL),
        )


def another_product(cast: Cast) -> None:
    """One that came the same way, so that a council has more than one on its table."""
    with tenant_scope(cast.tenant):
        commune = OrgUnit.objects.get(name="Phường Tân Phong")
        dossier = factories.make_complete_dossier(
            commune, state="accepted", name="Chè Shan tuyết cổ thụ Tân Phong", set_code="QD26-11"
        )
        make_checked(dossier, by=cast.advisor)
