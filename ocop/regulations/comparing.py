"""What differs between two sets (as documents) or two regimes, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from .regimes import MonthDay, Regime
from .sentences import Sentence
from .sentences import sentence as _

Place = tuple[str, str]  # where in the set, and which fact

# What is compared of a set, a part or section, a criterion: a key of the document and its name.
_OF_A_SET = {"name_vi": _("tên bộ"), "total_points": _("tổng điểm"), "product_category": _("ngành"),
             "product_group": _("nhóm"), "sub_group": _("phân nhóm"), "ministry": _("bộ quản lý"),
             "sample_units": _("số mẫu"), "dossier_rejected_if_vi": _("loại hồ sơ khi")}  # fmt: skip
_OF_A_SECTION = {"name_vi": _("tên"), "points": _("điểm"), "groups": _("nhóm tiêu chí"), "notes_vi": _("ghi chú"),
                 "knockout_vi": _("điều kiện loại")}  # fmt: skip
_OF_A_CRITERION = {"name_vi": _("tên"), "max_points": _("điểm tối đa"), "group": _("nhóm tiêu chí"),
                   "notes_vi": _("ghi chú"), "knockout_vi": _("điều kiện loại"), "evidence": _("minh chứng"),
                   "star_on_criterion": _("sao ở tên tiêu chí")}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One fact that the two say differently; `None` where one of them does not say it."""

    where: str
    what: str
    left: str | None
    right: str | None


def differences(left: Mapping[str, Any], right: Mapping[str, Any]) -> list[Difference]:
    """Two sets as `export` prints them: points, levels, gates and wording, in the order of the left sheet."""
    return _compared(dict(_facts(left)), dict(_facts(right)))


def regime_differences(left: Regime, right: Regime) -> list[Difference]:
    """Two regimes: every figure, day and name, by the keys of `regime.yaml`."""
    return _compared(dict(_leaves(left, ())), dict(_leaves(right, ())))


def _compared(left: Mapping[Place, str], right: Mapping[Place, str]) -> list[Difference]:
    places = list({**left, **right})
    # What only the right says stands with what else is said of the same place.
    order = list(dict.fromkeys(where for where, _what in places))
    places.sort(key=lambda place: order.index(place[0]))
    return [
        Difference(*place, left.get(place), right.get(place))
        for place in places
        if left.get(place) != right.get(place)
    ]


def _facts(document: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    yield from _said("", document, _OF_A_SET)
    for part in document["parts"]:
        yield from _said(part["code"], part, _OF_A_SECTION)
        for section in part["sections"]:
            # A section that is its own only criterion has the criterion's code: its facts are told once.
            if [it["code"] for it in section["criteria"]] != [section["code"]]:
                yield from _said(section["code"], section, _OF_A_SECTION)
            for criterion in section["criteria"]:
                yield from _criterion(criterion)


def _criterion(it: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    yield from _said(it["code"], it, _OF_A_CRITERION)
    yield from _scale(it["code"], it.get("levels") or ())
    for case in it.get("cases") or ():
        where = f"{it['code']} {case['code']}"
        yield from _said(where, case, {"name_vi": _("tên trường hợp")})
        yield from _scale(where, case["levels"])


def _scale(where: str, levels: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Place, str]]:
    rows = list(levels)
    if not rows:
        return
    yield (where, str(_("mức điểm"))), _text([level["points"] for level in rows])
    gates = [f"{it['min_for_star']}★ ≥ {it['points']}" for it in rows if it.get("min_for_star")]
    if gates:
        yield (where, str(_("điểm tối thiểu theo sao"))), _text(gates)
    seen: dict[int, int] = {}
    for level in rows:
        points = level["points"]
        seen[points] = seen.get(points, 0) + 1
        again = "" if seen[points] == 1 else f" ({seen[points]})"
        yield (where, str(_("mô tả mức %(points)s", points=f"{points}{again}"))), level["label_vi"]


def _said(where: str, it: Mapping[str, Any], names: Mapping[str, Sentence]) -> Iterator[tuple[Place, str]]:
    for key, name in names.items():
        if it.get(key) not in (None, [], ""):
            yield (where, str(name)), _text(it[key])


def _text(value: Any) -> str:
    if isinstance(value, MonthDay):
        return f"{value.day:02d}/{value.month:02d}"
    if isinstance(value, Mapping):
        return " ".join(str(it) for it in value.values())
    if isinstance(value, list | tuple):
        return "; ".join(_text(it) for it in value)
    return str(value)


def _leaves(value: Any, where: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    """Every plain value under a dataclass, by the names that lead to it; rows go by their code or number."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name), (*where, field.name))
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for number, row in enumerate(value, 1):
            yield from _leaves(row, (*where, _name(row, number)))
    elif value not in (None, ()):
        yield (" › ".join(where[:-1]), where[-1]), _text(value)


def _name(row: Any, number: int) -> str:
    return str(next((getattr(row, key) for key in ("code", "number", "star") if hasattr(row, key)), number))
