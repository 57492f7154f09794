"""The photograph or scan of a coaching entry: looked at page by page, taken away; both are logged."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ocop.history import events
from ocop.orgs.http import SignedInRequest
from products.coaching.files import hand_out, is_own
from products.models import CoachingVisit
from products.vault.handing import hand_out_page, looked_at
from products.vault.pages import page_count
from products.vault.watermark import can_mark
from products.views.shared import behind_the_door, whole_number


@require_GET
@login_required
def coaching_paper(request: SignedInRequest, pk: int, visit: int) -> HttpResponse:
    """It, with the day, who was there, and for who reads the log who has looked at it."""
    row = _found(request, pk, visit)
    context = {
        "producer": row.producer,
        "visit": row,
        "paper": _opened(row, whole_number(request.GET.get("page"))),
        "facts": [(_("Ngày"), row.on, ""), (_("Người hướng dẫn"), row.coach.get_full_name(), ""), (_("Tệp"), row.file.name, "")],
        "is_marked": can_mark(row.file) and not is_own(row, request.user),
        "log": events(looked_at(row)) if request.user.has_perm("audit.view_entry", row) else [],
        "crumbs": [(_("Chủ thể"), reverse("products:producers")), (row.producer.name, reverse("products:producer", args=[pk])),
                   (_("Nhật ký hướng dẫn"), reverse("products:coaching", args=[pk])), (row.get_kind_display(), "")],
    }  # fmt: skip
    return render(request, "products/coaching/paper.html", context)


def _opened(row: Any, asked: int) -> dict[str, Any]:
    """The page that is asked for, as `{% viewer %}` shows it."""
    pages = page_count(row.file)
    number = min(max(asked, 1), pages)
    address = partial(reverse, "products:coaching_page")
    return {
        "label": row.file.name,
        "url": reverse("products:coaching_file", args=[row.producer_id, row.pk]),
        "page": number,
        "pages": pages,
        "image_url": address(args=[row.producer_id, row.pk, number]),
        "alt": _("Trang %(n)s của %(title)s") % {"n": number, "title": row.file.name},
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if number < pages else "",
    }


# ── its bytes: each address leads on to one with a key that ends ──


@require_GET
@login_required
def coaching_page(request: SignedInRequest, pk: int, visit: int, number: int) -> HttpResponse:
    """A page as a picture; one key opens every page."""
    row = _found(request, pk, visit)
    if not 1 <= number <= page_count(row.file):
        raise Http404
    send = partial(hand_out_page, row.file, number, "JPEG", about=row, unit=row.unit, by=request.user)
    return _behind_the_door(request, row, "page", send)


@require_GET
@login_required
def coaching_file(request: SignedInRequest, pk: int, visit: int) -> HttpResponse:
    row = _found(request, pk, visit)
    return _behind_the_door(request, row, "file", partial(hand_out, row, row.file, by=request.user))


def _behind_the_door(request: SignedInRequest, row: CoachingVisit, what: str, send: Any) -> HttpResponse:
    back = reverse("products:coaching_paper", args=[row.producer_id, row.pk])
    return behind_the_door(request, f"coaching-{row.pk}-{what}", send, back=back)


def _found(request: SignedInRequest, pk: int, visit: int) -> Any:
    rows = CoachingVisit.objects.visible_to(request.user).filter(producer_id=pk, file__isnull=False)
    return get_object_or_404(rows.for_list(), pk=visit)
