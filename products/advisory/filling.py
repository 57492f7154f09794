"""The survey as one page shows it and sends it: every item with what stands, what was sent, and who was faster."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from products.advisory.surveys import (
    CONCLUSION,
    HELD_ON,
    NO,
    NOT_HERE,
    PEOPLE,
    YES,
    Conflict,
    answers_of,
    save_answer,
)
from products.models import Survey, SurveyAnswer, SurveyChange, SurveyPhoto


def choices() -> list[tuple[str, str]]:
    return [(YES, _("Có")), (NO, _("Không")), (NOT_HERE, _("Không áp dụng"))]


@dataclass
class Line:
    """One item on the page; `trouble` says what hindered it, `theirs` what somebody else wrote meanwhile."""

    code: str
    text: str
    value: str = ""
    note: str = ""
    revision: int = 0
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    answer: SurveyAnswer | None = None
    trouble: str = ""
    theirs: str = ""

    @property
    def shown(self) -> str:
        return dict(choices()).get(self.value, "")


@dataclass
class Sheet:
    """The heads, and the checklist in its groups."""

    held_on: Line
    people: Line
    conclusion: Line
    groups: list[tuple[str, list[Line]]]

    @property
    def lines(self) -> list[Line]:
        items = [line for _name, lines in self.groups for line in lines]
        return [self.held_on, self.people, *items, self.conclusion]

    @property
    def troubles(self) -> list[Line]:
        return [line for line in self.lines if line.trouble]

    @property
    def answered(self) -> int:
        return sum(1 for _name, lines in self.groups for line in lines if line.value)

    @property
    def count(self) -> int:
        return sum(len(lines) for _name, lines in self.groups)

    @property
    def day(self) -> str:
        """The day of the visit as people read it."""
        try:
            return date_format(dt.date.fromisoformat(self.held_on.value), "SHORT_DATE_FORMAT")
        except ValueError:
            return self.held_on.value


def sheet_of(survey: Survey) -> Sheet:
    """As it stands."""
    answers = answers_of(survey)
    groups: dict[str, list[Line]] = {}
    for it in survey.checklist:
        groups.setdefault(it["group"], []).append(_line(it["code"], it["text"], answers))
    return Sheet(
        _line(HELD_ON, _("Ngày khảo sát"), answers),
        _line(PEOPLE, _("Những người tham gia"), answers),
        _line(CONCLUSION, _("Kết luận"), answers),
        list(groups.items()),
    )


def _line(code: str, text: str, answers: Mapping[str, SurveyAnswer]) -> Line:
    kept = answers.get(code)
    if kept is None:
        return Line(code, text)
    return Line(code, text, kept.value, kept.note, kept.revision, answer=kept)


def save_sheet(survey: Survey, given: Mapping[str, Any], *, by: User) -> Sheet:
    """Keep what this person changed on the page, item by item; what hindered an item stands at its line.

    What she did not touch is not sent, so that it never competes with what somebody else wrote meanwhile.
    """
    sheet = sheet_of(survey)
    for line in sheet.lines:
        if f"r:{line.code}" in given:
            _save(survey, line, given, by=by)
    return sheet


def _save(survey: Survey, line: Line, given: Mapping[str, Any], *, by: User) -> None:
    value, note = str(given.get(f"v:{line.code}", "")), str(given.get(f"n:{line.code}", "")).strip()
    value = _iso(value) if line.code == HELD_ON else value
    seen = str(given[f"r:{line.code}"])
    revision = int(seen) if seen.isdecimal() and len(seen) < 7 else 0
    if _untouched(survey, line.code, revision, value, note):
        return
    key = str(given.get(f"k:{line.code}", ""))[:64] or line.key
    try:
        saved = save_answer(survey, line.code, value[:20], note=note, revision=revision, key=key, by=by)
    except Conflict as conflict:
        line.theirs = _words(line, conflict.theirs)
        line.trouble = _("%(who)s vừa ghi mục này trong lúc bạn đang mở trang.") % {"who": conflict.who}
        line.revision = conflict.theirs["r"]
    except ValidationError as refused:
        if getattr(refused, "code", None) == "closed":
            raise
        line.trouble = " ".join(refused.messages)
    else:
        line.revision = saved.revision
    line.value, line.note = value, note


def _untouched(survey: Survey, code: str, revision: int, value: str, note: str) -> bool:
    """The page sent what it had shown."""
    if revision == 0:
        return not value and not note
    shown = SurveyChange.objects.filter(survey=survey, item=code, revision=revision).first()
    return shown is not None and (shown.value, shown.note) == (value, note)


def _words(line: Line, theirs: Mapping[str, Any]) -> str:
    value = dict(choices()).get(theirs.get("p", ""), theirs.get("p", ""))
    return ". ".join(filter(None, [value, theirs["note"]]))


def _iso(typed: str) -> str:
    """A day as a person types it, as it is kept; what is none stays as typed, to be told so."""
    for pattern in ("%Y-%m-%d", *get_format("DATE_INPUT_FORMATS")):
        try:
            return dt.datetime.strptime(typed.strip(), pattern).date().isoformat()  # noqa: DTZ007, a day has no zone
        except ValueError:
            continue
    return typed.strip()


@dataclass(frozen=True)
class Spot:
    """Photographs of one item."""

    title: str
    photos: list[SurveyPhoto]


def by_item(survey: Survey, photos: list[SurveyPhoto]) -> list[Spot]:
    """In the order of the checklist, those of the whole visit first."""
    titles = {"": _("Cả cuộc khảo sát")} | {
        it["code"]: f"{it['code']}. {it['text']}" for it in survey.checklist
    }
    found: dict[str, list[SurveyPhoto]] = {}
    for photo in photos:
        found.setdefault(photo.item, []).append(photo)
    return [Spot(title, found[code]) for code, title in titles.items() if code in found]
