"""What a scorer ticked, read from plain JSON values: one printed level a criterion, or an error in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .sentences import Sentence
from .sentences import sentence as _
from .sets import CriteriaSet, Criterion


@dataclass(frozen=True)
class Mark:
    """`case` is `None` where the criterion has no cases, and where 0 was given without choosing one."""

    points: int
    case: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A ballot or self-score of one set; a criterion left out counts 0 and is in `unanswered`."""

    set_code: str
    marks: Mapping[str, Mark]
    unanswered: tuple[str, ...]

    def points(self, criterion: str) -> int:
        return self.marks[criterion].points if criterion in self.marks else 0

    def case(self, criterion: str) -> str | None:
        return self.marks[criterion].case if criterion in self.marks else None

    @property
    def total(self) -> int:
        return sum(mark.points for mark in self.marks.values())


class SheetError(ValueError):
    """`errors` holds one sentence for each criterion code that cannot stand."""

    def __init__(self, errors: Mapping[str, Sentence]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{code}: {text}" for code, text in self.errors.items()))


def read_sheet(criteria_set: CriteriaSet, raw: object) -> Sheet:
    """`{"1.1": 3, "8": {"case": "a", "points": 3}}` to a sheet; raises `SheetError` with all errors."""
    if not isinstance(raw, Mapping):
        raise SheetError({"sheet": _("Phiếu phải là một nhóm “mã tiêu chí: điểm”.")})
    errors: dict[str, Sentence] = {}
    marks: dict[str, Mark] = {}
    for code in raw.keys() - criteria_set.by_code.keys():
        errors[str(code)] = _("Bộ %(set)s không có tiêu chí này.", set=criteria_set.code)
    for criterion in criteria_set.criteria:
        if criterion.code not in raw:
            continue
        try:
            marks[criterion.code] = read_mark(criterion, raw[criterion.code])
        except SheetError as error:
            errors |= error.errors
    if errors:
        raise SheetError(errors)
    unanswered = tuple(it.code for it in criteria_set.criteria if it.code not in marks)
    return Sheet(criteria_set.code, marks, unanswered)


def read_mark(criterion: Criterion, value: object) -> Mark:
    """One value, for forms that save criterion by criterion; raises `SheetError` under its code."""
    if isinstance(value, Mapping):
        return _mark_of_case(criterion, value)
    points = _whole(criterion, value)
    if points == 0:
        return Mark(0)
    if criterion.cases:
        raise _wrong(
            criterion, _("Cần chọn một trường hợp: %(cases)s.", cases=", ".join(criterion.case_codes))
        )
    return Mark(_printed(criterion, points, None))


def _mark_of_case(criterion: Criterion, value: Mapping[object, object]) -> Mark:
    if not criterion.cases:
        raise _wrong(criterion, _("Tiêu chí này không có trường hợp; chỉ ghi số điểm."))
    if value.keys() != {"case", "points"}:
        raise _wrong(criterion, _("Phải ghi đúng hai mục: case và points."))
    case = value["case"]
    if not isinstance(case, str) or case not in criterion.case_codes:
        raise _wrong(
            criterion,
            _("Không có trường hợp này; chọn một trong: %(cases)s.", cases=", ".join(criterion.case_codes)),
        )
    points = _whole(criterion, value["points"])
    return Mark(points if points == 0 else _printed(criterion, points, case), case)


def _wrong(criterion: Criterion, text: Sentence) -> SheetError:
    return SheetError({criterion.code: text})


def _whole(criterion: Criterion, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(criterion, _("Điểm phải là số nguyên."))
    return value


def _printed(criterion: Criterion, points: int, case: str | None) -> int:
    printed = [level.points for level in criterion.scale(case)]
    if points not in printed:
        raise _wrong(
            criterion,
            _("Không có mức điểm này; các mức: %(levels)s.", levels=", ".join(map(str, _with_zero(printed)))),
        )
    return points


def _with_zero(printed: list[int]) -> list[int]:
    return sorted({0, *printed})
