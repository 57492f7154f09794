"""The register of certificates, one certificate with its validity, its file and its steps."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.certificates.renewals import renewal_kinds
from evaluation.certificates.validity import renewal_state, standing
from evaluation.certificates.words import told, validity_words
from evaluation.forms.certificates import CertificateFilter
from evaluation.models import Certificate, CertificateState
from evaluation.spreadsheets import CERTIFICATES
from evaluation.views.renewals import may_renew
from evaluation.workflow.certificate import CERTIFICATE, by_others, newer, out_of_place, revocation_due
from ocop.audit.models import Entry
from ocop.files.store import serve
from ocop.history import events
from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.papers.hashes import in_groups
from ocop.spreadsheet import download, is_asked
from ocop.steps import step_page
from products.law import set_name
from products.models import DossierKind

PAGE = 50
COLUMNS = (
    {"label": gettext_lazy("Sản phẩm"), "sort": "product__sort_key"}, {"label": gettext_lazy("Số giấy")},
    {"label": gettext_lazy("Hạng sao"), "sort": "stars"}, {"label": gettext_lazy("Ngày cấp"), "sort": "issued_on"},
    {"label": gettext_lazy("Hiệu lực đến"), "sort": "expires_on"}, {"label": gettext_lazy("Tình trạng")},
)  # fmt: skip


@login_required
@require_safe
def certificate_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    form = CertificateFilter(request.GET)
    found = form.narrow(Certificate.objects.visible_to(request.user).for_list(), today)
    order = order_of(request.GET, COLUMNS, "-issued_on")
    if is_asked(request):
        return download(request, CERTIFICATES, in_order(found, order))
    page = page_of(found, request.GET, order=order)
    rows = [(one, told(standing(one, today))) for one in page.rows]
    may_record = request.user.has_perm("evaluation.record_legacy_certificate")
    context = {
        "form": form, "page": page, "rows": rows, "columns": COLUMNS, "sort": order, "may_record": may_record,
    }  # fmt: skip
    return render(request, "evaluation/certificates/list.html", context)


@login_required
@require_safe
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    certificate, today = _found(request, pk), timezone.localdate()
    hidden = out_of_place(certificate, today)
    offers = CERTIFICATE.without(hidden).open_to(certificate, request.user)
    kinds = renewal_kinds(certificate, today)
    context = {
        "certificate": certificate,
        "seal": told(standing(certificate, today)).seal,
        "validity": validity_words(certificate, today),
        "renewal": renewal_state(certificate, today),
        "may_renew": bool(kinds) and may_renew(request, certificate),
        "begins_anew": kinds == [DossierKind.FIRST],
        "facts": _facts(certificate),
        "files": _files(certificate),
        "offers": offers,
        "newer": newer(certificate) if certificate.state == CertificateState.IN_FORCE else None,
        "base": reverse("evaluation:certificate", args=[certificate.pk]),
        "history": events(Entry.objects.about(certificate)[:PAGE], CERTIFICATE),
        "crumbs": [(_("Giấy chứng nhận"), reverse("evaluation:certificates")), (certificate.number, "")],
    }
    return render(request, "evaluation/certificates/certificate.html", context)


def _facts(certificate: Certificate) -> list[tuple[Any, Any, Any]]:
    due = revocation_due(certificate)
    rows = [
        (_("Chủ thể"), certificate.producer_name, certificate.producer_address),
        (_("Số giấy"), certificate.number, _("ghi nhận từ bản giấy") if certificate.is_recorded else ""),
        (_("Mã sản phẩm"), certificate.code, ""),
        (_("Quyết định"), _decision(certificate), certificate.issuer_name),
        (_("Người ký"), certificate.signer_name, certificate.signer_title),
        (_("Hiệu lực"), f"{_day(certificate.issued_on)} – {_day(certificate.expires_on)}", ""),
        (_("Gia hạn đến"), _day(certificate.extended_until), certificate.extension_ground),
        (_("Bộ tiêu chí"), set_name(certificate.set_code), certificate.regime),
        (_("Thu hồi"), _revocation(certificate), certificate.revoked_reason),
        (_("Hạn thu hồi theo quy định"), _day(due), ""),
        (_("Thay bằng giấy số"), certificate.replaced_by and certificate.replaced_by.number, ""),
        (_("Mã băm của tệp (SHA-256)"), certificate.pdf and in_groups(certificate.pdf.sha256), ""),
    ]
    return [row for row in rows if row[1]]


def _decision(certificate: Certificate) -> str:
    if not certificate.decision_number:
        return ""
    words = _("Số %(number)s ngày %(day)s")
    return words % {"number": certificate.decision_number, "day": _day(certificate.decision_on)}


def _revocation(certificate: Certificate) -> str:
    if certificate.revoked_on is None:
        return ""
    words = _("Ngày %(day)s theo Quyết định số %(number)s")
    return words % {"day": _day(certificate.revoked_on), "number": certificate.revoked_decision}


def _day(day: Any) -> str:
    return date_format(day, "d/m/Y") if day else ""


def _files(certificate: Certificate) -> list[dict[str, Any]]:
    shown = []
    if certificate.pdf:
        shown.append(
            {
                "label": _("Giấy chứng nhận"),
                "url": reverse("evaluation:certificate_file", args=[certificate.pk]),
            }
        )
    if certificate.source_file:
        shown.append(
            {"label": _("Bản quét"), "url": reverse("evaluation:certificate_source", args=[certificate.pk])}
        )
    return shown


@login_required
@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    certificate = _found(request, pk)
    if certificate.pdf is None:
        raise Http404
    return serve(certificate.pdf, about=certificate, by=request.user, inline="download" not in request.GET)


@login_required
@require_safe
def source_file(request: SignedInRequest, pk: int) -> HttpResponse:
    certificate = _found(request, pk)
    if certificate.source_file is None:
        raise Http404
    return serve(
        certificate.source_file, about=certificate, by=request.user, inline="download" not in request.GET
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    certificate = _found(request, pk)
    if name in by_others(certificate):
        raise Http404
    back = reverse("evaluation:certificate", args=[certificate.pk])
    return step_page(request, certificate, CERTIFICATE, name, back=back)


def _found(request: SignedInRequest, pk: int) -> Certificate:
    found = Certificate.objects.visible_to(request.user).for_list()
    return get_object_or_404(found.select_related("pdf", "source_file", "replaced_by", "producer"), pk=pk)
