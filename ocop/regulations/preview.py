"""The answer of the public calculator: stars of one sheet, what holds it back and the shortest ways up."""

from __future__ import annotations

from typing import Any

from .paths import Path, path_to
from .regimes import Policy
from .scoring import json_number, score
from .sets import CriteriaSet
from .sheets import Sheet, read_sheet
from .stars import MissedGate, stars


def preview(criteria_set: CriteriaSet, raw: object, policy: Policy | None = None) -> dict[str, Any]:
    """The body of `POST /api/score-preview/`; raises `SheetError` where the sheet cannot stand."""
    sheet = read_sheet(criteria_set, raw)
    result = score(criteria_set, sheet)
    verdict = stars(criteria_set, result, policy)
    return {
        "set": criteria_set.code,
        "total": json_number(result.total),
        "parts": {code: json_number(points) for code, points in result.parts.items()},
        "stars": verdict.stars,
        "band": verdict.band,
        "missed": [_missed(gate) for gate in verdict.missed],
        "unanswered": list(result.unanswered),
        "path": _paths(criteria_set, sheet, verdict.stars, policy),
    }


def _missed(gate: MissedGate) -> dict[str, Any]:
    return {
        "criterion": gate.criterion,
        "star": gate.star,
        "least": gate.least,
        "have": json_number(gate.have),
    }


def _paths(criteria_set: CriteriaSet, sheet: Sheet, held: int, policy: Policy | None) -> dict[str, Any]:
    above = sorted(band.star for band in criteria_set.regime.bands if band.star > held)
    found = {star: path_to(criteria_set, sheet, star, policy) for star in above}
    return {str(star): _steps(path) for star, path in found.items() if path is not None}


def _steps(path: Path) -> list[dict[str, Any]]:
    return [{"criterion": it.criterion, "from": it.before, "to": it.after, "gain": it.gain} for it in path]
