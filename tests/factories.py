"""Makers of rows, without surprises: each makes what its name says, in the scope that is open."""

from __future__ import annotations

import datetime as dt

from ocop.orgs.memberships import grant_membership, make_person
from ocop.orgs.models import OrgUnit, Place, UnitKind, UnitSuccession, User
from ocop.tenancy.models import Tenant

REFORM = dt.date(2025, 7, 1)
BEFORE = dt.date(2004, 7, 8)
LAST_DAY_BEFORE = dt.date(2025, 6, 30)
PASSWORD = "mat-khau-thu-2026"


def make_tenant(slug: str, name: str, *, code: str) -> Tenant:
    """A province with its place."""
    tenant = Tenant.objects.create(slug=slug, name=name)
    Place.objects.create(code=code, level="province", kind="tỉnh", name=name, valid_from=REFORM)
    return tenant


def make_units(tenant: Tenant) -> None:
    """Two communes of today, and the district with the communes that they succeeded."""
    place = Place.objects.get(name=tenant.name, valid_from=REFORM)
    root = make_unit(tenant.name, UnitKind.PROVINCE, place=place)
    district = make_unit("Huyện Phong Thổ", UnitKind.DISTRICT, parent=root, closed_on=LAST_DAY_BEFORE)
    old = make_unit("Xã Khổng Lào", UnitKind.COMMUNE, parent=district, closed_on=LAST_DAY_BEFORE)
    new = make_unit("Xã Mường So", UnitKind.COMMUNE, parent=root, code=f"{place.code}003")
    make_unit("Phường Tân Phong", UnitKind.COMMUNE, parent=root, code=f"{place.code}001")
    UnitSuccession.objects.create(earlier=old, later=new)


def make_unit(
    name: str,
    kind: str,
    *,
    parent: OrgUnit | None = None,
    place: Place | None = None,
    code: str = "",
    closed_on: dt.date | None = None,
) -> OrgUnit:
    if code:
        place = Place.objects.create(
            code=code, level="commune", kind=name.split(maxsplit=1)[0].lower(), name=name, valid_from=REFORM,
            parent=parent.place if parent else None,
        )  # fmt: skip
    return OrgUnit.objects.create(
        name=name,
        kind=kind,
        parent=parent,
        place=place,
        opened_on=BEFORE if closed_on else REFORM,
        closed_on=closed_on,
    )


def make_user(username: str, name: str, *, role: str = "", unit: OrgUnit | None = None) -> User:
    """A person known in the tenant in scope, with a role where one is named."""
    user, is_new = User.objects.get_or_create(username=username, defaults={"email": f"{username}@example.vn"})
    if is_new:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    make_person(user, name)
    if role and unit:
        grant_membership(user, role, unit, starts_on=REFORM, decision_number="01/QĐ-UBND", decision_on=REFORM)
    return user
