"""The steps of one dossier's evaluation at one tier."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.assessments.team_reports import draft_team_report
from evaluation.meetings.conclusions import conclude_item, item_problems
from evaluation.models import Assessment, AssessmentState, TeamReport
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow

S = AssessmentState


def report_problems(assessment: Assessment, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """The council hears a report (QĐ 26/2026, Điều 7 khoản 3c), not an empty sheet."""
    report = TeamReport.objects.filter(assessment=assessment).first()
    if report is None or not report.findings.strip():
        yield _("Báo cáo của Tổ tư vấn chưa có kết quả thẩm định.")
    if report is None or not report.proposal.strip():
        yield _("Báo cáo của Tổ tư vấn chưa có đề xuất.")


def keep_report(assessment: Assessment, by: User, data: Mapping[str, Any]) -> None:
    """A draft paper with what the team found; it is numbered and rendered like all papers."""
    report = assessment.team_report
    report.paper = draft_team_report(report, by=by)
    report.save(update_fields=["paper"])


ASSESSMENT = Workflow(
    gettext_lazy("Đánh giá sản phẩm"),
    {
        "check": Step(
            gettext_lazy("Trình Hội đồng"),
            frozenset([S.OPEN]),
            S.CHECKED,
            "evaluation.check_assessment",
            problems=report_problems,
            effect=keep_report,
        ),
        "recheck": Step(
            gettext_lazy("Lấy lại để thẩm định thêm"),
            frozenset([S.CHECKED]),
            S.OPEN,
            "evaluation.check_assessment",
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),),
        ),
        "schedule": Step(
            gettext_lazy("Đưa vào chương trình họp"),
            frozenset([S.CHECKED]),
            S.SCHEDULED,
            "evaluation.change_meeting",
        ),
        "unschedule": Step(
            gettext_lazy("Đưa ra khỏi chương trình họp"),
            frozenset([S.SCHEDULED]),
            S.CHECKED,
            "evaluation.change_meeting",
        ),
        "conclude": Step(
            gettext_lazy("Kết luận"),
            frozenset([S.SCHEDULED]),
            S.CONCLUDED,
            "evaluation.conclude_meeting",
            problems=item_problems,
            effect=conclude_item,
            is_final=True,
        ),
        "decide": Step(
            gettext_lazy("Ban hành quyết định"),
            frozenset([S.CONCLUDED, S.RETURNED]),  # again where the tier above sent its result back
            S.DECIDED,
            "evaluation.issue_decision",
        ),
        "hand_up": Step(
            gettext_lazy("Chuyển cấp trên"), frozenset([S.DECIDED]), S.HANDED_UP, "evaluation.hand_over"
        ),
        "answer": Step(
            gettext_lazy("Ghi nhận trả lời của cấp trên"),
            frozenset([S.HANDED_UP]),
            S.RETURNED,
            "evaluation.answer_hand_over",
        ),
    },
)
# Taken by the agenda, the decision and the hand-over, with the rows that belong to them: no buttons of their own.
BY_OTHERS = frozenset(["schedule", "unschedule", "decide", "hand_up", "answer"])
