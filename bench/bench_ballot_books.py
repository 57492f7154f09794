"""Nine members' sheets on thirty products bound into one book by a real worker, and the thirty blank ones.

The floor is WeasyPrint with one line on the page, in the same worker, as often as the book has sheets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from bench.bench_certificates import lines, timed
from bench.councils import OFFICER, planned_meeting
from bench.server import Program, worker
from evaluation.ballots.blanks import ask_for_blanks
from evaluation.ballots.books import ask_for_book
from evaluation.models import BallotBook, BlankBook, Meeting
from ocop.demo import councils, scoring
from ocop.files.models import StoredFile
from ocop.orgs.models import User
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

NUMBER, MEMBERS, PRODUCTS, STARS = 99, 9, 30, 4
SHEETS = MEMBERS * PRODUCTS
LONGEST = 1800  # seconds for one book


@dataclass
class Made:
    """`file` is None for the floor."""

    name: str
    sheets: int
    seconds: float
    work: float
    peak: int
    file: StoredFile | None = None


def run(tenant: Tenant) -> None:
    with tenant_scope(tenant.pk):
        officer = User.objects.get(username=OFFICER)
        meeting = planned_meeting(NUMBER, members=MEMBERS, products=PRODUCTS)
    with worker() as program:
        lines(program, 4)  # the fonts
        floor = _floor(program)
        blank = _blanks(program, tenant, meeting, officer)
        with tenant_scope(tenant.pk):
            meeting = _held(meeting, officer)
        book = _book(program, tenant, meeting)
        again = _floor(program)
    floor.seconds, floor.work = (floor.seconds + again.seconds) / 2, (floor.work + again.work) / 2
    _print([floor, blank, book])


def _held(meeting: Meeting, officer: User) -> Meeting:
    """Every sheet scored and sealed, every product concluded, the meeting closed under its seal."""
    today = timezone.localdate()
    meeting = councils.begin(meeting, today, officer=officer)
    stars = dict.fromkeys(meeting.agenda.values_list("assessment", flat=True), STARS)
    scoring.score_all(meeting, stars, today)
    return councils.conclude(meeting, today)


def _floor(program: Program) -> Made:
    seconds, work = lines(program, SHEETS)
    return Made("floor: one line", SHEETS, seconds, work, program.peak())


def _blanks(program: Program, tenant: Tenant, meeting: Meeting, officer: User) -> Made:
    name = f"{PRODUCTS} blank sheets"
    return _made(name, PRODUCTS, program, tenant, BlankBook, lambda: ask_for_blanks(meeting, by=officer))


def _book(program: Program, tenant: Tenant, meeting: Meeting) -> Made:
    with tenant_scope(tenant.pk):
        chair = councils.chair_of(meeting.council)
    name = f"{SHEETS} sheets of a meeting"
    return _made(name, SHEETS, program, tenant, BallotBook, lambda: ask_for_book(meeting, by=chair))


def _made(
    name: str,
    sheets: int,
    program: Program,
    tenant: Tenant,
    kind: type[BallotBook | BlankBook],
    ask: Callable[[], object],
) -> Made:
    """The only one of its kind; who asks sends the worker its task."""

    def send() -> None:
        with tenant_scope(tenant.pk):
            ask()

    def kept() -> StoredFile | None:
        with tenant_scope(tenant.pk):
            return kind.objects.select_related("file").get().file

    seconds, work = timed(program, send, lambda: kept() is not None, longest=LONGEST)
    return Made(name, sheets, seconds, work, program.peak(), kept())


def _print(rows: list[Made]) -> None:
    floor = rows[0]
    print(
        f"{'':26}{'seconds':>9}{'a second':>10}{'work':>10}{'× rate':>9}{'× work':>8}{'peak':>9}{'pages':>7}{'file':>9}"
    )
    for it in rows:
        each, least = it.work / it.sheets, floor.work / floor.sheets
        rate = (it.sheets / it.seconds) / (floor.sheets / floor.seconds)
        of_file = f"{it.file.pages:>7}{it.file.size / 1024**2:>6.1f} MB" if it.file else ""
        print(f"{it.name:26}{it.seconds:>9.1f}{it.sheets / it.seconds:>10.1f}{each * 1000:>7.1f} ms"
              f"{rate:>9.3f}{each / least:>8.2f}{it.peak:>6} MB{of_file}")  # fmt: skip
