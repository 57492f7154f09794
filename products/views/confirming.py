"""An office's papers: those that wait for its look, its word on one, and which office owns which kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from ocop.seen import merge, watch
from ocop.spreadsheet import download, is_asked
from products import spreadsheets
from products.dossiers.guidance import may_write
from products.forms import ConfirmFilter, ConfirmForm, OfficeForm
from products.models import EvidencePaper
from products.models.office import CONFIRMS, kinds_confirmed_by, offices
from products.vault.confirming import WAITING, Wanted, confirm, papers_for
from products.vault.home import about, kind_name
from products.vault.offices import kinds_of_all_time, write_office
from products.views.paper import paper_page, seen_paper
from products.views.shared import demand_right, demand_somewhere


@require_GET
@login_required
def paper_list(request: SignedInRequest) -> HttpResponse:
    """Of the kinds that are her office's: what waits, papers of dossiers under way first."""
    demand_somewhere(request, CONFIRMS)
    kinds = sorted((kind_name(code), code) for code in kinds_confirmed_by(request.user))
    form = ConfirmFilter(request.GET or None, kinds=[(code, name) for name, code in kinds])
    given = form.cleaned_data if form.is_valid() else {}
    wanted = Wanted(given.get("q", ""), given.get("kind", ""), given.get("state", "") or WAITING)
    papers = papers_for(request.user, wanted)
    columns = [{"label": _("Giấy tờ"), "sort": "title"}, {"label": _("Chủ thể"), "sort": "producer__name"},
               {"label": _("Nơi cấp"), "sort": "issuer"}, {"label": _("Có giá trị đến"), "sort": "turn"}, {"label": _("Kết luận")}]  # fmt: skip
    order = order_of(request.GET, columns, "turn")
    if is_asked(request):
        return download(request, spreadsheets.OFFICE_PAPERS, in_order(papers, order))
    page = page_of(papers, request.GET, order=order)
    for row in page.rows:
        row.about = about(row)
    context = {"page": page, "form": form, "columns": columns, "sort": order}
    return render(request, "products/confirming/list.html", context)


@require_POST
@login_required
def paper_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """One word on one paper, which its page shows."""
    paper = seen_paper(request, pk)
    demand_right(request, CONFIRMS, paper)
    form = ConfirmForm(request.POST)
    if form.is_valid() and _kept(form, paper, request):
        messages.success(request, _("Đã ghi kết luận."))
        return redirect("products:evidence_view", pk=pk)
    return paper_page(request, seen_paper(request, pk), form=form, status=422)


def _kept(form: ConfirmForm, paper: EvidencePaper, request: SignedInRequest) -> bool:
    given = dict(form.cleaned_data)
    try:
        confirm(paper, given.pop("verdict"), by=request.user, **given)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True


@require_safe
@login_required
def office_list(request: SignedInRequest) -> HttpResponse:
    """Which kinds each department confirms."""
    if not may_write(request.user):
        raise PermissionDenied
    names = kinds_of_all_time()
    context = {
        "rows": [(it.unit, [name for kind, name in names if kind in it.kinds]) for it in offices()],
        "columns": [{"label": _("Cơ quan")}, {"label": _("Loại giấy tờ")}],
        "crumbs": [(_("Việc tại bàn"), reverse("products:desk")), (_("Cơ quan xác nhận giấy tờ"), "")],
    }
    return render(request, "products/confirming/offices.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def office(request: SignedInRequest, pk: int) -> HttpResponse:
    if not may_write(request.user):
        raise PermissionDenied
    found = next((it for it in offices() if it.unit.pk == pk), None)
    if found is None:
        raise Http404
    form = watch(OfficeForm(request.POST or None, initial={"kinds": sorted(found.kinds)}))
    if request.method == "POST" and form.is_valid() and merge(form):
        write_office(found.unit, form.cleaned_data["kinds"], by=request.user)
        messages.success(request, _("Đã lưu."))
        return redirect("products:paper_offices")
    context = {
        "form": form,
        "title": found.unit.name,
        "sub": _("Cơ quan xác nhận giấy tờ"),
        "back": reverse("products:paper_offices"),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)
