"""Nine members at nine devices who save their sheets at once, and go on through whatever happens."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from evaluation.models import AgendaItem, Ballot, BallotChange
from ocop.cards import field_name
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.law import criteria_set
from tests import factories
from tests.evaluation import makers
from tests.faults.web import HEADERS, HOST

SLUG = "lai-chau"
TOKEN = "b" * 32  # the same in cookie and header is what the CSRF check asks
LONGEST = 120  # seconds that a member goes on for


@dataclass(frozen=True)
class Sheet:
    """One member's: where she sends what, and who she is."""

    ballot: int
    cookies: str
    marks: dict[str, str]  # criterion → the level she chooses, as the form sends it


@dataclass(frozen=True)
class Room:
    tenant: Tenant
    sheets: list[Sheet]


def make_room() -> Room:
    """A meeting of nine over one product, committed."""
    tenant = factories.make_tenant(SLUG, "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province)
        leader = factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=province)
        members = makers.make_members()
        council = makers.make_council(province, members, officer=officer, leader=leader)
        tea = makers.make_checked(makers.make_accepted_dossier(commune), by=officer)
        meeting = makers.open_meeting(makers.make_meeting(council, [tea], by=officer), members)
        item = AgendaItem.objects.for_list().get(meeting=meeting)
        sheets = [_sheet(makers.ballot_of(item, user), user, n) for n, user in enumerate(members)]
    return Room(tenant, sheets)


def _sheet(ballot: Ballot, user: User, number: int) -> Sheet:
    """Each member chooses otherwise: what is one's must not be another's."""
    marks = {}
    for criterion in criteria_set(ballot.published.code).criteria:
        case = criterion.case_codes[0] if criterion.cases else None
        levels = criterion.scale(case)
        points = levels[number % len(levels)].points
        marks[criterion.code] = f"{case}:{points}" if case else str(points)
    return Sheet(ballot.pk, cookies_of(user), marks)


def cookies_of(user: User) -> str:
    """As after the login page."""
    client = Client()
    client.force_login(user, backend="ocop.orgs.backends.LoginBackend")
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


@dataclass
class Scoring:
    """What the nine were answered; a save that got no answer, or was put off, is sent again as it was."""

    port: int
    saved: list[tuple[int, str, int]] = field(default_factory=list)  # ballot, criterion, revision
    unanswered: list[str] = field(default_factory=list)
    put_off: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[int, bytes]] = field(default_factory=list)

    def run(self, sheet: Sheet) -> None:
        end = time.monotonic() + LONGEST
        for criterion, value in sheet.marks.items():
            sent = {field_name(criterion): value, "revision": 0, "key": uuid.uuid4().hex, "note": ""}
            while not self._save(sheet, criterion, sent) and time.monotonic() < end:
                time.sleep(0.2)

    def _save(self, sheet: Sheet, criterion: str, sent: dict[str, Any]) -> bool:
        """Whether she goes on to the next criterion."""
        try:
            status, content = post(
                self.port, f"/{SLUG}/ballots/{sheet.ballot}/{criterion}/", sheet.cookies, sent
            )
        except (OSError, http.client.HTTPException) as cut:
            self.unanswered.append(repr(cut))
            return False
        if status == 503:
            self.put_off.append(json.loads(content))
            return False
        if status == 200:
            self.saved.append((sheet.ballot, criterion, json.loads(content)["revision"]))
        else:
            self.refused.append((status, content[:300]))
        return True


@contextmanager
def scoring(port: int, room: Room) -> Iterator[Scoring]:
    """They save while the block runs; after it they have all come to their end."""
    them = Scoring(port)
    threads = [threading.Thread(target=them.run, args=(sheet,)) for sheet in room.sheets]
    for thread in threads:
        thread.start()
    try:
        yield them
    finally:
        for thread in threads:
            thread.join(LONGEST + 60)


def post(port: int, path: str, cookies: str, fields: dict[str, Any], accept: str = "application/json") -> tuple[int, bytes]:  # fmt: skip
    headers = {**HEADERS, "Accept": accept, "Cookie": cookies, "X-CSRFToken": TOKEN,
               "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
    link = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        link.request("POST", path, body=urlencode(fields), headers=headers)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def holds(room: Room, them: Scoring) -> None:
    """Every save that was acknowledged is there, once, as its member chose; in the end all are."""
    wanted = {(sheet.ballot, criterion) for sheet in room.sheets for criterion in sheet.marks}
    assert them.refused == []
    assert sorted(them.saved) == sorted((ballot, criterion, 1) for ballot, criterion in wanted)
    with tenant_scope(room.tenant.pk):
        kept = dict(Ballot.objects.values_list("pk", "levels"))
        assert {pk: {code: (_chosen(it), it["r"]) for code, it in levels.items()} for pk, levels in kept.items()} == {
            sheet.ballot: {code: (value, 1) for code, value in sheet.marks.items()} for sheet in room.sheets
        }  # fmt: skip
        assert {it.pk: it.total for it in Ballot.objects.all()} == {
            pk: sum(level["p"] for level in levels.values()) for pk, levels in kept.items()
        }
        changes = list(BallotChange.objects.values_list("ballot_id", "criterion"))
        assert (len(changes), set(changes)) == (len(wanted), wanted)


def _chosen(level: dict[str, Any]) -> str:
    return f"{level['case']}:{level['p']}" if "case" in level else str(level["p"])
