"""Closing a meeting leaves a seal; reopening it leaves the seal and says why."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from evaluation.meetings.digests import meeting_digest, sheet_digests
from evaluation.models import Ballot, DecisionItem, HandOver, Meeting, Reopening, Result, Seal
from ocop.orgs.models import User
from products.models import Exclusion


def seals_of(meeting: Meeting) -> list[Seal]:
    """First to last, each with its reopening where there was one."""
    found = Seal.objects.filter(meeting=meeting).select_related(
        "sealed_by", "minutes", "reopening__reopened_by"
    )
    return list(found.order_by("number"))


def keep_seal(meeting: Meeting, *, by: User) -> Seal:
    """Beside the digest on the meeting, each sheet's own: the meeting's row is locked, no sheet moves."""
    assert meeting.concluded_at is not None
    return Seal.objects.create(
        meeting=meeting,
        number=Seal.objects.filter(meeting=meeting).count() + 1,
        digest=meeting.digest,
        sheets=sheet_digests(meeting),
        sealed_by=by,
        sealed_at=meeting.concluded_at,
        minutes=meeting.minutes,
    )


def break_seal(meeting: Meeting, *, by: User, reason: str, at: dt.datetime) -> Reopening:
    seal = Seal.objects.filter(meeting=meeting).latest("number")
    return Reopening.objects.create(seal=seal, reason=reason.strip(), reopened_by=by, reopened_at=at)


def resting_problems(results: Any) -> Iterable[str]:
    """Why these conclusions cannot be taken back: something rests on them."""
    assessments = results.values("assessment")
    decided = DecisionItem.objects.filter(assessment__in=assessments)
    if decided.exclude(decision__state="draft").exists():
        yield _("Đã có quyết định dựa trên kết luận của phiên họp này.")
    elif decided.exists():
        yield _("Kết luận đang nằm trong một dự thảo quyết định: đưa ra khỏi dự thảo trước.")
    if HandOver.objects.filter(assessment__in=assessments).exists():
        yield _("Hồ sơ đã được chuyển cấp trên.")


def reopening_problems(meeting: Meeting) -> Iterable[str]:
    yield from resting_problems(Result.objects.filter(meeting=meeting))


def hears_reasons(meeting: Meeting, user: User) -> bool:
    """Words about a meeting may name its products: not for who is recused from one of them."""
    products = meeting.agenda.values("assessment__dossier")
    return not Exclusion.objects.in_force().filter(user=user, dossier__in=products).exists()


def differing(seal: Seal) -> list[str]:
    """What is not as it was sealed, in words; empty where the digest is the same."""
    if seal.digest == meeting_digest(seal.meeting):
        return []
    if not seal.sheets:
        return [_("Niêm phong này không giữ mã của từng phiếu.")]
    now = sheet_digests(seal.meeting)
    named = {
        str(it.pk): str(it)
        for it in Ballot.objects.for_page()
        .filter(meeting=seal.meeting)
        .order_by("assessment", "seat", "attempt")
    }
    lines = [
        _("%(sheet)s: không còn phiếu đã nộp") % {"sheet": named.get(key, key)}
        for key in seal.sheets
        if key not in now
    ]
    lines += [
        _("%(sheet)s: điểm khác lúc niêm phong") % {"sheet": named.get(key, key)}
        for key, digest in seal.sheets.items()
        if key in now and now[key] != digest
    ]
    lines += [
        _("%(sheet)s: phiếu có sau niêm phong") % {"sheet": named.get(key, key)}
        for key in now
        if key not in seal.sheets
    ]
    return lines or [_("Mã niêm phong đã bị đổi, các phiếu thì không.")]
