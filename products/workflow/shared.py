"""What every step of a dossier reads of its data and of who checks.

`data` may carry `at` (a moment) where what happened is recorded later; everything else happens now.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from products.desks.checking import Desk, desk_of
from products.models import Dossier, DossierState

S = DossierState
Data = Mapping[str, Any]


def moment_of(data: Data) -> dt.datetime:
    return data.get("at") or timezone.now()


def item_url(dossier: Dossier, item: str) -> str:
    """Where this desk marks the item."""
    return f"{reverse('products:check', args=[dossier.pk])}#muc-{slugify(item)}"


def day_of(data: Data) -> dt.date:
    return timezone.localdate(moment_of(data))


def desk_at(dossier: Dossier, state: str) -> Desk:
    desk = desk_of(dossier, state)
    if desk is None:
        raise ValueError(f"nobody checks a dossier that is {state}")
    return desk
