"""Whom a reader may see leave, whose roles she may hand on, and what waits in a unit for a role."""

import datetime as dt

from django.db.models import Exists, Func, JSONField, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.orgs.models import Departure, Membership, Person, User
from ocop.orgs.rights import covered_paths, held_roles, units_where
from ocop.orgs.roles import HANDS_ON
from products.models import ProducerMember

HAND_OVER = "orgs.hand_over_work"
LOOKS_BACK = dt.timedelta(days=90)  # a term that ended so long ago still has work to hand over
LOOKS_AHEAD = dt.timedelta(days=30)


def memberships_of(reader: User, *, on: dt.date | None = None) -> QuerySet:
    """The roles held today or ended lately that this reader may hand on."""
    may = Q(pk__in=[])
    for held in held_roles(reader):
        for path in held.paths:
            may |= Q(unit__path__startswith=path, role__in=HANDS_ON.get(held.role, ()))
    lately = Q(ends_on=None) | Q(ends_on__gte=(on or timezone.localdate()) - LOOKS_BACK)
    return Membership.objects.filter(may, lately)


def people_of(reader: User) -> QuerySet:
    """The people whose work she may hand on: with such a role, or acting for a producer in her units."""
    if not covered_paths(reader, HAND_OVER):
        return Person.objects.none()
    acting = ProducerMember.objects.current().filter(
        units_where(reader, "products.change_people", "producer__unit")
    )
    theirs = Q(user__in=memberships_of(reader).values("user")) | Q(user__in=acting.values("user"))
    return Person.objects.filter(theirs).select_related("user").order_by("name", "pk")


def ending(reader: User, *, on: dt.date) -> QuerySet:
    """The roles that ended lately or end soon and were not handed over yet, of those she may hand on."""
    role = Func(Cast(Value("role"), TextField()), OuterRef("pk"), function="jsonb_build_array")
    pair = Func(role, function="jsonb_build_array", output_field=JSONField())
    done = Departure.objects.filter(user=OuterRef("user"), items__contains=pair)
    near = memberships_of(reader, on=on).filter(~Exists(done), ends_on__lte=on + LOOKS_AHEAD)
    return near.select_related("unit", "user").prefetch_related("user__persons").order_by("ends_on", "pk")


def waiting_words(row: Membership) -> str:
    """Until when it is held, by which decision, and who else does its work."""
    others = Membership.objects.held_on(timezone.localdate()).filter(role=row.role, unit=row.unit_id)
    count = others.exclude(user=row.user_id).values("user").distinct().count()
    left = ngettext("còn %(count)s người khác", "còn %(count)s người khác", count) % {"count": count}
    until = _("đến hết %(day)s") % {"day": f"{row.ends_on:%d/%m/%Y}"} if row.ends_on else ""
    return " · ".join(filter(None, [until, left if count else _("không còn ai khác giữ vai trò này")]))
