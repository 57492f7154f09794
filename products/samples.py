"""Samples: how many the set asks for, who has them, handed on with the dossier (QĐ 26/2026, Phụ lục II)."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.written import in_vietnamese
from products import law
from products.dossiers.telling import tell
from products.models import Condition, Dossier, DossierState, MoveKind, Sample, SampleMove
from products.models.dossier import FINISHED
from products.models.sample import GONE, MOST
from products.people import demand, people_of

S = DossierState
AT_COMMUNE = frozenset([S.SUBMITTED, S.COMMUNE_RETURNED, S.REPORTED])
AT_RECEIVER = frozenset([S.FORWARDED, S.RETURNED, S.ACCEPTED])


def expected(dossier: Dossier) -> int:
    """Units of the set; 0 for a service, which is looked at where it is."""
    return law.criteria_set(dossier.set_code).sample_units


def place_of(dossier: Dossier) -> tuple[OrgUnit, str] | None:
    """Where samples are handed in now, and the right to take them; None while the dossier lies at no office."""
    if not expected(dossier):
        return None
    if dossier.state in AT_COMMUNE:
        return dossier.unit, "products.check_dossier"
    if dossier.state in AT_RECEIVER:
        return law.unit_at(dossier.unit, law.receiving_tier(dossier.regime)), "products.receive_dossier"
    return None


def arriving_at(dossier: Dossier) -> tuple[OrgUnit, str] | None:
    """Where a lot that was sent on comes in: also after the dossier ended, as the units are somewhere all the same."""
    if expected(dossier) and dossier.state in FINISHED:
        return law.unit_at(dossier.unit, law.receiving_tier(dossier.regime)), "products.receive_dossier"
    return place_of(dossier)


@transaction.atomic
def receive_samples(
    dossier: Dossier, *, count: int, condition: str, by: User, note: str = "", at: dt.datetime | None = None
) -> SampleMove:
    """A lot is handed in where the dossier lies; ValidationError names what is missing."""
    fresh, unit = _here(dossier, by, place_of)
    if not 1 <= count <= MOST:
        raise ValidationError({"count": _("Ghi số đơn vị mẫu từ 1 đến %(n)s.") % {"n": MOST}})
    _check(condition, note)
    lot = Sample.objects.create(dossier=fresh, created_at=at or timezone.now())
    return _received(fresh, lot, unit, count, condition, by, note, at)


@transaction.atomic
def use_up(
    lot: Sample, *, kind: str, count: int, by: User, note: str = "", at: dt.datetime | None = None
) -> SampleMove:
    """Units leave the lot where it lies: scored, sent to a laboratory, given back, disposed of.

    ValidationError names what is missing; what is disposed of or given back says why or to whom.
    """
    Dossier.objects.select_for_update(of=("self",)).get(pk=lot.dossier_id)
    held = balances([lot.dossier_id]).get(lot.pk)
    if held is None or not held.count:
        raise ValidationError(_("Lô mẫu này không còn ở đây: có thể người khác vừa ghi."), code="stale")
    demand(by, right_of(held.unit), lot.dossier)
    if kind not in GONE:
        raise ValidationError({"kind": _("Hãy chọn mẫu được dùng vào việc gì.")})
    if not 1 <= count <= held.count:
        raise ValidationError({"count": _("Lô còn %(n)s đơn vị: ghi số từ 1 đến %(n)s.") % {"n": held.count}})
    if kind != MoveKind.USED and not note.strip():
        raise ValidationError({"note": _("Ghi nơi nhận hoặc lý do.")})
    move = SampleMove.objects.create(
        sample=lot, kind=kind, unit=held.unit, by=by, count=count, condition=held.condition,
        note=note.strip(), at=at or timezone.now(),
    )  # fmt: skip
    words = ". ".join(filter(None, [str(move.get_kind_display()), move_words(move), move.note]))
    record("dossier.use_samples", lot.dossier, by=by, unit=held.unit, note=words)
    return move


def right_of(unit: OrgUnit) -> str:
    """The right of those who keep samples at this unit: the commune's or a desk's above it."""
    return "products.check_dossier" if unit.kind == "commune" else "products.receive_dossier"


@transaction.atomic
def take_over(
    lot: Sample, *, count: int, condition: str, by: User, note: str = "", at: dt.datetime | None = None
) -> SampleMove:
    """A lot that the commune sent on has come; what does not come is said why."""
    fresh, unit = _here(lot.dossier, by, arriving_at)
    sent = SampleMove.objects.filter(sample=lot).order_by("-pk").first()
    if sent is None or sent.kind != MoveKind.SENT:
        raise ValidationError(_("Lô mẫu này không chờ nhận: có thể người khác vừa nhận."), code="stale")
    if not 0 <= count <= sent.count:
        raise ValidationError(
            {"count": _("Xã chuyển %(n)s đơn vị: ghi số từ 0 đến %(n)s.") % {"n": sent.count}}
        )
    if count < sent.count and not note.strip():
        raise ValidationError({"note": _("Nêu vì sao thiếu.")})
    _check(condition, note)
    return _received(fresh, lot, unit, count, condition, by, note, at)


def _here(
    dossier: Dossier, by: User, where: Callable[[Dossier], tuple[OrgUnit, str] | None]
) -> tuple[Dossier, OrgUnit]:
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("unit", "product__producer")
    found = fresh.get(pk=dossier.pk)
    if not expected(found):
        raise ValidationError(_("Sản phẩm này không phải nộp mẫu."))
    place = where(found)
    if place is None:
        raise ValidationError(_("Hồ sơ không ở bước nhận mẫu."), code="stale")
    unit, permission = place
    demand(by, permission, found)
    return found, unit


def _check(condition: str, note: str) -> None:
    if condition not in Condition.values:
        raise ValidationError({"condition": _("Hãy chọn tình trạng.")})
    if condition != Condition.GOOD and not note.strip():
        raise ValidationError({"note": _("Nêu hư hỏng thế nào.")})


@in_vietnamese()
def _received(
    dossier: Dossier, lot: Sample, unit: OrgUnit, count: int, condition: str, by: User, note: str,
    at: dt.datetime | None,
) -> SampleMove:  # fmt: skip
    move = SampleMove.objects.create(
        sample=lot, kind=MoveKind.RECEIVED, unit=unit, by=by, count=count, condition=condition,
        note=note.strip(), at=at or timezone.now(),
    )  # fmt: skip
    words = ". ".join(filter(None, [move_words(move), move.note]))
    record("dossier.receive_samples", dossier, by=by, unit=unit, note=words)
    people, subject = people_of(dossier.product.producer), _("Đã nhận sản phẩm mẫu: %(product)s")
    tell(dossier, people, what="samples", key=f"samples-{move.pk}", subject=subject, body=words)
    return move


def send_on(dossier: Dossier, *, unit: OrgUnit, by: User, at: dt.datetime) -> None:
    """What this office still holds goes with the dossier."""
    for lot, held in balances([dossier.pk]).items():
        if held.count and held.unit.pk == unit.pk:
            SampleMove.objects.create(
                sample_id=lot,
                kind=MoveKind.SENT,
                unit=unit,
                by=by,
                at=at,
                count=held.count,
                condition=held.condition,
            )


@dataclass(frozen=True)
class Held:
    """What is left of one lot, and where."""

    dossier_id: int
    unit: OrgUnit
    count: int
    condition: str


def balances(dossiers: Iterable[int]) -> dict[int, Held]:
    """Each lot as its moves leave it; on the way it counts for nobody."""
    lots: dict[int, Held] = {}
    moves = SampleMove.objects.filter(sample__dossier__in=list(dossiers)).select_related("sample", "unit")
    for move in moves:
        before = lots[move.sample_id].count if move.sample_id in lots else 0
        count = {MoveKind.RECEIVED: move.count, MoveKind.SENT: 0}.get(
            MoveKind(move.kind), before - move.count
        )
        lots[move.sample_id] = Held(move.sample.dossier_id, move.unit, count, move.condition)
    return lots


# ── what pages show ──


def move_words(move: SampleMove) -> str:
    """5 đơn vị mẫu tại Xã Mường So, nguyên vẹn."""
    words = _("%(n)s đơn vị mẫu tại %(unit)s, %(condition)s")
    condition = move.get_condition_display().lower()
    return words % {"n": move.count, "unit": move.unit, "condition": condition}


def on_hand(dossiers: Iterable[int]) -> dict[int, int]:
    """Units that an office holds, by dossier."""
    held: dict[int, int] = {}
    for one in balances(dossiers).values():
        if one.count:
            held[one.dossier_id] = held.get(one.dossier_id, 0) + one.count
    return held


def on_the_way(dossiers: Iterable[int]) -> int:
    """Units that were sent on and that nobody has taken over yet."""
    moves = SampleMove.objects.filter(sample__dossier__in=list(dossiers))
    latest = {move.sample_id: move for move in moves}  # in the order they were made
    return sum(move.count for move in latest.values() if move.kind == MoveKind.SENT)


def short_of(dossiers: Sequence[Dossier]) -> dict[int, str]:
    """Those without all their samples, each with the words that say so: a warning, never a refusal."""
    held = on_hand(it.pk for it in dossiers)
    counts = {it.pk: (held.get(it.pk, 0), expected(it)) for it in dossiers}
    return {pk: _short(have, wanted) for pk, (have, wanted) in counts.items() if have < wanted}


def _short(have: int, wanted: int) -> str:
    if not have:
        return _("chưa nhận sản phẩm mẫu")
    return _("mới nhận %(have)s trong %(wanted)s đơn vị mẫu") % {"have": have, "wanted": wanted}


def custody(dossier: Dossier) -> list[dict[str, Any]]:
    """Each lot with its moves, what is left of it, and whether it waits to be taken over."""
    lots: dict[int, dict[str, Any]] = {}
    moves = SampleMove.objects.filter(sample__dossier=dossier).select_related("sample", "unit", "by")
    left = balances([dossier.pk])
    for move in moves:
        lot = lots.setdefault(move.sample_id, {"lot": move.sample, "moves": [], "held": left[move.sample_id]})
        lot["moves"].append(move)
        lot["is_waiting"] = move.kind == MoveKind.SENT
    return list(lots.values())
