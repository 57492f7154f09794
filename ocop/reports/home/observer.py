"""The observer has nothing to do; the figures below are what she comes for."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from ocop.reports.home.parts import Block


def block(user: Any, on: dt.date) -> Block:
    return Block("observer", _("Theo dõi Chương trình"))
