"""Filling the tables of places, and building a tenant's units from them."""

import datetime as dt
import unicodedata
from collections.abc import Iterable

from django.db import transaction

from ocop.orgs.models import OrgUnit, Place, PlaceSuccession, UnitKind, UnitSuccession
from ocop.orgs.places import PlaceRow, read_places
from ocop.tenancy.models import Tenant, TenantKind
from ocop.tenancy.scope import tenant_scope

Key = tuple[str, dt.date]
FACTS = ("level", "kind", "name", "valid_to", "parent_id")
BATCH = 2000
MINISTRY_SINCE = dt.date(2025, 3, 1)  # Bộ Nông nghiệp và Môi trường, Nghị định 35/2025/NĐ-CP


@transaction.atomic
def load_places(rows: Iterable[PlaceRow] | None = None) -> int:
    """Bring Place and PlaceSuccession to what the file says; answer how many rows were written."""
    file = list(rows if rows is not None else read_places())
    known = {(place.code, place.valid_from): place for place in Place.objects.all()}
    written = 0
    for level in ("province", "district", "commune"):  # parents first
        written += _write_level([row for row in file if row.level == level], known)
    return written + _write_successions(file, known)


def _write_level(rows: list[PlaceRow], known: dict[Key, Place]) -> int:
    fresh, changed = [], []
    for row in rows:
        facts = {
            "level": row.level,
            "kind": row.kind,
            "name": row.name,
            "valid_to": row.valid_to,
            "parent_id": known[row.parent_key].pk if row.parent_key else None,
        }
        place = known.get(row.key)
        if place is None:
            fresh.append(Place(code=row.code, valid_from=row.valid_from, **facts))
        elif any(getattr(place, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(place, name, value)
            changed.append(place)
    Place.objects.bulk_create(fresh, batch_size=BATCH)
    Place.objects.bulk_update(changed, FACTS, batch_size=BATCH)
    known.update({(place.code, place.valid_from): place for place in fresh})
    return len(fresh) + len(changed)


def _write_successions(rows: list[PlaceRow], known: dict[Key, Place]) -> int:
    wanted = {
        (known[predecessor.key].pk, known[row.key].pk): predecessor.partial
        for row in rows
        for predecessor in row.predecessors
    }
    standing = {(s.earlier_id, s.later_id): s for s in PlaceSuccession.objects.all()}
    fresh = [
        PlaceSuccession(earlier_id=pair[0], later_id=pair[1], is_partial=partial)
        for pair, partial in wanted.items()
        if pair not in standing
    ]
    gone = [row.pk for pair, row in standing.items() if pair not in wanted]
    changed = [row for pair, row in standing.items() if wanted.get(pair, row.is_partial) != row.is_partial]
    for row in changed:
        row.is_partial = not row.is_partial
    PlaceSuccession.objects.filter(pk__in=gone).delete()
    PlaceSuccession.objects.bulk_update(changed, ["is_partial"], batch_size=BATCH)
    PlaceSuccession.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh) + len(changed) + len(gone)


@transaction.atomic
def create_tenant(slug: str, code: str) -> Tenant:
    """A province as a tenant: its units of today, and those before 01/07/2025 of every province it took over.

    `code` is the province's of today. Running it again adds what is missing and changes nothing else.
    """
    place = Place.objects.get(code=code, level="province", valid_to__isnull=True)
    tenant, _ = Tenant.objects.get_or_create(slug=slug, defaults={"name": place.name})
    with tenant_scope(tenant.pk):
        root = _unit(place, None)
        _build_today(place, root)
        for earlier in Place.objects.filter(became__later=place).order_by("code"):
            _build_before(earlier, root)
        _succeed()
    return tenant


@transaction.atomic
def create_ministry(slug: str, name: str) -> Tenant:
    """The ministry as a tenant: itself, and below it each province of today, from which packages come."""
    tenant, _ = Tenant.objects.get_or_create(slug=slug, defaults={"name": name, "kind": TenantKind.MINISTRY})
    provinces = Place.objects.filter(level="province", valid_to__isnull=True).order_by("code")
    with tenant_scope(tenant.pk):
        root = OrgUnit.objects.filter(parent=None).first() or OrgUnit.objects.create(
            name=name, kind=UnitKind.MINISTRY, opened_on=MINISTRY_SINCE
        )
        for province in provinces:
            _unit(province, root)
    return tenant


def _build_today(place: Place, root: OrgUnit) -> None:
    for commune in place.children.order_by("code"):
        _unit(commune, root)


def _build_before(province: Place, root: OrgUnit) -> None:
    """The earlier province hangs under today's, so that its history is covered by today's rights."""
    old_root = _unit(province, root)
    for district in province.children.order_by("code"):
        unit = _unit(district, old_root)
        for commune in district.children.order_by("code"):
            _unit(commune, unit)


def _unit(place: Place, parent: OrgUnit | None) -> OrgUnit:
    found = OrgUnit.objects.filter(place=place).first()
    if found is not None:
        return found
    return OrgUnit.objects.create(
        place=place,
        parent=parent,
        kind=UnitKind(place.level),
        name=place.name,
        opened_on=place.valid_from,
        closed_on=place.valid_to,
        **_letterhead(place, parent),
    )


def _letterhead(place: Place, parent: OrgUnit | None) -> dict[str, str]:
    """NĐ 30/2020: the people's committee's name in capitals, the place as papers write it."""
    name = unicodedata.normalize("NFC", place.name)
    return {
        "name_on_papers": f"ỦY BAN NHÂN DÂN {name}".upper(),
        "superior_on_papers": parent.name_on_papers if parent and place.level != "province" else "",
        "symbol": "UBND",
        "place_on_papers": name.split(" ", 1)[1] if place.kind in ("tỉnh", "xã", "huyện", "phường") else name,
        "signs_for": "TM. ỦY BAN NHÂN DÂN",
    }


def _succeed() -> None:
    """Units follow what their places became, inside this tenant."""
    by_place = dict(OrgUnit.objects.exclude(place=None).values_list("place_id", "pk"))
    standing = set(UnitSuccession.objects.values_list("earlier_id", "later_id"))
    pairs = PlaceSuccession.objects.filter(earlier__in=by_place, later__in=by_place)
    UnitSuccession.objects.bulk_create(
        UnitSuccession(earlier_id=by_place[earlier], later_id=by_place[later])
        for earlier, later in pairs.values_list("earlier_id", "later_id")
        if (by_place[earlier], by_place[later]) not in standing
    )
