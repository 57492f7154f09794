"""`manage.py verify_meeting TENANT ID`: a meeting's seals, recomputed; names each sheet that differs, then ends with 1."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from evaluation.meetings.digests import meeting_digest, seal_code
from evaluation.meetings.seals import differing, seals_of
from evaluation.models import Meeting, MeetingState, Seal
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Recompute the seal of one meeting and name what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tenant")
        parser.add_argument("id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"No tenant {options['tenant']!r}.")
        with tenant_scope(tenant.pk):
            meeting = Meeting.objects.select_related("council").filter(pk=options["id"]).first()
            if meeting is None:
                raise CommandError(f"No meeting {options['id']} in {tenant.slug}.")
            is_whole = self._verify(meeting)
        if not is_whole:
            sys.exit(1)

    def _verify(self, meeting: Meeting) -> bool:
        self.stdout.write(str(meeting))
        seals = seals_of(meeting)
        for seal in seals:
            self.stdout.write(_line(seal))
        if meeting.state != MeetingState.CONCLUDED:
            self.stdout.write("open    no seal is in force")
            return True
        is_whole = meeting.digest == meeting_digest(meeting)
        if seals and seals[-1].digest != meeting.digest:
            is_whole = False
            self.stdout.write(
                f"DIFFERS the meeting says {seal_code(meeting.digest)}, its seal {seal_code(seals[-1].digest)}"
            )
        self.stdout.write(
            f"{'ok     ' if is_whole else 'DIFFERS'} {seal_code(meeting.digest)} {meeting.digest}"
        )
        for line in [] if is_whole or not seals else differing(seals[-1]):
            self.stdout.write(f"        {line}")
        return is_whole


def _line(seal: Seal) -> str:
    when = f"{timezone.localtime(seal.sealed_at):%d/%m/%Y %H:%M}"
    line = f"seal {seal.number}  {seal_code(seal.digest)}  {when}  {seal.sealed_by or '?'}"
    if seal.is_broken:
        opened = timezone.localtime(seal.reopening.reopened_at)
        line += f"; reopened {opened:%d/%m/%Y %H:%M} by {seal.reopening.reopened_by}: {seal.reopening.reason}"
    return line
