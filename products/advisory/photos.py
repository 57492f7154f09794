"""Photographs of a survey: decoded and encoded anew, without what the camera wrote; the place only by consent."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.kinds import PICTURE
from ocop.files.store import keep_upload
from ocop.orgs.models import User
from products.advisory.surveys import closed_survey_words, items_of, locked
from products.models import Survey, SurveyPhoto

MOST = 60  # of one survey
EXACT = Decimal("0.00001")  # a metre


@transaction.atomic
def add_photo(
    survey: Survey,
    upload: UploadedFile,
    *,
    key: str,
    by: User,
    item: str = "",
    note: str = "",
    taken_at: dt.datetime | None = None,
    place: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> SurveyPhoto:
    """Once a key, however often it is sent, also where it was taken out meanwhile.

    `place` is {"latitude", "longitude", "accuracy"}, left out where the surveyor gave none. ValidationError in words.
    """
    fresh = locked(survey, by=by)
    if known := SurveyPhoto.objects.filter(survey=fresh, key=key).first():
        return known
    if words := closed_survey_words(fresh):
        raise ValidationError(words, code="closed")
    if item and item not in items_of(fresh):
        raise ValidationError(_("Bảng khảo sát không có mục này."))
    if fresh.photos.filter(removed_at=None).count() >= MOST:
        raise ValidationError({"file": _("Nhiều nhất %(n)s ảnh một cuộc khảo sát.") % {"n": MOST}})
    try:
        file = keep_upload(upload, by=by, families=(PICTURE,))
    except ValidationError as bad:
        raise ValidationError({"file": bad.messages}) from bad
    moment = at or timezone.now()
    row = SurveyPhoto(
        survey=fresh, key=key, item=item, file=file, note=note.strip()[:300], by=by, at=moment,
        taken_at=min(taken_at or moment, moment), **_place(place),
    )  # fmt: skip
    row.full_clean(exclude=["survey", "file", "by"])
    row.save(force_insert=True)
    record("survey.photo", fresh, by=by, data={"photo": row.pk, "item": item, "sha256": file.sha256})
    return row


def _place(given: Mapping[str, Any] | None) -> dict[str, Any]:
    if not given:
        return {}
    spot = {
        name: Decimal(str(given[name])).quantize(EXACT, ROUND_HALF_UP) for name in ("latitude", "longitude")
    }
    return spot | {"accuracy": min(round(float(given.get("accuracy") or 0)), 100_000) or None}


@transaction.atomic
def remove_photo(photo: SurveyPhoto, *, by: User, at: dt.datetime | None = None) -> None:
    """Out of the survey while it is open; ValidationError where it is signed or somebody was faster."""
    fresh = locked(photo.survey, by=by)
    if words := closed_survey_words(fresh):
        raise ValidationError(words, code="closed")
    taken_out = SurveyPhoto.objects.filter(pk=photo.pk, removed_at=None).update(
        removed_at=at or timezone.now()
    )
    if not taken_out:
        raise ValidationError(_("Ảnh này đã được bỏ ra."), code="stale")
    record("survey.photo_removed", fresh, by=by, data={"photo": photo.pk, "sha256": photo.file.sha256})


def photos_of(survey: Survey) -> list[SurveyPhoto]:
    return list(survey.photos.filter(removed_at=None).select_related("by", "file"))
