"""Questions to the producer: asked by a member, passed on or answered by the secretary, answered by the producer."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.saving import closed_reasons, locked, set_of
from evaluation.meetings.standing import read_hall
from evaluation.models import Ballot, MeetingState, Question, Result
from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from products.people import not_excluded, people_of

LONGEST = 2000


@transaction.atomic
def ask(ballot: Ballot, criterion: str, text: str, *, by: User, at: dt.datetime | None = None) -> Question:
    """A member asks on a criterion of a product she scores; the secretary is told.

    Raises ValidationError with the reason, PermissionDenied for anybody but the holder of the sheet.
    """
    fresh = locked(ballot, by=by)
    if reasons := closed_reasons(fresh):
        raise ValidationError(reasons)
    if criterion not in set_of(fresh).by_code:
        raise ValidationError({"criterion": _("Bộ tiêu chí không có tiêu chí này.")})
    if not text.strip():
        raise ValidationError({"text": _("Hãy ghi câu hỏi.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("Dài quá %(n)s chữ.") % {"n": LONGEST}})
    question = Question.objects.create(
        meeting=fresh.meeting,
        assessment=fresh.assessment,
        criterion=criterion,
        seat=fresh.seat,
        text=text.strip(),
        asked_at=at or timezone.now(),
    )
    record("question.ask", question, by=by, unit=question.unit)
    _tell_secretary(question)
    return question


def closed_words(question: Question) -> list[str]:
    """Why nothing is passed on or answered any more."""
    if Result.objects.filter(assessment=question.assessment_id).exists():
        return [_("Hội đồng đã kết luận sản phẩm này.")]
    if question.meeting.state != MeetingState.OPEN:
        return [_("Phiên họp không còn mở.")]
    return []


def tell_producer(question: Question) -> None:
    dossier = question.assessment.dossier
    notify(
        not_excluded(dossier, people_of(dossier.product.producer)),
        kind="question",
        key=f"question-{question.pk}-passed",
        subject=_("Hội đồng hỏi về %(product)s") % {"product": dossier.product.name},
        body=_("Tiêu chí %(code)s: %(text)s") % {"code": question.criterion, "text": question.text},
        url=f"dossiers/{dossier.pk}/questions/",
    )


def tell_answered(question: Question) -> None:
    """All who score it, not only who asked: the answer stands beside the criterion for everybody."""
    seats = [seat.user for seat in read_hall(question.meeting).seats]
    notify(
        not_excluded(question.assessment.dossier, seats),
        kind="question",
        key=f"question-{question.pk}-answered",
        subject=_("Đã trả lời câu hỏi về %(product)s, tiêu chí %(code)s")
        % {"product": question.assessment, "code": question.criterion},
        url=_item_url(question),
    )


def _tell_secretary(question: Question) -> None:
    seats = read_hall(question.meeting).seats
    notify(
        not_excluded(question.assessment.dossier, [seat.user for seat in seats if seat.role == "secretary"]),
        kind="question",
        key=f"question-{question.pk}-asked",
        subject=_("Có câu hỏi cho chủ thể: %(product)s, tiêu chí %(code)s")
        % {"product": question.assessment, "code": question.criterion},
        url=_item_url(question),
    )


def _item_url(question: Question) -> str:
    return f"meetings/{question.meeting_id}/items/{question.assessment_id}/"
