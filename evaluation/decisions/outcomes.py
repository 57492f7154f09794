"""What follows from each result: certified here, sent up, sent back or not recognised. The regime says which."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from evaluation.models import Assessment, AssessmentState, DecisionItem, HandOver, HandOverState, Result
from evaluation.models.meeting import MeetingState
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.regulations import Tier, next_tier, shown
from products.law import regime
from products.models import Dossier

ON_RESULT = (
    "recognise_on_result"  # what a tier may do with a file that comes back (QĐ 26/2026, Điều 7 khoản 4)
)


@dataclass(frozen=True)
class Waiting:
    """One assessment without a decision, and what the decision would do."""

    assessment: Assessment
    outcome: str  # a choice of DecisionItem.outcome
    stars: int
    points: str
    tier: str = ""  # who receives it

    @property
    def label(self) -> str:
        return str(DecisionItem(outcome=self.outcome).get_outcome_display())

    @property
    def hindrance(self) -> str:
        """Why nothing is decided on it yet, "" where it may be."""
        return unfinished_words(self.assessment)


def unfinished_words(assessment: Assessment) -> str:
    """While the meeting goes on, or goes on again, its conclusion can still be taken back; nothing rests on it."""
    meeting = assessment.result.meeting
    if meeting.state == MeetingState.CONCLUDED:
        return ""
    return _("Phiên họp ngày %(day)s chưa kết thúc.") % {"day": f"{meeting.held_on:%d/%m/%Y}"}


def waiting_for_decision(unit: OrgUnit, tier: str) -> list[Waiting]:
    """The unit's assessments that are concluded, or came back to be recognised, and stand in no draft.

    Those whose meeting still goes on are among them, with what hinders them.
    """
    rows = (
        Assessment.objects.for_list()
        .filter(Q(state=AssessmentState.CONCLUDED) | Q(state=AssessmentState.RETURNED), unit=unit, tier=tier)
        .exclude(decision_items__decision__state="draft")
        .select_related("result__meeting")
        .prefetch_related("hand_overs")
        .order_by("pk")
    )
    return list(with_outcomes(rows))


def with_outcomes(assessments: Iterable[Assessment]) -> Iterable[Waiting]:
    """Those for which something follows now; one sent back to be evaluated anew waits for its council."""
    for assessment in assessments:
        if assessment.state == AssessmentState.RETURNED:
            back = _on_return(assessment)
            if back is not None:
                yield back
        else:
            yield from_result(assessment, assessment.result)


def from_result(assessment: Assessment, result: Result) -> Waiting:
    law = regime(assessment.dossier.regime)
    after_answer = assessment.reviews_id is not None
    follows = next_tier(law, assessment.tier, result.mean, result.stars, after_answer=after_answer)
    stars = follows.stars or result.stars
    return Waiting(assessment, follows.kind, stars, shown(result.mean), follows.tier or "")


def _on_return(assessment: Assessment) -> Waiting | None:
    """What came back, recognised here as far as this tier certifies: the result of the tier above, or, where it
    refused the file unread, this tier's own.
    """
    last: HandOver = assessment.hand_over
    here = regime(assessment.dossier.regime).tier(assessment.tier)
    if ON_RESULT not in here.on_return:
        return None
    if last.state == HandOverState.REFUSED:
        own = assessment.result
        stars = max((star for star in here.certifies if star <= own.stars), default=own.stars)
        points = shown(own.mean)
    else:
        stars, points = last.answer_stars or 0, _points(last.answer_points)
        if stars > max(here.certifies, default=0):
            return None  # certified above
    return Waiting(assessment, "certify" if stars in here.certifies else "not_recognised", stars, points)


def _points(points: Any) -> str:
    return str(points.normalize()).replace(".", ",") if points is not None else ""


@dataclass(frozen=True)
class WaitingGroup:
    """What waits at one unit's tier."""

    unit: OrgUnit
    tier: Tier
    waiting: list[Waiting]

    @property
    def is_ready(self) -> bool:
        """Something of it may be decided on now."""
        return any(not it.hindrance for it in self.waiting)


def waiting_by_unit(user: User) -> list[WaitingGroup]:
    """Where this person may draft a decision, with what it would hold."""
    rows = (
        Assessment.objects.filter(units_where(user, "evaluation.change_decision"))
        .filter(state__in=[AssessmentState.CONCLUDED, AssessmentState.RETURNED])
        .exclude(decision_items__decision__state="draft")
        .filter(dossier__in=Dossier.objects.all().not_excluding(user))
        .for_list()
        .select_related("result__meeting")
        .prefetch_related("hand_overs")
        .order_by("unit__sort_key", "pk")
    )
    groups: dict[tuple[OrgUnit, str], list[Waiting]] = {}
    for it in with_outcomes(rows):
        groups.setdefault((it.assessment.unit, it.assessment.tier), []).append(it)
    return [
        WaitingGroup(unit, regime(waiting[0].assessment.dossier.regime).tier(tier), waiting)
        for (unit, tier), waiting in groups.items()
    ]
