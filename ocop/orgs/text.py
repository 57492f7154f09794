"""Vietnamese text made comparable: search without diacritics, sort as a dictionary does."""

import re
import unicodedata

# The order of the Vietnamese alphabet; tones sort after the letter, as level, grave, hook, tilde, acute, dot.
_ORDER = " " * 5 + "·" * 5 + "0123456789" + "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES = {letter: f"{_ORDER.index(letter):02d}" for letter in _ORDER}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê", ("o", "\u0302"): "ô",
           ("o", "\u031b"): "ơ", ("u", "\u031b"): "ư"}  # fmt: skip


def unaccented(value: str) -> str:
    """Lower case, no diacritics, single spaces: 'Đặc sản  Phở' → 'dac san pho'."""
    decomposed = unicodedata.normalize("NFD", value.casefold().replace("đ", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", plain).strip()


def sort_key(value: str) -> str:
    """A key that PostgreSQL's C collation orders as a Vietnamese dictionary does: first letters, then tones."""
    composed = unicodedata.normalize("NFC", value).casefold()
    pairs = [_split(char) for char in re.sub(r"\s+", " ", composed).strip()]
    letters = "".join(_CODES.get(letter, _CODES["·"]) for letter, _ in pairs)
    return f"{letters} {''.join(tone for _, tone in pairs)}"[:400]


def _split(char: str) -> tuple[str, str]:
    """The letter of the alphabet and the tone of one composed character."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    tone = "0"
    for mark in marks:
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            base = _SHAPES.get((base, mark), base)
    return base, tone
