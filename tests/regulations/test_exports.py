"""The documents others read: the calculator's answer and the export with the reference's field names."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.regulations import SheetError, catalog, export, preview

from .made import SETS, best_sheet, raw_sheets

FRUIT = catalog().criteria_set("QD26-01")


def test_the_answer_of_the_calculator() -> None:
    best = {it.code: it.points for it in FRUIT.criteria}
    raw = {**best, "1.3": 2, "4.1": 0, "3.5": 1}
    del raw["2.4"]
    assert preview(FRUIT, raw) == {
        "set": "QD26-01",
        "total": 91,
        "parts": {"A": 36, "B": 20, "C": 35},
        "stars": 2,
        "band": 5,
        "missed": [
            {"criterion": "1.3", "star": 5, "least": 3, "have": 2},
            {"criterion": "3.5", "star": 4, "least": 2, "have": 1},
            {"criterion": "4.1", "star": 3, "least": 2, "have": 0},
            {"criterion": "4.1", "star": 4, "least": 3, "have": 0},
            {"criterion": "4.1", "star": 5, "least": 5, "have": 0},
        ],
        "unanswered": ["2.4"],
        "path": {
            "3": [{"criterion": "4.1", "from": 0, "to": 2, "gain": 2}],
            "4": [
                {"criterion": "3.5", "from": 1, "to": 2, "gain": 1},
                {"criterion": "4.1", "from": 0, "to": 3, "gain": 3},
            ],
            "5": [
                {"criterion": "1.3", "from": 2, "to": 3, "gain": 1},
                {"criterion": "3.5", "from": 1, "to": 2, "gain": 1},
                {"criterion": "4.1", "from": 0, "to": 5, "gain": 5},
            ],
        },
    }


def test_the_best_sheet_has_no_way_up() -> None:
    for it in SETS:
        if not it.is_settled:
            continue
        answer = preview(it, best_sheet(it))
        assert (answer["total"], answer["stars"], answer["band"]) == (100, 5, 5)
        assert (answer["missed"], answer["unanswered"], answer["path"]) == ([], [], {})


def test_an_empty_sheet_has_one_star_and_every_way_up() -> None:
    answer = preview(FRUIT, {})
    assert (answer["total"], answer["stars"], answer["band"], answer["missed"]) == (0, 1, 1, [])
    assert len(answer["unanswered"]) == 32
    assert {star: sum(step["gain"] for step in path) for star, path in answer["path"].items()} == {
        "2": 30,
        "3": 50,
        "4": 70,
        "5": 90,
    }


@settings(deadline=None)
@given(st.sampled_from(SETS).flatmap(lambda it: st.tuples(st.just(it), raw_sheets(it))))
def test_the_answer_is_plain_json(pair: Any) -> None:
    criteria_set, raw = pair
    answer = preview(criteria_set, raw)
    assert json.loads(json.dumps(answer)) == answer
    assert type(answer["total"]) is int
    assert sorted(answer["path"]) == [str(star) for star in range(answer["stars"] + 1, 6)]
    assert 1 <= answer["stars"] <= answer["band"]


def test_a_bad_sheet_has_no_answer() -> None:
    with pytest.raises(SheetError):
        preview(FRUIT, {"1.1": 4})


def test_the_export_has_the_references_names() -> None:
    documents = export(catalog(), "26/2026")
    assert [it["code"] for it in documents] == [f"QD26-{number:02d}" for number in range(1, 27)]
    assert json.loads(json.dumps(documents)) == documents
    fruit = documents[0]
    criterion = fruit["parts"][0]["sections"][1]["criteria"][2]
    assert {key: criterion[key] for key in ("code", "max_points", "gates")} == {
        "code": "2.3",
        "max_points": 3,
        "gates": {"3": 1, "4": 3},
    }
    assert [(it["points"], it.get("min_for_star")) for it in criterion["levels"]] == [
        (1, 3),
        (2, None),
        (3, 4),
    ]
    assert all(it["label_vi"] for it in criterion["levels"])
    tourism = documents[25]["parts"][2]["sections"][2]["criteria"][0]
    assert "levels" not in tourism
    assert [(it["code"], [lv["points"] for lv in it["levels"]]) for it in tourism["cases"]] == [
        ("a", [1, 3]),
        ("b", [1, 3]),
    ]
    assert (fruit["sample_units"], fruit["total_points"], fruit["effective_to"]) == (5, 100, None)


def test_the_export_of_everything() -> None:
    documents = export(catalog())
    assert [it["code"] for it in documents] == [
        f"{prefix}-{number:02d}" for prefix in ("QD1048", "QD148", "QD26") for number in range(1, 27)
    ]
    assert {it["regime"] for it in documents} == {"1048/2019", "148/2023", "26/2026"}
    with pytest.raises(KeyError):
        export(catalog(), "1/2099")
