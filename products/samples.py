"""Samples: how many the set asks for, who has them, handed on with the dossier (QĐ 26/2026, Phụ lục II)."""

import datetime as dt
from collections.abc import Iterable, Sequence
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
from products.models.sample import MOST
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


@transaction.atomic
def receive_samples(
    dossier: Dossier, *, count: int, condition: str, by: User, note: str = "", at: dt.datetime | None = None
) -> SampleMove:
    """A lot is handed in where the dossier lies; ValidationError names what is missing."""
    fresh, unit = _here(dossier, by)
    if not 1 <= count <= MOST:
        raise ValidationError({"count": _("Ghi số đơn vị mẫu từ 1 đến %(n)s.") % {"n": MOST}})
    _check(condition, note)
    lot = Sample.objects.create(dossier=fresh, created_at=at or timezone.now())
    return _received(fresh, lot, unit, count, condition, by, note, at)


@transaction.atomic
def take_over(
    lot: Sample, *, count: int, condition: str, by: User, note: str = "", at: dt.datetime | None = None
) -> SampleMove:
    """A lot that the commune sent on has come; what does not come is said why."""
    fresh, unit = _here(lot.dossier, by)
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


def _here(dossier: Dossier, by: User) -> tuple[Dossier, OrgUnit]:
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("unit", "product__producer")
    found = fresh.get(pk=dossier.pk)
    if not expected(found):
        raise ValidationError(_("Sản phẩm này không phải nộp mẫu."))
    place = place_of(found)
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
    """What this office holds goes with the dossier."""
    for move in SampleMove.objects.filter(sample__dossier=dossier).latest_of_each():
        if move.kind == MoveKind.RECEIVED and move.unit_id == unit.pk and move.count:
            SampleMove.objects.create(
                sample_id=move.sample_id, kind=MoveKind.SENT, unit_id=move.unit_id, by=by, at=at,
                count=move.count, condition=move.condition,
            )  # fmt: skip


# ── what pages show ──


def move_words(move: SampleMove) -> str:
    """5 đơn vị mẫu tại Xã Mường So, nguyên vẹn."""
    words = _("%(n)s đơn vị mẫu tại %(unit)s, %(condition)s")
    condition = move.get_condition_display().lower()
    return words % {"n": move.count, "unit": move.unit, "condition": condition}


def on_hand(dossiers: Iterable[int]) -> dict[int, int]:
    """Units that an office holds, by dossier: lots on the way count for nobody."""
    held: dict[int, int] = {}
    moves = SampleMove.objects.filter(sample__dossier__in=list(dossiers)).latest_of_each()
    for move in moves.select_related("sample"):
        if move.kind == MoveKind.RECEIVED:
            held[move.sample.dossier_id] = held.get(move.sample.dossier_id, 0) + move.count
    return held


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
    """Each lot with its moves, and whether it waits to be taken over."""
    lots: dict[int, dict[str, Any]] = {}
    moves = SampleMove.objects.filter(sample__dossier=dossier).select_related("sample", "unit", "by")
    for move in moves:
        lot = lots.setdefault(move.sample_id, {"lot": move.sample, "moves": []})
        lot["moves"].append(move)
        lot["is_waiting"] = move.kind == MoveKind.SENT
    return list(lots.values())
