"""Pages of who leaves: whose term ends, all her open work, the deed and what came of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.keyset import page_of
from ocop.leaving.forms import HandOverForm
from ocop.leaving.handing import done_before, hand_over, receive, seen_by
from ocop.leaving.reach import HAND_OVER, ending, people_of
from ocop.leaving.work import items_of, open_work
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import Departure, Person
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form

MOST = 50  # of those whose term ends, the nearest first


def _demand(request: SignedInRequest) -> None:
    if not covered_paths(request.user, HAND_OVER):
        raise PermissionDenied


@require_GET
@login_required
def departure_list(request: SignedInRequest) -> HttpResponse:
    """Whose term ended lately or ends soon, a person by name, and the deeds done."""
    _demand(request)
    words = request.GET.get("q", "").strip()[:100]
    people = people_of(request.user)
    found = list(people.filter(name__icontains=words)[:20]) if words else []
    persons = {it.user_id: it for it in people}
    rows = [
        (persons[it.user_id], it)
        for it in ending(request.user, on=timezone.localdate())[:50]
        if it.user_id in persons
    ]
    context = {
        "q": words,
        "found": found,
        "ending": rows,
        "page": page_of(seen_by(request.user), request.GET, order="-pk"),
        "crumbs": [(_("Việc của tôi"), reverse("reports:home")), (_("Bàn giao công việc"), "")],
    }
    return render(request, "leaving/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def person_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """All open work of one person, ticked, and the deed that hands it on."""
    _demand(request)
    sent = request.method == "POST"
    person = people_of(request.user).filter(pk=pk).first()
    if person is None and sent and (done := _done_before(request)):
        return redirect("leaving:departure", pk=done.pk)
    person = person or get_object_or_404(Person.objects.none(), pk=pk)
    form = HandOverForm(request.POST if sent else None, leaver=person.user)
    chosen = request.POST.getlist("chosen")
    if sent and form.is_valid():
        try:
            deed = hand_over(person, chosen=chosen, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _handed_words(deed))
            return redirect("leaving:departure", pk=deed.pk)
    groups = open_work(person.user, request.user)
    context = {
        "leaver": person,
        "form": form,
        "groups": [it for it in groups if not it.kind.elsewhere],
        "elsewhere": [it for it in groups if it.kind.elsewhere],
        "chosen": set(chosen) if sent else {line.key for group in groups for line in group.lines},
        "crumbs": [(_("Bàn giao công việc"), reverse("leaving:list")), (person.name, "")],
    }
    return render(request, "leaving/person.html", context, status=422 if form.errors else 200)


def _done_before(request: SignedInRequest) -> Departure | None:
    """The deed of the same form, sent twice, whose first click left nothing by which she is seen."""
    form = HandOverForm(request.POST, leaver=request.user)
    form.is_valid()
    token = form.cleaned_data.get("token")
    return done_before(token, by=request.user) if token else None


def _handed_words(deed: Departure) -> str:
    count = len(deed.items)
    words = ngettext(
        "Đã bàn giao %(count)s việc cho %(who)s.", "Đã bàn giao %(count)s việc cho %(who)s.", count
    )
    return words % {"count": count, "who": deed.successor.get_full_name()}


@require_GET
@login_required
def departure(request: SignedInRequest, pk: int) -> HttpResponse:
    """One deed: who gave what to whom; each line leads to the work itself."""
    deed = get_object_or_404(seen_by(request.user), pk=pk)
    groups, hidden = items_of(deed, request.user)
    may_list = bool(covered_paths(request.user, HAND_OVER))
    back: tuple[Any, str] = (
        (_("Bàn giao công việc"), reverse("leaving:list"))
        if may_list
        else (_("Việc của tôi"), reverse("reports:home"))
    )
    context = {
        "deed": deed,
        "groups": groups,
        "hidden": hidden,
        "may_receive": deed.successor_id == request.user.pk and deed.received_at is None,
        "facts": [
            (_("Người thôi việc"), deed.user.get_full_name(), ""),
            (_("Người nhận"), deed.successor.get_full_name(), ""),
            (_("Làm đến hết ngày"), deed.last_day, ""),
            (_("Theo văn bản số"), deed.decision_number, ""),
            (_("Người lập"), deed.by.get_full_name(), ""),
            (_("Dặn lại"), deed.note or "–", ""),
        ],
        "crumbs": [back, (str(deed), "")],
    }
    return render(request, "leaving/departure.html", context)


@require_POST
@login_required
def departure_receive(request: SignedInRequest, pk: int) -> HttpResponse:
    deed = get_object_or_404(seen_by(request.user), pk=pk)
    receive(deed, by=request.user)
    messages.success(request, _("Đã nhận bàn giao."))
    return redirect("leaving:departure", pk=pk)
