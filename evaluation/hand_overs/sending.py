"""The sender's end: prepared with its letter, sent with a receipt, prepared once more after a refusal."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.hand_overs.packages import asked_for, package_of
from evaluation.hand_overs.receivers import Receiver, receiver_of
from evaluation.models import Assessment, Decision, HandOver
from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.papers.drafting import draft_paper, matter
from ocop.papers.letterhead import letterhead
from ocop.papers.models import Paper, PaperState
from ocop.papers.numbering import next_number
from ocop.regulations import shown
from products.advisory.results import accepted_results
from products.dossiers.freezing import digest
from products.law import regime

SERIES = "CHS"


def prepare(
    assessment: Assessment, decision: Decision, *, by: User, at: dt.datetime | None = None
) -> HandOver:
    """A package with its letter as a draft; it goes when the letter has its number (`HAND_OVER` "send")."""
    receiver = receiver_of(assessment)
    hand_over = HandOver.objects.create(
        assessment=assessment,
        decision=decision,
        unit=assessment.unit,
        to_unit=receiver.unit,
        to_tenant=receiver.tenant,
        to_name=receiver.name,
        to_tier=receiver.tier.code,
        letter=_letter(assessment, decision, receiver, by=by),
        prepared_by=by,
        prepared_at=at or timezone.now(),
    )
    record("handover.prepare", hand_over, by=by, after=hand_over.state)
    return hand_over


def prepare_again(assessment: Assessment, *, by: User, at: dt.datetime | None = None) -> HandOver:
    """After a refusal, with what was completed since: the same decision, a new letter, a new receipt."""
    return prepare(assessment, assessment.hand_over.decision, by=by, at=at)


def unready(hand_over: HandOver) -> Iterator[str]:
    """Papers go up with their numbers: the letter, and the minutes that the result rests on."""
    minutes = hand_over.assessment.result.meeting.minutes
    for paper, words in (
        (hand_over.letter, _("Công văn chuyển hồ sơ chưa có số: cấp số ở trang văn bản.")),
        (minutes, _("Biên bản của Hội đồng chưa có số: cấp số ở trang văn bản.")),
    ):
        if paper is not None and paper.state == PaperState.DRAFT:
            yield words


def freeze(hand_over: HandOver, *, by: User, at: dt.datetime) -> tuple[str, ...]:
    """Set what the row keeps of the sending, and name the fields."""
    hand_over.package = package_of(hand_over, at=at)
    hand_over.digest = digest(hand_over.package)
    hand_over.receipt = _receipt(hand_over.unit, timezone.localdate(at))
    hand_over.sent_by, hand_over.sent_at = by, at
    return ("package", "digest", "receipt", "sent_by", "sent_at")


def _receipt(unit: OrgUnit, on: dt.date) -> str:
    number = next_number(unit, SERIES, on.year)
    return f"{number:02d}/{SERIES}-{letterhead(unit).symbol}-{unit.pk}-{on.year}"


def _letter(assessment: Assessment, decision: Decision, receiver: Receiver, *, by: User) -> Paper:
    """A draft for the office to number and sign."""
    dossier, law = assessment.dossier, regime(assessment.dossier.regime)
    head, product = letterhead(assessment.unit), dossier.product
    asked = asked_for(law, assessment.tier, receiver.tier.code, dossier.kind)
    return draft_paper(
        assessment.unit,
        "hand_over_letter",
        f"chuyển hồ sơ đề nghị đánh giá, phân hạng sản phẩm OCOP “{product.name}”",
        {
            "to": [receiver.name],
            "body": [
                {
                    "p": f"Thực hiện Quyết định số {law.decision}, căn cứ kết quả đánh giá, phân hạng được phê duyệt tại"
                    f" Quyết định số {decision.number}, {head.in_text} chuyển hồ sơ sản phẩm “{product.name}” của"
                    f" {product.producer.name}, mã sản phẩm {dossier.code}, tổng điểm trung bình"
                    f" {shown(assessment.result.mean)} điểm."
                },
                {"p": "Hồ sơ gồm:"},
                {"list": [*(asked or ["Hồ sơ sản phẩm"]), *_tests(assessment)]},
                {"p": f"{head.in_text} đề nghị cơ quan cấp trên xem xét, tổ chức đánh giá theo quy định"},
            ],
            "recipients": ["Như trên", "Lưu: VT"],
        },
        by=by,
        about=matter(dossier),
    )


def _tests(assessment: Assessment) -> list[str]:
    """The line of the letter that lists the results of extra tests, where there are any."""
    count = len(accepted_results(assessment.dossier))
    return [f"Kết quả kiểm nghiệm thêm theo yêu cầu của Tổ tư vấn ({count} phiếu)"] if count else []
