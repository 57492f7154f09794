"""A survey signed off by who went; opened again with a reason; cancelled where nobody goes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.advisory.surveys import closed_words, tell_visit, unsigned_reasons
from products.dossiers.telling import tell
from products.models import Survey, SurveyState
from products.models.survey import SURVEYS
from products.people import people_of
from products.workflow.shared import Data, moment_of

S = SurveyState


def not_ready(survey: Survey, by: User, data: Data) -> Iterable[str]:
    return unsigned_reasons(survey)


def signs(survey: Survey, by: User, data: Data) -> Iterable[str]:
    survey.signed_by, survey.signed_at = by, moment_of(data)
    return ("signed_by", "signed_at")


def signed(survey: Survey, by: User, data: Data) -> None:
    people = people_of(survey.dossier.product.producer)
    key = f"survey-{survey.pk}-{survey.signed_at:%Y%m%d%H%M%S}"
    subject = _("Biên bản khảo sát đã ký: %(product)s")
    tell(survey.dossier, people, what="survey", key=key, subject=subject)


def cancelled(survey: Survey, by: User, data: Data) -> None:
    tell_visit(survey, "cancelled", _("Không đến khảo sát nữa: %(product)s"))


def dossier_closed(survey: Survey, by: User, data: Data) -> Iterable[str]:
    if words := closed_words(survey.dossier):
        yield words


def unsigns(survey: Survey, by: User, data: Data) -> Iterable[str]:
    survey.signed_by = survey.signed_at = None
    return ("signed_by", "signed_at")


SURVEY = Workflow(
    gettext_lazy("Khảo sát cơ sở"),
    {
        "sign": Step(
            gettext_lazy("Ký biên bản khảo sát"), frozenset([S.OPEN]), S.SIGNED, SURVEYS,
            problems=not_ready, writes=signs, effect=signed,
        ),
        "reopen": Step(
            gettext_lazy("Mở lại để ghi tiếp"), frozenset([S.SIGNED]), S.OPEN, SURVEYS,
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),),
            problems=dossier_closed, writes=unsigns, is_aside=True,
        ),
        "cancel": Step(
            gettext_lazy("Hủy cuộc khảo sát"), frozenset([S.OPEN]), S.CANCELLED, SURVEYS,
            inputs=(Input("note", gettext_lazy("Lý do hủy"), "lines"),), effect=cancelled, is_aside=True,
        ),
    },
)  # fmt: skip
