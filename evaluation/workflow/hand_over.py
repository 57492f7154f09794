"""Both ends of a package: the sender's (HAND_OVER) and the receiver's (ARRIVAL). An answer goes down end by end."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.decisions.notices import tell_answer, tell_refusal
from evaluation.hand_overs import answers
from evaluation.hand_overs.crossing import bring_back, deliver, tell_received
from evaluation.hand_overs.external import record_superior_certificate
from evaluation.hand_overs.receiving import arrival_of, begin, faults_of, round_for
from evaluation.hand_overs.sending import freeze, unready
from evaluation.models import Arrival, ArrivalState, AssessmentState, HandOver, HandOverState
from evaluation.workflow.assessment import ASSESSMENT
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.samples import send_on

S, A = HandOverState, ArrivalState
Data = Mapping[str, Any]
STARS = tuple((str(star), gettext_lazy("%(star)s sao") % {"star": star}) for star in (5, 4, 3, 2, 1))
STILL_CHECKED = (AssessmentState.OPEN, AssessmentState.CHECKED)


def _at(data: Data) -> dt.datetime:
    return data.get("at") or timezone.now()


# ── the sender's end ──


def _unready(hand_over: HandOver, by: User, data: Data) -> Iterator[str]:
    yield from unready(hand_over)


def _freeze(hand_over: HandOver, by: User, data: Data) -> tuple[str, ...]:
    return freeze(hand_over, by=by, at=_at(data))


def _sent(hand_over: HandOver, by: User, data: Data) -> None:
    ASSESSMENT.take("hand_up", hand_over.assessment, by=by, data={"note": hand_over.receipt})
    send_on(hand_over.assessment.dossier, unit=hand_over.unit, by=by, at=_at(data))
    if not hand_over.is_outside:
        deliver(hand_over)


def _untypable(hand_over: HandOver, by: User, data: Data) -> Iterator[str | ValidationError]:
    yield from answers.cannot_be_typed(hand_over, data)


def _write_typed(hand_over: HandOver, by: User, data: Data) -> tuple[str, ...]:
    return answers.write_typed(hand_over, data, by=by)


def _typed(hand_over: HandOver, by: User, data: Data) -> None:
    _came_back(hand_over, by, certificate=data.get("certificate_number") or "")


def _unanswered(hand_over: HandOver, by: User, data: Data) -> Iterator[str]:
    if hand_over.brought is None or answers.is_refused(hand_over):
        yield _("Cấp trên chưa trả lời.")


def _write_brought(hand_over: HandOver, by: User, data: Data) -> tuple[str, ...]:
    return answers.write_brought(hand_over)


def _brought(hand_over: HandOver, by: User, data: Data) -> None:
    _came_back(hand_over, by, certificate=(hand_over.brought or {}).get("certificate", ""))


def _came_back(hand_over: HandOver, by: User, *, certificate: str) -> None:
    """Certified above: it enters our register and the tier below learns it too; else a decision here is next."""
    ASSESSMENT.take("answer", hand_over.assessment, by=by, data={"note": hand_over.answer_number})
    tell_answer(hand_over)
    if hand_over.answer_stars not in answers.certifier(hand_over).certifies:
        return
    if hand_over.to_unit_id is None:
        record_superior_certificate(hand_over, number=certificate, by=by)
    below = arrival_of(hand_over.assessment)
    if below is not None:
        told = answers.as_brought(
            number=hand_over.answer_number, on=hand_over.answered_on, stars=hand_over.answer_stars,  # type: ignore[arg-type]
            points=str(hand_over.answer_points) if hand_over.answer_points is not None else None,
        )  # fmt: skip
        ARRIVAL.take("answer", below, by=by, data={"answer": told})


def _unrefused(hand_over: HandOver, by: User, data: Data) -> Iterator[str]:
    if not answers.is_refused(hand_over):
        yield _("Cấp trên chưa trả lại hồ sơ.")


def _write_given_reason(hand_over: HandOver, by: User, data: Data) -> tuple[str, ...]:
    hand_over.refusal = (hand_over.brought or {})["refusal"]
    return ("refusal",)


def _refused(hand_over: HandOver, by: User, data: Data) -> None:
    ASSESSMENT.take("answer", hand_over.assessment, by=by, data={"note": hand_over.refusal})
    tell_refusal(hand_over)


# ── the receiver's end ──


def _unreceivable(arrival: Arrival, by: User, data: Data) -> Iterator[str]:
    yield from faults_of(arrival)
    if arrival.dossier is None and round_for(arrival, timezone.localdate(_at(data))) is None:
        yield _("Chưa có đợt đánh giá nào đang nhận hồ sơ: hãy mở đợt trước.")


def _begin(arrival: Arrival, by: User, data: Data) -> tuple[str, ...]:
    at = _at(data)
    arrival.assessment = begin(arrival, by=by, at=at, on=timezone.localdate(at))
    arrival.dossier = arrival.assessment.dossier
    return ("assessment", "dossier")


def _begun(arrival: Arrival, by: User, data: Data) -> None:
    tell_received(arrival, at=_at(data))


def _past_refusing(arrival: Arrival, by: User, data: Data) -> Iterator[str]:
    """What another tenant sent is copied on receipt; from then on the council concludes."""
    if arrival.assessment is None:
        return
    if arrival.is_from_elsewhere or arrival.assessment.state not in STILL_CHECKED:
        yield _("Hồ sơ đã được tiếp nhận vào đánh giá: kết quả do Hội đồng kết luận.")


def _write_reason(arrival: Arrival, by: User, data: Data) -> tuple[str, ...]:
    arrival.refusal = str(data["note"]).strip()
    return ("refusal",)


def _give_back_unread(arrival: Arrival, by: User, data: Data) -> None:
    if arrival.assessment is not None:
        ASSESSMENT.take("close", arrival.assessment, by=by, data={"note": arrival.refusal})
    _give_back(arrival, {"refusal": arrival.refusal}, by)


def _undecided(arrival: Arrival, by: User, data: Data) -> Iterator[str]:
    """Only a decision knows the answer: it takes this step, no page or API does."""
    if not data.get("answer"):
        yield _("Trả lời theo quyết định của cấp này, không ghi trực tiếp.")


def _give_answer(arrival: Arrival, by: User, data: Data) -> None:
    _give_back(arrival, data["answer"], by)


def _give_back(arrival: Arrival, answer: Mapping[str, Any], by: User) -> None:
    """Within the tenant the tier above covers the one below: its people take the answer there at once."""
    sent = bring_back(arrival, answer)
    if not arrival.is_from_elsewhere:
        HAND_OVER.take("take_refusal" if answers.is_refused(sent) else "take_answer", sent, by=by)


HAND_OVER = Workflow(
    gettext_lazy("Hồ sơ chuyển cấp trên"),
    {
        "send": Step(
            gettext_lazy("Gửi hồ sơ"), frozenset([S.PREPARED]), S.SENT, "evaluation.hand_over",
            problems=_unready, writes=_freeze, effect=_sent, is_final=True,
        ),
        "take_answer": Step(
            gettext_lazy("Ghi nhận trả lời của cấp trên"), frozenset([S.SENT]), S.ANSWERED,
            "evaluation.answer_hand_over",
            problems=_unanswered, writes=_write_brought, effect=_brought, is_final=True,
        ),
        "take_refusal": Step(
            gettext_lazy("Ghi nhận hồ sơ bị trả lại"), frozenset([S.SENT]), S.REFUSED,
            "evaluation.answer_hand_over",
            problems=_unrefused, writes=_write_given_reason, effect=_refused, is_final=True,
        ),
        "answer": Step(
            gettext_lazy("Ghi nhận văn bản trả lời"), frozenset([S.SENT]), S.ANSWERED,
            "evaluation.answer_hand_over",
            inputs=(
                Input("answer_number", gettext_lazy("Văn bản, quyết định số")),
                Input("answered_on", gettext_lazy("Ngày văn bản"), "date"),
                Input("stars", gettext_lazy("Hạng sao"), "choice", choices=STARS),
                Input("points", gettext_lazy("Điểm"), required=False, hint=gettext_lazy("Ví dụ: 92,25")),
                Input("certificate_number", gettext_lazy("Giấy chứng nhận số"), required=False,
                      hint=gettext_lazy("Khi được công nhận; để trống thì ghi theo số quyết định.")),
                Input("file", gettext_lazy("Bản quét văn bản"), "file"),
            ),
            problems=_untypable, writes=_write_typed, effect=_typed, is_final=True,
        ),
    },
)  # fmt: skip


def out_of_place(hand_over: HandOver) -> frozenset[str]:
    """Steps that cannot be meant now: the hand's where the system answers, the system's before it has."""
    if hand_over.is_outside:
        return frozenset(["take_answer", "take_refusal"])
    if hand_over.brought is None:
        return frozenset(["take_answer", "take_refusal", "answer"])
    return frozenset(["answer", "take_answer" if answers.is_refused(hand_over) else "take_refusal"])


ARRIVAL = Workflow(
    gettext_lazy("Hồ sơ cấp dưới chuyển lên"),
    {
        "receive": Step(
            gettext_lazy("Tiếp nhận vào đánh giá"), frozenset([A.ARRIVED]), A.RECEIVED,
            "evaluation.check_assessment", problems=_unreceivable, writes=_begin, effect=_begun,
        ),
        "refuse": Step(
            gettext_lazy("Trả lại cấp dưới"), frozenset([A.ARRIVED, A.RECEIVED]), A.REFUSED,
            "evaluation.answer_hand_over",
            inputs=(
                Input("note", gettext_lazy("Lý do trả lại"), "lines",
                      hint=gettext_lazy("Hồ sơ chưa hợp lệ ở điểm nào, cần hoàn thiện gì.")),
            ),
            problems=_past_refusing, writes=_write_reason, effect=_give_back_unread, is_final=True, is_aside=True,
        ),
        "answer": Step(
            gettext_lazy("Trả lời theo quyết định"), frozenset([A.RECEIVED]), A.ANSWERED,
            "evaluation.answer_hand_over", problems=_undecided, effect=_give_answer, is_final=True,
        ),
    },
)  # fmt: skip
# Taken by the decision of this tier: no button and no address of its own.
BY_OTHERS = frozenset(["answer"])
