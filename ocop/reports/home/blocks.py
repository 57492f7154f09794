"""Which role sees which block."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from ocop.orgs.rights import held_roles
from ocop.reports.home import (
    admin,
    advisor,
    commune,
    council,
    handed,
    leader,
    observer,
    officer,
    overview,
    producer,
    sector,
)
from ocop.reports.home.parts import Block, Task

__all__ = ["Block", "Task", "blocks_for"]

Maker = Callable[[Any, dt.date], Block | None]

# By membership role, in the order of the page; what has no role in a unit follows from domain facts.
BY_ROLE: dict[str, Maker] = {
    "officer": officer.block,
    "leader": leader.block,
    "commune_officer": commune.block,
    "advisory_member": advisor.block,
    "sector_officer": sector.block,
    "tenant_admin": admin.block,
    "observer": observer.block,
}
BY_FACT: tuple[Maker, ...] = (handed.block, council.block, producer.block)


def blocks_for(user: Any, *, on: dt.date) -> list[Block]:
    """All blocks of this person, hers by role first, then by seat and by producer, then the figures."""
    roles = {held.role for held in held_roles(user)}
    makers = [maker for role, maker in BY_ROLE.items() if role in roles]
    found = [maker(user, on) for maker in (*makers, *BY_FACT, overview.block)]
    return [block for block in found if block is not None]
