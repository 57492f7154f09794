"""A score sheet on paper, in the layout of the law's annex: every criterion with its printed levels, the chosen ticked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.saving import set_of
from evaluation.meetings.digests import sheet_digest
from evaluation.models import Assessment, Ballot
from evaluation.rules import Level
from ocop.papers.hashes import in_groups
from ocop.papers.layout import date_line
from ocop.papers.letterhead import letterhead
from ocop.papers.pdf import to_pdf
from ocop.regulations import CriteriaSet, Criterion, Section
from ocop.regulations import Level as Printed
from ocop.written import in_vietnamese
from products.law import criteria_set


@dataclass(frozen=True)
class Line:
    """One row of the sheet: `kind` is part, section, group, criterion, case, level, note or sum."""

    kind: str
    text: str
    points: int | str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet as it is printed; a blank one has no ballot."""

    assessment: Assessment
    criteria_set: CriteriaSet
    lines: list[Line]
    ballot: Ballot | None
    date_line: str
    digest: str

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands over the criteria."""
        dossier, producer = self.assessment.dossier, self.assessment.dossier.product.producer
        return [
            (_("Sản phẩm"), dossier.product.name),
            (_("Mã số sản phẩm"), dossier.code),
            (_("Chủ thể sản xuất"), producer.name),
            (_("Số điện thoại"), producer.phone),
            (_("Địa chỉ"), producer.address or dossier.unit.name),
        ]

    @property
    def opinion(self) -> str:
        """What its member wrote at the foot; of a blank sheet there is none to tell."""
        return (self.ballot.opinion or _("không.")) if self.ballot else ""

    @property
    def foot(self) -> str:
        """On every page, so that loose pages are put together again."""
        name = f"{self.assessment.dossier.code} · {self.criteria_set.code}"
        if self.ballot is None:
            return name
        words = _("%(name)s · %(who)s · lần chấm %(n)s · SHA-256 %(digest)s")
        return words % {
            "name": name,
            "who": self.ballot.seat.user,
            "n": self.ballot.attempt,
            "digest": in_groups(self.digest[:24]),
        }

    @property
    def wording(self) -> str:
        """Where the text stands of which this is the short wording; "" where it is the official one."""
        if self.criteria_set.official_wording:
            return ""
        return _(
            "Mã, điểm và mức tối thiểu đúng theo Phụ lục của Quyết định số %(decision)s; lời văn viết gọn, nguyên văn "
            "xem tại Phụ lục của Quyết định đó."
        ) % {"decision": self.criteria_set.regime.decision}


@in_vietnamese()
def sheets_pdf(ballots: Iterable[Ballot]) -> bytes:
    """Sealed sheets, each on pages of its own."""
    return to_pdf(render_to_string("papers/ballots.html", {"sheets": [filled(it) for it in ballots]}))


@in_vietnamese()
def blank_pdf(assessment: Assessment) -> bytes:
    """For a hall without power: printed as often as there are members."""
    return to_pdf(render_to_string("papers/ballots.html", {"sheets": [blank_sheet(assessment)]}))


def blank_sheet(assessment: Assessment) -> Sheet:
    """Nothing chosen, nobody's name, no day."""
    of_set = criteria_set(assessment.published.code)
    place = date_line(letterhead(assessment.unit).place, None)
    return Sheet(assessment, of_set, list(_lines(of_set, {})), None, place, "")


def filled(ballot: Ballot) -> Sheet:
    """With what its member chose; the day is that of sealing."""
    of_set = set_of(ballot)
    on = timezone.localdate(ballot.sealed_at) if ballot.sealed_at else None
    return Sheet(
        ballot.assessment,
        of_set,
        list(_lines(of_set, ballot.levels)),
        ballot,
        date_line(letterhead(ballot.unit).place, on),
        sheet_digest(ballot),
    )


def _lines(of_set: CriteriaSet, levels: Mapping[str, Level]) -> Iterator[Line]:
    for part in of_set.parts:
        yield Line("part", _("PHẦN %(code)s: %(name)s") % {"code": part.code, "name": part.name}, part.points)
        for section in part.sections:
            yield from _section(section, levels)
        if levels:
            codes = [it.code for section in part.sections for it in section.criteria]
            given = sum(levels.get(code, {}).get("p") or 0 for code in codes)
            yield Line("sum", _("Cộng phần %(code)s") % {"code": part.code}, given)


def _section(section: Section, levels: Mapping[str, Level]) -> Iterator[Line]:
    alone = len(section.criteria) == 1 and section.criteria[0].code == section.code
    if not alone:
        yield Line("section", f"{section.code}. {section.name}", section.points)
    yield from (Line("note", it) for it in section.notes)
    yield from (Line("note", it.text) for it in section.knock_outs)
    groups, at = {it.code: it for it in section.groups}, None
    for criterion in section.criteria:
        if criterion.group != at and criterion.group in groups:
            group = groups[criterion.group]
            yield Line("group", f"{group.code}. {group.name}", group.points)
        at = criterion.group
        yield from _criterion(criterion, levels.get(criterion.code, {}))


def _criterion(it: Criterion, chosen: Level) -> Iterator[Line]:
    yield Line("criterion", f"{it.code}. {it.name}{_stars(it.star_on_title)}", it.points)
    yield from (Line("note", note) for note in it.notes)
    yield from (Line("note", found.text) for found in it.knock_outs)
    for case in it.cases:
        yield Line("case", f"{case.code}) {case.name}")
        yield from (_level(level, chosen, is_case=chosen.get("case") == case.code) for level in case.levels)
    yield from (_level(level, chosen, is_case=True) for level in it.levels)
    if _is_none(it, chosen):
        yield Line("level", _("Không đạt mức nào"), 0, is_chosen=True)
    if chosen.get("note"):
        yield Line("note", _("Nhận xét: %(note)s") % {"note": chosen["note"]})


def _level(level: Printed, chosen: Level, *, is_case: bool) -> Line:
    return Line(
        "level",
        f"{level.label}{_stars(level.star)}",
        level.points,
        is_case and chosen.get("p") == level.points,
    )


def _is_none(it: Criterion, chosen: Level) -> bool:
    """0 points that the annex does not print."""
    return chosen.get("p") == 0 and all(level.points for level in it.scale(chosen.get("case")))


def _stars(star: int | None) -> str:
    """The least for so many stars, marked as the annex does."""
    return f" {'*' * star}" if star else ""
