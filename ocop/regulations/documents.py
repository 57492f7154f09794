"""One set as a document, its figures alone, their digest and what a ballot may hold."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from .sets import Case, CriteriaSet, Criterion, Level, Section

Points = list[int] | dict[str, list[int]]


def set_document(it: CriteriaSet) -> dict[str, Any]:
    """Everything a set holds, as the export prints it; empty and absent fields are left out of criteria."""
    regime = it.regime
    return {
        "schema": "ocop-criteria/1",
        "regime": regime.code,
        "decision": regime.decision,
        "decision_date": regime.decided_on.isoformat(),
        "effective_from": regime.files_from.isoformat(),
        "effective_to": regime.ends_on.isoformat() if regime.ends_on else None,
        "code": it.code,
        "set_no": it.set_no,
        "version": it.version,
        "name_vi": it.name,
        "product_category": {"code": it.category.code, "name_vi": it.category.name},
        "product_group": it.group,
        "sub_group": it.sub_group,
        "ministry": list(it.ministries) or None,
        "sample_units": it.sample_units,
        "total_points": it.total,
        "official_wording": it.official_wording,
        "dossier_rejected_if_vi": [rejection.text for rejection in it.rejections],
        "parts": [
            {
                "code": part.code,
                "name_vi": part.name,
                "points": part.points,
                "sections": [_section(section) for section in part.sections],
            }
            for part in it.parts
        ],
        "source_anomalies": list(it.anomalies),
        "doubts": list(it.doubts),
    }


def _section(it: Section) -> dict[str, Any]:
    return {
        "code": it.code,
        "name_vi": it.name,
        "points": it.points,
        **_present(
            notes_vi=list(it.notes),
            knockout_vi=[knock_out.text for knock_out in it.knock_outs],
            groups=[
                {"code": group.code, "name_vi": group.name, "points": group.points} for group in it.groups
            ],
        ),
        "criteria": [_criterion(criterion) for criterion in it.criteria],
    }


def _criterion(it: Criterion) -> dict[str, Any]:
    scale = (
        {"choose_one_case": True, "cases": [_case(case, derived=it.derived) for case in it.cases]}
        if it.cases
        else {"levels": _levels(it.levels, derived=it.derived)}
    )
    return {
        "code": it.code,
        "name_vi": it.name,
        "max_points": it.points,
        **_present(
            group=it.group,
            notes_vi=list(it.notes),
            knockout_vi=[knock_out.text for knock_out in it.knock_outs],
            star_on_criterion=it.star_on_title,
            evidence=list(it.evidence),
        ),
        **scale,
        **_present(gates={str(star): least for star, least in it.gates.items()} if not it.cases else None),
    }


def _case(it: Case, *, derived: bool) -> dict[str, Any]:
    return {"code": it.code, "name_vi": it.name, "levels": _levels(it.levels, derived=derived)}


def _levels(levels: Iterable[Level], *, derived: bool) -> list[dict[str, Any]]:
    return [
        {
            "points": level.points,
            "label_vi": level.label,
            **_present(min_for_star=level.star, derived=derived or None),
        }
        for level in levels
    ]


def _present(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def figures_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The law's part of a set's document: codes, points, gates, cases, how many knock-outs; no wording."""
    return {
        **{key: document[key] for key in ("code", "set_no", "sample_units", "total_points")},
        "parts": [
            {
                "code": part["code"],
                "points": part["points"],
                "sections": [_section_figures(section) for section in part["sections"]],
            }
            for part in document["parts"]
        ],
    }


def _section_figures(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": section["code"],
        "points": section["points"],
        **_present(
            groups=[{"code": it["code"], "points": it["points"]} for it in section.get("groups") or ()],
            knockouts=len(section.get("knockout_vi") or ()) or None,
        ),
        "criteria": [_criterion_figures(it) for it in section["criteria"]],
    }


def _criterion_figures(it: Mapping[str, Any]) -> dict[str, Any]:
    levels = it.get("levels") or ()
    return {
        "code": it["code"],
        "max_points": it["max_points"],
        **_present(
            group=it.get("group"),
            levels=[level["points"] for level in levels],
            gates={
                str(level["min_for_star"]): level["points"] for level in levels if level.get("min_for_star")
            },
            derived=any(level.get("derived") for level in levels) or None,
            cases=[_case_figures(case) for case in it.get("cases") or ()],
            star_on_criterion=it.get("star_on_criterion"),
            knockouts=len(it.get("knockout_vi") or ()) or None,
        ),
    }


def _case_figures(case: Mapping[str, Any]) -> dict[str, Any]:
    levels = case["levels"]
    return {
        "code": case["code"],
        "levels": [level["points"] for level in levels],
        **_present(gates={str(it["min_for_star"]): it["points"] for it in levels if it.get("min_for_star")}),
    }


def figures(it: CriteriaSet) -> dict[str, Any]:
    return figures_of(set_document(it))


def digest(it: CriteriaSet) -> str:
    """SHA-256 of the figures as canonical JSON (sorted keys, NFC, no blanks), the same in any wording."""
    text = json.dumps(figures(it), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def allowed(it: CriteriaSet) -> dict[str, Points]:
    """What a ballot may hold: the printed points and 0 of each criterion, per case where there are cases."""
    return {criterion.code: _allowed(criterion) for criterion in it.criteria}


def _allowed(it: Criterion) -> Points:
    if it.cases:
        return {case.code: _points(case.levels) for case in it.cases}
    return _points(it.levels)


def _points(levels: Iterable[Level]) -> list[int]:
    return sorted({0, *(level.points for level in levels)})
