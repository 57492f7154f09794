"""Receipts: issued once for each state of a sheet, recomputed whenever somebody asks."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.dateparse import parse_datetime

from evaluation.meetings.digests import canonical
from evaluation.models import Ballot, LateBatch, Receipt
from evaluation.offline.keys import receipt_code
from evaluation.offline.sheets import vouched

SEPARATOR = "/"  # of a receipt written out whole: ballot/revision/digest/time/code


def digest_of(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def issue(ballot: Ballot, *, late: LateBatch | None = None, at: dt.datetime | None = None) -> Receipt:
    """The receipt of the sheet as it stands (or of what came too late); the same state has the same receipt."""
    digest = late.digest if late else digest_of(vouched(ballot))
    revision = sum(level["r"] for level in vouched(ballot).values())
    at = at or timezone.now()
    return Receipt.objects.get_or_create(
        ballot=ballot,
        digest=digest,
        defaults={
            "late": late,
            "revision": revision,
            "at": at,
            "code": receipt_code(facts(ballot.pk, revision, digest, at)),
        },
    )[0]


def facts(ballot: int, revision: int, digest: str, at: dt.datetime) -> str:
    """What the code vouches for."""
    return SEPARATOR.join([str(ballot), str(revision), digest, at.astimezone(dt.UTC).isoformat()])


def whole(receipt: Receipt) -> str:
    """The receipt written out: it can be checked without our table."""
    told = facts(receipt.ballot_id, receipt.revision, receipt.digest, receipt.at)
    return f"{told}{SEPARATOR}{receipt.code}"


@dataclass(frozen=True)
class Checked:
    """`stands`: the sheet still holds exactly what was acknowledged; None where the row is not there."""

    is_genuine: bool
    receipt: Receipt | None = None
    stands: bool | None = None


def check(words: str) -> Checked:
    """A short code is looked up and recomputed, a receipt written out whole is recomputed by itself."""
    *told, code = words.strip().split(SEPARATOR)
    known = Receipt.objects.select_related("ballot__seat__user", "ballot__assessment", "late")
    receipt = known.filter(code=code.upper()).first()
    if told:
        is_genuine = _is_made_of(told, code)
    else:
        is_genuine = receipt is not None and _is_made_of(whole(receipt).split(SEPARATOR)[:-1], code.upper())
    return Checked(is_genuine, receipt, _stands(receipt) if receipt else None)


def _is_made_of(told: list[str], code: str) -> bool:
    at = parse_datetime(told[-1]) if len(told) == 4 else None
    if at is None or not (told[0].isdigit() and told[1].isdigit()):
        return False
    return constant_time_compare(receipt_code(facts(int(told[0]), int(told[1]), told[2], at)), code)


def _stands(receipt: Receipt) -> bool:
    now = receipt.late.entries if receipt.late else vouched(receipt.ballot)
    return digest_of(now) == receipt.digest
