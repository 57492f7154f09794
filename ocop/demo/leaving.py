"""One officer who has left and handed her work on, and one whose term ends soon."""

import uuid
from collections.abc import Mapping
from typing import Any

from ocop.demo.clock import Days
from ocop.demo.people import Cast, unit_named
from ocop.leaving.handing import hand_over
from ocop.leaving.work import open_work
from ocop.orgs.memberships import end_membership, grant_membership
from ocop.orgs.models import Membership, Person, User
from products.coaching.log import write_visit
from products.models import Producer


def make_departures(
    data: Mapping[str, Any], producers: Mapping[str, Producer], cast: Cast, days: Days, *, officer: User
) -> None:
    """The deed itself is done as a province does it, by its officer."""
    soon = Membership.objects.select_related("user").get(user=cast.named(data["ending"]["username"]))
    end_membership(soon, on=days.on(data["ending"]["in"]))
    given = data["done"]
    unit, leaver = (
        unit_named(given["unit"]),
        cast.account(given["username"], given["name"], given["position"]),
    )
    grant_membership(leaver, given["role"], unit, starts_on=given["since"], decision_number="15/QĐ-UBND")
    write_visit(producers[given["producer"]], given["visit"], by=leaver, today=days.today)
    lines = [line for group in open_work(leaver, officer) for line in group.lines]
    hand_over(
        Person.objects.get(user=leaver), cast.named(given["to"]), chosen=[it.key for it in lines],
        last_day=days.today, decision_number=given["decision"], note=given["note"], by=officer, token=uuid.uuid4(),
    )  # fmt: skip
