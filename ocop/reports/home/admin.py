"""The tenant's administrator: is all well?"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ocop.orgs.models import Membership, OrgUnit, Person
from ocop.reports.home.parts import Block, Task
from ocop.reports.links import address

SOON = dt.timedelta(days=30)


def block(user: Any, on: dt.date) -> Block:
    held = Membership.objects.held_on(on)
    ending = held.filter(ends_on__lte=on + SOON).count()
    officers = held.filter(role="commune_officer", unit=OuterRef("pk"))
    empty = OrgUnit.objects.open_on(on).communes().filter(~Exists(officers)).count()
    roles = held.filter(user=OuterRef("user"))
    idle = Person.objects.filter(~Exists(roles), Q(user__producer_memberships__isnull=True)).count()
    tasks = [
        Task(_("%(count)s vai trò hết hạn trong 30 ngày tới") % {"count": ending}, address("leaving:list")),
        Task(_("%(count)s xã, phường chưa có cán bộ") % {"count": empty}, address("tenant_admin:orgs_orgunit_changelist")),
        Task(_("%(count)s người chưa có vai trò") % {"count": idle}, address("tenant_admin:orgs_person_changelist")),
    ]  # fmt: skip
    counts = (ending, empty, idle)
    waiting = [task for task, count in zip(tasks, counts, strict=True) if count]
    return Block("admin", _("Quản trị"), waiting)
