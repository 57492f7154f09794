"""The seal of a finished meeting: SHA-256 over what its sealed sheets hold, in a form that never varies."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from evaluation.models import Ballot, BallotState, Meeting


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no blanks, NFC, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def meeting_digest(meeting: Meeting) -> str:
    """Over every sealed sheet of the meeting, earlier attempts included: seat, criterion, case, points."""
    sealed = Ballot.objects.filter(meeting=meeting, state=BallotState.SEALED).select_related("published")
    sheets = [
        {
            "assessment": ballot.assessment_id,
            "seat": ballot.seat_id,
            "attempt": ballot.attempt,
            "set": ballot.published.code,
            "marks": {code: _mark(level) for code, level in ballot.levels.items() if "p" in level},
        }
        for ballot in sealed.order_by("assessment_id", "seat_id", "attempt")
    ]
    held: dict[str, Any] = {"meeting": meeting.pk, "ballots": sheets}
    if abstained := _abstained(meeting):
        held["abstained"] = abstained
    return hashlib.sha256(canonical(held)).hexdigest()


def _abstained(meeting: Meeting) -> list[dict[str, Any]]:
    """Who gave no points and why; a meeting in which nobody abstained has the digest it always had."""
    sheets = Ballot.objects.filter(meeting=meeting, state=BallotState.ABSTAINED)
    names = {"assessment": "assessment_id", "seat": "seat_id", "attempt": "attempt", "reason": "abstention"}
    ordered = sheets.order_by("assessment_id", "seat_id", "attempt").values_list(*names.values())
    return [dict(zip(names, row, strict=True)) for row in ordered]


def _mark(level: Mapping[str, Any]) -> dict[str, Any]:
    return {"case": level.get("case"), "points": level["p"]}
