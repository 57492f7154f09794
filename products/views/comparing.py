"""Two filings side by side; where there was none before in this dossier, the one it follows."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.orgs.http import SignedInRequest
from products.dossiers.comparing import compare, filing_before
from products.dossiers.filed import read
from products.dossiers.freezing import frozen
from products.dossiers.whole import load
from products.models import Dossier, DossierVersion
from products.views.shared import dossier_of


@require_safe
@login_required
def changes(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """What this filing says otherwise than the one before it."""
    dossier = dossier_of(request, pk)
    after = get_object_or_404(dossier.versions, number=number)
    return _page(request, dossier, filing_before(request.user, dossier, after.number), after.content, after)


@require_safe
@login_required
def changes_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the dossier says today, while it is with the producer, otherwise than when it was last filed."""
    dossier = dossier_of(request, pk, "products.change_dossier")
    return _page(request, dossier, filing_before(request.user, dossier), frozen(load(dossier)))


def _page(
    request: SignedInRequest,
    dossier: Dossier,
    before: DossierVersion | None,
    content: Mapping[str, Any],
    after: DossierVersion | None = None,
) -> HttpResponse:
    parts = compare(read(before.content), read(content)) if before else []
    home = reverse("products:dossier", args=[dossier.pk])
    context = {
        "dossier": dossier,
        "before": before,
        "after": after,
        "parts": parts,
        "count": sum(len(part.changes) for part in parts),
        "columns": [{"label": _("Mục")}, {"label": _("Trước")}, {"label": _("Lần này")}],
        "crumbs": [
            (_("Hồ sơ"), reverse("products:dossiers")),
            (dossier.product.name, home),
            (_("So sánh"), ""),
        ],
    }
    return render(request, "products/changes.html", context)
