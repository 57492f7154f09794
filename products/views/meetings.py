"""The page of the commune's meeting about a dossier."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ocop.orgs.http import SignedInRequest
from ocop.papers.links import paper_url
from ocop.refusals import put_on_form, say
from products.desks.meeting import meeting_of, minutes_link, write_meeting
from products.desks.minutes import AT_THE_COMMUNE, RIGHT, draft_minutes, drop_minutes
from products.forms.meeting import MeetingForm, Opinions, meeting_forms
from products.models import Dossier, DossierState
from products.views.checks import LAST
from products.views.shared import dossier_of


@require_http_methods(["GET", "POST"])
@login_required
def sections_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who took part and said what; shown as it was once the report is made."""
    dossier = dossier_of(request, pk, RIGHT)
    kept = meeting_of(dossier)
    findings = reverse("products:findings", args=[pk])
    back = f"{findings}#{LAST}"
    form, opinions = meeting_forms(kept, request.POST or None)
    if request.method == "POST" and _saved(request, dossier, form, opinions):
        messages.success(request, _("Đã lưu cuộc họp."))
        return redirect(back)
    context = {
        "dossier": dossier,
        "kept": kept,
        "form": form,
        "opinions": opinions,
        "is_open": dossier.state == DossierState.SUBMITTED,
        "minutes": minutes_link(kept, request.user),
        "may_draft": kept is not None and kept.minutes is None and dossier.state in AT_THE_COMMUNE,
        "may_drop": kept is not None and kept.minutes is not None and dossier.state in AT_THE_COMMUNE,
        "back": back,
        "crumbs": [(dossier.product.name, reverse("products:dossier", args=[pk])), (_("Báo cáo của xã"), findings),
                   (_("Họp các bộ phận"), "")],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "products/sections_meeting.html", context, status=status)


@require_POST
@login_required
def minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft of the minutes; its own page shows it and gives it a number."""
    dossier = dossier_of(request, pk, RIGHT)
    try:
        paper = draft_minutes(dossier, by=request.user)
    except ValidationError as refused:
        say(request, refused)
        return redirect("products:sections_meeting", pk=pk)
    return redirect(paper_url(paper, request.user) or reverse("products:sections_meeting", args=[pk]))


@require_POST
@login_required
def minutes_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancelled with a reason; the meeting itself stays."""
    dossier = dossier_of(request, pk, RIGHT)
    try:
        drop_minutes(dossier, request.POST.get("note", ""), by=request.user)
        messages.success(request, _("Đã hủy biên bản; cuộc họp vẫn còn."))
    except ValidationError as refused:
        say(request, refused)
    return redirect("products:sections_meeting", pk=pk)


def _saved(request: SignedInRequest, dossier: Dossier, form: MeetingForm, opinions: Opinions) -> bool:
    if not (form.is_valid() and opinions.is_valid()):
        return False
    facts = {name: form.cleaned_data[name] for name in ("held_on", "chaired_by", "conclusion")}
    seen = form.cleaned_data["revision"]
    try:
        write_meeting(dossier, **facts, said=opinions.said(), by=request.user, seen=seen)
    except ValidationError as refused:
        put_on_form(form, refused)
        if form.has_error(NON_FIELD_ERRORS, "stale") and (kept := meeting_of(dossier)):
            form.theirs = kept  # type: ignore[attr-defined]
            form.data = {**form.data.dict(), "revision": kept.revision}  # type: ignore[attr-defined]
        return False
    return True
