"""A dossier that an earlier law left unfinished, filed anew under the law in force with what can be kept of it."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from ocop.regulations import carry_over, read_sheet
from plans.models import Round
from products import law
from products.dossiers.filing import start_dossier
from products.dossiers.filling import raw_sheet, save_section, save_sheet
from products.dossiers.sections import fields_of, sections_for
from products.models import Dossier, DossierSection, DossierState, EvidencePaper, SelfScore
from products.vault.papers import reuse_evidence


@dataclass
class Refiled:
    """The new draft, and what the producer has to answer again, in words."""

    dossier: Dossier
    asked_again: list[str] = field(default_factory=list)


@transaction.atomic
def refile(
    dossier: Dossier,
    *,
    round: Round,  # noqa: A002, the domain's word
    by: User,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Refiled:
    """A draft under today's law that follows the lapsed one; the old dossier keeps its regime for ever.

    Raises ValidationError where the old one has not lapsed or the round is shut, PermissionDenied without the right.
    """
    if dossier.state != DossierState.LAPSED:
        raise ValidationError(_("Chỉ nộp lại hồ sơ đã hết hạn theo quy định cũ."))
    fresh = start_dossier(
        dossier.product, kind=dossier.kind, round=round, by=by, star_aim=dossier.star_aim, previous=dossier,
        recognised_before=True, on=on, at=at,
    )  # fmt: skip
    done = Refiled(fresh)
    _sections(dossier, done, by, at)
    _self_score(dossier, done, by, at)
    _papers(dossier, done, by)
    return done


def _sections(old: Dossier, done: Refiled, by: User, at: dt.datetime | None) -> None:
    kept = {row.key: row.data for row in DossierSection.objects.filter(dossier=old)}
    fresh, regime = done.dossier, law.regime(done.dossier.regime)
    units = law.criteria_set(fresh.set_code).sample_units
    for section in sections_for(fresh.kind):
        asked = {it.key for it in fields_of(section, regime, fresh.kind, sample_units=units)}
        values = {key: value for key, value in kept.get(section.key, {}).items() if key in asked}
        if values:
            save_section(fresh, section.key, values, by=by, at=at)


def _self_score(old: Dossier, done: Refiled, by: User, at: dt.datetime | None) -> None:
    own = SelfScore.objects.get(dossier=old)
    before, now = law.criteria_set(old.set_code), law.criteria_set(done.dossier.set_code)
    carried = carry_over(before, now, read_sheet(before, raw_sheet(own.levels)))
    marks = {
        code: (
            {"case": mark.case, "points": mark.points} if mark.case else mark.points,
            str(own.levels[source].get("why", "")),
        )
        for code, (source, mark) in carried.items()
    }
    save_sheet(done.dossier, marks, by=by, at=at)
    done.asked_again += [
        _("Tiêu chí %(code)s. %(name)s") % {"code": it.code, "name": it.name}
        for it in now.criteria
        if it.code not in carried
    ]


def _papers(old: Dossier, done: Refiled, by: User) -> None:
    known = {it.code for it in law.regime(done.dossier.regime).evidence}
    papers = EvidencePaper.objects.filter(links__dossier=old, withdrawn_at=None).distinct()
    for paper in papers:
        if paper.kind in known:
            reuse_evidence(done.dossier, paper, by=by)
        else:
            done.asked_again.append(_("Giấy tờ: %(title)s") % {"title": paper.title})
