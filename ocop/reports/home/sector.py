"""An officer of a department: papers that are her office's own and that she has not looked at."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.reports.home.parts import Block, Task
from ocop.reports.links import address
from products.vault.confirming import waiting_for


def block(user: Any, on: dt.date) -> Block:
    return Block("sector", _("Giấy tờ của ngành"), _waiting(user))


def _waiting(user: Any) -> list[Task]:
    count = waiting_for(user)
    if not count:
        return []
    label = ngettext("Xác nhận %(count)s giấy tờ", "Xác nhận %(count)s giấy tờ", count)
    return [Task(label % {"count": count}, address("products:office_papers"), count=count)]
