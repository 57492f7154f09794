"""The producer's vault: her papers across products and years, put here and taken into a dossier from here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ocop.device.pages import keep
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form, say
from ocop.seen import locked, merge, watch
from ocop.spreadsheet import download, is_asked
from products import spreadsheets
from products.dossiers.guidance import may_write
from products.forms import PaperForm, VaultFilter
from products.models import EvidencePaper, Producer
from products.vault import home
from products.vault.alerts import alert_days
from products.vault.keeping import (
    FACTS,
    KEEPS,
    change_in_vault,
    dossiers_of,
    kinds_today,
    put_in_vault,
    put_received,
    take_from_vault,
)
from products.vault.reading import proposed, reading_of
from products.views.shared import demand_right, done, read_beside, refused_form, wants_json


@require_GET
@login_required
def vault(request: SignedInRequest, pk: int) -> HttpResponse:
    """What this reader may see of it, what ends soonest first."""
    producer = _producer(request, pk)
    today, days = timezone.localdate(), alert_days()
    form = VaultFilter(
        request.GET or None,
        kinds=home.kinds_in(home.papers_of(producer, request.user, on=today, soon=days[0])),
    )
    given = form.cleaned_data if form.is_valid() else {}
    asked = home.Asked(words=given.get("q", ""), kind=given.get("kind", ""), state=given.get("state", ""))
    papers = home.with_uses(
        home.papers_of(producer, request.user, on=today, asked=asked, soon=days[0]), request.user
    )
    columns = [{"label": _("Giấy tờ"), "sort": "title"}, {"label": _("Nơi cấp"), "sort": "issuer"},
               {"label": _("Có giá trị đến"), "sort": "ends"}, {"label": _("Tình trạng")}, {"label": _("Dùng trong")}]  # fmt: skip
    order = order_of(request.GET, columns, "ends")
    if is_asked(request):
        return download(request, spreadsheets.PAPERS, in_order(papers, order))
    page = page_of(papers, request.GET, order=order)
    for row in page.rows:
        row.dossiers, row.about = home.dossiers_using(row), home.about(row)
        row.is_loose = all(it.is_with_producer for it in row.dossiers)
        row.word, row.look = home.WORDS[row.standing], home.LOOK[row.standing]
    context = {
        "producer": producer,
        "page": page,
        "form": form,
        "columns": columns,
        "sort": order,
        "targets": home.open_dossiers(producer, request.user),
        "alert_days": days,
        "may_change_alerts": may_write(request.user),
        "may_keep": request.user.has_perm(KEEPS, producer),
        "crumbs": [*_crumbs(producer)[:-1], (_("Kho giấy tờ"), "")],
    }
    return render(request, "products/vault.html", context)


def _producer(request: SignedInRequest, pk: int) -> Producer:
    return get_object_or_404(Producer.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _crumbs(producer: Producer) -> list[tuple[str, str]]:
    return [
        (_("Chủ thể"), reverse("products:producers")),
        (producer.name, reverse("products:producer", args=[producer.pk])),
        (_("Kho giấy tờ"), reverse("products:vault", args=[producer.pk])),
    ]


@require_http_methods(["GET", "POST"])
@login_required
def vault_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper before any dossier asks for it."""
    producer = _producer(request, pk)
    demand_right(request, KEEPS, producer)
    form = PaperForm(request.POST or None, request.FILES or None, kinds=kinds_today())
    if request.method == "POST" and form.is_valid() and _kept(form, producer, request):
        words = _("Đã đưa giấy tờ vào kho. Máy đang đọc để gợi ý số, nơi cấp, ngày.")
        return done(request, words, reverse("products:vault", args=[pk]))
    if form.errors and wants_json(request):
        return refused_form(form)
    context = {
        "form": form,
        "producer": producer,
        "pieces": reverse("producers-uploads", args=[pk]),
        "along": [],
        "crumbs": [*_crumbs(producer), (_("Thêm giấy tờ"), "")],
    }
    response = render(request, "products/vault_add.html", context, status=422 if form.errors else 200)
    return keep(response, request.user) if request.method == "GET" else response


def _kept(form: PaperForm, producer: Producer, request: SignedInRequest) -> bool:
    sent = form.sent()
    told = {"kind": form.cleaned_data["kind"], "facts": form.facts(), "by": request.user}
    try:
        (put_received if "key" in sent else put_in_vault)(producer, **sent, **told)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
@login_required
def vault_edit(request: SignedInRequest, pk: int, paper: int) -> HttpResponse:
    """The facts of a paper that is in no filed dossier; beside them what the machine read."""
    producer, row = _paper(request, pk, paper)
    if request.method == "POST":
        dossiers_of(row, lock=True)  # before the paper, as everywhere
        row = locked(row, request)
    stands = initial = {name: getattr(row, name) for name in ("kind", *FACTS)}
    if "fill" in request.GET and (reading := reading_of(row)):
        initial = initial | proposed(row, reading)
    form = watch(
        PaperForm(request.POST or None, kinds=kinds_today(), with_file=False, initial=initial), stands
    )
    if request.method == "POST" and form.is_valid() and merge(form) and _changed(form, row, request):
        messages.success(request, _("Đã lưu."))
        return redirect("products:vault", pk=pk)
    context = {
        "form": form,
        "title": row.title,
        "sub": producer.name,
        "back": reverse("products:vault", args=[pk]),
        **read_beside(row),
    }
    return render(request, "products/paper_edit.html", context, status=422 if form.errors else 200)


def _changed(form: PaperForm, row: EvidencePaper, request: SignedInRequest) -> bool:
    facts = {**form.facts(), "kind": form.cleaned_data["kind"]}
    facts["title"] = facts["title"] or row.title
    try:
        change_in_vault(row, by=request.user, facts=facts)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
@login_required
def vault_remove(request: SignedInRequest, pk: int, paper: int) -> HttpResponse:
    """Asks once, then takes the paper out of the vault."""
    _producer, row = _paper(request, pk, paper)
    back = reverse("products:vault", args=[pk])
    if request.method == "POST":
        try:
            take_from_vault(row, by=request.user)
        except ValidationError as refused:
            say(request, refused)
        else:
            messages.success(request, _("Đã bỏ giấy tờ khỏi kho."))
        return redirect(back)
    text = _("Giấy không còn để dùng cho hồ sơ mới; những gì đã nộp trước đây vẫn giữ nguyên bản.")
    context = {"paper": row, "back": back, "title": _("Bỏ giấy tờ khỏi kho?"), "text": text}
    return render(request, "products/remove.html", context)


def _paper(request: SignedInRequest, pk: int, paper: int) -> tuple[Producer, EvidencePaper]:
    """What she sees of it (404) and may keep (403)."""
    producer = _producer(request, pk)
    papers = EvidencePaper.objects.visible_to(request.user).filter(producer=producer, withdrawn_at=None)
    row = get_object_or_404(papers.select_related("file", "producer"), pk=paper)
    demand_right(request, KEEPS, producer)
    return producer, row
