"""Beginning an assessment: a tier pulls the dossiers that were accepted for it, and its team reports."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Assessment, AssessmentState, PublishedSet, TeamReport
from evaluation.models.assessment import OVER
from evaluation.publishing import published_set
from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import role_for, units_where
from ocop.regulations import Tier
from products.law import regime, unit_at
from products.models import Dossier

CHECK = "evaluation.check_assessment"


def first_scoring_tier(dossier: Dossier) -> Tier:
    """The lowest tier of the dossier's regime that gives points."""
    return next(tier for tier in regime(dossier.regime).tiers if tier.scores)


def waiting_dossiers(user: User) -> Any:
    """Accepted dossiers that the user's team may begin to assess."""
    begun = Assessment.objects.values("dossier")
    mine = Dossier.objects.accepted().visible_to(user).filter(units_where(user, CHECK, "unit"))
    return mine.exclude(pk__in=begun).for_list()


@transaction.atomic
def start_assessment(
    dossier: Dossier,
    *,
    by: User,
    tier: str = "",
    unit: OrgUnit | None = None,
    at: dt.datetime | None = None,
) -> Assessment:
    """Pull an accepted dossier for a tier (the first that scores, where none is named); once a tier.

    Raises ValidationError with the reason, PermissionDenied where the person does not check for that unit.
    """
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("unit").get(pk=dossier.pk)
    here = regime(fresh.regime).tier(tier) if tier else first_scoring_tier(fresh)
    place = unit or unit_at(fresh.unit, here)
    if fresh.excludes(by) or not by.has_perm(CHECK, place):
        raise PermissionDenied
    return _begin(fresh, here, place, by=by, at=at or timezone.now())


def _begin(dossier: Dossier, tier: Tier, unit: OrgUnit, *, by: User, at: dt.datetime) -> Assessment:
    if not tier.scores:
        raise ValidationError(_("%(tier)s chỉ báo cáo, không chấm điểm.") % {"tier": tier.name})
    if not Dossier.objects.accepted().filter(pk=dossier.pk).exists():
        raise ValidationError(_("Hồ sơ chưa được tiếp nhận để đánh giá."))
    earlier = Assessment.objects.filter(dossier=dossier, tier=tier.code)
    if earlier.exclude(state__in=OVER).exists():
        raise ValidationError(_("Hồ sơ này đã được đưa vào đánh giá ở %(tier)s.") % {"tier": tier.name})
    assessment = Assessment.objects.create(
        dossier=dossier,
        tier=tier.code,
        unit=unit,
        turn=earlier.count() + 1,
        published=_published(dossier.set_code),
        created_at=at,
    )
    record(
        "assessment.start",
        assessment,
        by=by,
        role=role_for(by, CHECK, unit) or "",
        after=AssessmentState.OPEN,
    )
    return assessment


def assess_again(assessment: Assessment, *, by: User, at: dt.datetime | None = None) -> Assessment:
    """The next turn at the same tier, on the same dossier: what the tier above answered is council input now."""
    again = Assessment.objects.create(
        dossier=assessment.dossier,
        tier=assessment.tier,
        unit=assessment.unit,
        turn=assessment.turn + 1,
        reviews=assessment,
        published=assessment.published,
        created_at=at or timezone.now(),
    )
    record("assessment.start", again, by=by, after=AssessmentState.OPEN)
    return again


def _published(code: str) -> PublishedSet:
    found = published_set(code)
    if found is None:
        raise ValidationError(_("Bộ tiêu chí %(code)s chưa được công bố trong hệ thống.") % {"code": code})
    return found


@transaction.atomic
def write_report(
    assessment: Assessment,
    *,
    by: User,
    findings: str,
    proposal: str,
    proposed_stars: int | None,
    at: dt.datetime | None = None,
) -> TeamReport:
    """Keep the advisory team's report; it can be changed until the check is done."""
    if not by.has_perm(CHECK, assessment):
        raise PermissionDenied
    fresh = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if fresh.state != AssessmentState.OPEN:
        raise ValidationError(_("Báo cáo đã trình Hội đồng, không sửa được nữa."))
    report, _is_new = TeamReport.objects.update_or_create(
        assessment=fresh,
        defaults={
            "findings": findings,
            "proposal": proposal,
            "proposed_stars": proposed_stars,
            "written_by": by,
            "written_at": at or timezone.now(),
        },
    )
    record("assessment.report", fresh, by=by, role=role_for(by, CHECK, fresh) or "")
    return report
