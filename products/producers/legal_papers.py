"""The papers that a producer's legal form must have (26/2026: Điều 2): which lie in her vault, which are missing or over."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import User
from ocop.regulations import FormPaper, LegalForm, Regime
from products.models import EvidencePaper, Producer
from products.producers.eligibility import form_of

THERE, OVER, MISSING = "there", "over", "missing"
WORDS = {THERE: gettext_lazy("Đã có"), OVER: gettext_lazy("Đã hết hạn"), MISSING: gettext_lazy("Chưa có")}
LOOK = {THERE: "good", OVER: "wrong", MISSING: "back"}  # of the state's badge


@dataclass(frozen=True)
class Asked:
    """One paper of the legal form beside what the vault holds; `row` is the one that is valid, else the last."""

    rule: FormPaper
    row: EvidencePaper | None
    standing: str

    @property
    def word(self) -> str:
        return str(WORDS[self.standing])

    @property
    def look(self) -> str:
        return LOOK[self.standing] if self.rule.required or self.standing != MISSING else ""

    @property
    def about(self) -> str:
        """Number, issuer and last day of the paper that is there."""
        row = self.row
        if row is None:
            return ""
        until = (
            _("đến %(day)s") % {"day": date_format(row.expires_on, "SHORT_DATE_FORMAT")}
            if row.expires_on
            else ""
        )
        return " · ".join(filter(None, [row.number, row.issuer, until]))


def checklist(producer: Producer, on: dt.date, regime: Regime | None = None, *, reader: User) -> list[Asked]:
    """Every paper of her legal form that day, as far as this person may know; empty where the law has no such form."""
    form = form_of(producer.kind, regime)
    if form is None:
        return []
    kinds = [it.kind for it in form.papers]
    held = EvidencePaper.objects.filter(producer=producer, kind__in=kinds, withdrawn_at=None)
    return of_form(form, held.not_excluding(reader), on)


def of_form(form: LegalForm, papers: Iterable[EvidencePaper], on: dt.date) -> list[Asked]:
    """The form's papers against these; pure."""
    by_kind: dict[str, list[EvidencePaper]] = defaultdict(list)
    for it in papers:
        by_kind[it.kind].append(it)
    return [_asked(rule, by_kind[rule.kind], on) for rule in form.papers]


def _asked(rule: FormPaper, papers: list[EvidencePaper], on: dt.date) -> Asked:
    valid = [it for it in papers if not it.has_expired(on)]
    row = max(valid or papers, key=lambda it: it.pk, default=None)
    return Asked(rule, row, THERE if valid else OVER if papers else MISSING)


def held_by(producers: Collection[int], *forms: LegalForm | None) -> dict[int, list[EvidencePaper]]:
    """The papers of the kinds of these forms, by producer: one query."""
    kinds = {paper.kind for form in forms if form for paper in form.papers}
    found: dict[int, list[EvidencePaper]] = defaultdict(list)
    for it in EvidencePaper.objects.filter(producer__in=producers, kind__in=kinds, withdrawn_at=None):
        found[it.producer_id].append(it)
    return found
