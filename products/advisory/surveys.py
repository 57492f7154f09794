"""A survey begun, filled in by several people and devices, photographed; nothing that anybody wrote is lost.

Each writing names the revision it had seen: what somebody else changed meanwhile is a `Conflict` with both values.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from ocop.written import in_vietnamese
from products.advisory.checklists import checklist_for
from products.advisory.extra_tests import OPEN_STATES, asking_unit
from products.dossiers.telling import tell
from products.models import Dossier, Survey, SurveyAnswer, SurveyChange, SurveyState
from products.models.survey import SURVEYS
from products.people import demand, nearest_holders, people_of

HELD_ON, PEOPLE, CONCLUSION = HEADS = ("held_on", "people", "conclusion")
YES, NO, NOT_HERE = VALUES = ("yes", "no", "na")
LONGEST_NOTE = 2000
MOST_CHANGES = 5000  # of one survey: a broken device does not fill the table


@dataclass(frozen=True)
class Saved:
    """`is_new` is false where the writing was known already, or changed nothing."""

    revision: int
    is_new: bool


class Conflict(Exception):
    """Somebody else wrote here meanwhile: both values, nothing is written."""

    def __init__(self, theirs: SurveyAnswer) -> None:
        super().__init__(theirs.item)
        self.theirs = as_level(theirs)
        self.who = str(theirs.by)


def closed_words(dossier: Dossier) -> str:
    """Why no survey of this dossier is begun now; "" where it may be."""
    if dossier.state in OPEN_STATES:
        return ""
    return _("Chỉ khảo sát khi hồ sơ đang ở cơ quan tiếp nhận hoặc đang đánh giá.")


@transaction.atomic
def start_survey(
    dossier: Dossier,
    *,
    by: User,
    planned_on: dt.date | None = None,
    purpose: str = "",
    at: dt.datetime | None = None,
) -> Survey:
    """With the list of today; several visits of one dossier are several surveys."""
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("unit").get(pk=dossier.pk)
    demand(by, SURVEYS, fresh)
    if words := closed_words(fresh):
        raise ValidationError(words, code="stale")
    facts = {"planned_on": planned_on, "purpose": purpose.strip(), "created_by": by,
             "checklist": checklist_for(fresh.set_code)}  # fmt: skip
    begun = Survey.objects.filter(dossier=fresh, state=SurveyState.OPEN, answers=None, photos=None, **facts)
    if (twice := begun.first()) is not None:  # the second of two taps
        return twice
    row = Survey.objects.create(
        dossier=fresh, unit=asking_unit(fresh, by), created_at=at or timezone.now(), **facts
    )
    record("survey.begin", row, by=by, role=role_for(by, SURVEYS, fresh) or "", note=row.purpose)
    tell_visit(row, "planned", _("Tổ tư vấn sẽ đến khảo sát: %(product)s"))
    return row


@in_vietnamese()
def tell_visit(survey: Survey, what: str, subject: str) -> None:
    """Whoever is visited, and her commune, of the day; a visit without a day is nobody's appointment yet."""
    if survey.planned_on is None:
        return
    day = _("Dự kiến ngày %(day)s.") % {"day": date_format(survey.planned_on, "SHORT_DATE_FORMAT")}
    commune = nearest_holders("products.check_dossier", survey.dossier.unit)
    tell(
        survey.dossier,
        [*people_of(survey.dossier.product.producer), *commune],
        what=f"survey_{what}",
        key=f"survey-{survey.pk}-{what}",
        subject=subject,
        body="\n".join(filter(None, [day, survey.purpose])),
    )


def locked(survey: Survey, *, by: User) -> Survey:
    """The row, locked against a signature at the same moment; PermissionDenied where she does not survey."""
    rows = Survey.objects.select_for_update(of=("self",)).select_related("dossier__product", "dossier__unit")
    fresh = rows.get(pk=survey.pk)
    demand(by, SURVEYS, fresh)
    return fresh


def closed_survey_words(survey: Survey) -> str:
    """Why nothing is written into it now; "" where it is open."""
    if survey.state == SurveyState.OPEN:
        return ""
    if survey.state == SurveyState.CANCELLED:
        return _("Cuộc khảo sát đã hủy.")
    return _("Cuộc khảo sát đã ký; mở lại thì ghi tiếp được.")


@transaction.atomic
def save_answer(
    survey: Survey,
    item: str,
    value: str,
    *,
    note: str,
    revision: int,
    key: str,
    by: User,
    at: dt.datetime | None = None,
) -> Saved:
    """One item as its device sends it; sent twice it is answered as the first time.

    Raises Conflict, ValidationError with the reason, PermissionDenied where she does not survey.
    """
    fresh = locked(survey, by=by)
    if known := SurveyChange.objects.filter(survey=fresh, key=key).first():
        return Saved(known.revision, is_new=False)
    if words := closed_survey_words(fresh):
        raise ValidationError(words, code="closed")
    note = note.strip()
    _check(fresh, item, value, note)
    kept = SurveyAnswer.objects.filter(survey=fresh, item=item).select_related("by").first()
    if kept and (kept.value, kept.note) == (value, note):
        return Saved(kept.revision, is_new=False)
    if (kept.revision if kept else 0) != revision:
        if kept is None:
            raise ValidationError(_("Mục này chưa ai ghi: tải lại trang rồi ghi."), code="stale")
        raise Conflict(kept)
    facts = {"value": value, "note": note, "revision": revision + 1, "by": by, "at": at or timezone.now()}
    SurveyAnswer.objects.update_or_create(survey=fresh, item=item, defaults=facts)
    SurveyChange.objects.create(survey=fresh, item=item, key=key, **facts)
    return Saved(revision + 1, is_new=True)


def _check(survey: Survey, item: str, value: str, note: str) -> None:
    if item not in items_of(survey):
        raise ValidationError(_("Bảng khảo sát không có mục này."))
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": _("Dài quá %(n)s chữ.") % {"n": LONGEST_NOTE}})
    if item == HELD_ON:
        _check_day(value)
    elif item in HEADS:
        if value:
            raise ValidationError(_("Mục này chỉ ghi bằng chữ."))
    elif value not in ("", *VALUES):
        raise ValidationError(_("Hãy chọn có, không hoặc không áp dụng."))
    if SurveyChange.objects.filter(survey=survey).count() >= MOST_CHANGES:
        raise ValidationError(_("Cuộc khảo sát này đã ghi quá nhiều lần."))


def _check_day(value: str) -> None:
    try:
        day = dt.date.fromisoformat(value) if value else None
    except ValueError as bad:
        raise ValidationError(_("Ngày không đúng.")) from bad
    if day and day > timezone.localdate() + dt.timedelta(days=1):  # a device's clock may be a little ahead
        raise ValidationError(_("Ngày khảo sát chưa đến."))


def items_of(survey: Survey) -> list[str]:
    """The codes that may be written: the heads, then the checklist."""
    return [*HEADS, *(it["code"] for it in survey.checklist)]


def answers_of(survey: Survey) -> dict[str, SurveyAnswer]:
    return {it.item: it for it in survey.answers.select_related("by")}


def as_level(answer: SurveyAnswer) -> dict[str, Any]:
    """As a device holds it, in the shape of a ballot's level."""
    level: dict[str, Any] = {"note": answer.note, "r": answer.revision}
    return level | {"p": answer.value} if answer.value else level


def unanswered(survey: Survey, answers: Mapping[str, SurveyAnswer]) -> list[dict[str, str]]:
    """Items of the checklist without yes, no or "does not apply"."""
    return [it for it in survey.checklist if it["code"] not in answers or not answers[it["code"]].value]


def day_of_visit(answers: Mapping[str, SurveyAnswer]) -> dt.date | None:
    return (
        dt.date.fromisoformat(answers[HELD_ON].value)
        if HELD_ON in answers and answers[HELD_ON].value
        else None
    )


def unsigned_reasons(survey: Survey) -> Iterable[str]:
    """What is still missing before anybody signs."""
    answers = answers_of(survey)
    day = day_of_visit(answers)
    if day is None:
        yield _("Chưa ghi ngày khảo sát.")
    elif day > timezone.localdate():
        yield _("Ngày khảo sát chưa đến.")
    if PEOPLE not in answers or not answers[PEOPLE].note:
        yield _("Chưa ghi những người tham gia.")
    left = unanswered(survey, answers)
    if left:
        some = ", ".join(it["code"] for it in left[:10])
        yield _("Còn %(n)s mục chưa trả lời: %(codes)s.") % {"n": len(left), "codes": some}
    if CONCLUSION not in answers or not answers[CONCLUSION].note:
        yield _("Chưa ghi kết luận.")
