"""The step of a decision: issued, with everything that follows from it in one transaction."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.certificates.issuing import issue_certificate
from evaluation.decisions.drafting import redraft
from evaluation.decisions.notices import tell_result, write_notice
from evaluation.decisions.outcomes import unfinished_words
from evaluation.hand_overs.answers import as_brought
from evaluation.hand_overs.receiving import arrival_of
from evaluation.hand_overs.sending import prepare
from evaluation.models import (
    ArrivalState,
    AssessmentState,
    Certificate,
    Decision,
    DecisionItem,
    DecisionState,
)
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.hand_over import ARRIVAL
from ocop.orgs.models import User
from ocop.papers.drafting import let_in
from ocop.papers.signing import Signer, signer_of
from ocop.papers.workflow import PAPER
from ocop.regulations import shown
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick
from ocop.workflow import Input, Step, Workflow
from products.models import Exclusion
from products.workflow import DOSSIER

Data = Mapping[str, Any]
DECIDABLE = frozenset([AssessmentState.CONCLUDED, AssessmentState.RETURNED])


def items_of(decision: Decision) -> list[DecisionItem]:
    return list(
        decision.items.select_related(
            "assessment__dossier__product__producer",
            "assessment__dossier__product__unit",
            "assessment__dossier__unit",
            "assessment__unit",
            "assessment__published",
            "assessment__result__meeting__minutes",
        )
    )


def _problems(decision: Decision, by: User, data: Data) -> Iterator[str | ValidationError]:
    items = items_of(decision)
    if not items:
        yield _("Quyết định chưa có sản phẩm nào.")
    if decision.paper is None:
        yield _("Quyết định chưa có dự thảo văn bản.")
    for item in items:
        if item.assessment.state not in DECIDABLE:
            yield _("“%(product)s” đang ở bước “%(state)s”, chưa ra quyết định được.") % {
                "product": item, "state": item.assessment.get_state_display(),
            }  # fmt: skip
        elif words := unfinished_words(item.assessment):
            yield f"“{item}”: {words}"
    shut = Exclusion.objects.in_force().filter(
        user=by, dossier__in=[item.assessment.dossier_id for item in items]
    )
    for exclusion in shut.select_related("dossier__product"):
        yield _("Bạn có xung đột lợi ích với “%(product)s”: người khác phải ký.") % {
            "product": exclusion.dossier.product
        }
    yield from _signing_problems(decision, by, data)
    yield from _date_problems(items, data)


def _signing_problems(decision: Decision, by: User, data: Data) -> Iterator[str]:
    if decision.created_by_id == by.pk:
        yield _("Người soạn dự thảo không ký ban hành: cần người thứ hai.")
    signer = signer_of(by, decision.unit, on=data.get("dated_on"))
    if signer is None:
        yield _("Bạn chưa có vai trò lãnh đạo ký của %(unit)s vào ngày này.") % {"unit": decision.unit}
    elif not signer.signs_as:
        yield _(
            "Chưa ghi thẩm quyền ký của bạn (ví dụ “KT. CHỦ TỊCH / PHÓ CHỦ TỊCH”): nhờ quản trị đơn vị bổ sung."
        )


def _date_problems(items: list[DecisionItem], data: Data) -> Iterator[ValidationError]:
    on = data.get("dated_on")
    if on is None:
        return
    concluded = [timezone.localdate(item.assessment.result.concluded_at) for item in items]
    if concluded and on < max(concluded):
        yield ValidationError(
            {"dated_on": _("Ngày quyết định không thể trước ngày Hội đồng kết luận (%(day)s).") % {
                "day": f"{max(concluded):%d/%m/%Y}"
            }}
        )  # fmt: skip


def _write_number(decision: Decision, by: User, data: Data) -> tuple[str, ...]:
    """The paper says what is decided now, then gets its number; the decision is cited by it."""
    signer = _signer(decision, by, data)
    paper = redraft(decision, by=by)
    paper = PAPER.take(
        "number",
        paper,
        by=by,
        data={
            "dated_on": data["dated_on"],
            "number": data.get("number"),
            "signer_name": signer.name,
            "signer_title": signer.title,
            "signs_as": signer.signs_as,
        },
    )
    decision.paper, decision.number = paper, paper.symbol
    decision.dated_on, decision.signed_by = data["dated_on"], by
    return ("number", "dated_on", "signed_by")


def _signer(decision: Decision, by: User, data: Data) -> Signer:
    return signer_of(by, decision.unit, on=data["dated_on"]) or Signer(by.get_full_name())


def _carry_out(decision: Decision, by: User, data: Data) -> None:
    """Each product gets what was decided: certificate, hand-over or the end; then its notice."""
    signer = _signer(decision, by, data)
    for item in items_of(decision):
        certificate = _EFFECTS[item.outcome](decision, item, by, signer)
        _answer_below(decision, item, by, certificate)
        tell_result(item, decision)
        write_notice(item, decision, by=by, signer=signer)
    let_in(decision)
    kick("evaluation.render_certificates", active_tenant_id())


def _decide(item: DecisionItem, decision: Decision, by: User) -> None:
    ASSESSMENT.take("decide", item.assessment, by=by, data={"note": decision.number})


def _certify(decision: Decision, item: DecisionItem, by: User, signer: Signer) -> Certificate:
    _decide(item, decision, by)
    DOSSIER.take("recognise", item.assessment.dossier, by=by, data=_conclusion(decision))
    return issue_certificate(decision, item, by=by, signer=signer)


def _send_up(decision: Decision, item: DecisionItem, by: User, _signer: Signer) -> None:
    _decide(item, decision, by)
    prepare(item.assessment, decision, by=by)


def _send_back(decision: Decision, item: DecisionItem, by: User, _signer: Signer) -> None:
    """Back below; a copy from another tenant has nowhere to go on and ends here."""
    _decide(item, decision, by)
    arrival = arrival_of(item.assessment)
    if arrival is not None and arrival.is_from_elsewhere:
        DOSSIER.take("not_recognise", item.assessment.dossier, by=by, data=_conclusion(decision))


def _refuse(decision: Decision, item: DecisionItem, by: User, _signer: Signer) -> None:
    _decide(item, decision, by)
    DOSSIER.take("not_recognise", item.assessment.dossier, by=by, data=_conclusion(decision))


def _conclusion(decision: Decision) -> dict[str, Any]:
    return {"decision": decision, "on": decision.dated_on, "note": decision.number}


_EFFECTS = {"certify": _certify, "send_up": _send_up, "send_back": _send_back, "not_recognised": _refuse}


def _answer_below(decision: Decision, item: DecisionItem, by: User, certificate: Certificate | None) -> None:
    """The tier below learns what became of the file it sent; one that goes further up is answered later."""
    arrival = arrival_of(item.assessment)
    if arrival is None or item.outcome == "send_up" or arrival.state != ArrivalState.RECEIVED:
        return
    answer = as_brought(
        number=decision.number,
        on=decision.dated_on,  # type: ignore[arg-type]
        stars=item.stars,
        points=shown(item.assessment.result.mean),
        certificate=certificate.number if certificate else "",
    )
    ARRIVAL.take("answer", arrival, by=by, data={"answer": answer})


DECISION = Workflow(
    gettext_lazy("Quyết định"),
    {
        "issue": Step(
            gettext_lazy("Ký ban hành"),
            frozenset([DecisionState.DRAFT]),
            DecisionState.ISSUED,
            "evaluation.issue_decision",
            inputs=(
                Input("dated_on", gettext_lazy("Ngày quyết định"), "date"),
                Input(
                    "number",
                    gettext_lazy("Số"),
                    "number",
                    required=False,
                    hint=gettext_lazy("Số do hệ thống văn bản cấp. Để trống thì lấy số tiếp theo trong sổ."),
                ),
            ),
            problems=_problems,
            writes=_write_number,
            effect=_carry_out,
            is_final=True,
        ),
    },
)
