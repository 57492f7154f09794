"""What will miss the cut-off of its round, weeks ahead: one line a round, which opens its page."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import ngettext

from ocop.reports.home.parts import Task
from ocop.reports.links import address
from plans.models import Round
from products.desks.cutoffs import Outlook, by_round, near
from products.models import DossierState


def cutoff_tasks(user: Any, on: dt.date, right: str) -> list[Task]:
    """Nothing of a round whose dossiers are all filed and in time."""
    tasks = [_task(found, rows, on) for found, rows in by_round(near(user, on, right))]
    return [task for task in tasks if task is not None]


def _task(found: Round, rows: list[Outlook], on: dt.date) -> Task | None:
    late = sum(it.misses for it in rows)
    unfiled = [it for it in rows if it.dossier.state == DossierState.DRAFT and not it.misses]
    if not late and not unfiled:
        return None
    words = (
        ngettext("%(n)s hồ sơ có thể lỡ hạn của %(round)s", "%(n)s hồ sơ có thể lỡ hạn của %(round)s", late)
        if late
        else ngettext(
            "%(n)s hồ sơ chưa nộp cho %(round)s", "%(n)s hồ sơ chưa nộp cho %(round)s", len(unfiled)
        )
    )
    return Task(
        label=words % {"n": late or len(unfiled), "round": found.name},
        url=address("products:cutoffs", round=found.pk),
        sub=_until(unfiled),
        status="look" if late else "todo",
        days=(found.cutoff_on - on).days,
        on=found.cutoff_on,
    )


def _until(unfiled: list[Outlook]) -> str:
    """By when those must be filed that still can make it."""
    days = [it.act_by for it in unfiled if it.act_by is not None]
    if not days:
        return ""
    words = ngettext(
        "%(n)s hồ sơ chưa nộp còn kịp nếu nộp trước hết ngày %(day)s",
        "%(n)s hồ sơ chưa nộp còn kịp nếu nộp trước hết ngày %(day)s",
        len(days),
    )
    return words % {"n": len(days), "day": date_format(min(days), "SHORT_DATE_FORMAT")}
