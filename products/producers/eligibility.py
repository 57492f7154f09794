"""Who may take part, and with what: the legal forms of the decision in force (26/2026: Điều 2), as its data say.

A decision whose own list is not known is judged by the newest one that has a list.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.regulations import LegalForm, Regime
from products.law import law, regime_on
from products.models import Producer, ProducerSize


def form_of(kind: str, regime: Regime | None = None) -> LegalForm | None:
    """The legal form of this code, of today's law where none is named; None where the law has no such form."""
    return next(
        (it for it in _listed(regime or regime_on(timezone.localdate())).legal_forms if it.code == kind), None
    )


def may_bring(kind: str, category: str, regime: Regime | None = None) -> bool:
    """True where a producer of this kind may bring in a product of this category."""
    form = form_of(kind, regime)
    return form is not None and form.may_bring(category)


def is_registered(kind: str, regime: Regime | None = None) -> bool:
    """True where this kind takes part only with a business registration."""
    form = form_of(kind, regime)
    return form is None or form.registered


def decision_of(regime: Regime | None = None) -> str:
    """The decision whose list of legal forms is applied, as a refusal names it."""
    return _("Quyết định %(number)s") % {
        "number": _listed(regime or regime_on(timezone.localdate())).decision
    }


def why_not(producer: Producer, size: ProducerSize | None, regime: Regime | None = None) -> list[str]:
    """Why she cannot take part, each with its article; what is not known yet refuses nothing."""
    form, decision = form_of(producer.kind, regime), decision_of(regime)
    if form is None:
        words = _("%(kind)s không thuộc các loại hình được tham gia (Điều 2 %(decision)s).")
        return [words % {"kind": producer.get_kind_display(), "decision": decision}]
    if form.size is None or size is None or is_small_enough(form, size):
        return []
    limit = form.size.sector(size.sector)
    words = _(
        "Doanh nghiệp vượt quy mô nhỏ và vừa nên không tham gia được: tối đa %(workers)s lao động và %(revenue)s"
        " triệu đồng doanh thu hoặc %(capital)s triệu đồng vốn (%(basis)s; %(decision)s)."
    )
    facts = {
        name: f"{getattr(limit, name):,}".replace(",", ".") for name in ("workers", "revenue", "capital")
    }
    return [words % {**facts, "basis": form.size.basis, "decision": decision}]


def is_small_enough(form: LegalForm, size: ProducerSize) -> bool:
    """Whether the figures keep within the form's limits; True where it has none."""
    if form.size is None:
        return True
    return form.size.sector(size.sector).holds(size.workers, size.revenue, size.capital)


def needs_size(kind: str, on: dt.date | None = None) -> bool:
    """True where the form's rule asks for people and money."""
    form = form_of(kind, regime_on(on) if on else None)
    return form is not None and form.size is not None


def _listed(regime: Regime) -> Regime:
    if regime.legal_forms:
        return regime
    return max((it for it in law().regimes.values() if it.legal_forms), key=lambda it: it.files_from)
