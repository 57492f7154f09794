"""A question on its way: passed on to the producer, answered by her or by the secretary."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.meetings.questions import closed_words, tell_answered, tell_producer
from evaluation.models import Question, QuestionState
from ocop.files.store import keep_upload
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow

S = QuestionState
ANSWER = Input("answer", gettext_lazy("Trả lời"), "lines")


def problems(question: Question, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    return closed_words(question)


def pass_on(question: Question, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    question.passed_at = data.get("at") or timezone.now()
    return ["passed_at"]


def tell_passed(question: Question, by: User, data: Mapping[str, Any]) -> None:
    tell_producer(question)


def answer(question: Question, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    question.answer, question.answered_by = str(data["answer"]).strip(), by
    question.answered_at = data.get("at") or timezone.now()
    return ["answer", "answered_by", "answered_at"]


def reply(question: Question, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    question.by_producer = True
    if data.get("file"):
        question.file = keep_upload(data["file"], by=by)
    return [*answer(question, by, data), "by_producer", "file"]


def tell(question: Question, by: User, data: Mapping[str, Any]) -> None:
    tell_answered(question)


QUESTION = Workflow(
    gettext_lazy("Câu hỏi cho chủ thể"),
    {
        "pass_on": Step(
            gettext_lazy("Chuyển cho chủ thể"),
            frozenset([S.ASKED]),
            S.PASSED,
            "evaluation.change_meeting",
            problems=problems,
            writes=pass_on,
            effect=tell_passed,
        ),
        "answer": Step(
            gettext_lazy("Thư ký trả lời"),
            frozenset([S.ASKED, S.PASSED]),
            S.ANSWERED,
            "evaluation.change_meeting",
            inputs=(ANSWER,),
            problems=problems,
            writes=answer,
            effect=tell,
        ),
        "reply": Step(
            gettext_lazy("Trả lời Hội đồng"),
            frozenset([S.PASSED]),
            S.ANSWERED,
            "evaluation.answer_question",
            inputs=(ANSWER, Input("file", gettext_lazy("Tệp kèm theo"), "file", required=False)),
            problems=problems,
            writes=reply,
            effect=tell,
        ),
    },
)


def reply_at_hearing(question: Question, *, by: User, data: Mapping[str, Any]) -> Question:
    """A guest's answer for the producer; ValidationError once the hall talks of something else."""
    if not Question.objects.for_guest(by).filter(pk=question.pk).exists():
        raise ValidationError(
            _("Hội đồng đã chuyển sang phần khác, câu trả lời chưa được gửi. Hãy đưa cho Thư ký.")
        )
    return QUESTION.take("reply", question, by=by, data=data)
