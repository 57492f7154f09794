"""What an earlier dossier of the product already says is not asked again: its answers, marks and papers are taken over."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from ocop.regulations import carry_over, read_sheet
from products import law
from products.dossiers.filling import raw_sheet
from products.dossiers.sections import SECTIONS, Section, fields_of, sections_for
from products.models import (
    Dossier,
    DossierSection,
    DossierState,
    EvidenceLink,
    EvidencePaper,
    Product,
    SelfScore,
)
from products.models.dossier import FINISHED, GONE
from products.vault.papers import criteria_for

OF_PRODUCER = tuple(it for it in SECTIONS if it.is_of_producer)


def earlier_of(product: Product) -> Dossier | None:
    """The dossier that a new one follows: the last that ended with something written in it."""
    ended = product.dossiers.filter(state__in=FINISHED).order_by("-pk")
    written = DossierSection.objects.filter(dossier=OuterRef("pk"))
    return ended.filter(Q(state=DossierState.RECOGNISED) | Exists(written)).first() or ended.first()


def carry(old: Dossier, fresh: Dossier, *, by: User, at: dt.datetime) -> None:
    """Fill the new draft with what the old dossier said and the new law asks in the same words.

    The rows are written as they stand: whoever may start the dossier may bring its content along.
    """
    _sections(old, fresh, by, at)
    _self_score(old, fresh, at)
    _papers(old, fresh)


def carry_producer(fresh: Dossier, *, by: User, at: dt.datetime) -> None:
    """What the producer told about herself in the last dossier of any of her products is not asked for the next."""
    told = DossierSection.objects.filter(
        dossier__product__producer=fresh.product.producer_id, key__in=[it.key for it in OF_PRODUCER]
    )
    last = told.exclude(data={}).order_by("-saved_at", "-pk").values_list("dossier", flat=True).first()
    if last is not None:
        _sections(Dossier.objects.get(pk=last), fresh, by, at, only=OF_PRODUCER)


def asked_again(old: Dossier, fresh: Dossier) -> list[str]:
    """What the new law asks otherwise, in words: criteria without a mark, papers that it does not know."""
    levels = SelfScore.objects.get(dossier=fresh).levels
    criteria = [
        _("Tiêu chí %(code)s. %(name)s") % {"code": it.code, "name": it.name}
        for it in law.criteria_set(fresh.set_code).criteria
        if it.code not in levels
    ]
    known = _kinds(fresh)
    papers = [_("Giấy tờ: %(title)s") % {"title": it.title} for it in _papers_of(old) if it.kind not in known]
    return criteria + papers


def _sections(
    old: Dossier, fresh: Dossier, by: User, at: dt.datetime, *, only: Sequence[Section] = SECTIONS
) -> None:
    kept = {row.key: row.data for row in DossierSection.objects.filter(dossier=old)}
    regime, units = law.regime(fresh.regime), law.criteria_set(fresh.set_code).sample_units
    same_year = at.year == old.created_at.year
    goes_on = old.kind == fresh.kind and old.state in GONE  # the same filing, begun again
    rows = []
    for section in sections_for(fresh.kind):
        if section not in only:
            continue
        if section.fields_of is not None and not goes_on:
            continue  # what changed since then is what this dossier is about
        fields = fields_of(section, regime, fresh.kind, sample_units=units)
        asked = {it.key for it in fields if same_year or not it.yearly}
        values = {key: value for key, value in kept.get(section.key, {}).items() if key in asked}
        if values:
            first = {"revision": 1, "revisions": dict.fromkeys(values, 1)}
            rows.append(
                DossierSection(dossier=fresh, key=section.key, data=values, saved_by=by, saved_at=at, **first)
            )
    DossierSection.objects.bulk_create(rows)


def _self_score(old: Dossier, fresh: Dossier, at: dt.datetime) -> None:
    own = SelfScore.objects.filter(dossier=old).first()
    if own is None:
        return
    before, now = law.criteria_set(old.set_code), law.criteria_set(fresh.set_code)
    carried = carry_over(before, now, read_sheet(before, raw_sheet(own.levels)))
    levels = {}
    for code, (source, mark) in carried.items():
        case = {"case": mark.case} if mark.case else {}
        levels[code] = {"p": mark.points, "r": 1, **case, "why": str(own.levels[source].get("why", ""))}
    SelfScore.objects.filter(dossier=fresh).update(levels=levels, revision=1, saved_at=at)


def _papers(old: Dossier, fresh: Dossier) -> None:
    """On the same sheet with their criteria and pages; on another with the criteria the new set names."""
    known, same = _kinds(fresh), old.set_code == fresh.set_code
    links = EvidenceLink.objects.filter(dossier=old, paper__in=_papers_of(old)).order_by("pk")
    rows: dict[tuple[int, str], EvidenceLink] = {}
    for link in links.select_related("paper"):
        if link.paper.kind in known:
            places = [(link.criterion, link.page, link.claimed)] if same else _places_of(fresh, link.paper)
            for criterion, page, claimed in places:
                row = EvidenceLink(
                    dossier=fresh, paper=link.paper, criterion=criterion, page=page, claimed=claimed
                )
                rows[link.paper_id, criterion] = row
    EvidenceLink.objects.bulk_create(rows.values())


def _places_of(fresh: Dossier, paper: EvidencePaper) -> list[tuple[str, int | None, int | None]]:
    return [(code, None, None) for code in criteria_for(fresh, paper.kind) or [""]]


def _papers_of(old: Dossier) -> list[EvidencePaper]:
    return list(EvidencePaper.objects.filter(links__dossier=old, withdrawn_at=None).distinct())


def _kinds(dossier: Dossier) -> set[str]:
    return {it.code for it in law.regime(dossier.regime).evidence}
