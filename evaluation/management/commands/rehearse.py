"""`manage.py rehearse TENANT ID [--regime CODE | --file PATH] [--rule NAME=VALUE …]`: who would rise, who would fall."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.meetings.finished import read_finished
from evaluation.meetings.rehearsal import Rehearsed, among, rehearse, sums, under
from evaluation.models import Meeting
from evaluation.rules import read_rules
from ocop.law import law
from ocop.regulations import CriteriaSet, Policy, RegulationsError, sets_in, shown
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

VALUES = {
    "gates_on": ("mean", "each_ballot", "majority", "agreed"),
    "gates_cumulative": ("yes", "no"),
    "fall_back": ("highest_held", "two_stars"),
    "max_spread": None,  # points
}


class Command(BaseCommand):
    help = "Reckon a finished meeting's sheets by another law, draft or Quy chế; advisory, nothing is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tenant")
        parser.add_argument("id", type=int)
        by = parser.add_mutually_exclusive_group()
        by.add_argument("--regime", help="26/2026, 148/2023 …")
        by.add_argument("--file", type=Path, help="a draft set, or an operator's directory")
        parser.add_argument("--rule", action="append", default=[], help=f"one of {', '.join(VALUES)}=VALUE")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"No tenant {options['tenant']!r}.")
        if options["regime"] and options["regime"] not in law().regimes:
            raise CommandError(f"No regime {options['regime']}; there are {', '.join(law().regimes)}.")
        drafts = _drafts(options["file"]) if options["file"] else ()
        with tenant_scope(tenant.pk):
            meeting = Meeting.objects.select_related("council").filter(pk=options["id"]).first()
            if meeting is None:
                raise CommandError(f"No meeting {options['id']} in {tenant.slug}.")
            try:
                products = read_finished(meeting)
            except ValidationError as refused:
                raise CommandError(refused.messages[0]) from refused
            policy = _policy(meeting, options["rule"])
            sets = [_target(it.criteria_set, options["regime"], drafts) for it in products]
            self._print([rehearse(it, to, policy) for it, to in zip(products, sets, strict=True)])

    def _print(self, rows: list[Rehearsed]) -> None:
        self.stdout.write("ADVISORY: no result, nothing is kept.")
        for row in rows:
            self.stdout.write(_line(row))
            for text in (*row.why_not, *(row.reasons if row.change else ())):
                self.stdout.write(f"        {text}")
        found = sums(rows)
        self.stdout.write(f"{found.up} up, {found.down} down, {found.same} same, {found.left_out} left out")


def _line(row: Rehearsed) -> str:
    before = f"{shown(row.given.mean)} {row.given.stars}★"
    if row.mean is None:
        return f"–       {before} → ?  {row.given.name}"
    word = "same" if not row.change else "up" if row.change > 0 else "down"
    return f"{word:<7} {before} → {shown(row.mean)} {row.stars}★  {row.given.name}"


def _drafts(path: Path) -> tuple[CriteriaSet, ...]:
    try:
        return sets_in(path)
    except RegulationsError as error:
        raise CommandError("\n".join(map(str, error.faults))) from error


def _target(it: CriteriaSet, regime: str | None, drafts: tuple[CriteriaSet, ...]) -> CriteriaSet | None:
    if drafts:
        return among(drafts, it)
    return under(law(), it, regime) if regime else it


def _policy(meeting: Meeting, rules: list[str]) -> Policy:
    """The meeting's own, with what is said otherwise."""
    changed: dict[str, Any] = {}
    for rule in rules:
        name, _is, value = rule.partition("=")
        allowed = VALUES.get(name, ())
        if not (value.isdecimal() if allowed is None else value in allowed):
            raise CommandError(
                f"--rule {rule}: {name} is one of {', '.join(allowed or ('points',)) or 'nothing'}."
            )
        changed[name] = value == "yes" if name == "gates_cumulative" else value
    return read_rules({**meeting.rules, **changed}).policy
