"""The seal of a finished meeting: SHA-256 over what its sealed sheets hold, in a form that never varies."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from evaluation.models import Ballot, BallotState, Meeting

GROUPS, GROUP = 6, 4


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no blanks, NFC, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def meeting_digest(meeting: Meeting) -> str:
    """Over every sealed sheet of the meeting, earlier attempts included: seat, criterion, case, points."""
    held: dict[str, Any] = {"meeting": meeting.pk, "ballots": [_sheet(it) for it in _sealed(meeting)]}
    if abstained := _abstained(meeting):
        held["abstained"] = abstained
    return hashlib.sha256(canonical(held)).hexdigest()


def _abstained(meeting: Meeting) -> list[dict[str, Any]]:
    """Who gave no points and why; a meeting in which nobody abstained has the digest it always had."""
    sheets = Ballot.objects.filter(meeting=meeting, state=BallotState.ABSTAINED)
    names = {"assessment": "assessment_id", "seat": "seat_id", "attempt": "attempt", "reason": "abstention"}
    ordered = sheets.order_by("assessment_id", "seat_id", "attempt").values_list(*names.values())
    return [dict(zip(names, row, strict=True)) for row in ordered]


def sheet_digests(meeting: Meeting) -> dict[str, str]:
    """The same, sheet by sheet (by ballot id), to name the one that differs."""
    return {str(it.pk): sheet_digest(it) for it in _sealed(meeting)}


def sheet_digest(ballot: Ballot) -> str:
    return hashlib.sha256(canonical(_sheet(ballot))).hexdigest()


def seal_code(digest: str) -> str:
    """The head of the digest as people compare it by eye: "3F9A 07C1 …", 96 bits."""
    head = digest[: GROUPS * GROUP].upper()
    return " ".join(head[at : at + GROUP] for at in range(0, len(head), GROUP))


def _sealed(meeting: Meeting) -> Iterable[Ballot]:
    sealed = Ballot.objects.filter(meeting=meeting, state=BallotState.SEALED).select_related("published")
    return sealed.order_by("assessment_id", "seat_id", "attempt")


def _sheet(ballot: Ballot) -> dict[str, Any]:
    return {
        "assessment": ballot.assessment_id,
        "seat": ballot.seat_id,
        "attempt": ballot.attempt,
        "set": ballot.published.code,
        "marks": {code: _mark(level) for code, level in ballot.levels.items() if "p" in level},
    }


def _mark(level: Mapping[str, Any]) -> dict[str, Any]:
    return {"case": level.get("case"), "points": level["p"]}
