"""Guests of a meeting: invited on one page; the page they have themselves shows what is discussed and no more."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.forms.council import PersonField
from evaluation.meetings.agenda import PLAN
from evaluation.meetings.boards import visible_items
from evaluation.meetings.guests import (
    asked_of,
    guests_of,
    heard,
    invite_guest,
    meetings_heard_by,
    uninvite,
)
from evaluation.models import AgendaItem, Meeting, MeetingState
from evaluation.views.agenda import crumbs
from evaluation.views.meetings import hall_for
from evaluation.views.numbers import whole
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form
from products.law import criteria_set


class GuestForm(forms.Form):
    """Who, as what, for which product."""

    user = PersonField(label=gettext_lazy("Khách mời"))
    capacity = forms.CharField(
        label=gettext_lazy("Tư cách"),
        help_text=gettext_lazy("Ví dụ: Ủy ban Mặt trận Tổ quốc tỉnh, cán bộ xã, chủ thể."),
        max_length=200,
    )
    item = forms.ChoiceField(label=gettext_lazy("Dự phần"), required=False)
    answers = forms.BooleanField(
        label=gettext_lazy("Trả lời câu hỏi của Hội đồng thay chủ thể"),
        help_text=gettext_lazy("Người của chủ thể được mời cho sản phẩm của mình thì luôn trả lời được."),
        required=False,
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.fields["user"].fill()  # type: ignore[attr-defined]
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("Cả phiên họp")),
            *((str(item.pk), str(item.assessment)) for item in items),
        ]

    def clean_item(self) -> AgendaItem | None:
        return self.items.get(whole(self.cleaned_data["item"]) or 0)


@require_http_methods(["GET", "POST"])
@login_required
def guests(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _planned_by(request.user, pk)
    form = GuestForm(request.POST or None, items=visible_items(meeting, request.user))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            invite_guest(meeting, given.pop("user"), by=request.user, **given)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã mời."))
            return redirect("evaluation:guests", pk=pk)
    context = {
        "meeting": meeting,
        "guests": guests_of(meeting, request.user),
        "columns": [{"label": _("Khách mời")}, {"label": _("Dự phần")}, {"label": ""}],
        "form": form if meeting.state != MeetingState.CONCLUDED else None,
        "crumbs": crumbs(meeting, _("Khách mời")),
    }
    return render(request, "evaluation/guests.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int, guest: int) -> HttpResponse:
    meeting = _planned_by(request.user, pk)
    found = next((it for it in guests_of(meeting, request.user) if it.pk == guest), None)
    if found is None:
        raise Http404
    uninvite(found, by=request.user)
    return redirect("evaluation:guests", pk=pk)


@require_safe
@login_required
def hearing(request: SignedInRequest, pk: int) -> HttpResponse:
    """A guest's own page."""
    meeting = heard_by(request.user, pk)
    return render(request, "evaluation/hearing.html", {"meeting": meeting, **_now(meeting, request.user)})


@require_safe
@login_required
def hearing_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """The part that changes, asked for every few seconds."""
    meeting = heard_by(request.user, pk)
    response = render(
        request, "evaluation/hearing_now.html", {"meeting": meeting, **_now(meeting, request.user)}
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _now(meeting: Meeting, user: User) -> dict[str, Any]:
    """Product facts of Mẫu 01's head, and what is asked of her; never sheets, points or papers."""
    item = heard(meeting, user)
    if item is None:
        return {"item": None, "facts": []}
    dossier = item.assessment.dossier
    of_set = criteria_set(item.assessment.published.code)
    facts = [
        (_("Chủ thể"), dossier.product.producer, ""),
        (_("Nơi nộp"), dossier.unit, ""),
        (_("Bộ tiêu chí"), of_set.name, ""),
        (_("Mã sản phẩm"), dossier.code or "–", ""),
        (_("Loại đánh giá"), dossier.get_kind_display(), ""),
    ]
    names = {it.code: it.name for it in of_set.criteria}
    questions = [{"it": it, "name": names.get(it.criterion, "")} for it in asked_of(meeting, user)]
    return {"item": item, "facts": facts, "questions": questions}


def _planned_by(user: User, pk: int) -> Meeting:
    meeting = hall_for(user, pk)
    if not user.has_perm(PLAN, meeting):
        raise PermissionDenied
    return meeting


def heard_by(user: User, pk: int) -> Meeting:
    """A meeting she is invited to, or 404."""
    return get_object_or_404(meetings_heard_by(user), pk=pk)
