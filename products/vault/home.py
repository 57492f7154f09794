"""The vault of one producer: her papers across products and years, where each is used, what runs out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, Prefetch, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ocop.regulations import Criterion
from products.dossiers.whole import Whole
from products.models import Dossier, EvidenceLink, EvidencePaper, Producer, said
from products.vault.alerts import alert_days
from products.vault.offices import kinds_of_all_time

NEVER = dt.date(9999, 12, 31)
VALID, SOON, EXPIRED, UNDATED = "valid", "soon", "expired", "undated"
STATES = [
    (VALID, _("Còn giá trị")),
    (SOON, _("Sắp hết hạn")),
    (EXPIRED, _("Đã hết hạn")),
    (UNDATED, _("Không ghi hạn")),
]
WORDS = dict(STATES)
LOOK = {VALID: "good", SOON: "back", EXPIRED: "wrong", UNDATED: ""}  # of the state's badge


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed by."""

    words: str = ""
    kind: str = ""
    state: str = ""


def papers_of(
    producer: Producer, user: Any, *, on: dt.date, asked: Asked | None = None, soon: int | None = None
) -> QuerySet:
    """Those of her papers that this reader may see, with `standing` and `ends` (never NULL, to sort by).

    `soon`: days before its end from which a paper runs out soon; the tenant's where it is not said.
    """
    asked = asked or Asked()
    found = EvidencePaper.objects.visible_to(user).filter(producer=producer, withdrawn_at=None)
    found = found.annotate(
        ends=Coalesce("expires_on", Value(NEVER), output_field=DateField()),
        standing=_standing(on, soon or alert_days()[0]),
        said=said(),
    )
    for word in asked.words.split():
        found = found.containing(word)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(standing=asked.state)
    return found.select_related("file")


def _standing(on: dt.date, soon: int) -> Case:
    return Case(
        When(expires_on=None, then=Value(UNDATED)),
        When(expires_on__lt=on, then=Value(EXPIRED)),
        When(expires_on__lte=on + dt.timedelta(days=soon), then=Value(SOON)),
        default=Value(VALID),
    )


def with_uses(papers: QuerySet, user: Any) -> QuerySet:
    """`uses` of each: the links to dossiers that this reader may see."""
    seen = EvidenceLink.objects.filter(dossier__in=Dossier.objects.visible_to(user))
    links = seen.select_related("dossier__product", "dossier__round").order_by("dossier_id", "criterion")
    return papers.prefetch_related(Prefetch("links", queryset=links, to_attr="uses"))


def dossiers_using(paper: EvidencePaper) -> list[Dossier]:
    """Of a row with `uses`: each dossier once."""
    return list({link.dossier_id: link.dossier for link in paper.uses}.values())  # type: ignore[attr-defined]


def open_dossiers(producer: Producer, user: Any) -> list[Dossier]:
    """Those that papers can be put into today, by this person."""
    found = Dossier.objects.visible_to(user).filter(product__producer=producer).for_list().order_by("-pk")
    return [it for it in found if it.is_with_producer and user.has_perm("products.change_dossier", it)]


def at_hand(whole: Whole, criterion: Criterion) -> list[EvidencePaper]:
    """Her papers that do not prove this criterion yet, of the kinds that are usual for it first."""
    used = [it.row.pk for it in whole.papers if criterion.code in it.criteria]
    kinds = [it.code for it in whole.regime.evidence]
    papers = EvidencePaper.objects.filter(producer=whole.producer, withdrawn_at=None, kind__in=kinds)
    papers = papers.annotate(said=said())  # type: ignore[no-redef]
    return sorted(papers.exclude(pk__in=used), key=lambda it: (it.kind not in criterion.evidence, it.title))


def kind_name(code: str) -> str:
    """What a kind of paper is called, in the newest regime that knows it, as evidence or as a legal form's own."""
    return dict(kinds_of_all_time()).get(code, code)


def kinds_in(papers: QuerySet) -> list[tuple[str, str]]:
    """The kinds that are there, by name."""
    codes = papers.order_by().values_list("kind", flat=True).distinct()
    return sorted(((code, kind_name(code)) for code in codes), key=lambda pair: pair[1])


def about(paper: EvidencePaper) -> str:
    """Its kind, number and scope in one line; the kind where the title does not say it already."""
    kind = kind_name(paper.kind)
    return " · ".join(filter(None, ["" if kind == paper.title else kind, paper.number, paper.scope]))
