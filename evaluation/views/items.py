"""One product in the meeting: who has sealed, and once all have, the points and the council's conclusion."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.ballots.proposals import proposals_on
from evaluation.meetings.agenda import PLAN
from evaluation.meetings.agreements import note_discussion
from evaluation.meetings.boards import visible_items
from evaluation.meetings.conclusions import CONCLUDE, rescore
from evaluation.meetings.discussing import may_discuss
from evaluation.meetings.divergence import calls_on, reasons_known_to
from evaluation.meetings.referring import was_referred
from evaluation.meetings.standing import Standing, name_all, read_standing
from evaluation.meetings.summaries import summary_of
from evaluation.models import AgendaItem, Assessment, Ballot, MeetingState, Question, Seat, TeamReport
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import meeting_for
from evaluation.views.proposals import page_url
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.question import QUESTION
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.papers.links import paper_url
from ocop.refusals import put_on_form, say
from products.advisory.overview import overview


class RescoreForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Lý do chấm lại"), widget=forms.Textarea(attrs={"rows": 4}))


@require_safe
@login_required
def item(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """Blind until every voter has sealed, and to who still has a sheet of her own."""
    found = item_for(request.user, pk, assessment)
    standing = read_standing(found)
    name_all(standing.hall)
    user = request.user
    leads = user.has_perm(CONCLUDE, found.assessment) or user.has_perm(PLAN, found.meeting)
    sees = standing.is_revealed_to(user)
    summary = summary_of(standing) if sees else None
    context = {
        "meeting": found.meeting,
        "item": found,
        "standing": standing,
        "sees_points": sees,
        "sees_progress": leads,
        "sheets": _sheets(standing, user, sees=sees) if leads or sees else [],
        "summary": summary,
        "leads": leads,
        "alarms": summary.alarms(leads=leads) if summary and not standing.result else [],
        "former": found.assessment.former_results.filter(meeting=found.meeting) if sees else [],
        "has_rounds": sees and (found.rescored > 0 or was_referred(found)),
        "calls": _calls(standing, user) if leads else [],
        "to_meet": reasons_known_to(standing, user)
        if leads and _is_asked(found) and not standing.result
        else [],
        "may_refer": _is_asked(found) and not standing.result and user.has_perm(PLAN, found.meeting),
        "may_agree": leads and sees and not standing.result,
        "questions": _questions(found, user) if leads else [],
        "proposals": _proposals(found, standing) if leads and sees else [],
        "may_rescore": sees
        and not standing.result
        and not found.meeting.is_written
        and user.has_perm(CONCLUDE, found.assessment),
        "may_discuss": found.meeting.state == MeetingState.OPEN
        and not found.meeting.is_written
        and may_discuss(found, user),
        "report": _team_report(found, user),
        "advisory": overview(found.assessment.dossier, user, timezone.localdate(), with_steps=False),
        "is_discussed": found.meeting.discussing_id == found.pk,
        "offers": ASSESSMENT.open_to(found.assessment, user, only=("conclude", "reconsider")),
        "base": reverse("evaluation:assessment", args=[assessment]),
        "crumbs": crumbs(found.meeting, str(found.assessment)),
        "neighbours": _neighbours(found, user),
    }
    return render(request, "evaluation/item.html", context)


def _team_report(found: AgendaItem, user: User) -> dict[str, Any] | None:
    """What the advisory team put before the council, and its paper where this person may open it."""
    seen = Assessment.objects.visible_to(user).filter(pk=found.assessment_id)
    report = TeamReport.objects.filter(assessment__in=seen).select_related("paper__unit").first()
    return {"it": report, "url": paper_url(report.paper, user)} if report else None


def _sheets(standing: Standing, user: User, *, sees: bool) -> list[dict[str, Any]]:
    """Who has sealed; the totals only when they may be seen; who may be asked to open it again."""
    goes_on = not standing.result and standing.hall.meeting.state == MeetingState.OPEN
    may_reopen = goes_on and user.has_perm("evaluation.reopen_ballot", standing.item.assessment)
    return [
        _sheet(seat, standing.ballots.get(seat.pk), sees=sees, may_reopen=may_reopen)
        for seat in standing.voters
    ]


def _sheet(seat: Seat, ballot: Ballot | None, *, sees: bool, may_reopen: bool) -> dict[str, Any]:
    is_sealed = ballot is not None and ballot.is_sealed
    return {
        "seat": seat,
        "ballot": ballot,
        "is_sealed": is_sealed,
        "total": ballot.total if sees and ballot is not None and ballot.counts else None,
        "has_abstained": sees and is_sealed and not ballot.counts,  # type: ignore[union-attr]
        "may_reopen": may_reopen and is_sealed,
    }


def _is_asked(found: AgendaItem) -> bool:
    return found.meeting.is_written and found.meeting.state == MeetingState.OPEN


def _calls(standing: Standing, user: User) -> list[dict[str, Any]]:
    """Who calls for a meeting; her words only for a reader who has no sheet of her own left to seal."""
    own = standing.own_ballot(user)
    may_read = own is None or own.is_sealed or standing.result is not None
    return [{"it": it, "reason": it.reason if may_read else ""} for it in calls_on(standing)]


def _questions(found: AgendaItem, user: User) -> list[dict[str, Any]]:
    """What members ask of the producer, with what the secretary may do about it."""
    asked = Question.objects.visible_to(user).filter(meeting=found.meeting_id, assessment=found.assessment_id)
    ways = ("pass_on", "answer")
    rows = asked.select_related("meeting__council__unit", "assessment__dossier", "seat__user", "file")
    return [{"it": it, "offers": QUESTION.open_to(it, user, only=ways)} for it in rows]


def _proposals(found: AgendaItem, standing: Standing) -> list[dict[str, Any]]:
    """Cases of loại that members found, for who leads the discussion."""
    texts = standing.criteria_set.knock_outs
    return [{"it": it, "text": texts[it.code].text, "url": page_url(it)} for it in proposals_on(found)]


def _neighbours(found: AgendaItem, user: User) -> dict[str, AgendaItem | None]:
    items = visible_items(found.meeting, user)
    at = next(n for n, it in enumerate(items) if it.pk == found.pk)
    return {"before": items[at - 1] if at else None, "after": items[at + 1] if at + 1 < len(items) else None}


@require_POST
@login_required
def agree(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    """Keep the knock-outs found and the words of the discussion; levels have a page of their own."""
    found = item_for(request.user, pk, assessment)
    try:
        note_discussion(
            found,
            by=request.user,
            knock_outs=request.POST.getlist("knock_out"),
            discussion=request.POST.get("discussion", ""),
        )
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã ghi kết quả thảo luận."))
    return redirect("evaluation:agenda_item", pk=pk, assessment=assessment)


@require_http_methods(["GET", "POST"])
@login_required
def score_again(request: SignedInRequest, pk: int, assessment: int) -> HttpResponse:
    found = item_for(request.user, pk, assessment)
    if not request.user.has_perm(CONCLUDE, found.assessment):
        raise PermissionDenied
    form = RescoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rescore(found, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã mở lần chấm mới; phiếu cũ được giữ nguyên."))
            return redirect("evaluation:agenda_item", pk=pk, assessment=assessment)
    context = {
        "form": form,
        "title": _("Chấm lại: %(product)s") % {"product": found.assessment},
        "submit": _("Mở lần chấm mới"),
        "crumbs": crumbs(found.meeting, str(found.assessment)),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


def item_for(user: User, pk: int, assessment: int) -> AgendaItem:
    meeting = meeting_for(user, pk)
    items = AgendaItem.objects.visible_to(user).for_list().select_related("meeting__council__unit")
    return get_object_or_404(items, meeting=meeting, assessment=assessment)
