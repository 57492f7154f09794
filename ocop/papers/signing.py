"""Who signs, and in whose name: TM. / KT. / TL. (NĐ 30/2020)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from ocop.orgs.models import Membership, OrgUnit, User

LINE = "/"  # "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" prints on two lines


@dataclass(frozen=True)
class Signer:
    """As printed; empty fields are left for the hand."""

    name: str = ""
    title: str = ""  # in words: Phó Chủ tịch
    signs_as: str = ""  # KT. CHỦ TỊCH / PHÓ CHỦ TỊCH


def signer_of(user: User, unit: OrgUnit, *, role: str = "leader", on: dt.date | None = None) -> Signer | None:
    """The user as signer for this unit by a membership held that day; the nearest unit wins; None without one."""
    held = Membership.objects.filter(user=user, role=role).held_on(on or timezone.localdate())
    reaching = [one for one in held.select_related("unit") if unit.path.startswith(one.unit.path)]
    if not reaching:
        return None
    nearest = max(reaching, key=lambda one: (one.unit.path.count("/"), bool(one.signs_as)))
    person = user.person
    return Signer(user.get_full_name(), person.position if person else "", nearest.signs_as)


def lines(signs_as: str) -> list[str]:
    return [line.strip() for line in signs_as.split(LINE) if line.strip()]
