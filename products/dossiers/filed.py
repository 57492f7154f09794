"""A frozen dossier in words: Mẫu 01 and Mẫu 02 in the order of the annex, the self-score, the papers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.files.models import StoredFile
from ocop.papers.pdf import CONTENT_TYPE
from ocop.regulations import CriteriaSet, Criterion, Regime
from products import law
from products.dossiers.freezing import personal_digest
from products.dossiers.sections import (
    Field,
    Form,
    Known,
    Section,
    fields_of,
    form_name,
    is_empty,
    sections_for,
)
from products.dossiers.whole import place_words
from products.models import (
    DossierKind,
    EvidencePaper,
    ProducerKind,
    ProducerPersonal,
)

NOTHING = "–"
FORMS: tuple[Form, ...] = ("registration", "report")  # Mẫu 01, Mẫu 02
Row = tuple[str, str]


@dataclass(frozen=True)
class FiledPaper:
    """One paper as it was filed: `number` is its place in the index, from 1."""

    number: int
    facts: Mapping[str, Any]
    file: StoredFile | None  # None where its row is gone
    kind: str

    @property
    def key(self) -> int:
        """Of its row."""
        return self.facts["id"]

    @property
    def title(self) -> str:
        return self.facts["title"]

    folder = "minh-chung"  # of the archive

    @property
    def heading(self) -> str:
        """As index and bookmarks name it."""
        return _("Minh chứng %(number)s: %(title)s") % {"number": self.number, "title": self.title}

    @property
    def sha256(self) -> str:
        return self.facts["file"]["sha256"]

    @property
    def places(self) -> list[tuple[str, int | None]]:
        """Criterion and page, in the order they were tied."""
        return [(code, self.facts["pages"].get(code)) for code in self.facts["criteria"]]

    @property
    def is_picture(self) -> bool:
        return self.file is not None and self.file.is_picture

    @property
    def has_pages(self) -> bool:
        return self.file is not None and (self.is_picture or self.file.content_type == CONTENT_TYPE)

    def open(self) -> Any:
        """Its bytes; ValueError where nothing is kept."""
        if self.file is None:
            raise ValueError(f"no file of {self.title} is kept")
        return self.file.open()

    @property
    def origin(self) -> str:
        """Number, issuer, days and scope, as far as they were given."""
        facts = self.facts
        parts = [
            _("số %(number)s") % {"number": facts["number"]} if facts["number"] else "",
            facts["issuer"],
            _("cấp ngày %(day)s") % {"day": _day(facts["issued_on"])} if facts["issued_on"] else "",
            _("có giá trị đến %(day)s") % {"day": _day(facts["expires_on"])} if facts["expires_on"] else "",
            facts.get("scope", ""),
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Mark:
    """A criterion of the self-score with the level claimed and the papers it rests on."""

    criterion: Criterion
    points: int | str
    text: str
    why: str
    papers: str


@dataclass(frozen=True)
class Group:
    """Marks under the head of their part."""

    title: str
    points: int
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Filed:
    """The content of a version, or of a draft as it would be frozen, with what it points at."""

    content: Mapping[str, Any]
    personal: ProducerPersonal | None
    files: Mapping[int, StoredFile]

    @property
    def dossier(self) -> Mapping[str, Any]:
        return self.content["dossier"]

    @cached_property
    def regime(self) -> Regime:
        return law.regime(self.dossier["regime"])

    @cached_property
    def set(self) -> CriteriaSet:
        return law.criteria_set(self.dossier["set"])

    @property
    def kind(self) -> str:
        return self.dossier["kind"]

    def form_title(self, form: Form) -> str:
        return form_name(self.regime, self.kind, form)

    def sections(self, form: Form) -> list[tuple[str, list[Row]]]:
        """Each section of the form with its answers."""
        return [
            (str(section.title), self._rows(section))
            for section in sections_for(self.kind)
            if section.form == form
        ]

    def _rows(self, section: Section) -> list[Row]:
        given = self.content["sections"].get(section.key, {})
        asked = fields_of(section, self.regime, self.kind, sample_units=self.set.sample_units)
        known = [(str(it.label), self._known(it) or NOTHING) for it in section.known]
        return known + [(str(it.label), _answer(it, given.get(it.key))) for it in asked]

    def _known(self, known: Known) -> str:
        room, _dot, name = known.source.partition(".")
        if room == "place":
            return place_words(self.set)
        if room == "kind":
            return str(DossierKind(self.kind).label)
        if room == "personal":
            return self._personal(name)
        value = self.content[room].get(name)
        if known.source == "producer.kind":
            return str(ProducerKind(value).label)
        return _day(value) if name.endswith("_on") else str(value or "")

    def _personal(self, name: str) -> str:
        """As it was filed, or that it is no longer kept: the law on personal data outlives the filing."""
        filed = self.content["personal"]
        if filed is None:
            return ""
        if self.personal is None or personal_digest(self.personal) != filed["sha256"]:
            return _("(không còn lưu bản đã nộp)")
        display = getattr(self.personal, f"get_{name}_display", None)
        return str(display() if display else getattr(self.personal, name))

    @cached_property
    def papers(self) -> list[FiledPaper]:
        """In the order they were filed: by kind."""
        names = {it.code: it.name for it in self.regime.evidence}
        return [
            FiledPaper(number, facts, self.files.get(facts["id"]), names.get(facts["kind"], facts["kind"]))
            for number, facts in enumerate(self.content["papers"], start=1)
        ]

    @cached_property
    def groups(self) -> list[Group]:
        """The self-score, part by part."""
        return [
            Group(
                _("Phần %(code)s. %(name)s") % {"code": part.code, "name": part.name},
                part.points,
                [self._mark(criterion) for section in part.sections for criterion in section.criteria],
            )
            for part in self.set.parts
        ]

    @property
    def total(self) -> int:
        """Points the producer gave herself."""
        return sum(mark.get("p") or 0 for mark in self.content["self_score"].values())

    def _mark(self, criterion: Criterion) -> Mark:
        mark = self.content["self_score"].get(criterion.code, {})
        points = mark.get("p")
        levels = criterion.scale(mark.get("case")) if points is not None else ()
        text = next((level.label for level in levels if level.points == points), "")
        shown = NOTHING if points is None else points
        return Mark(criterion, shown, text, mark.get("why", ""), self._proof(criterion.code))

    def _proof(self, code: str) -> str:
        """Minh chứng 2 (trang 3), 5: as the index counts them."""
        found = []
        for paper in self.papers:
            if code in paper.facts["criteria"]:
                page = paper.facts["pages"].get(code)
                where = _(" (trang %(page)s)") % {"page": page} if page else ""
                found.append(f"{paper.number}{where}")
        return ", ".join(found)


def read(content: Mapping[str, Any]) -> Filed:
    """With its files and the personal row it points at, in two queries."""
    papers = EvidencePaper.objects.select_related("file").in_bulk([it["id"] for it in content["papers"]])
    personal = content["personal"]
    return Filed(
        content,
        ProducerPersonal.objects.filter(pk=personal["id"]).first() if personal else None,
        {pk: row.file for pk, row in papers.items()},
    )


def _answer(asked: Field, value: Any) -> str:
    if is_empty(value):
        return NOTHING
    if asked.kind == "choices":
        names = dict(asked.choices)
        return ", ".join(str(names.get(one, one)) for one in value)
    return _day(value) if asked.kind == "date" else str(value)


def _day(iso: str | None) -> str:
    return date_format(dt.date.fromisoformat(iso), "SHORT_DATE_FORMAT") if iso else ""
