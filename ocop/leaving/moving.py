"""How a role, a producer's person and a coaching step change hands; each leaves the old row as it was."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.memberships import end_membership, grant_membership
from ocop.orgs.models import Membership, User
from products.models import CoachingVisit, ProducerMember
from products.producers.members import add_member, end_member, tell_joined


@dataclass(frozen=True)
class Hand:
    """One deed: who gives, who takes, who does it, until when and by which decision."""

    leaver: User
    successor: User
    by: User
    last_day: dt.date
    today: dt.date
    decision_number: str

    @property
    def words(self) -> str:
        names = {
            "from": self.leaver.get_full_name(),
            "to": self.successor.get_full_name(),
            "number": self.decision_number,
        }
        return _("%(from)s bàn giao cho %(to)s, theo %(number)s") % names


def hand_membership(row: Membership, hand: Hand) -> None:
    """The leaver holds it up to her last day, the successor from today: they may overlap while they hand over."""
    if hand.last_day < row.starts_on:
        words = _("Ngày cuối phải từ %(day)s, ngày bắt đầu vai trò “%(role)s”.")
        facts = {"day": f"{row.starts_on:%d/%m/%Y}", "role": row.get_role_display()}
        raise ValidationError({"last_day": words % facts})
    held = Membership.objects.held_on(hand.today).filter(user=hand.successor, role=row.role, unit=row.unit_id)
    if not held.exists():
        grant_membership(
            hand.successor, row.role, row.unit, starts_on=hand.today, decision_number=hand.decision_number
        )
    if row.ends_on is None or row.ends_on > hand.last_day:
        end_membership(row, on=hand.last_day)
    data = {"user": hand.leaver.pk, "successor": hand.successor.pk, "on": hand.last_day.isoformat()}
    record("membership.handed_over", row, by=hand.by, note=hand.words, data=data)


def hand_producer(row: ProducerMember, hand: Hand) -> None:
    """The successor acts in the same role and for the rest of the same term; who acts already stays as she is."""
    if not row.producer.people.current().filter(user=hand.successor).exists():
        member = add_member(row.producer, hand.successor, by=hand.by, role=row.role, ends_on=row.ends_on)
        tell_joined(member, by=hand.by)
    end_member(row, by=hand.by, note=hand.words)


def follow_coaching(row: CoachingVisit, hand: Hand) -> None:
    """Who wrote the entry stays; who sees to its next step is another."""
    row.followed_by = hand.successor
    row.save(update_fields=["followed_by"])
    record("coachingvisit.handed_over", row, by=hand.by, note=hand.words)
