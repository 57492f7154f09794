"""A sheet is read or refused, criterion by criterion, in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.regulations import Mark, SheetError, allowed, catalog, read_mark, read_sheet

from .made import SETS, raw_sheets

FRUIT = catalog().criteria_set("QD26-01")
TOURISM = catalog().criteria_set("QD26-26")


def errors(raw: object, criteria_set: Any = FRUIT) -> dict[str, str]:
    with pytest.raises(SheetError) as refused:
        read_sheet(criteria_set, raw)
    return {code: str(text) for code, text in refused.value.errors.items()}


def test_reads_points_and_lists_what_is_left_out() -> None:
    sheet = read_sheet(FRUIT, {"1.1": 3, "1.2": 0})
    assert sheet.marks == {"1.1": Mark(3), "1.2": Mark(0)}
    assert sheet.unanswered == tuple(it.code for it in FRUIT.criteria if it.code not in ("1.1", "1.2"))
    assert (sheet.points("1.1"), sheet.points("4.1"), sheet.total) == (3, 0, 3)


def test_an_explicit_zero_is_allowed_even_where_none_is_printed() -> None:
    assert [level.points for level in FRUIT.by_code["1.1"].levels] == [1, 2, 3]
    assert read_sheet(FRUIT, {"1.1": 0}).marks == {"1.1": Mark(0)}
    assert read_sheet(TOURISM, {"8": 0, "9": {"case": "b", "points": 0}}).marks == {
        "8": Mark(0),
        "9": Mark(0, "b"),
    }


def test_reads_the_chosen_case() -> None:
    assert read_sheet(TOURISM, {"8": {"case": "a", "points": 3}}).marks == {"8": Mark(3, "a")}


@pytest.mark.parametrize("value", [True, False, 3.0, "3", None, [3], 2.5])
def test_points_are_whole_numbers_and_never_anything_like_them(value: object) -> None:
    assert errors({"1.1": value}) == {"1.1": "Điểm phải là số nguyên."}


@pytest.mark.parametrize("value", [4, -1, 10**30])
def test_refuses_what_is_not_printed(value: int) -> None:
    assert errors({"1.1": value}) == {"1.1": "Không có mức điểm này; các mức: 0, 1, 2, 3."}


def test_every_error_at_once() -> None:
    assert errors({"1.1": 9, "99": 1, "7": {"case": "a", "points": 1}, "1.2": 1}) == {
        "99": "Bộ QD26-01 không có tiêu chí này.",
        "1.1": "Không có mức điểm này; các mức: 0, 1, 2, 3.",
        "7": "Tiêu chí này không có trường hợp; chỉ ghi số điểm.",
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, "Cần chọn một trường hợp: a, b."),
        ({"case": "c", "points": 3}, "Không có trường hợp này; chọn một trong: a, b."),
        ({"case": ["a"], "points": 3}, "Không có trường hợp này; chọn một trong: a, b."),
        ({"points": 3}, "Phải ghi đúng hai mục: case và points."),
        ({"case": "a", "points": 3, "x": 1}, "Phải ghi đúng hai mục: case và points."),
        ({"case": "a", "points": 2}, "Không có mức điểm này; các mức: 0, 1, 3."),
        ({"case": "a", "points": True}, "Điểm phải là số nguyên."),
    ],
)
def test_refuses_a_wrong_case(value: object, said: str) -> None:
    assert errors({"8": value}, TOURISM) == {"8": said}


@pytest.mark.parametrize("raw", [None, [], "1.1", 3])
def test_a_sheet_is_a_mapping(raw: object) -> None:
    assert errors(raw) == {"sheet": "Phiếu phải là một nhóm “mã tiêu chí: điểm”."}


def test_one_value_alone() -> None:
    assert read_mark(FRUIT.by_code["1.1"], 2) == Mark(2)
    with pytest.raises(SheetError) as refused:
        read_mark(FRUIT.by_code["1.1"], 7)
    assert list(refused.value.errors) == ["1.1"]


@settings(deadline=None)
@given(st.sampled_from(SETS).flatmap(lambda it: st.tuples(st.just(it), raw_sheets(it))))
def test_what_is_read_is_what_the_database_allows(pair: Any) -> None:
    criteria_set, raw = pair
    may = json.loads(json.dumps(allowed(criteria_set)))
    for code, mark in read_sheet(criteria_set, raw).marks.items():
        printed = may[code]
        if isinstance(printed, dict) and mark.case is None:
            assert mark.points == 0  # nothing applies, whichever the case
        else:
            assert mark.points in (printed if mark.case is None else printed[mark.case])


def test_allowed_points_of_a_set() -> None:
    may = allowed(TOURISM)
    assert may["1.1"] == [0, 1, 3]
    assert may["8"] == {"a": [0, 1, 3], "b": [0, 1, 3]}
    assert may.keys() == TOURISM.by_code.keys()
    assert allowed(catalog().criteria_set("QD26-23"))["6.2"] == [0, 1, 3, 5]
