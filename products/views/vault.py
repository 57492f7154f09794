"""The producer's vault: her papers across products and years, taken into a dossier from here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.spreadsheet import download, is_asked
from products import spreadsheets
from products.forms import VaultFilter
from products.models import Producer
from products.vault import home


@require_GET
@login_required
def vault(request: SignedInRequest, pk: int) -> HttpResponse:
    """What this reader may see of it, what ends soonest first."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)
    today = timezone.localdate()
    form = VaultFilter(
        request.GET or None, kinds=home.kinds_in(home.papers_of(producer, request.user, on=today))
    )
    given = form.cleaned_data if form.is_valid() else {}
    asked = home.Asked(words=given.get("q", ""), kind=given.get("kind", ""), state=given.get("state", ""))
    papers = home.with_uses(home.papers_of(producer, request.user, on=today, asked=asked), request.user)
    columns = [{"label": _("Giấy tờ"), "sort": "title"}, {"label": _("Nơi cấp"), "sort": "issuer"},
               {"label": _("Có giá trị đến"), "sort": "ends"}, {"label": _("Tình trạng")}, {"label": _("Dùng trong")}]  # fmt: skip
    order = order_of(request.GET, columns, "ends")
    if is_asked(request):
        return download(request, spreadsheets.PAPERS, in_order(papers, order))
    page = page_of(papers, request.GET, order=order)
    for row in page.rows:
        row.dossiers, row.about = home.dossiers_using(row), home.about(row)
        row.word, row.look = home.WORDS[row.standing], home.LOOK[row.standing]
    context = {
        "producer": producer,
        "page": page,
        "form": form,
        "columns": columns,
        "sort": order,
        "targets": home.open_dossiers(producer, request.user),
        "crumbs": [
            (_("Chủ thể"), reverse("products:producers")),
            (producer.name, reverse("products:producer", args=[pk])),
            (_("Kho giấy tờ"), ""),
        ],
    }
    return render(request, "products/vault.html", context)
