"""A claim: what was typed beside what the register holds, and the commune's answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.audit.models import Entry
from ocop.history import events
from ocop.orgs.http import SignedInRequest
from ocop.steps import step_page
from products.models import Claim, ClaimState
from products.producers.claims import compared
from products.workflow import CLAIM

KINDS = {ClaimState.OPEN: "move", ClaimState.APPROVED: "good", ClaimState.REFUSED: "wrong"}


@require_GET
@login_required
def claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """She who claims sees what she typed; who decides sees the register beside it."""
    found = _found(request, pk)
    decides = request.user.has_perm("products.register_producer", found)
    context = {
        "claim": found,
        "kind": KINDS[ClaimState(found.state)],
        "decides": decides,
        "rows": compared(found) if decides else [],
        "typed": [
            (_("Tên chủ thể"), found.name, ""),
            (_("Số đăng ký"), found.registration_number or "–", ""),
            (_("Điện thoại"), found.phone or "–", ""),
        ],
        "people": found.producer.people.current().select_related("user") if decides else [],
        "offers": CLAIM.open_to(found, request.user),
        "base": reverse("products:claim", args=[pk]),
        "history": events(Entry.objects.about(found), CLAIM),
        "columns": [
            {"label": _("Thông tin")},
            {"label": _("Đã khai")},
            {"label": _("Trong sổ")},
            {"label": ""},
        ],
        "crumbs": [(_("Chủ thể"), reverse("products:producers")), (_("Yêu cầu nhận chủ thể"), "")],
    }
    return render(request, "products/claim.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def claim_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    return step_page(request, _found(request, pk), CLAIM, name, back=reverse("products:claim", args=[pk]))


def _found(request: SignedInRequest, pk: int) -> Claim:
    return get_object_or_404(Claim.objects.visible_to(request.user).for_list(), pk=pk)
