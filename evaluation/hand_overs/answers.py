"""What the tier above said, as the sender's end keeps it: typed in from paper, or brought back by the system."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation.models import HandOver
from ocop.files.store import keep_upload
from ocop.orgs.models import User
from ocop.regulations import Tier
from products.law import regime

ANSWER = ("answer_number", "answered_on", "answer_stars", "answer_points", "answer_file")


def certifier(hand_over: HandOver) -> Tier:
    return regime(hand_over.assessment.dossier.regime).tier(hand_over.to_tier)


def points_of(typed: Any) -> Decimal | None:
    """Typed as 89,5 or 89.5; None where nothing was typed, ValidationError where it is no number of points."""
    if typed in (None, ""):
        return None
    try:
        points = Decimal(str(typed).strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValidationError({"points": _("Hãy ghi điểm bằng số, ví dụ 89,5.")}) from error
    if not 0 <= points <= 100:
        raise ValidationError({"points": _("Điểm nằm trong khoảng từ 0 đến 100.")})
    return points


def cannot_be_typed(hand_over: HandOver, data: Mapping[str, Any]) -> Iterator[str | ValidationError]:
    if not hand_over.is_outside:
        yield _("Cấp trên có trong hệ thống: kết quả về theo quyết định của cấp trên, không ghi tay.")
    try:
        points_of(data.get("points"))
    except ValidationError as refused:
        yield refused
    if data.get("certificate_number") and int(data.get("stars") or 0) not in certifier(hand_over).certifies:
        yield ValidationError(
            {"certificate_number": _("Cấp trên không cấp giấy chứng nhận cho hạng sao này; hãy để trống.")}
        )


def write_typed(hand_over: HandOver, data: Mapping[str, Any], *, by: User) -> tuple[str, ...]:
    hand_over.answer_number, hand_over.answered_on = data["answer_number"], data["answered_on"]
    hand_over.answer_stars, hand_over.answer_points = int(data["stars"]), points_of(data.get("points"))
    if data.get("file"):
        hand_over.answer_file = keep_upload(data["file"], by=by)
    return ANSWER


def is_refused(hand_over: HandOver) -> bool:
    return "refusal" in (hand_over.brought or {})


def write_brought(hand_over: HandOver) -> tuple[str, ...]:
    brought = hand_over.brought or {}
    hand_over.answer_number, hand_over.answered_on = brought["number"], dt.date.fromisoformat(brought["on"])
    hand_over.answer_stars, hand_over.answer_points = brought["stars"], points_of(brought["points"])
    return ANSWER


def as_brought(
    *, number: str, on: dt.date, stars: int, points: str | None, certificate: str = ""
) -> dict[str, Any]:
    """An answer as it travels: plain values."""
    return {
        "number": number, "on": on.isoformat(), "stars": stars, "points": points, "certificate": certificate,
    }  # fmt: skip
