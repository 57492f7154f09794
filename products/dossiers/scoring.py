"""Where the self-score stands: the total, the stars it would hold, what holds it back, the shortest way up."""

from functools import lru_cache
from typing import Any

from ocop.regulations import preview
from products.dossiers.filling import raw_sheet
from products.dossiers.whole import Whole
from products.law import criteria_set


def standing(whole: Whole) -> dict[str, Any]:
    """`preview` of the marks with the criteria's names, for the tally."""
    marks = tuple(sorted((code, _flat(mark)) for code, mark in raw_sheet(whole.levels()).items()))
    found = _preview(whole.set.code, marks)
    names = {it.code: it.name for it in whole.set.criteria}
    top = found["path"]
    # What is below the least recognised star is no aim; what is not marked yet is not known to be nothing.
    aim = next((it for it in sorted(top) if int(it) >= whole.regime.least_recognised), "")
    steps = top.get(aim, []) if len(marks) == len(names) else []
    way = [{**step, "name": names[step["criterion"]], "text": _label(whole, step)} for step in steps]
    parts = [
        {"code": it.code, "name": it.name, "max": it.points, "points": found["parts"].get(it.code, 0)}
        for it in whole.set.parts
    ]
    return {
        **found,
        "parts": parts,
        "max": whole.set.total,
        "scored": len(marks),
        "count": len(names),
        "aim": aim,
        "way": way,
        "added": sum(step["gain"] for step in way),
        "missed": sorted({gate["criterion"]: gate for gate in found["missed"]}.values(), key=lambda gate: list(names).index(gate["criterion"])),
    }  # fmt: skip


def _label(whole: Whole, step: dict[str, Any]) -> str:
    """What the level to reach reads."""
    criterion = whole.set.by_code[step["criterion"]]
    scales = [criterion.scale(case) for case in criterion.case_codes] or [criterion.levels]
    return next((level.label for scale in scales for level in scale if level.points == step["to"]), "")


def _flat(mark: Any) -> Any:
    return tuple(sorted(mark.items())) if isinstance(mark, dict) else mark


@lru_cache(maxsize=512)
def _preview(code: str, marks: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """The ways up are reckoned once for a sheet: a page asks for it with every save."""
    sheet = {name: dict(mark) if isinstance(mark, tuple) else mark for name, mark in marks}
    return preview(criteria_set(code), sheet)
