"""What a device sends of its surveys: every writing is answered, nothing is dropped without a word."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from ocop.device.batches import LONGEST_KEY, read_rows
from ocop.orgs.models import User
from products.advisory.surveys import LONGEST_NOTE, Conflict, as_level, save_answer
from products.models import Survey, SurveyAnswer, SurveyState

STATES = {SurveyState.OPEN: "open", SurveyState.SIGNED: "sealed", SurveyState.CANCELLED: "closed"}
ATTEMPT = 1  # a survey has no rounds; the device's drawer asks for a number


@dataclass(frozen=True)
class Entry:
    """One writing: `sheet` is the survey, `criterion` an item of its checklist or one of its heads."""

    key: str
    sheet: int
    criterion: str
    value: str
    note: str
    revision: int

    @property
    def order(self) -> tuple[int, str, int]:
        return (self.sheet, self.criterion, self.revision)


class EntrySerializer(serializers.Serializer):
    """One writing; what is none is refused with its reason, and the others go on."""

    key = serializers.CharField(max_length=LONGEST_KEY)
    sheet = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    criterion = serializers.CharField(max_length=20)
    value = serializers.CharField(max_length=20, allow_blank=True)
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True)
    revision = serializers.IntegerField(min_value=0, max_value=1_000_000)


def read_entries(raw: Any) -> tuple[list[Entry], dict[str, str]]:
    """The writings in their order, and by key why others are none; ValidationError for what is no batch at all."""
    rows, refused = read_rows(raw, EntrySerializer)
    return sorted((Entry(**it) for it in rows), key=lambda it: it.order), refused


def sync(entries: Iterable[Entry], *, by: User, at: dt.datetime | None = None) -> dict[str, dict[str, Any]]:
    """Apply what can be applied; by key a status: saved, again, same, conflict, refused, wait (keep it), gone."""
    rows = list(entries)
    surveys = {
        it.pk: it for it in Survey.objects.visible_to(by).filter(pk__in={entry.sheet for entry in rows})
    }
    moment = at or timezone.now()
    return {entry.key: _put(surveys.get(entry.sheet), entry, by=by, at=moment) for entry in rows}


def _put(survey: Survey | None, entry: Entry, *, by: User, at: dt.datetime) -> dict[str, Any]:
    gone = {"status": "gone", "words": _("Cuộc khảo sát này không còn trong phần việc của bạn.")}
    if survey is None:
        return gone
    given: dict[str, Any] = {"note": entry.note, "revision": entry.revision, "key": entry.key}
    try:
        saved = save_answer(survey, entry.criterion, entry.value, **given, by=by, at=at)
    except PermissionDenied:
        return gone
    except Conflict as conflict:
        words = _("%(who)s vừa ghi mục này.") % {"who": conflict.who}
        return {"status": "conflict", "theirs": conflict.theirs, "words": words}
    except ValidationError as refused:
        is_closed = getattr(refused, "code", None) == "closed"
        return {"status": "wait" if is_closed else "refused", "words": " ".join(refused.messages)}
    return {"status": "saved" if saved.is_new else "same", "revision": saved.revision}


def standing(by: User, known: Iterable[int] = ()) -> dict[str, Any]:
    """How her surveys stand: the open ones she writes in, and those of `known` that are signed or cancelled."""
    open_ones = Survey.objects.writable_by(by)
    ended = Survey.objects.visible_to(by).filter(pk__in=list(known)).exclude(state=SurveyState.OPEN)
    rows = list({it.pk: it for it in [*open_ones, *ended]}.values())
    answers: dict[int, dict[str, Any]] = {it.pk: {} for it in rows}
    for answer in SurveyAnswer.objects.filter(survey__in=rows):
        answers[answer.survey_id][answer.item] = as_level(answer)
    return {
        str(it.pk): {"attempt": ATTEMPT, "state": STATES[SurveyState(it.state)], "levels": answers[it.pk]}
        for it in rows
    }


def bundle(by: User) -> dict[str, Any]:
    """What she takes along: her open surveys with their lists and what was written so far."""
    rows = Survey.objects.writable_by(by).for_list()
    return {
        "v": 1,
        "user": by.pk,
        "name": str(by),
        "products": [_survey(it) for it in rows],
        "papers": {},
        "sheets": standing(by),
    }


def _survey(it: Survey) -> dict[str, Any]:
    producer = it.dossier.product.producer
    return {
        "id": it.pk,
        "name": it.dossier.product.name,
        "producer": producer.name,
        "address": producer.address,
        "phone": producer.phone,
        "unit": str(it.dossier.unit),
        "planned": f"{it.planned_on:%d/%m/%Y}" if it.planned_on else "",
        "purpose": it.purpose,
        "items": it.checklist,
        "evidence": {},
    }
