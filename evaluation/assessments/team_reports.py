"""The advisory team's report as a paper."""

from django.utils.translation import gettext as _

from evaluation.models import TeamReport
from ocop.orgs.models import User
from ocop.papers.content import Block, PaperContent
from ocop.papers.drafting import draft_paper, matter
from ocop.papers.models import Paper
from products.advisory.printing import printed


def draft_team_report(report: TeamReport, *, by: User) -> Paper:
    """A draft with what the team found, its extra tests and its visits (QĐ 26/2026, Điều 7 khoản 3c)."""
    assessment = report.assessment
    title = _("Thẩm định hồ sơ sản phẩm %(product)s") % {"product": assessment}
    return draft_paper(
        assessment.unit, "team_report", title, team_report(report), by=by, about=matter(assessment.dossier)
    )


def team_report(report: TeamReport) -> PaperContent:
    dossier = report.assessment.dossier
    stars = str(report.proposed_stars) if report.proposed_stars else "–"
    return {
        "to": [_("Chủ tịch Hội đồng đánh giá, phân hạng sản phẩm OCOP")],
        "body": [
            {
                "facts": [
                    [_("Sản phẩm"), str(dossier.product)],
                    [_("Chủ thể"), str(dossier.product.producer)],
                    [_("Mã sản phẩm"), dossier.code],
                    [_("Hạng sao đề xuất"), stars],
                ]
            },
            {"h": _("Kết quả thẩm định")},
            *_paragraphs(report.findings),
            *printed(dossier),
            {"h": _("Đề xuất")},
            *_paragraphs(report.proposal),
        ],
        "recipients": [_("Như trên"), _("Lưu: VT")],
    }


def _paragraphs(text: str) -> list[Block]:
    return [{"p": line} for line in text.splitlines() if line.strip()]
