"""The steps of a package that went up: received by the tier above, answered by it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.assessments.starting import start_assessment
from evaluation.decisions.notices import tell_answer
from evaluation.hand_overs.external import record_superior_certificate
from evaluation.models import HandOver, HandOverState
from evaluation.workflow.assessment import ASSESSMENT
from ocop.files.store import keep_upload
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.law import regime

S = HandOverState
Data = Mapping[str, Any]
STARS = tuple((str(star), gettext_lazy("%(star)s sao") % {"star": star}) for star in (5, 4, 3, 2, 1))


def points_of(typed: Any) -> Decimal | None:
    """Typed as 89,5 or 89.5; None where nothing was typed, ValidationError where it is no number of points."""
    if typed in (None, ""):
        return None
    try:
        points = Decimal(str(typed).strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValidationError({"points": _("Hãy ghi điểm bằng số, ví dụ 89,5.")}) from error
    if not 0 <= points <= 100:
        raise ValidationError({"points": _("Điểm nằm trong khoảng từ 0 đến 100.")})
    return points


def _receive_problems(hand_over: HandOver, by: User, data: Data) -> Iterator[str]:
    if hand_over.to_unit is None:
        yield _("Nơi nhận ở ngoài hệ thống: hãy ghi nhận văn bản trả lời khi có.")


def _receive(hand_over: HandOver, by: User, data: Data) -> tuple[str, ...]:
    hand_over.next_assessment = start_assessment(
        hand_over.assessment.dossier, by=by, tier=hand_over.to_tier, unit=hand_over.to_unit, at=data.get("at")
    )
    return ("next_assessment",)


def _answer_problems(hand_over: HandOver, by: User, data: Data) -> Iterator[str | ValidationError]:
    if hand_over.to_unit is not None:
        yield _("Cấp trên có trong hệ thống: kết quả về theo quyết định của cấp trên, không ghi tay.")
    try:
        points_of(data.get("points"))
    except ValidationError as refused:
        yield refused
    certifier = regime(hand_over.assessment.dossier.regime).tier(hand_over.to_tier)
    if data.get("certificate_number") and int(data.get("stars") or 0) not in certifier.certifies:
        yield ValidationError(
            {"certificate_number": _("Cấp trên không cấp giấy chứng nhận cho hạng sao này; hãy để trống.")}
        )


def _within_problems(hand_over: HandOver, by: User, data: Data) -> Iterator[str]:
    """Only the decision of the tier above knows the answer: it takes this step, no page or API does."""
    if not data.get("decision"):
        yield _("Trả lời theo quyết định của cấp trên, không ghi trực tiếp.")


def _write_answer(hand_over: HandOver, by: User, data: Data) -> tuple[str, ...]:
    hand_over.answer_number, hand_over.answered_on = data["answer_number"], data["answered_on"]
    hand_over.answer_stars, hand_over.answer_points = int(data["stars"]), points_of(data.get("points"))
    if data.get("file"):
        hand_over.answer_file = keep_upload(data["file"], by=by)
    return ("answer_number", "answered_on", "answer_stars", "answer_points", "answer_file")


def _answered(hand_over: HandOver, by: User, data: Data) -> None:
    """5 stars: the certificate of the tier above enters our register; fewer: a decision here comes next."""
    _came_back(hand_over, by, data)
    certifier = regime(hand_over.assessment.dossier.regime).tier(hand_over.to_tier)
    if hand_over.answer_stars in certifier.certifies:
        record_superior_certificate(hand_over, number=data.get("certificate_number") or "", by=by)


def _came_back(hand_over: HandOver, by: User, data: Data) -> None:
    ASSESSMENT.take("answer", hand_over.assessment, by=by, data={"note": hand_over.answer_number})
    tell_answer(hand_over)


HAND_OVER = Workflow(
    gettext_lazy("Hồ sơ chuyển cấp trên"),
    {
        "receive": Step(
            gettext_lazy("Tiếp nhận vào đánh giá"),
            frozenset([S.SENT]),
            S.RECEIVED,
            "evaluation.check_assessment",
            problems=_receive_problems,
            writes=_receive,
        ),
        "answer": Step(
            gettext_lazy("Ghi nhận văn bản trả lời"),
            frozenset([S.SENT]),
            S.ANSWERED,
            "evaluation.answer_hand_over",
            inputs=(
                Input("answer_number", gettext_lazy("Văn bản, quyết định số")),
                Input("answered_on", gettext_lazy("Ngày văn bản"), "date"),
                Input("stars", gettext_lazy("Hạng sao"), "choice", choices=STARS),
                Input("points", gettext_lazy("Điểm"), required=False, hint=gettext_lazy("Ví dụ: 92,25")),
                Input(
                    "certificate_number",
                    gettext_lazy("Giấy chứng nhận số"),
                    required=False,
                    hint=gettext_lazy("Khi được công nhận; để trống thì ghi theo số quyết định."),
                ),
                Input("file", gettext_lazy("Bản quét văn bản"), "file"),
            ),
            problems=_answer_problems,
            writes=_write_answer,
            effect=_answered,
            is_final=True,
        ),
        "answer_within": Step(
            gettext_lazy("Trả lời theo quyết định của cấp trên"),
            frozenset([S.RECEIVED]),
            S.ANSWERED,
            "evaluation.issue_decision",
            problems=_within_problems,
            writes=_write_answer,
            effect=_came_back,
            is_final=True,
        ),
    },
)
# Taken with the decision of the tier above: no button of its own.
BY_OTHERS = frozenset(["answer_within"])
