"""Handing out what an entry of the coaching log bears."""

from django.http import HttpResponse

from ocop.files.models import StoredFile
from ocop.orgs.models import User
from products.models import CoachingVisit
from products.vault.handing import hand_out_file


def is_own(visit: CoachingVisit, by: User) -> bool:
    """The producer's people, and who brought it, take it as it is."""
    return bool(visit.roles_of(by)) or by.pk == visit.coach_id


def hand_out(visit: CoachingVisit, file: StoredFile, *, by: User) -> HttpResponse:
    """The file of this entry; to others under their name."""
    return hand_out_file(file, about=visit, by=by, is_own=is_own(visit, by))
