"""A criterion as its card shows it: levels with points, words and the stars they are the least for."""

from typing import Any

from django.utils.translation import gettext as _

from ocop.regulations import CriteriaSet, Criterion, Mark, Part, Section


def card(part: Part, section: Section, criterion: Criterion) -> dict[str, Any]:
    """What `{% criterion %}` takes."""
    alone = section.criteria == (criterion,)
    where = part_name(part) if alone else f"{part_name(part)} · {section.code}. {section.name}"
    words = [*criterion.notes, *(it.text for it in criterion.knock_outs)]
    return {
        "code": criterion.code,
        "title": criterion.name,
        "where": where,
        "max": criterion.points,
        "levels": levels(criterion),
        "help": " ".join(words),
        "name": field_name(criterion.code),
    }


def part_name(part: Part) -> str:
    return _("Phần %(code)s") % {"code": part.code}


def field_name(code: str) -> str:
    """The name of a criterion's field in forms: ids and selectors want no dots."""
    return "c-" + code.replace(".", "-")


def levels(criterion: Criterion) -> list[dict[str, Any]]:
    """The printed levels, and an explicit 0 where none is printed (nothing applies: QĐ 26/2026 does not say)."""
    scales = [(it.code, f"{it.code}) {it.name}", it.levels) for it in criterion.cases]
    shown = [
        _level(level, code, name if n == 0 else "")
        for code, name, its in scales
        for n, level in enumerate(its)
    ]
    shown += [_level(level, "", "") for level in criterion.levels]
    if not any(it["points"] == 0 for it in shown):
        zero = {"points": 0, "text": _("Không đạt mức nào"), "gates": [], "is_none": True}
        shown.insert(0, zero | {"value": "0"})
    return shown


def _level(level: Any, case: str, heading: str) -> dict[str, Any]:
    value = f"{case}:{level.points}" if case else str(level.points)
    gates = [level.star] if level.star else []
    return {"points": level.points, "text": level.label, "gates": gates, "value": value, "case": heading}


def written(mark: Mark | None) -> str | None:
    """A mark as the radio that holds it."""
    if mark is None:
        return None
    return f"{mark.case}:{mark.points}" if mark.case else str(mark.points)


def raw_value(text: str) -> Any:
    """The radio's value as `read_mark` takes it; what is no number stays text and is refused there."""
    case, colon, points = text.rpartition(":")
    number = int(points) if points.isascii() and points.isdigit() and len(points) < 4 else points
    return {"case": case, "points": number} if colon else number


def cards(it: CriteriaSet) -> list[dict[str, Any]]:
    """Every card in the order of the sheet."""
    return [
        card(part, section, criterion)
        for part in it.parts
        for section in part.sections
        for criterion in section.criteria
    ]
