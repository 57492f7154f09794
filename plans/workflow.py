"""A plan's way: drafted by the officer, issued by the leader, closed when the year is over."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.files.store import keep_upload
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Words, Workflow
from plans.models import Plan, PlanState
from plans.queries import people_with

Data = Mapping[str, Any]


def _not_ready(plan: Plan, by: User, data: Data) -> Iterator[Words | ValidationError]:
    if not plan.base_lines:
        yield _("Chưa có căn cứ nào.")
    if not plan.purpose.strip():
        yield _("Chưa có mục đích, yêu cầu.")
    if not plan.targets.exists():
        yield _("Chưa có chỉ tiêu nào.")
    number, issued_on = str(data.get("number") or "").strip(), data.get("issued_on")
    if number and Plan.objects.filter(unit=plan.unit, number=number).exclude(pk=plan.pk).exists():
        yield ValidationError({"number": _("Đơn vị đã có kế hoạch mang số này.")})
    if issued_on and issued_on > timezone.localdate():
        yield ValidationError({"issued_on": _("Ngày ban hành không thể ở sau hôm nay.")})


def _write_issue(plan: Plan, by: User, data: Data) -> Iterable[str]:
    plan.number, plan.issued_on, plan.signer = (
        data["number"].strip(),
        data["issued_on"],
        data["signer"].strip(),
    )
    plan.scan = keep_upload(data["scan"], by=by) if data.get("scan") else plan.scan
    return ["number", "issued_on", "signer", "scan"]


def _tell_officers(plan: Plan, by: User, data: Data) -> None:
    day = date_format(data["issued_on"], "SHORT_DATE_FORMAT")
    notify(
        people_with("plans.change_plan", plan.unit),
        kind="plan.issue",
        key=f"plan-{plan.pk}-issued",
        subject=_("Kế hoạch năm %(year)s đã ban hành") % {"year": plan.year},
        body=_("%(title)s, số %(number)s ngày %(day)s.")
        % {"title": plan.title, "number": plan.number, "day": day},
        url=f"plans/{plan.pk}/",
    )


def _year_not_over(plan: Plan, by: User, data: Data) -> Iterator[Words]:
    if timezone.localdate().year <= plan.year and not str(data.get("note") or "").strip() and data:
        yield _("Năm %(year)s chưa hết: hãy ghi lý do kết thúc sớm.") % {"year": plan.year}


PLAN = Workflow(
    gettext_lazy("Kế hoạch năm"),
    {
        "issue": Step(
            label=gettext_lazy("Ban hành kế hoạch"),
            sources=frozenset({PlanState.DRAFT}),
            target=PlanState.ISSUED,
            perm="plans.issue_plan",
            inputs=(
                Input("number", gettext_lazy("Số, ký hiệu"), hint=gettext_lazy("Ví dụ 05/KH-UBND")),
                Input("issued_on", gettext_lazy("Ngày ban hành"), "date"),
                Input("signer", gettext_lazy("Người ký")),
                Input(
                    "scan",
                    gettext_lazy("Bản quét có dấu (PDF)"),
                    "file",
                    required=False,
                    hint=gettext_lazy("Nếu đã có; kế hoạch được ban hành cả khi chưa có bản quét"),
                ),
            ),
            problems=_not_ready,
            writes=_write_issue,
            effect=_tell_officers,
            is_final=True,
        ),
        "close": Step(
            label=gettext_lazy("Kết thúc kế hoạch"),
            sources=frozenset({PlanState.ISSUED}),
            target=PlanState.CLOSED,
            perm="plans.change_plan",
            inputs=(Input("note", gettext_lazy("Ghi chú"), "lines", required=False),),
            problems=_year_not_over,
            is_final=True,
        ),
    },
)
