"""Who took over the work of one who left: has she looked through it?"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from ocop.orgs.models import Departure
from ocop.reports.home.parts import Block, Task
from ocop.reports.links import address


def block(user: Any, on: dt.date) -> Block | None:
    deeds = Departure.objects.filter(successor_id=user.pk, received_at=None).select_related("user")
    tasks = [_task(deed) for deed in deeds.prefetch_related("user__persons").order_by("pk")]
    return Block("handed", _("Nhận bàn giao"), tasks) if tasks else None


def _task(deed: Departure) -> Task:
    facts = {"count": len(deed.items), "who": deed.user.get_full_name()}
    label = _("Xem %(count)s việc %(who)s bàn giao cho bạn") % facts
    return Task(label, address("leaving:departure", deed.pk), deed.note)
