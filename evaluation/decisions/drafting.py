"""Drafting a decision: its products from the results, its paper from its products."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.decisions.outcomes import Waiting, waiting_for_decision
from evaluation.decisions.paper import content_of, kind_of, title_of
from evaluation.models import (
    Assessment,
    AssessmentState,
    Decision,
    DecisionItem,
    DecisionState,
    Meeting,
    Result,
)
from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import role_for
from ocop.papers.drafting import draft_paper, matter, redraft_paper, shut_out
from ocop.papers.models import Paper
from products.models import Exclusion

DRAFT = "evaluation.change_decision"


@transaction.atomic
def draft_decision(
    unit: OrgUnit, tier: str, *, by: User, assessments: Iterable[Assessment] | None = None
) -> Decision:
    """A draft with every product of the tier that may be decided on now, or the chosen ones, and its paper.

    Raises ValidationError where nothing waits or the meeting of a chosen one still goes on, PermissionDenied without
    the right over the unit.
    """
    if not by.has_perm(DRAFT, unit):
        raise PermissionDenied
    # Two drafts never take the same product.
    OrgUnit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    _hold(unit, tier)
    waiting = _chosen(_seen(waiting_for_decision(unit, tier), by), assessments)
    if not waiting:
        raise ValidationError(_("Không có kết quả nào chờ quyết định."))
    decision = Decision.objects.create(unit=unit, tier=tier, title=title_of(unit, waiting), created_by=by)
    DecisionItem.objects.bulk_create(
        DecisionItem(decision=decision, assessment=it.assessment, stars=it.stars, outcome=it.outcome)
        for it in waiting
    )
    decision.paper = draft_paper(
        unit, kind_of(waiting), decision.title, content_of(decision), by=by, about=matter(decision)
    )
    decision.save(update_fields=["paper"])
    _shut_out_the_recused(decision)
    record("decision.draft", decision, by=by, role=role_for(by, DRAFT, unit) or "", after=decision.state)
    return decision


def _shut_out_the_recused(decision: Decision) -> None:
    """Until it is issued, its paper names products that they know nothing of."""
    dossiers = decision.items.values("assessment__dossier")
    for exclusion in Exclusion.objects.in_force().filter(dossier__in=dossiers).select_related("user"):
        shut_out(exclusion.user, decision)


def _hold(unit: OrgUnit, tier: str) -> None:
    """No result is taken back and no meeting reopened while it is drafted: the steps that do lock these rows too.

    Meetings before assessments, as the agenda locks them; no key is locked, so rows that only point there (the log's,
    a former result) are written meanwhile instead of waiting in a circle.
    """
    waits = {"unit": unit, "tier": tier, "state__in": [AssessmentState.CONCLUDED, AssessmentState.RETURNED]}
    meetings = Result.objects.filter(assessment__in=Assessment.objects.filter(**waits)).values("meeting")
    list(
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=meetings)
        .order_by("pk")
        .values_list("pk")
    )
    held = Assessment.objects.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk")
    list(held.filter(**waits))


def _seen(waiting: list[Waiting], by: User) -> list[Waiting]:
    """Whoever is recused from a product drafts no decision on it, named or not."""
    keys = [it.assessment.pk for it in waiting]
    seen = set(Assessment.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))
    return [it for it in waiting if it.assessment.pk in seen]


def _chosen(waiting: list[Waiting], assessments: Iterable[Assessment] | None) -> list[Waiting]:
    """Where none is named, those that nothing hinders; a named one that is hindered is refused with its reason."""
    if assessments is None:
        ready = [it for it in waiting if not it.hindrance]
        if waiting and not ready:  # unnamed: the reader may be recused from any of them
            raise ValidationError(_("Phiên họp của các kết quả đang chờ chưa kết thúc."))
        return ready
    wanted = {assessment.pk for assessment in assessments}
    named = [it for it in waiting if it.assessment.pk in wanted]
    if hindered := [it for it in named if it.hindrance]:
        raise ValidationError([f"“{it.assessment}”: {it.hindrance}" for it in hindered])
    return named


@transaction.atomic
def remove_item(decision: Decision, item: DecisionItem, *, by: User) -> Decision:
    """Take one product out of a draft; it waits for another decision."""
    fresh = _locked_draft(decision, by)
    DecisionItem.objects.filter(pk=item.pk, decision=fresh).delete()
    redraft(fresh, by=by)
    record("decision.remove", fresh, by=by, note=str(item.assessment))
    return fresh


def redraft(decision: Decision, *, by: User) -> Paper:
    """The paper says again what the draft holds."""
    if decision.paper is None:
        raise ValidationError(_("Quyết định chưa có dự thảo văn bản."))
    return redraft_paper(decision.paper, decision.title, content_of(decision), by=by)


@transaction.atomic
def drop_draft(decision: Decision, *, by: User) -> None:
    """Throw a draft away, its paper too; its products wait again. What was issued is never dropped."""
    fresh = _locked_draft(decision, by)
    record("decision.drop", fresh, by=by, before=fresh.state)
    paper = fresh.paper
    fresh.delete()
    if paper is not None:
        paper.delete()


def _locked_draft(decision: Decision, by: User) -> Decision:
    fresh: Any = (
        Decision.objects.select_for_update(of=("self",)).select_related("unit", "paper").get(pk=decision.pk)
    )
    if not by.has_perm(DRAFT, fresh):
        raise PermissionDenied
    if fresh.state != DecisionState.DRAFT:
        raise ValidationError(_("Quyết định đã ban hành, không sửa được nữa."))
    return fresh
