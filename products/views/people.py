"""The people of a producer: added or invited, ended; and the page where an invitation is taken up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import User
from ocop.refusals import put_on_form, say
from products.forms import EndForm, NewAccountForm, PersonForm
from products.models import Invitation, Producer, ProducerMember
from products.producers.invitations import invitation_of, withdraw
from products.producers.members import OWNERS, PEOPLE, accept, account_of, add_person, end_member
from products.producers.registration import make_account
from products.producers.throttling import AddingRate
from products.views.shared import BACKEND, demand_right


def people_rows(producer: Producer, user: User) -> dict[str, Any]:
    """What the producer's page shows of its people, and what this person may do about them."""
    may_change = user.has_perm(PEOPLE, producer)
    members = list(producer.people.current().select_related("user").prefetch_related("user__persons"))
    return {
        "people": [{"row": it, "may_end": may_change or it.user_id == user.pk} for it in members],
        "invitations": list(producer.invitations.open()) if may_change else [],
        "may_change_people": may_change,
    }


def _producer(request: SignedInRequest, pk: int) -> Producer:
    return get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def person_add(request: SignedInRequest, pk: int) -> HttpResponse:
    producer = _producer(request, pk)
    demand_right(request, PEOPLE, producer)
    given = request.POST if request.method == "POST" else None
    form = PersonForm(given, with_owner=request.user.has_perm(OWNERS, producer))
    back, status = reverse("products:producer", args=[pk]), 200
    if request.method == "POST":
        status = 422
        if not AddingRate().allow_request(request, None):  # type: ignore[arg-type]
            form.is_valid()
            form.add_error(None, _("Bạn vừa thêm quá nhiều người. Hãy thử lại sau một giờ."))
            status = 429
        elif form.is_valid() and _added(request, producer, form):
            return redirect(back)
    intro = _("Người được thêm nhận thông báo. Việc họ làm hiện tên và vai trò trên hồ sơ.")
    context = {"form": form, "title": _("Thêm người"), "sub": producer.name, "back": back, "intro": intro}
    return render(request, "form.html", context, status=status)


def _added(request: SignedInRequest, producer: Producer, form: PersonForm) -> bool:
    try:
        made = add_person(producer, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    if isinstance(made, Invitation):
        messages.success(request, _("Đã gửi lời mời tới %(email)s.") % {"email": made.email})
    else:
        messages.success(request, _("Đã thêm %(name)s.") % {"name": made.user.get_full_name()})
    return True


@require_http_methods(["GET", "POST"])
@login_required
def person_end(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Asks once, with the reason; the row stays in the log of who did what when."""
    producer = _producer(request, pk)
    row = get_object_or_404(producer.people.select_related("user", "producer"), pk=member)
    if row.user_id != request.user.pk:
        demand_right(request, PEOPLE, producer)
    form = EndForm(request.POST if request.method == "POST" else None)
    back = reverse("products:producer", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            end_member(row, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(
                request, _("Đã kết thúc vai trò của %(name)s.") % {"name": row.user.get_full_name()}
            )
            return redirect(_home(back, producer, request.user))
    facts = {"name": row.user.get_full_name(), "role": row.get_role_display().lower()}
    context = {
        "form": form,
        "title": _("Kết thúc vai trò của %(name)s?") % facts,
        "sub": producer.name,
        "intro": _("%(name)s thôi là %(role)s ngay từ bây giờ. Việc đã làm vẫn giữ nguyên.") % facts,
        "submit": _("Kết thúc vai trò"),
        "back": back,
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _home(back: str, producer: Producer, user: User) -> str:
    """Who has left herself may see the producer no more."""
    sees = Producer.objects.visible_to(user).filter(pk=producer.pk).exists()
    return back if sees else reverse("reports:home")


@require_POST
@login_required
def invitation_withdraw(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    producer = _producer(request, pk)
    demand_right(request, PEOPLE, producer)
    row = get_object_or_404(producer.invitations.select_related("producer"), pk=invitation)
    try:
        withdraw(row, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    else:
        messages.success(request, _("Đã rút lời mời."))
    return redirect("products:producer", pk=pk)


# ── the one who was invited ──


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link takes it up: with her account, or with one made here."""
    found = invitation_of(token)
    if found is None:
        return render(request, "products/invitation_over.html", status=410)
    is_known = isinstance(request.user, User)
    has_account = not is_known and account_of(found.email) is not None
    form = NewAccountForm(request.POST or None, initial={"person_name": found.name})
    refusals: list[str] = []
    if request.method == "POST" and (is_known or (not has_account and form.is_valid())):
        try:
            member = _taken_up(request, found, form)
        except ValidationError as refused:
            refusals = _refused(form, refused, is_known=is_known)
        else:
            messages.success(request, _("Đã nhận lời mời của %(name)s.") % {"name": found.producer.name})
            return redirect("products:producer", pk=member.producer_id)
    context = {
        "invitation": found, "form": form, "is_known": is_known, "has_account": has_account,
        "refusals": refusals,
    }  # fmt: skip
    return render(
        request, "products/invitation.html", context, status=422 if request.method == "POST" else 200
    )


def _taken_up(request: HttpRequest, found: Invitation, form: NewAccountForm) -> ProducerMember:
    if isinstance(request.user, User):
        return accept(found, by=request.user)
    given = form.cleaned_data
    with transaction.atomic():
        user = make_account(
            username=given["username"], password=given["password"], name=given["person_name"],
            email=found.email,
        )  # fmt: skip
        member = accept(found, by=user)
    login(request, user, backend=BACKEND)
    return member


def _refused(form: NewAccountForm, refused: ValidationError, *, is_known: bool) -> list[str]:
    """At the fields of the new account; a known person has no form."""
    if is_known:
        return refused.messages
    put_on_form(form, refused)
    return []
