"""The coaching log of a producer, read by her and by the officers, written by who coaches."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from ocop.spreadsheet import download, is_asked
from products import spreadsheets
from products.coaching.log import COACH, mark_done, write_visit
from products.forms.coaching import CoachingForm
from products.models import CoachingVisit, Idea, Producer, Product
from products.views.shared import demand_right


@require_safe
@login_required
def coaching(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that was advised, the newest first, with what is still to be done."""
    producer = _producer(request, pk)
    rows = CoachingVisit.objects.visible_to(request.user).filter(producer=producer).for_list()
    if is_asked(request):
        return download(request, spreadsheets.COACHING, in_order(rows, "-on"))
    page = page_of(rows, request.GET, order="-on")
    today = timezone.localdate()
    for row in page.rows:
        row.days = (row.next_on - today).days if row.next_on else None
    context = {
        "producer": producer,
        "page": page,
        "may_coach": request.user.has_perm(COACH, producer),
        "may_mark": request.user.has_perm(COACH, producer) or request.user.has_perm("products.register_idea", producer),
        "crumbs": [(_("Chủ thể"), reverse("products:producers")), (producer.name, reverse("products:producer", args=[pk])),
                   (_("Nhật ký hướng dẫn"), "")],
    }  # fmt: skip
    return render(request, "products/coaching/log.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def coaching_write(request: SignedInRequest, pk: int) -> HttpResponse:
    producer = _producer(request, pk)
    demand_right(request, COACH, producer)
    form = CoachingForm(request.POST or None, request.FILES or None, abouts=_abouts(request, producer), initial={"on": timezone.localdate(), "about": request.GET.get("about", "")})  # fmt: skip
    back = reverse("products:coaching", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            write_visit(
                producer,
                form.facts(),
                by=request.user,
                upload=form.cleaned_data["file"],
                **_about(request, form),
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, _("Đã ghi; chủ thể đọc được ngay."))
            return redirect(back)
    context = {"form": form, "title": _("Ghi lần hướng dẫn"), "sub": producer.name, "back": back}
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _abouts(request: SignedInRequest, producer: Producer) -> list[tuple[str, str]]:
    """What it may be about: the producer as a whole, an idea, a product."""
    ideas = Idea.objects.visible_to(request.user).filter(producer=producer, product=None)
    products = Product.objects.visible_to(request.user).filter(producer=producer)
    return [
        ("", _("Chủ thể nói chung")),
        *((f"idea-{it.pk}", _("Ý tưởng: %(name)s") % {"name": it.name}) for it in ideas),
        *((f"product-{it.pk}", _("Sản phẩm: %(name)s") % {"name": it.name}) for it in products),
    ]


def _about(request: SignedInRequest, form: CoachingForm) -> dict[str, Any]:
    kind, _dash, pk = form.cleaned_data["about"].partition("-")
    if not kind:
        return {}
    model: Any = {"idea": Idea, "product": Product}[kind]
    return {kind: model.objects.visible_to(request.user).filter(pk=int(pk)).first()}


@require_POST
@login_required
def coaching_done(request: SignedInRequest, pk: int, visit: int) -> HttpResponse:
    rows = CoachingVisit.objects.visible_to(request.user).filter(producer_id=pk)
    found = get_object_or_404(rows, pk=visit)
    try:
        mark_done(found, by=request.user)
    except ValidationError as refused:
        say(request, refused)
    return redirect("products:coaching", pk=pk)


def _producer(request: SignedInRequest, pk: int) -> Producer:
    return get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)
