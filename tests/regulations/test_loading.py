"""The loader lets nothing in that does not add up, says every reason, and takes an operator's directory by the same door."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ocop.regulations import DATA, RegulationsError, catalog, digest, load_catalog, set_document

GOOD = {
    "code": "QD26-90",
    "set_no": 90,
    "name": "Bộ thử",
    "category": "I",
    "sample_units": 5,
    "ministries": ["nnmt"],
    "rejected_if": ["gia-mao"],
    "parts": {
        "A": [
            {
                "code": "1",
                "name": "Tổ chức",
                "points": 40,
                "criteria": [
                    {
                        "code": "1.1",
                        "points": 30,
                        "name": "Một",
                        "levels": [{10: "ít ***"}, {30: "nhiều *****"}],
                    },
                    {
                        "code": "1.2",
                        "points": 10,
                        "name": "Hai",
                        "evidence": ["story"],
                        "levels": [{10: "có"}],
                    },
                ],
            }
        ],
        "B": [{"code": "2", "points": 25, "name": "Ba", "levels": [{0: "không"}, {25: "có"}]}],
        "C": [
            {
                "code": "3",
                "points": 35,
                "name": "Bốn",
                "cases": [
                    {"code": "a", "name": "một", "levels": [{35: "có"}]},
                    {"code": "b", "name": "hai", "levels": [{5: "ít"}, {35: "nhiều"}]},
                ],
            }
        ],
    },
}


def written(folder: Path, data: object, name: str = "90.yaml", room: str = "sets") -> Path:
    path = folder / "26-2026" / room / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True))
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(RegulationsError) as refused:
        load_catalog(folder)
    return [str(it) for it in refused.value.faults]


def first(data: dict[str, Any]) -> dict[str, Any]:
    return data["parts"]["A"][0]["criteria"][0]


def test_an_operators_set_stands_beside_ours(tmp_path: Path) -> None:
    loaded = load_catalog(written(tmp_path, GOOD))
    assert loaded.criteria_set("QD26-90").by_code["1.1"].gates == {3: 10, 5: 30}
    assert [it.set_no for it in loaded.sets_of("26/2026")] == [*range(1, 27), 90]
    assert "QD26-90" not in catalog().sets


def test_a_set_may_use_our_library_and_its_own(tmp_path: Path) -> None:
    data = json.loads(json.dumps(GOOD))
    section = data["parts"]["A"][0]
    section["criteria"] = [
        {"code": "1.1", "points": 37, "like": "rieng"},
        {"code": "1.2", "points": 3, "like": "dong-goi-bao-bi", "but": {3: "Bao bì riêng ****"}},
    ]
    data["parts"] = {**GOOD["parts"], "A": [section]}  # type: ignore[dict-item]
    own = {"criteria": {"rieng": {"name": "Riêng", "levels": [{37: "có"}]}}}
    written(tmp_path, own, "rieng.yaml", "criteria")
    it = load_catalog(written(tmp_path, data)).criteria_set("QD26-90")
    assert it.by_code["1.1"].name == "Riêng"
    shared = catalog().criteria_set("QD26-01").by_code["2.2"]
    assert [level.label for level in it.by_code["1.2"].levels] == [
        *(level.label for level in shared.levels[:-1]),
        "Bao bì riêng",
    ]
    assert it.by_code["1.2"].gates == {**shared.gates, 4: 3}


def change(text: str, key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def apply(data: dict[str, Any]) -> None:
        target: Any = data
        for step in text.split(".") if text else ():
            target = target[int(step) if step.isdigit() else step]
        target[int(key) if key.isdigit() else key] = value

    return apply


A = "parts.A.0"
ONE = "parts.A.0.criteria.0"


@pytest.mark.parametrize(
    ("mutate", "said"),
    [
        (change(A, "points", 39), "QD26-90 1: cộng lại được 40 điểm, ghi là 39"),
        (change(A, "points", 39), "QD26-90 A: cộng lại được 39 điểm, ghi là 40"),
        (change(ONE, "points", 29), "QD26-90 1.1: mức cao nhất là 30, điểm tối đa ghi 29"),
        (change(ONE, "levels", [{30: "a"}, {10: "b"}]), "QD26-90 1.1: các mức điểm không tăng dần: [30, 10]"),
        (change(ONE, "levels", [{-1: "a"}, {30: "b"}]), "QD26-90 1.1: các mức điểm không tăng dần: [-1, 30]"),
        (
            change(ONE, "levels", [{10: "a"}, {10: "b"}, {30: "c"}]),
            "QD26-90 1.1: hai mức cùng điểm mà không ghi ở “anomalies”: [10, 10, 30]",
        ),
        (
            change(ONE, "levels", [{10: "a *****"}, {30: "b ***"}]),
            "QD26-90 1.1: mức sao tối thiểu không tăng theo điểm: [5, 3]",
        ),
        (
            change(ONE, "levels", [{10: "a ***"}, {30: "b ***"}]),
            "QD26-90 1.1: mức sao tối thiểu không tăng theo điểm: [3, 3]",
        ),
        (change(ONE, "levels", []), "QD26-90 1.1: không có mức điểm nào"),
        (change(ONE, "levels", [{30: "***"}]), "QD26-90 1.1: mô tả mức 30 điểm để trống hoặc sai dấu sao"),
        (change(ONE, "levels", [{30: "a **"}]), "QD26-90 1.1: mô tả mức 30 điểm để trống hoặc sai dấu sao"),
        (
            change(ONE, "levels", [{30: ""}]),
            "90 › parts › A › 1 › criteria › 1.1 › levels › 1 › 30: phải là chữ",
        ),
        (
            change(ONE, "levels", [{"30": "a"}]),
            "90 › parts › A › 1 › criteria › 1.1 › levels › 1 › 30: phải là số nguyên",
        ),
        (change(ONE, "levels", [{True: "a"}]), "levels › 1 › True: phải là số nguyên"),
        (change(ONE, "levels", [{1: "a", 30: "b"}]), "QD26-90 1.1: mỗi dòng mức điểm là một cặp"),
        (change(ONE, "cases", []), None),
        (change(ONE, "code", "1.2"), "QD26-90 1.2: mã dùng 2 lần (criterion)"),
        (change(ONE, "code", 1.1), "criteria › 1.1 › code: phải là chữ"),
        (change(ONE, "weight", 1), "criteria › 1.1: khoá lạ “weight”"),
        (change(ONE, "like", "khong-co"), "QD26-90 1.1: thư viện không có “khong-co”, hoặc dẫn vòng"),
        (change(ONE, "group", "1.9"), "QD26-90 1.1: thuộc nhóm 1.9 không có"),
        (change(ONE, "evidence", ["ve-so"]), "QD26-90 1.1: không có loại giấy tờ “ve-so”"),
        (change(ONE, "knock_outs", ["ve-so"]), "QD26-90 1.1: không có “ve-so”"),
        (change(ONE, "name", None), "QD26-90 1.1: tiêu chí thiếu “name”"),
        (change("parts.C.0.cases.1", "code", "a"), "QD26-90 a: mã dùng 2 lần (case)"),
        (change("parts.C.0", "levels", [{35: "x"}]), "QD26-90 3: vừa có mức điểm vừa có trường hợp"),
        (change("parts.B.0", "code", "1"), "QD26-90 1: mã dùng 2 lần (section)"),
        (
            change(A, "groups", [{"code": "1.0", "name": "N", "points": 3}]),
            "QD26-90 1.0: cộng lại được 0 điểm, ghi là 3",
        ),
        (change("", "code", "X-90"), "X-90 code: mã của bộ phải bắt đầu bằng QD26-"),
        (change("", "code", "QD26-01"), "bộ QD26-01 đã có; bản đính chính mang mã mới"),
        (change("", "category", "IX"), "QD26-90 category: không có “IX”"),
        (change("", "ministries", ["xx"]), "QD26-90 ministries: không có “xx”"),
        (change("", "rejected_if", ["xx"]), "QD26-90 rejected_if: không có “xx”"),
        (change("", "sample_units", True), "90 › sample_units: phải là số nguyên"),
        (change("parts", "D", []), "QD26-90 parts: không có “D”"),
    ],
)
def test_refuses_a_mutated_set(tmp_path: Path, mutate: Any, said: str | None) -> None:
    data = yaml.safe_load(yaml.safe_dump(GOOD))
    mutate(data)
    folder = written(tmp_path, data)
    if said is None:
        load_catalog(folder)
        return
    found = faults(folder)
    assert any(said in it for it in found), found


def test_refuses_a_missing_part_and_a_missing_key(tmp_path: Path) -> None:
    data = yaml.safe_load(yaml.safe_dump(GOOD))
    del data["parts"]["B"]
    assert faults(written(tmp_path, data)) == ["QD26-90 B: cộng lại được 0 điểm, ghi là 25"]
    del data["name"]
    assert faults(written(tmp_path, data)) == ["90: thiếu “name”"]


def test_every_fault_of_every_file_at_once(tmp_path: Path) -> None:
    data = yaml.safe_load(yaml.safe_dump(GOOD))
    first(data)["points"] = 29
    written(tmp_path, data)
    written(tmp_path, "code: [", "91.yaml")
    written(tmp_path, "code: a\ncode: b\n", "92.yaml")
    found = faults(tmp_path)
    assert any(it.startswith("QD26-90 1.1: mức cao nhất") for it in found)
    assert any(it.startswith("91.yaml: không đọc được") for it in found)
    assert any(it.startswith("92.yaml: không đọc được: “code” hai lần") for it in found)


def test_two_levels_of_the_same_points_need_an_anomaly(tmp_path: Path) -> None:
    data = yaml.safe_load(yaml.safe_dump(GOOD))
    first(data)["levels"] = [{10: "a"}, {10: "b"}, {30: "c"}]
    data["anomalies"] = ["1.1: in hai mức cùng điểm"]
    assert load_catalog(written(tmp_path, data)).criteria_set("QD26-90").by_code["1.1"].points == 30


def test_a_doubtful_set_names_its_faults_and_no_others(tmp_path: Path) -> None:
    data = doubtful()
    it = load_catalog(written(tmp_path, data)).criteria_set("QD26-90")
    assert (it.doubts, it.is_settled) == (("1.1: thiếu mức 30", "B: thiếu 5 điểm"), False)
    assert set_document(it)["doubts"] == list(it.doubts)
    assert catalog().criteria_set("QD26-01").is_settled

    data["doubtful"][1]["found"] = 21
    assert faults(written(tmp_path, data)) == [
        "QD26-90 B: cộng lại được 20 điểm, ghi là 25",
        "QD26-90 B: ghi ở “doubtful” là 21, nhưng không có chỗ nào sai như vậy",
    ]
    data["doubtful"] = [{"where": "B", "found": 20, "why": "thiếu 5 điểm"}]
    assert faults(written(tmp_path, data)) == ["QD26-90 1.1: mức cao nhất là 20, điểm tối đa ghi 30"]
    data["doubtful"] = [{"where": "B", "found": 20}]
    assert faults(written(tmp_path, data)) == ["90 › doubtful › 1: thiếu “why”"]


def test_a_set_that_adds_up_may_not_call_itself_doubtful(tmp_path: Path) -> None:
    data = {**GOOD, "doubtful": [{"where": "C", "found": 32, "why": "thiếu 3 điểm"}]}
    assert faults(written(tmp_path, data)) == [
        "QD26-90 C: ghi ở “doubtful” là 32, nhưng không có chỗ nào sai như vậy"
    ]


def doubtful() -> dict[str, Any]:
    """A level is missing at 1.1 and five points in part B, and the set says so."""
    data: dict[str, Any] = yaml.safe_load(yaml.safe_dump(GOOD))
    first(data)["levels"] = [{10: "ít ***"}, {20: "vừa"}]
    data["parts"]["B"][0].update(points=20, levels=[{0: "không"}, {20: "có"}])
    data["doubtful"] = [
        {"where": "1.1", "found": 20, "why": "thiếu mức 30"},
        {"where": "B", "found": 20, "why": "thiếu 5 điểm"},
    ]
    return data


def test_an_operator_confirms_a_doubtful_set_by_a_paper(tmp_path: Path) -> None:
    written(tmp_path, doubtful())
    before = load_catalog(tmp_path).criteria_set("QD26-90")
    written(tmp_path, {"QD26-90": "Công văn số 12/NNMT-OCOP ngày 03/08/2026"}, "confirmed.yaml", ".")
    it = load_catalog(tmp_path).criteria_set("QD26-90")
    assert (it.doubts, it.is_settled) == ((), True)
    assert it.confirmed_by == "Công văn số 12/NNMT-OCOP ngày 03/08/2026"
    assert digest(it) == digest(before)


def test_an_operator_corrects_a_doubtful_set_by_a_new_version(tmp_path: Path) -> None:
    written(tmp_path, doubtful())
    written(tmp_path, {**GOOD, "code": "QD26-90-2", "version": 2}, "90-2.yaml")
    loaded = load_catalog(tmp_path)
    assert (loaded.sets_of("26/2026")[-1].code, loaded.sets_of("26/2026")[-1].doubts) == ("QD26-90-2", ())
    assert not loaded.criteria_set("QD26-90").is_settled


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"QD26-01": "Công văn 1"}, "26-2026/confirmed: bộ QD26-01 không có gì nghi vấn"),
        ({"QD26-77": "Công văn 1"}, "26-2026/confirmed: bộ QD26-77 không có gì nghi vấn"),
        ({"QD26-90": " "}, "26-2026/confirmed › QD26-90: phải là chữ"),
        (["QD26-90"], "26-2026/confirmed: phải là một nhóm"),
    ],
)
def test_refuses_a_confirmation_of_nothing(tmp_path: Path, words: object, said: str) -> None:
    written(written(tmp_path, doubtful()), words, "confirmed.yaml", ".")
    [fault] = faults(tmp_path)
    assert said in fault


def test_one_door_for_folders(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: không có thư mục này"]
    (tmp_path / "27-2027").mkdir()
    assert faults(tmp_path) == ["27-2027: không có regime.yaml"]


def test_a_correction_is_a_new_version(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, {**GOOD, "code": "QD26-90-2", "version": 2}, "90-2.yaml")
    loaded = load_catalog(tmp_path)
    assert [it.code for it in loaded.sets_of("26/2026")][-1] == "QD26-90-2"
    assert loaded.criteria_set("QD26-90").version == 1


REGIME: dict[str, Any] = yaml.safe_load((DATA / "26-2026" / "regime.yaml").read_text())


@pytest.mark.parametrize(
    ("mutate", "said"),
    [
        (
            change("bands.4", "least", 5),
            "27/2027: khung điểm phải bắt đầu từ 0 và tăng dần: [5, 30, 50, 70, 90]",
        ),
        (
            change("bands.0", "least", 70),
            "27/2027: khung điểm phải bắt đầu từ 0 và tăng dần: [0, 30, 50, 70, 70]",
        ),
        (change("bands.0", "least", 101), "27/2027: khung điểm vượt tổng điểm các phần"),
        (change("bands.0", "star", 6), "27/2027: các hạng sao phải là 1, 2, 3… liền nhau"),
        (change("tiers.0", "forwards_to", "district"), "27/2027: không có cấp “district”"),
        (change("tiers.2", "certifies", [4, 5]), "27/2027: mỗi hạng được công nhận phải do đúng một cấp"),
        (change("dossier_kinds.0", "forms", ["mau_09"]), "27/2027: không có mẫu “mau_09”"),
        (change("packages.0", "kinds", ["xx"]), "27/2027: không có loại hồ sơ “xx”"),
        (change("council", "gates_on", "best"), "council › gates_on: phải là một trong: mean, each_ballot"),
        (change("council", "quorum", 0.75), "council › quorum: phải là số nguyên hoặc phân số"),
        (change("tiers.1.rounds.0", "cut_off", "31/02"), "cut_off: phải là ngày/tháng dạng '30/04'"),
        (change("", "decided_on", "2027-01-01"), "decided_on: phải là ngày dạng 2026-05-22"),
        (change("", "surprise", 1), "27-2027/regime: khoá lạ “surprise”"),
    ],
)
def test_refuses_a_mutated_regime(tmp_path: Path, mutate: Any, said: str) -> None:
    data = yaml.safe_load(yaml.safe_dump({**REGIME, "code": "27/2027"}))
    mutate(data)
    path = tmp_path / "27-2027" / "regime.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(data, allow_unicode=True))
    found = faults(tmp_path)
    assert any(said in it for it in found), found


def test_the_official_wording_over_ours(tmp_path: Path) -> None:
    ours = catalog().criteria_set("QD26-26")
    document = set_document(ours)
    document["parts"][0]["name_vi"] = "TÊN CHÍNH THỨC"
    case = next(
        it for section in document["parts"][2]["sections"] for it in section["criteria"] if it.get("cases")
    )
    case["cases"][0]["levels"][0]["label_vi"] = "Lời chính thức"
    written(tmp_path, json.dumps(document), "26.json", "wording")
    it = load_catalog(tmp_path).criteria_set("QD26-26")
    assert it.parts[0].name == "TÊN CHÍNH THỨC"
    assert it.by_code[case["code"]].cases[0].levels[0].label == "Lời chính thức"
    assert (it.official_wording, ours.official_wording) == (True, False)
    assert digest(it) == digest(ours)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            lambda d: d["parts"][0]["sections"][0]["criteria"][0].update(max_points=9),
            "số liệu khác với bộ đã nạp",
        ),
        (lambda d: d.update(code="QD26-77"), "không có bộ QD26-77"),
        (lambda d: d.pop("parts"), "26.json: QD26-01: 'parts'"),
    ],
)
def test_wording_may_not_change_a_figure(tmp_path: Path, text: Any, said: str) -> None:
    document = set_document(catalog().criteria_set("QD26-01"))
    text(document)
    written(tmp_path, json.dumps(document), "26.json", "wording")
    [fault] = faults(tmp_path)
    assert said in fault


def test_our_own_data_moves_as_a_whole(tmp_path: Path) -> None:
    """A copy of our data under other codes would be refused: codes are the law's, once."""
    shutil.copytree(DATA / "148-2023", tmp_path / "148-2023")
    found = faults(tmp_path)
    assert "regime.yaml: chế độ 148/2023 đã có" in found
    assert "bộ QD148-01 đã có; bản đính chính mang mã mới" in found
