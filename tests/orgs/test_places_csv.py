"""The committed file of the country's units: complete, consistent, and true where we know the country."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from ocop.orgs.places import PLACES, PlaceRow, read_places

OLD, LAST_DAY, REFORM = date(2004, 7, 8), date(2025, 6, 30), date(2025, 7, 1)
ROWS = list(read_places())
BY_KEY = {row.key: row for row in ROWS}
META = json.loads(PLACES.with_name("places.meta.json").read_text(encoding="utf-8"))


def today(code: str) -> PlaceRow:
    return BY_KEY[code, REFORM]


def before(code: str) -> PlaceRow:
    return BY_KEY[code, OLD]


def origins(place: PlaceRow) -> set[str]:
    return {BY_KEY[p.key].name for p in place.predecessors}


def successors(place: PlaceRow) -> list[PlaceRow]:
    return [row for row in ROWS if place.key in {p.key for p in row.predecessors}]


def the_one(name: str, parent: str, valid_from: date) -> PlaceRow:
    (found,) = [r for r in ROWS if (r.name, r.parent, r.valid_from) == (name, parent, valid_from)]
    return found


def test_counts_are_the_laws():
    assert Counter((row.valid_from, row.valid_to, row.level) for row in ROWS) == {
        (OLD, LAST_DAY, "province"): 63,
        (OLD, LAST_DAY, "district"): 696,
        (OLD, LAST_DAY, "commune"): 10_051,
        (REFORM, None, "province"): 34,
        (REFORM, None, "commune"): 3_321,
    }


def test_kinds_of_today_after_the_resolutions_of_2026():
    assert Counter((row.level, row.kind) for row in ROWS if row.valid_to is None) == {
        ("province", "tỉnh"): 25,
        ("province", "thành phố"): 9,
        ("commune", "xã"): 2_599,
        ("commune", "phường"): 709,
        ("commune", "đặc khu"): 13,
    }


def test_kinds_before_the_reform():
    assert Counter((row.level, row.kind) for row in ROWS if row.valid_to) == {
        ("province", "tỉnh"): 57,
        ("province", "thành phố"): 6,
        ("district", "huyện"): 509,
        ("district", "thành phố"): 86,
        ("district", "thị xã"): 52,
        ("district", "quận"): 49,
        ("commune", "xã"): 7_717,
        ("commune", "phường"): 1_716,
        ("commune", "thị trấn"): 618,
    }


def test_code_and_valid_from_are_the_key_and_the_code_alone_is_none():
    assert len(BY_KEY) == len(ROWS)
    codes = Counter(row.code for row in ROWS if row.level == "commune")
    assert sum(1 for times in codes.values() if times == 2) == 3_310


def test_codes_keep_their_zeros_and_tell_the_level():
    digits = {"province": 2, "district": 3, "commune": 5}
    assert [row for row in ROWS if not (row.code.isdecimal() and len(row.code) == digits[row.level])] == []


def test_every_parent_stands_in_the_same_era_one_level_up_and_earlier_in_the_file():
    above = {("commune", OLD): "district", ("district", OLD): "province", ("commune", REFORM): "province"}
    position = {row.key: index for index, row in enumerate(ROWS)}
    for row in ROWS:
        if row.level == "province":
            assert row.parent_key is None
            continue
        assert BY_KEY[row.parent_key].level == above[row.level, row.valid_from], row
        assert position[row.parent_key] < position[row.key]


def test_every_old_commune_and_province_has_a_successor_of_its_level_today():
    succeeded = {p.key for row in ROWS if row.valid_to is None for p in row.predecessors}
    assert [
        row for row in ROWS if row.valid_to and row.level != "district" and row.key not in succeeded
    ] == []


def test_predecessors_lie_in_the_era_before_and_every_unit_of_today_has_some():
    for row in ROWS:
        assert bool(row.predecessors) == (row.valid_to is None), row
        assert {BY_KEY[p.key].valid_to for p in row.predecessors} <= {LAST_DAY}
        assert len({p.code for p in row.predecessors}) == len(row.predecessors)


def test_an_old_commune_with_several_successors_went_to_each_in_part():
    edges = [p for row in ROWS if row.level == "commune" for p in row.predecessors]
    times = Counter(p.code for p in edges)
    assert [p for p in edges if times[p.code] > 1 and not p.partial] == []


def test_every_old_province_went_whole_into_one_of_today():
    edges = [p for row in ROWS if row.level == "province" for p in row.predecessors]
    assert Counter(p.code for p in edges) == {
        row.code: 1 for row in ROWS if row.key[1] == OLD and not row.parent
    }
    assert [p for p in edges if p.partial] == []


def test_a_communes_successors_lie_in_the_successor_of_its_province():
    heir = {p.key: row.key for row in ROWS if row.level == "province" for p in row.predecessors}
    for row in ROWS:
        if row.level != "commune":
            continue
        for predecessor in row.predecessors:
            place = BY_KEY[predecessor.key]
            while place.parent_key:
                place = BY_KEY[place.parent_key]
            assert heir[place.key] == row.parent_key, row


def test_only_the_island_districts_without_communes_became_a_dac_khu_each():
    districts = {
        row.name: BY_KEY[p.key].name
        for row in ROWS
        for p in row.predecessors
        if BY_KEY[p.key].level == "district"
    }
    assert districts == {
        "Đặc khu Bạch Long Vĩ": "Huyện Bạch Long Vĩ",
        "Đặc khu Cồn Cỏ": "Huyện Cồn Cỏ",
        "Đặc khu Hoàng Sa": "Huyện Hoàng Sa",
        "Đặc khu Lý Sơn": "Huyện Lý Sơn",
        "Đặc khu Côn Đảo": "Huyện Côn Đảo",
    }
    peopled = {row.parent for row in ROWS if row.level == "commune" and row.valid_to}
    empty = {row.name for row in ROWS if row.level == "district" and row.code not in peopled}
    assert empty == set(districts.values())


def test_names_are_clean_and_begin_with_their_kind():
    for row in ROWS:
        assert row.name == " ".join(unicodedata.normalize("NFC", row.name).split())
        assert row.name[0].isupper(), row
        assert row.name.lower().startswith(row.kind + " "), row
        assert row.short_name[0].isupper() or row.short_name[0].isdecimal(), row


@pytest.mark.parametrize(
    ("code", "short"),
    [("03549", "Phong Thổ"), ("26935", "Phường 14"), ("31324", "Phường IV"), ("01", "Hà Nội")],
)
def test_short_names_leave_the_kind_but_no_bare_number(code: str, short: str):
    assert before(code).short_name == short


def test_lai_chau_stayed_a_province_and_lost_its_districts():
    lai_chau = today("12")
    assert (lai_chau.name, lai_chau.kind, origins(lai_chau)) == ("Tỉnh Lai Châu", "tỉnh", {"Tỉnh Lai Châu"})
    assert {row.name for row in ROWS if row.parent == "12" and row.level == "district"} == {
        "Thành phố Lai Châu",
        "Huyện Tam Đường",
        "Huyện Mường Tè",
        "Huyện Sìn Hồ",
        "Huyện Phong Thổ",
        "Huyện Than Uyên",
        "Huyện Tân Uyên",
        "Huyện Nậm Nhùn",
    }
    assert Counter(row.kind for row in ROWS if row.parent == "12" and row.valid_to is None) == {
        "xã": 36,
        "phường": 2,
    }


def test_phong_tho_was_a_district_until_2025_and_is_a_commune_of_four():
    district = the_one("Huyện Phong Thổ", "12", OLD)
    assert (district.valid_to, successors(district)) == (LAST_DAY, [])
    commune = the_one("Xã Phong Thổ", "12", REFORM)
    assert origins(commune) == {"Thị trấn Phong Thổ", "Xã Mường So", "Xã Huổi Luông", "Xã Ma Ly Pho"}
    muong_so = the_one("Xã Mường So", district.code, OLD)
    assert successors(muong_so) == [commune]


@pytest.mark.parametrize(
    ("code", "name", "parts"),
    [
        ("19", "Tỉnh Thái Nguyên", {"Tỉnh Thái Nguyên", "Tỉnh Bắc Kạn"}),
        ("75", "Thành phố Đồng Nai", {"Tỉnh Đồng Nai", "Tỉnh Bình Phước"}),
        ("15", "Tỉnh Lào Cai", {"Tỉnh Lào Cai", "Tỉnh Yên Bái"}),
        ("80", "Tỉnh Tây Ninh", {"Tỉnh Tây Ninh", "Tỉnh Long An"}),
        ("79", "Thành phố Hồ Chí Minh",
         {"Thành phố Hồ Chí Minh", "Tỉnh Bình Dương", "Tỉnh Bà Rịa - Vũng Tàu"}),
        ("01", "Thành phố Hà Nội", {"Thành phố Hà Nội"}),
    ],
)  # fmt: skip
def test_provinces_absorbed_others(code: str, name: str, parts: set[str]):
    assert (today(code).name, origins(today(code))) == (name, parts)


def test_a_code_changed_hands():
    assert (before("24").name, today("24").name) == ("Tỉnh Bắc Giang", "Thành phố Bắc Ninh")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("04003", {"Xã Đoàn Kết"}),  # left out of the source's conversion
        ("01651", {"Xã Phục Hòa"}),  # there under the name of its neighbour …
        ("01615", {"Xã Bế Văn Đàn"}),  # … which went elsewhere
        ("26935", {"Phường Bình Thạnh"}),  # known to it by another code
        ("27067", {"Phường Cầu Kiệu", "Phường Phú Nhuận"}),
        ("03979", {"Phường Mộc Sơn", "Phường Mộc Châu"}),  # a town that was made into wards before the reform
    ],
)
def test_what_the_source_does_not_join_is_joined(old: str, new: set[str]):
    assert {row.name for row in successors(before(old))} == new


def test_renamed_units_bear_their_new_name_and_the_file_remembers_the_old_one():
    renamed = META["renamed_since_2025_07_01"]
    assert Counter((r["on"], r["by"]) for r in renamed) == {
        ("2026-04-30", "30/2026/QH16"): 1,
        ("2026-04-30", "237/NQ-UBTVQH16"): 10,
        ("2026-09-01", "36/2026/QH16"): 1,
        ("2026-09-20", "39/2026/QH16"): 1,
        ("2026-09-20", "388/NQ-UBTVQH16"): 12,
    }
    assert {r["code"]: r["is"] for r in renamed} == {r["code"]: today(r["code"]).name for r in renamed}
    assert {r["was"] for r in renamed if len(r["code"]) == 2} == {
        "Tỉnh Đồng Nai",
        "Tỉnh Quảng Ninh",
        "Tỉnh Bắc Ninh",
    }


def test_the_file_is_sorted_and_as_the_script_wrote_it():
    content = PLACES.read_bytes()
    assert hashlib.sha256(content).hexdigest() == META["sha256"]
    assert b"\r" not in content
    order = ["province", "district", "commune"]
    keys = [(row.valid_from, order.index(row.level), row.code) for row in ROWS]
    assert all(first < second for first, second in pairwise(keys))
