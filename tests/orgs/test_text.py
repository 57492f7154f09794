"""Search without diacritics, sort as a Vietnamese dictionary."""

import pytest

from ocop.orgs.text import sort_key, unaccented


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đặc sản  Phở", "dac san pho"),
        ("Chè Shan tuyết cổ thụ", "che shan tuyet co thu"),
        ("ƯỚT Ợ", "uot o"),
        ("Gạo séng cù 5 kg", "gao seng cu 5 kg"),
    ],
)
def test_a_name_without_its_marks(text, plain):
    assert unaccented(text) == plain


def test_names_sort_as_in_a_dictionary():
    names = ["Ấm", "Đậu", "An", "Dậu", "Ân", "Ăn", "Bò", "Bơ", "Bồ", "Bo"]
    assert sorted(names, key=sort_key) == ["An", "Ăn", "Ấm", "Ân", "Bo", "Bò", "Bồ", "Bơ", "Dậu", "Đậu"]


def test_a_tone_decides_only_between_like_letters():
    assert sorted(["bá", "ba na", "bà", "bả", "bạ", "bã", "ba"], key=sort_key) == [
        "ba", "bà", "bả", "bã", "bá", "bạ", "ba na",
    ]  # fmt: skip
