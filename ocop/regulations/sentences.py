"""Sentences for people: Vietnamese, put together only when shown, so that they can be translated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A text with named places; `str()` is Vietnamese, `gettext(s.text) % s.values` another language."""

    text: str
    filled: tuple[tuple[str, object], ...] = ()

    @property
    def values(self) -> dict[str, object]:
        return dict(self.filled)

    def __str__(self) -> str:
        return self.text % self.values if self.filled else self.text


def sentence(text: str, /, **values: object) -> Sentence:
    """Import it as `_`: makemessages then finds the text, though nothing here knows Django."""
    return Sentence(text, tuple(values.items()))


class RegulationsError(ValueError):
    """The data files do not add up; `faults` says every reason at once."""

    def __init__(self, faults: list[Sentence]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))
