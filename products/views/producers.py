"""Pages of a producer: registration from outside, by the officer, its facts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.audit.models import Entry
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import covered_paths
from ocop.refusals import put_on_form
from ocop.seen import locked, merge, watch
from ocop.steps import step_page
from products.doubles.former import former_rows
from products.doubles.merging import stands_for
from products.forms import OfficerForm, PersonalForm, ProducerForm, RegisterForm
from products.models import (
    Belongings,
    Claim,
    MergeKind,
    Producer,
    ProducerPersonal,
    ProducerState,
)
from products.producers.belongings import EXPORT
from products.producers.claims import claim_producer
from products.producers.doubles import Double, doubles_of
from products.producers.facts import FACTS, fixed_for
from products.producers.registration import (
    change_producer,
    make_account,
    register_producer,
    save_personal,
)
from products.producers.throttling import RegistrationRate
from products.views.corrections import correction_rows
from products.views.legal_forms import legal_rows
from products.views.people import people_rows
from products.views.shared import BACKEND, demand_right, field_label
from products.workflow import PRODUCER
from products.workflow.producer import basis_of

KINDS = {ProducerState.APPLIED: "move", ProducerState.APPROVED: "good", ProducerState.REFUSED: "wrong"}


def _communes() -> Any:
    return OrgUnit.objects.communes().open_on(timezone.localdate())


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Anyone registers a producer; who has no account gets one with it."""
    known = request.user.is_authenticated
    given = request.POST if request.method == "POST" else None  # an empty one is refused too
    form = RegisterForm(given, units=_communes(), is_known=known)
    if request.method == "POST":
        if not RegistrationRate().allow_request(request, None):  # type: ignore[arg-type]
            form.is_valid()
            form.add_error(None, _("Địa chỉ mạng này vừa đăng ký quá nhiều. Hãy thử lại sau một giờ."))
            return render(request, "products/register.html", {"form": form, "is_known": known}, status=429)
        if form.is_valid() and (done := _registered(request, form)) is not None:
            return redirect(done)
    status = 422 if form.errors else 200
    return render(request, "products/register.html", {"form": form, "is_known": known}, status=status)


def _registered(request: HttpRequest, form: RegisterForm) -> str | None:
    """The page of what was made, a producer or a claim; None where the form has something to say."""
    facts = form.cleaned_data
    if not form.is_answered(_doubles(facts), may_claim=True):
        return None
    try:
        with transaction.atomic():
            user = request.user if isinstance(request.user, User) else _account(facts)
            done = _claimed(form, user) or _new(form, user)
    except ValidationError as refused:
        put_on_form(form, refused)
        return None
    if not request.user.is_authenticated:
        login(request, user, backend=BACKEND)
    messages.success(request, _("Đã gửi tới %(unit)s.") % {"unit": done.unit})
    return reverse("products:claim" if isinstance(done, Claim) else "products:producer", args=[done.pk])


def _doubles(facts: dict[str, Any]) -> list[Double]:
    names = ("name", "registration_number", "tax_code", "phone")
    return doubles_of(facts["unit"], **{name: facts.get(name, "") for name in names})


def _claimed(form: RegisterForm, user: User) -> Claim | None:
    """The claim of the producer that was chosen; `claim_producer` asks whether what was typed points at it."""
    if not form.answer().isdigit() or "double" not in form.fields:
        return None
    facts = form.cleaned_data
    producer = next((it.producer for it in _doubles(facts) if str(it.producer.pk) == form.answer()), None)
    if producer is None:
        return None
    given = {name: facts[name] for name in ("unit", "name", "registration_number", "phone")}
    return claim_producer(producer, by=user, **given)


def _new(form: RegisterForm, user: User) -> Producer:
    facts = form.cleaned_data
    return register_producer(
        unit=facts["unit"], kind=facts["kind"], name=facts["name"], facts=form.facts(), by=user, owner=user
    )


def _account(facts: dict[str, Any]) -> User:
    return make_account(
        username=facts["username"], password=facts["password"], name=facts["person_name"],
        phone=facts.get("phone", ""), email=facts.get("email", ""),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def producer_create(request: SignedInRequest) -> HttpResponse:
    """The officer enters a producer of her commune, with or without an account."""
    if not covered_paths(request.user, "products.register_producer"):
        raise PermissionDenied
    form = OfficerForm(request.POST or None, units=own_communes(request.user, "products.register_producer"))
    doubles: list[Double] = []
    if request.method == "POST" and form.is_valid():
        doubles = _doubles(form.cleaned_data)
    if request.method == "POST" and form.is_valid() and form.is_answered(doubles, may_claim=False):
        facts = form.cleaned_data
        try:
            with transaction.atomic():
                owner = None
                if facts["username"]:
                    name = facts["representative"] or facts["name"]
                    owner = make_account(username=facts["username"], password=facts["password"], name=name,
                                         phone=facts["phone"], email=facts["email"])  # fmt: skip
                producer = register_producer(unit=facts["unit"], kind=facts["kind"], name=facts["name"],
                                             facts=form.facts(), by=request.user, owner=owner)  # fmt: skip
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("products:producer", pk=producer.pk)
    context = {
        "form": form,
        "title": _("Thêm chủ thể"),
        "back": reverse("products:producers"),
        "doubles": doubles,
    }
    return render(request, "products/producer_form.html", context, status=422 if form.errors else 200)


def own_communes(user: User, permission: str) -> Any:
    """Those of today in which her roles give this permission."""
    where = Q(pk__in=[])
    for path in covered_paths(user, permission):
        where |= Q(path__startswith=path)
    return _communes().filter(where)


@require_GET
@login_required
def producer_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Producer.objects.visible_to(request.user).select_related("unit")
    producer = seen.filter(pk=pk).first()
    if producer is None:
        kept = stands_for(MergeKind.PRODUCER, pk)
        get_object_or_404(seen, pk=kept or pk)
        return redirect("products:producer", pk=kept)
    may_change = request.user.has_perm("products.change_producer", producer)
    personal = ProducerPersonal.objects.filter(producer=producer).first() if may_change else None
    context = {
        "producer": producer,
        "kind": KINDS[ProducerState(producer.state)],
        "products": producer.products.visible_to(request.user),
        "ideas": list(producer.ideas.visible_to(request.user).for_list()[:20]),
        "merges": former_rows(producer),
        "may_register_idea": request.user.has_perm("products.register_idea", producer),
        **legal_rows(producer, request.user),
        **people_rows(producer, request.user),
        **correction_rows(producer, request.user),
        "refusal": _refusal(producer),
        "facts": _facts(producer),
        "personal": personal,
        "may_change": may_change,
        "may_export": request.user.has_perm(EXPORT, producer),
        "belongings": Belongings.objects.filter(producer=producer).select_related("file").first(),
        "may_add": request.user.has_perm("products.change_product", producer),
        "claims": Claim.objects.visible_to(request.user).open().filter(producer=producer).for_list(),
        "offers": PRODUCER.open_to(producer, request.user),
        "base": reverse("products:producer", args=[pk]),
        "crumbs": [(_("Chủ thể"), reverse("products:producers")), (producer.name, "")],
    }
    return render(request, "products/producer.html", context)


def _refusal(producer: Producer) -> list[str]:
    """Why the commune did not confirm her, with the article; empty otherwise."""
    if producer.state != ProducerState.REFUSED:
        return []
    last = Entry.objects.about(producer).filter(action="producer.refuse").first()
    return [*([last.note] if last and last.note else []), basis_of(producer)]


def _facts(producer: Producer) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [
        (_("Loại hình"), producer.get_kind_display(), ""),
        (_("Xã, phường"), str(producer.unit), ""),
    ]
    return rows + [(field_label(producer, name), getattr(producer, name) or "–", "") for name in FACTS]


@require_http_methods(["GET", "POST"])
@login_required
def producer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=pk)
    demand_right(request, "products.change_producer", producer)
    producer = locked(producer, request)
    form = watch(
        ProducerForm(request.POST or None, instance=producer, fixed=fixed_for(producer, request.user))
    )
    return _save(
        request,
        form,
        producer,
        _("Thông tin chủ thể"),
        lambda: change_producer(producer, form.facts(), by=request.user),
    )


@require_http_methods(["GET", "POST"])
@login_required
def producer_personal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Facts of the representative that the law on personal data protects: a form of their own."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=pk)
    demand_right(request, "products.change_producer", producer)
    producer = locked(producer, request)
    row = ProducerPersonal.objects.filter(producer=producer).first() or ProducerPersonal(producer=producer)
    form = watch(PersonalForm(request.POST or None, instance=row))
    intro = _("Mẫu 02 hỏi các mục này về người đại diện. Chỉ chủ thể và cán bộ xử lý hồ sơ xem được.")
    return _save(request, form, producer, _("Người đại diện"),
                 lambda: save_personal(producer, form.cleaned_data, by=request.user), intro)  # fmt: skip


def _save(
    request: SignedInRequest, form: Any, producer: Producer, title: str, write: Any, intro: str = ""
) -> HttpResponse:
    back = reverse("products:producer", args=[producer.pk])
    if request.method == "POST" and form.is_valid() and merge(form):
        try:
            write()
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(back)
    context = {"form": form, "title": title, "sub": producer.name, "back": back, "intro": intro}
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def producer_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=pk)
    return step_page(request, producer, PRODUCER, name, back=reverse("products:producer", args=[pk]))
