"""The steps of one dossier's evaluation at one tier, and what may follow once the tier above has spoken."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.assessments.starting import assess_again
from evaluation.assessments.team_reports import draft_team_report
from evaluation.hand_overs.sending import prepare_again
from evaluation.meetings.conclusions import conclude_item, item_problems
from evaluation.meetings.reconsidering import reconsider, reconsider_problems
from evaluation.models import Assessment, AssessmentState, HandOverState, TeamReport
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.law import regime
from products.models import DossierState
from products.workflow import DOSSIER

S = AssessmentState
RE_EVALUATE = "re_evaluate"  # a choice of the regime's `on_return`


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


def _was_refused(assessment: Assessment) -> bool:
    last = assessment.hand_over
    return last is not None and last.state == HandOverState.REFUSED


def review_problems(assessment: Assessment, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """Where the regime lets a tier evaluate anew what came back (26/2026, Điều 7 khoản 4; 148/2023, Phụ lục II)."""
    law = regime(assessment.dossier.regime)
    if RE_EVALUATE not in law.tier(assessment.tier).on_return:
        yield _("Theo Quyết định %(law)s, cấp này không đánh giá lại.") % {"law": law.decision}
    if _was_refused(assessment):
        yield _("Hồ sơ bị trả vì chưa hợp lệ: hãy hoàn thiện rồi gửi lại.")
    if assessment.decision_items.filter(decision__state="draft").exists():
        yield _("Sản phẩm đang có trong một dự thảo quyết định: đưa ra khỏi dự thảo trước.")


def review(assessment: Assessment, by: User, data: Mapping[str, Any]) -> None:
    assess_again(assessment, by=by, at=data.get("at"))


def refusal_problems(assessment: Assessment, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    if not _was_refused(assessment):
        yield _("Hồ sơ không bị cấp trên trả lại.")
    if assessment.dossier.state != DossierState.ACCEPTED:
        yield _("Chủ thể đang hoàn thiện hồ sơ.")


def ask_completion(assessment: Assessment, by: User, data: Mapping[str, Any]) -> None:
    reason = "\n".join(filter(None, [assessment.hand_over.refusal, str(data.get("note") or "").strip()]))
    given = {"refusal": assessment.hand_over, "due_on": data["due_on"], "note": reason, "at": data.get("at")}
    DOSSIER.take("complete", assessment.dossier, by=by, data=given)


def resend(assessment: Assessment, by: User, data: Mapping[str, Any]) -> None:
    prepare_again(assessment, by=by, at=data.get("at"))


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
            is_aside=True,
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
            is_aside=True,
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
        "reconsider": Step(
            gettext_lazy("Xem xét lại kết luận"),
            frozenset([S.CONCLUDED]),
            S.SCHEDULED,
            "evaluation.conclude_meeting",
            inputs=(Input("note", gettext_lazy("Lý do xem xét lại"), "lines"),),
            problems=reconsider_problems,
            effect=reconsider,
            is_final=True,
            is_aside=True,
        ),
        "decide": Step(
            gettext_lazy("Ban hành quyết định"),
            frozenset([S.CONCLUDED, S.RETURNED]),  # again where the tier above sent its result back
            S.DECIDED,
            "evaluation.issue_decision",
        ),
        "hand_up": Step(
            gettext_lazy("Chuyển cấp trên"),
            frozenset([S.DECIDED, S.RETURNED]),  # again once a refused file was completed
            S.HANDED_UP,
            "evaluation.hand_over",
        ),
        "answer": Step(
            gettext_lazy("Ghi nhận trả lời của cấp trên"),
            frozenset([S.HANDED_UP]),
            S.RETURNED,
            "evaluation.answer_hand_over",
        ),
        "review": Step(
            gettext_lazy("Đánh giá lại"),
            frozenset([S.RETURNED]),
            S.REVIEWED,
            "evaluation.check_assessment",
            problems=review_problems,
            effect=review,
            is_final=True,
        ),
        "complete": Step(
            gettext_lazy("Yêu cầu chủ thể hoàn thiện"),
            frozenset([S.RETURNED]),
            S.RETURNED,
            "products.return_dossier",
            inputs=(
                Input("due_on", gettext_lazy("Hoàn thiện trước hết ngày"), "date"),
                Input("note", gettext_lazy("Lưu ý thêm"), "lines", required=False),
            ),
            problems=refusal_problems,
            effect=ask_completion,
        ),
        "resend": Step(
            gettext_lazy("Chuẩn bị gửi lại"),
            frozenset([S.RETURNED]),
            S.RETURNED,
            "evaluation.hand_over",
            problems=refusal_problems,
            effect=resend,
        ),
        "close": Step(
            gettext_lazy("Trả lại cấp dưới"),
            frozenset([S.OPEN, S.CHECKED]),
            S.CLOSED,
            "evaluation.answer_hand_over",
            is_aside=True,
        ),
    },
)
# Taken by the agenda, the decision and the hand-over, with the rows that belong to them: no buttons of their own.
BY_OTHERS = frozenset(["schedule", "unschedule", "decide", "hand_up", "answer", "close"])
AFTER_REFUSAL = frozenset(["complete", "resend"])


def out_of_place(assessment: Assessment) -> frozenset[str]:
    """Steps that cannot be meant now: a file that came back is either evaluated anew or completed."""
    if assessment.state != S.RETURNED:
        return BY_OTHERS
    return BY_OTHERS | (frozenset(["review"]) if _was_refused(assessment) else AFTER_REFUSAL)
