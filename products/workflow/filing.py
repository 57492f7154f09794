"""Filing and filing again: complete, frozen, on its desk (QĐ 26/2026, Điều 7)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from ocop.workflow import Hindrance
from products.desks.checking import Desk, forget_changed
from products.dossiers import clocks
from products.dossiers.completeness import gaps
from products.dossiers.mending import gap_url
from products.dossiers.receipts import freeze, give_code
from products.dossiers.telling import tell_desk, tell_filed
from products.dossiers.whole import load
from products.models import Dossier
from products.workflow.shared import Data, S, day_of, desk_at, moment_of


def incomplete(dossier: Dossier, by: User, data: Data) -> Iterable[str | ValidationError]:
    if data.get("confirmed") is False:
        yield ValidationError({"confirmed": _("Hãy xác nhận lời cam đoan.")})
    whole = load(dossier)
    yield from (Hindrance(gap.text, gap_url(whole.dossier, gap)) for gap in gaps(whole, day_of(data)))


def first_code(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    if dossier.code:
        return ()
    dossier.code = give_code(dossier)
    return ("code",)


def filed(dossier: Dossier, by: User, data: Data) -> None:
    desk = desk_at(dossier, S.SUBMITTED)
    version = freeze(dossier, by=by, at=moment_of(data), on=day_of(data))
    clocks.start(dossier, desk.tier, desk.unit, on=day_of(data))
    _after_filing(dossier, desk, version)


def refiled(state: str) -> Any:
    """A supplement was brought to the desk of this state."""

    def effect(dossier: Dossier, by: User, data: Data) -> None:
        desk = desk_at(dossier, state)
        dossier.supplements.filter(answered_at=None).update(answered_at=moment_of(data))
        version = freeze(dossier, by=by, at=moment_of(data), on=day_of(data))
        forget_changed(dossier, version)
        clocks.reckon(dossier)
        _after_filing(dossier, desk, version)

    return effect


def _after_filing(dossier: Dossier, desk: Desk, version: Any) -> None:
    running = dossier.clocks.running().order_by("due_on").first()
    tell_desk(dossier, desk.unit, desk.permission, version, running.due_on if running else None)
    tell_filed(dossier, version)
