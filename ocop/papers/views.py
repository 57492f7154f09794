"""The register of papers, one paper with its preview, its file and its steps."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from ocop.audit.log import record
from ocop.audit.models import Entry
from ocop.files.store import serve
from ocop.history import events
from ocop.keyset import in_order, page_of
from ocop.orgs.http import SignedInRequest
from ocop.papers.forms import PaperFilter
from ocop.papers.hashes import in_groups
from ocop.papers.layout import paper_html
from ocop.papers.models import Paper, PaperState
from ocop.papers.pdf import CONTENT_TYPE, to_pdf
from ocop.papers.spreadsheets import PAPERS
from ocop.papers.word.paper import CONTENT_TYPE as WORD_CONTENT_TYPE
from ocop.papers.word.paper import to_docx
from ocop.papers.workflow import PAPER, TAKEN_HERE
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page

PAGE = 50
COLUMNS = tuple(
    {"label": label} for label in (_("Trích yếu"), _("Số, ký hiệu"), _("Ngày"), _("Loại"), _("Tình trạng"))
)


@login_required
@require_safe
def paper_list(request: SignedInRequest) -> HttpResponse:
    """The register: every paper I may read, newest first."""
    form = PaperFilter(request.GET)
    papers = form.narrow(Paper.objects.visible_to(request.user).for_list())
    if is_asked(request):
        return download(request, PAPERS, in_order(papers, "-pk"))
    context = {"form": form, "page": page_of(papers, request.GET), "columns": COLUMNS}
    return render(request, "papers/list.html", context)


@login_required
@require_safe
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = _found(request, pk)
    context: dict[str, Any] = {
        "paper": paper,
        "crumbs": [(_("Sổ văn bản"), reverse("papers:list")), (paper.symbol or paper.label, "")],
        "facts": _facts(paper),
        "files": _files(paper),
        "offers": TAKEN_HERE.open_to(paper, request.user),
        "base": reverse("papers:paper", args=[paper.pk]),
        "history": events(Entry.objects.about(paper)[:PAGE], PAPER),
    }
    return render(request, "papers/paper.html", context)


def _facts(paper: Paper) -> list[tuple[Any, Any, Any]]:
    rows = [
        (_("Số, ký hiệu"), paper.symbol or _("Chưa cấp số"), ""),
        (_("Ngày"), paper.dated_on and date_format(paper.dated_on, "SHORT_DATE_FORMAT"), ""),
        (_("Người ký"), paper.signer_name, paper.signs_as),
        (_("Người soạn"), paper.created_by or "", ""),
        (_("Mã băm của tệp (SHA-256)"), paper.file and in_groups(paper.file.sha256), ""),
        (_("Mã băm của bản đã ký"), paper.signed_file and in_groups(paper.signed_file.sha256), ""),
    ]
    return [row for row in rows if row[1]]


def _files(paper: Paper) -> list[dict[str, Any]]:
    """What the viewer shows: the signed copy first, as it is the paper; then ours; a draft as it would be."""
    shown = []
    if paper.signed_file:
        shown.append({"label": _("Bản đã ký"), "url": reverse("papers:signed_file", args=[paper.pk])})
    if paper.file:
        shown.append({"label": _("Bản phát hành"), "url": reverse("papers:file", args=[paper.pk])})
    if paper.state == PaperState.DRAFT:
        shown.append({"label": _("Dự thảo"), "url": reverse("papers:preview", args=[paper.pk])})
    return shown


@login_required
@require_safe
@xframe_options_sameorigin
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft as it would be printed, marked as a draft; an issued paper has its own file."""
    paper = _found(request, pk)
    if paper.state != PaperState.DRAFT:
        raise Http404
    response = HttpResponse(to_pdf(paper_html(paper, is_draft=True)), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = 'inline; filename="du-thao.pdf"'
    return response


@login_required
@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = _found(request, pk)
    if paper.file is None:
        raise Http404
    return serve(paper.file, about=paper, by=request.user, inline="download" not in request.GET)


@login_required
@require_safe
def word(request: SignedInRequest, pk: int) -> HttpResponse:
    """A Word copy to work on, made anew each time; what is kept and hashed is the PDF."""
    paper = _found(request, pk)
    if paper.state == PaperState.CANCELLED:
        raise Http404
    record("paper.word", paper, by=request.user)
    response = HttpResponse(
        to_docx(paper, is_draft=paper.state == PaperState.DRAFT), content_type=WORD_CONTENT_TYPE
    )
    name = f"{(paper.symbol or 'du-thao').replace('/', '-')}.docx"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@login_required
@require_safe
def signed_file(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = _found(request, pk)
    if paper.signed_file is None:
        raise Http404
    return serve(paper.signed_file, about=paper, by=request.user, inline="download" not in request.GET)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    paper = _found(request, pk)
    return step_page(request, paper, TAKEN_HERE, name, back=reverse("papers:paper", args=[paper.pk]))


def _found(request: SignedInRequest, pk: int) -> Paper:
    papers = Paper.objects.visible_to(request.user).select_related(
        "unit", "file", "signed_file", "created_by"
    )
    return get_object_or_404(papers, pk=pk)
