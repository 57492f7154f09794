"""`manage.py regulations check | diff` on an operator's files, as an operator types them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from django.core.management import execute_from_command_line

from ocop.regulations import DATA, catalog, set_document
from tests.regulations.test_loading import GOOD, REGIME, first, written


def manage(capsys: Any, *words: object) -> tuple[int, str, str]:
    """Exit code, what it printed and what it complained about."""
    code = 0
    try:
        execute_from_command_line(["manage.py", "regulations", *map(str, words)])
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def good(**changed: object) -> dict[str, Any]:
    return {**copy.deepcopy(GOOD), **changed}


def test_a_directory_that_adds_up(tmp_path, capsys):
    written(tmp_path, GOOD)
    assert manage(capsys, "check", tmp_path) == (0, f"{tmp_path} adds up: QD26-90.\n", "")


def test_a_directory_says_every_fault_of_every_file_at_once(tmp_path, capsys):
    wrong = good()
    first(wrong).update(points=29)
    written(tmp_path, wrong)
    written(tmp_path, good(code="QD26-01", set_no=1), "01.yaml")
    written(tmp_path, {"code": "QD26-77"}, "77.json", "wording")
    code, out, err = manage(capsys, "check", tmp_path)
    assert (code, out) == (1, "")
    for fault in ("QD26-90 1: cộng lại được 39 điểm, ghi là 40", "bộ QD26-01 đã có", "không có bộ QD26-77"):
        assert fault in err


@pytest.mark.parametrize("place", ["26-2026/sets/90.yaml", "anywhere.yaml"])
def test_a_single_set_is_read_with_our_library(tmp_path, capsys, place):
    data = good()
    data["parts"]["A"][0]["criteria"] = [
        {"code": "1.1", "points": 37, "name": "Riêng", "levels": [{37: "có"}]},
        {"code": "1.2", "points": 3, "like": "dong-goi-bao-bi"},
    ]
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True))
    assert manage(capsys, "check", path) == (0, f"{path} adds up: QD26-90.\n", "")
    first(data).update(levels=[{36: "có"}, {37: "*"}], surprise=1)
    path.write_text(yaml.safe_dump(data, allow_unicode=True))
    assert manage(capsys, "check", path)[0] == 1


def test_a_single_set_uses_the_library_beside_it(tmp_path, capsys):
    own = {"criteria": {"rieng": {"name": "Riêng", "levels": [{30: "có"}]}}}
    written(tmp_path, own, "rieng.yaml", "criteria")
    data = good()
    data["parts"]["A"][0]["criteria"][0] = {"code": "1.1", "points": 30, "like": "rieng"}
    written(tmp_path, data)
    assert manage(capsys, "check", tmp_path / "26-2026" / "sets" / "90.yaml")[0] == 0


@pytest.mark.parametrize("name", ["27-2027/regime.yaml", "27-2027/sets/90.yaml"])
def test_a_file_beside_its_own_regime_is_checked_with_it(tmp_path, capsys, name):
    room = tmp_path / "27-2027"
    (room / "sets").mkdir(parents=True)
    regime = {**REGIME, "code": "27/2027", "set_prefix": "QD27-"}
    (room / "regime.yaml").write_text(yaml.safe_dump(regime, allow_unicode=True))
    data = good(code="QD27-90", ministries=[], rejected_if=[])
    (room / "sets" / "90.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    code, out, err = manage(capsys, "check", tmp_path / name)
    assert (code, err) == (0, "")
    assert out == f"{tmp_path / name} adds up: QD27-90.\n"


def test_our_own_file_is_no_double_of_itself(capsys):
    code, out, _err = manage(capsys, "check", DATA / "26-2026" / "sets" / "01.yaml")
    assert (code, "QD26-01" in out) == (0, True)


def test_a_copy_of_ours_needs_a_code_of_its_own(tmp_path, capsys):
    copy = tmp_path / "01.yaml"
    copy.write_text((DATA / "26-2026" / "sets" / "01.yaml").read_text())
    code, _out, err = manage(capsys, "check", copy)
    assert (code, err) == (1, "CommandError: bộ QD26-01 đã có; bản đính chính mang mã mới\n")


def test_wording_is_checked_against_the_set_it_words(tmp_path, capsys):
    document = set_document(catalog().criteria_set("QD26-01"))
    path = tmp_path / "loi-van.json"
    path.write_text(json.dumps(document))
    assert manage(capsys, "check", path) == (0, f"{path} adds up: QD26-01.\n", "")
    document["parts"][0]["points"] = 36
    path.write_text(json.dumps([document, {"code": "QD26-77", "parts": []}]))
    code, _out, err = manage(capsys, "check", path)
    assert code == 1
    assert "QD26-01: số liệu khác với bộ đã nạp" in err
    assert "không có bộ QD26-77" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code: [", "không đọc được"),
        ("code: XX-1\nparts: {}", "mã của bộ phải bắt đầu bằng một trong: "),
        ("", "mã của bộ phải bắt đầu bằng một trong: "),
    ],
)
def test_a_file_that_is_none(tmp_path, capsys, text, said):
    path = tmp_path / "x.yaml"
    path.write_text(text)
    code, _out, err = manage(capsys, "check", path)
    assert (code, said in err) == (1, True)


@pytest.mark.parametrize("verb", [["check"], ["diff", "QD26-01"]])
def test_a_file_that_is_not_there(tmp_path, capsys, verb):
    assert manage(capsys, *verb, tmp_path / "none.yaml")[0] == 1


def table(text: str) -> list[list[str]]:
    """The cells of a printed table, wrapped lines left out."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines() if line]


def test_a_set_against_a_file_tells_points_levels_gates_and_wording(tmp_path, capsys):
    document = set_document(catalog().criteria_set("QD26-01"))
    one = document["parts"][0]["sections"][0]["criteria"][0]
    one["max_points"] = 4
    one["levels"].append({"points": 4, "label_vi": "Hơn thế"})
    one["levels"][0]["label_vi"] = "Ít"
    one["levels"][2]["min_for_star"] = 5
    path = tmp_path / "de-nghi.json"
    path.write_text(json.dumps(document))
    code, out, _err = manage(capsys, "diff", "QD26-01", path)
    assert code == 0
    assert table(out) == [
        ["QD26-01", "QD26-01"],
        ["1.1", "điểm tối đa", "3", "4"],
        ["1.1", "mức điểm", "1; 2; 3", "1; 2; 3; 4"],
        ["1.1", "mô tả mức 1", catalog().criteria_set("QD26-01").by_code["1.1"].levels[0].label, "Ít"],
        ["1.1", "điểm tối thiểu theo sao", "–", "5★ ≥ 3"],
        ["1.1", "mô tả mức 4", "–", "Hơn thế"],
    ]


def test_a_set_written_as_ours_are_is_compared_too(tmp_path, capsys):
    path = tmp_path / "01.yaml"
    path.write_text((DATA / "26-2026" / "sets" / "01.yaml").read_text().replace("Rau, củ", "Rau và củ"))
    _code, out, _err = manage(capsys, "diff", "QD26-01", path)
    assert [row[:2] for row in table(out)[1:]] == [["tên bộ", "Rau, củ, quả, hạt tươi"], ["phân nhóm", "Rau, củ, quả, hạt tươi"]]  # fmt: skip


def test_the_same_does_not_differ(capsys):
    assert manage(capsys, "diff", "QD26-01", DATA / "26-2026" / "sets" / "01.yaml")[1] == "Nothing differs.\n"
    assert manage(capsys, "diff", "26/2026", "26/2026")[1] == "Nothing differs.\n"


def test_two_regimes_tell_their_rules_and_their_sets(capsys):
    _code, out, _err = manage(capsys, "diff", "26/2026", "148/2023")
    rows = table(out)
    assert ["files_from", "2026-05-22", "2023-02-24"] in rows
    assert ["QD26-01", "QD148-01"] in rows


def test_two_sets_of_an_operator(tmp_path, capsys, settings):
    written(tmp_path, GOOD)
    written(tmp_path, good(code="QD26-90-2", version=2, name="Bộ thử, sửa"), "90-2.yaml")
    settings.REGULATIONS_DIR = str(tmp_path)
    _code, out, _err = manage(capsys, "diff", "QD26-90", "QD26-90-2")
    assert table(out) == [["QD26-90", "QD26-90-2"], ["tên bộ", "Bộ thử", "Bộ thử, sửa"]]
