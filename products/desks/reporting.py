"""Mẫu 03: the findings of the commune, without points, and the report made of them (QĐ 26/2026, khoản 2 Điều 7)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from ocop.papers.content import Block, PaperContent
from ocop.papers.drafting import draft_paper, matter
from ocop.papers.letterhead import letterhead
from ocop.papers.models import Paper
from ocop.papers.workflow import PAPER
from ocop.regulations.regimes import Finding
from products import law
from products.desks.facts import facts_of, in_words
from products.desks.meeting import meeting_of, printed
from products.dossiers.drafts import Draft, Seen, merge
from products.dossiers.filling import Saved
from products.dossiers.whole import Whole, load, place_words
from products.models import CommuneReport, Dossier, DossierState
from products.people import demand

PROPOSAL = "proposal"
ROMAN = ("I", "II", "III", "IV")
LONGEST = 10_000
ANCHOR = "hoi-"  # before a finding's code: one at a time where the screen is narrow


@transaction.atomic
def save_finding(
    dossier: Dossier, code: str, text: str, *, by: User, seen: Seen = None, at: dt.datetime | None = None
) -> Saved:
    """One finding of the regime, or the proposal; a stale tab overwrites nothing."""
    fresh = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    demand(by, "products.report_dossier", fresh)
    if fresh.state != DossierState.SUBMITTED:
        raise ValidationError(_("Hồ sơ không ở bước lập báo cáo."), code="stale")
    if code not in {PROPOSAL, *(it.code for it in law.regime(fresh.regime).findings)}:
        raise ValidationError({code: _("Mục này không có trong biểu mẫu.")})
    if len(text) > LONGEST:
        raise ValidationError({code: _("Dài quá %(n)s chữ.") % {"n": LONGEST}})
    row, _is_new = CommuneReport.objects.select_for_update(of=("self",)).get_or_create(dossier=fresh)
    draft = Draft({**row.findings, PROPOSAL: row.proposal}, row.revision, row.revisions)
    clashes = merge(draft, {code: text.strip()}, seen)
    if draft.revision != row.revision:
        row.proposal = draft.values.pop(PROPOSAL)
        row.findings, row.revision, row.revisions = draft.values, draft.revision, draft.revisions
        row.written_by, row.written_at = by, at or timezone.now()
        row.save(update_fields=["findings", "proposal", "revision", "revisions", "written_by", "written_at"])
    return Saved(row.revision, row.written_at, clashes=clashes)


def missing_findings(dossier: Dossier) -> list[Finding]:
    """The findings not yet written."""
    row = CommuneReport.objects.filter(dossier=dossier).first()
    written = row.findings if row else {}
    return [it for it in law.regime(dossier.regime).findings if not written.get(it.code)]


def draft_report(dossier: Dossier, *, by: User) -> Paper:
    """The paper of the report, without a number yet; the report row keeps it."""
    whole = load(dossier)
    rows = CommuneReport.objects.select_for_update(of=("self",))
    row, _is_new = rows.get_or_create(
        dossier=dossier
    )  # a regime without findings leaves nothing to write before
    title = _("Kiểm tra hồ sơ, đánh giá sản phẩm OCOP: %(product)s") % {"product": whole.product.name}
    row.paper = draft_paper(
        dossier.unit, "commune_report", title, report_content(whole, row), by=by, about=matter(dossier)
    )
    row.save(update_fields=["paper"])
    return row.paper


def take_back(dossier: Dossier, reason: str, *, by: User) -> Paper | None:
    """Cancel the paper of the report; the findings stay, the next report is another paper with the next number."""
    row = CommuneReport.objects.select_for_update(of=("self",)).get(dossier=dossier)
    if row.paper is None:
        return None
    cancelled = PAPER.take("cancel", row.paper, by=by, data={"note": reason})
    row.paper = None
    row.save(update_fields=["paper"])
    return cancelled


def report_content(whole: Whole, row: CommuneReport) -> PaperContent:
    """What Mẫu 03 prints: who and what, the findings one by one, the request."""
    dossier, producer = whole.dossier, whole.producer
    receiver = law.unit_at(dossier.unit, law.receiving_tier(dossier.regime))
    filed = dossier.versions.last()
    facts = [
        [_("Sản phẩm"), whole.product.name],
        [_("Mã sản phẩm"), dossier.code],
        [_("Ngành, nhóm"), place_words(whole.set)],
        [_("Chủ thể"), f"{producer.name} ({producer.get_kind_display()})"],
        [_("Địa chỉ"), producer.address],
        [_("Người đại diện"), producer.representative],
        [_("Đăng ký"), str(dossier.get_kind_display())],
    ]
    if filed is not None:
        day = date_format(timezone.localtime(filed.submitted_at), "SHORT_DATE_FORMAT")
        facts.append([_("Tiếp nhận"), _("%(receipt)s ngày %(day)s") % {"receipt": filed.receipt, "day": day}])
    default = _("Đề nghị %(unit)s xem xét, tổ chức đánh giá, phân hạng sản phẩm.") % {
        "unit": letterhead(receiver).in_text
    }
    parts: list[tuple[str, list[Block]]] = [(_("Thông tin chung"), [{"facts": facts}])]
    if whole.regime.findings:
        parts.append((_("Kết quả đánh giá"), _findings(whole, row)))
    if meeting := meeting_of(dossier):
        parts.append((_("Ý kiến của các bộ phận"), printed(meeting)))
    parts.append((_("Đề nghị"), [{"p": row.proposal or default}]))
    body: list[Block] = []
    for number, (title, blocks) in zip(ROMAN, parts, strict=False):
        body += [{"h": f"{number}. {title}"}, *blocks]
    return {
        "to": [letterhead(receiver).in_text],
        "body": body,
        "recipients": [_("Như trên"), producer.name, _("Lưu: VT")],
    }


def _findings(whole: Whole, row: CommuneReport) -> list[Block]:
    """Each finding in the commune's words, and under it what it rests on."""
    blocks: list[Block] = []
    for number, finding in enumerate(whole.regime.findings, start=1):
        blocks += [{"p": f"{number}. {finding.name}"}, {"p": row.findings.get(finding.code, "")}]
        if facts := in_words(facts_of(whole, finding.code)):
            blocks += [{"p": _("Căn cứ:")}, {"list": facts}]
    return blocks
