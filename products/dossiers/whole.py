"""A dossier with everything that hangs off it, read in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.formats import date_format

from ocop.regulations import CriteriaSet, LegalForm, Regime
from products import law
from products.dossiers.sections import Field, Known, Section, fields_of, is_empty, sections_for
from products.models import (
    Dossier,
    DossierSection,
    EvidenceLink,
    EvidencePaper,
    Producer,
    ProducerPersonal,
    ProducerSize,
    Product,
    SelfScore,
    said,
)
from products.producers.eligibility import form_of
from products.producers.legal_papers import Asked, held_by, of_form


@dataclass
class Paper:
    """One paper with the criteria of this dossier that it proves, and the page that does where one is named."""

    row: EvidencePaper
    criteria: list[str] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    claimed: dict[str, int] = field(default_factory=dict)  # points that each pinned page was to prove

    @property
    def places(self) -> list[tuple[str, int | None]]:
        """Criterion and page, in the order they were tied."""
        return [(code, self.pages.get(code)) for code in self.criteria]


@dataclass
class Whole:
    """What completeness, the frozen version, the task list and the check page read."""

    dossier: Dossier
    personal: ProducerPersonal | None
    sections: Mapping[str, DossierSection]
    papers: list[Paper]
    self_score: SelfScore | None
    vault: list[EvidencePaper] = field(
        default_factory=list
    )  # her papers of the kinds her legal form asks for
    size: ProducerSize | None = None

    @property
    def product(self) -> Product:
        return self.dossier.product

    @property
    def producer(self) -> Producer:
        return self.dossier.product.producer

    @cached_property
    def regime(self) -> Regime:
        return law.regime(self.dossier.regime)

    @cached_property
    def legal_form(self) -> LegalForm | None:
        """None under a decision whose own list of forms is not known: its dossiers are asked for no such paper."""
        return form_of(self.producer.kind, self.regime) if self.regime.legal_forms else None

    def legal_papers(self, on: dt.date) -> list[Asked]:
        """The papers of her legal form, in the dossier or in her vault."""
        held = [*self.vault, *(it.row for it in self.papers)]
        return of_form(self.legal_form, held, on) if self.legal_form else []

    @cached_property
    def set(self) -> CriteriaSet:
        return law.criteria_set(self.dossier.set_code)

    @cached_property
    def asked(self) -> tuple[Section, ...]:
        return sections_for(self.dossier.kind)

    def fields(self, section: Section) -> tuple[Field, ...]:
        return fields_of(section, self.regime, self.dossier.kind, sample_units=self.set.sample_units)

    def values(self, section: Section) -> dict[str, Any]:
        row = self.sections.get(section.key)
        return row.data if row else {}

    def levels(self) -> dict[str, dict[str, Any]]:
        return self.self_score.levels if self.self_score else {}

    def known(self, known: Known) -> str:
        """What stands elsewhere already, as it is shown; "" where it is missing."""
        if known.source == "place":
            return place_words(self.set)
        if known.source == "kind":
            return str(self.dossier.get_kind_display())
        room, _, name = known.source.partition(".")
        row: Any = {"producer": self.producer, "product": self.product, "personal": self.personal}[room]
        value = getattr(row, name, None) if row else None
        if is_empty(value):
            return ""
        if isinstance(value, dt.date):
            return date_format(value, "SHORT_DATE_FORMAT")
        display = getattr(row, f"get_{name}_display", None)
        return str(display() if display else value)


def place_words(criteria_set: CriteriaSet) -> str:
    """Ngành, nhóm, phân nhóm, each once."""
    parts = [criteria_set.category.name, criteria_set.group, criteria_set.sub_group, criteria_set.name]
    return " / ".join(dict.fromkeys(part for part in parts if part))


def load(dossier: Dossier) -> Whole:
    """Four to six queries beside the dossier's own (`Dossier.objects.for_list()` brings product, producer, unit, round)."""
    return load_all([dossier])[0]


def load_all(dossiers: Sequence[Dossier]) -> list[Whole]:
    """The same queries for a page of dossiers: four, and of those whose legal form asks for more a fifth and a sixth."""
    papers: dict[int, dict[int, Paper]] = defaultdict(dict)
    links = (
        EvidenceLink.objects.filter(dossier__in=dossiers)
        .select_related("paper__file")
        .annotate(said=said("paper"))
        .order_by("paper__kind", "paper_id", "pk")
    )
    for link in links:
        link.paper.said = link.said
        paper = papers[link.dossier_id].setdefault(link.paper_id, Paper(link.paper))
        if link.criterion:
            paper.criteria.append(link.criterion)
            if link.page is not None:
                paper.pages[link.criterion] = link.page
                if link.claimed is not None:
                    paper.claimed[link.criterion] = link.claimed
    producers = {it.product.producer_id for it in dossiers}
    personal = {it.producer_id: it for it in ProducerPersonal.objects.filter(producer__in=producers)}
    sections: dict[int, dict[str, DossierSection]] = defaultdict(dict)
    for row in DossierSection.objects.filter(dossier__in=dossiers):
        sections[row.dossier_id][row.key] = row
    scores = {it.dossier_id: it for it in SelfScore.objects.filter(dossier__in=dossiers)}
    wholes = [
        Whole(
            dossier=it,
            personal=personal.get(it.product.producer_id),
            sections=sections[it.pk],
            papers=list(papers[it.pk].values()),
            self_score=scores.get(it.pk),
        )
        for it in dossiers
    ]
    _legal_facts(wholes)
    return wholes


def _legal_facts(wholes: Sequence[Whole]) -> None:
    """What the legal form asks for and no paper tied to the dossier shows; asked only where there is such a thing."""
    lacking = [it for it in wholes if not _shows_its_form(it)]
    if lacking:
        vaults = held_by({it.producer.pk for it in lacking}, *(it.legal_form for it in lacking))
        for it in lacking:
            it.vault = vaults[it.producer.pk]
    if sized := [it for it in wholes if it.legal_form and it.legal_form.size]:
        sizes = {
            it.producer_id: it
            for it in ProducerSize.objects.filter(producer__in={it.producer.pk for it in sized})
        }
        for it in sized:
            it.size = sizes.get(it.producer.pk)


def _shows_its_form(whole: Whole) -> bool:
    tied = {it.row.kind for it in whole.papers}
    return whole.legal_form is None or all(it.kind in tied for it in whole.legal_form.papers if it.required)
