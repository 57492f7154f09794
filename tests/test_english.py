"""The English catalogue is whole: every text of the sources, with the same places to fill, nothing guessed."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
ROOMS = ("ocop", "plans", "products", "evaluation", "promotion")
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = DEFAULT_KEYWORDS | LAZY | {"gettext_noop": None}
PLACE = re.compile(r"%\(\w+\)[sd]|%%|%s|\{\w+\}")
HOW = "\nRun `manage.py makemessages`, write the English into locale/en, run this again."

Key = tuple[str, str]  # context and text


def key_of(text: str | tuple[str, ...], context: str | None) -> Key:
    return context or "", text if isinstance(text, str) else text[0]


def python_of(template: Path) -> bytes:
    """A template as gettext reads it: its texts as calls, one line each without indentation."""
    lines = templatize(template.read_text(), origin=str(template)).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def sources() -> Iterator[tuple[Path, bytes]]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            yield path, path.read_bytes()
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in (".html", ".txt"):
            yield path, python_of(path)


@pytest.fixture(scope="module")
def texts() -> dict[Key, str]:
    """Every marked text and a file it stands in."""
    return {
        key_of(text, context): path.relative_to(ROOT).as_posix()
        for path, code in sources()
        for _line, text, _comments, context in extract("python", io.BytesIO(code), keywords=KEYWORDS)
    }


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def messages(catalogue) -> dict[Key, Message]:
    return {key_of(it.id, it.context): it for it in catalogue if it.id}


def words(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_text_is_in_english(texts, messages):
    translated = {key for key, message in messages.items() if all(words(message))}
    missing = [f"{file}: {key[1]}" for key, file in texts.items() if key not in translated]
    assert len(texts) > 1900
    assert not missing, "\n".join([f"{len(missing)} without English:", *sorted(missing), HOW])


def test_nothing_is_left_of_texts_that_went(texts, messages):
    assert sorted(messages.keys() - texts.keys()) == []


def test_the_places_to_fill_are_the_same(messages):
    assert [
        (message.id, english)
        for message in messages.values()
        for english in words(message)
        if sorted(PLACE.findall(english)) != sorted(PLACE.findall(key_of(message.id, None)[1]))
    ] == []


def test_nothing_is_guessed(catalogue):
    assert [message.id for message in catalogue if message.fuzzy] == []
