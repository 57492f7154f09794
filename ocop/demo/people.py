"""The demo's people: accounts with one password, their roles by a decision, and the list for the login page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password

from ocop.orgs.memberships import grant_membership, make_person
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.roles import ROLES

PASSWORD = "ocop-thu-2026"  # noqa: S105, printed on the login page of the demo
REFORM = dt.date(2025, 7, 1)


@dataclass
class Cast:
    """The people made so far; one hash serves all, as hashing is slow on purpose."""

    listed: list[dict[str, str]] = field(default_factory=list)
    tenant: str = ""  # whose people are being made
    _hash: str = field(default_factory=lambda: make_password(PASSWORD))

    def account(self, username: str, name: str, position: str = "") -> User:
        """The account and the person behind it in the tenant in scope."""
        user, _ = User.objects.get_or_create(
            username=username, defaults={"email": f"{username}@demo.example.vn", "password": self._hash}
        )
        make_person(user, name, position=position)
        return user

    def introduce(self, user: User, name: str, role: str, place: str) -> None:
        """Put the person on the login page's list."""
        told = {"username": user.username, "name": name, "role": role, "place": place}
        self.listed.append({**told, "tenant": self.tenant})

    def officials(
        self, given: Iterable[Mapping[str, Any]], root: OrgUnit, *, since: dt.date = REFORM
    ) -> None:
        """People with a role in a unit (the root where none is named)."""
        for one in given:
            unit = unit_named(one["unit"]) if "unit" in one else root
            user = self.account(one["username"], one["name"], one.get("position", ""))
            grant_membership(
                user, one["role"], unit, starts_on=since, ends_on=unit.closed_on, decision_number="15/QĐ-UBND",
                decision_on=since, signs_as=one.get("signs_as", ""),
            )  # fmt: skip
            self.introduce(user, one["name"], str(ROLES[one["role"]].label), unit.name)

    def named(self, username: str) -> User:
        return User.objects.get(username=username)


def unit_named(name: str, *, on: dt.date | None = None) -> OrgUnit:
    """The unit of that name: the one of that day, else today's before an earlier one."""
    units = OrgUnit.objects.open_on(on) if on else OrgUnit.objects.all()
    return units.filter(name=name).order_by("-opened_on").first() or _missing(name)


def _missing(name: str) -> OrgUnit:
    raise LookupError(f"The demo names {name!r}, which is no unit of this tenant.")
