"""The pledge of a member: secrecy, and the Quy chế, before anything of a meeting opens to her."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Meeting, Pledge, Seat


def pledge_words(meeting: Meeting) -> str:
    """One sentence, as the page shows it and the row keeps it."""
    return _(
        "Tôi cam kết giữ bí mật thông tin hồ sơ, điểm và thảo luận của Hội đồng, chấm điểm khách quan, và chấp "
        "hành Quy chế làm việc của %(council)s."
    ) % {"council": meeting.council.name}


def has_pledged(meeting: Meeting, seat: Seat) -> bool:
    return Pledge.objects.filter(meeting=meeting, seat=seat).exists()


def keep_pledge(meeting: Meeting, seat: Seat, *, at: dt.datetime | None = None) -> None:
    """With her first declaration; the first time stands."""
    version = meeting.council.rules_versions.first()
    number = meeting.rules_number or (version.number if version else 0)
    Pledge.objects.get_or_create(
        meeting=meeting,
        seat=seat,
        defaults={
            "words": pledge_words(meeting),
            "rules_number": number,
            "made_at": at or timezone.now(),
        },
    )


def refuse_unpledged(meeting: Meeting, seat: Seat, *, is_given: bool) -> None:
    """Page and API ask for the words the first time; ValidationError where they were not agreed to."""
    if not is_given and not has_pledged(meeting, seat):
        raise ValidationError({"pledge": _("Hãy đọc và đồng ý với lời cam kết trước khi khai báo.")})
