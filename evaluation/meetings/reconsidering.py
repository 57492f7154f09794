"""A conclusion taken back while the meeting goes on: the former result is kept, the product is open again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.meetings.conclusions import open_item
from evaluation.meetings.seals import resting_problems
from evaluation.meetings.standing import read_standing
from evaluation.meetings.tellings import tell_reconsidered
from evaluation.models import Assessment, FormerResult, Result
from evaluation.models.result import CONCLUDED
from ocop.orgs.models import User


def reconsider_problems(assessment: Assessment, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    if open_item(assessment) is None:
        yield _("Phiên họp đã kết thúc: mở lại phiên họp trước.")
    yield from resting_problems(Result.objects.filter(assessment=assessment))


def reconsider(assessment: Assessment, by: User, data: Mapping[str, Any]) -> None:
    """The sheets stay sealed: the chair opens those she names, has all scored again, or concludes anew."""
    item = open_item(assessment)
    if item is None:
        raise ValidationError(_("Phiên họp đã kết thúc: mở lại phiên họp trước."))
    if problems := list(resting_problems(Result.objects.filter(assessment=assessment))):
        raise ValidationError(problems)
    result = Result.objects.select_for_update(of=("self",)).get(assessment=assessment)
    former = FormerResult.objects.create(
        assessment=assessment,
        meeting_id=result.meeting_id,
        note=str(data["note"]).strip(),
        superseded_by=by,
        superseded_at=data.get("at") or timezone.now(),
        **{name: getattr(result, name) for name in CONCLUDED},
    )
    result.delete()
    tell_reconsidered(former, item, read_standing(item))
