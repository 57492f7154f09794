"""Addresses of bytes that end: each bears a key for one person and one thing, good for some minutes.

An address without a key is the door. It asks the right and leads on to itself with a key, so that a link on a page that
was left open for hours still opens; what is copied out of the browser's bar, a history or a log is soon worth nothing.
The right is asked with a key as well: a key alone opens nothing.
"""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone

from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id

LASTS = 10 * 60  # seconds
STEP = 5 * 60  # keys made in one such span are alike: a browser knows the page of a paper that it has


class LinkOverError(Exception):
    """The key has ended, or was given to somebody else or for another file."""


def key_for(what: str, *, by: User, lasts: int = LASTS) -> str:
    """Good for `lasts` seconds and the rest of this span."""
    until = (_now() // STEP + 1) * STEP + lasts
    return _signer(what, by).sign(str(until))


def keyed(address: str, what: str, *, by: User, lasts: int = LASTS) -> str:
    return f"{address}?{urlencode({'key': key_for(what, by=by, lasts=lasts)})}"


def through_the_door(
    request: HttpRequest, what: str, *, by: User, lasts: int = LASTS
) -> HttpResponseRedirect | None:
    """None where the key holds, the way on where there is none; LinkOverError where it does not hold."""
    key = request.GET.get("key")
    if key is None:
        onward = HttpResponseRedirect(keyed(request.path, what, by=by, lasts=lasts))
        onward.headers["Cache-Control"] = "private, no-store"
        return onward
    if not _holds(key, what, by):
        raise LinkOverError
    return None


def _holds(key: str, what: str, by: User) -> bool:
    try:
        until = int(_signer(what, by).unsign(key))
    except (BadSignature, ValueError):
        return False
    return _now() <= until


def _signer(what: str, by: User) -> Signer:
    return Signer(salt=f"ocop.files.links:{active_tenant_id()}:{by.pk}:{what}")


def _now() -> int:
    return int(timezone.now().timestamp())
