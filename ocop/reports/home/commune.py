"""The commune officer: which dossiers run out of their working days?"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from ocop.orgs.rights import units_where
from ocop.reports.home.clocks import left, running
from ocop.reports.home.cutoffs import cutoff_tasks
from ocop.reports.home.parts import Block, Task, first_of
from ocop.reports.links import address
from products.models import (
    Claim,
    Clock,
    Correction,
    Dossier,
    DossierState,
    Idea,
    IdeaState,
    Producer,
    ProducerState,
)

MOST = 12
HERE = (DossierState.SUBMITTED, DossierState.REPORTED)


def block(user: Any, on: dt.date) -> Block:
    mine = Dossier.objects.visible_to(user).filter(units_where(user, "products.check_dossier"))
    clocks = running(mine.filter(state__in=HERE))
    tasks = first_of(clocks, lambda clock: _task(clock, on), MOST, address("products:desk"))
    tasks += cutoff_tasks(user, on, "products.check_dossier")
    tasks += _waiting(user, mine)
    return Block("commune", _("Hồ sơ ở xã, phường"), sorted(tasks, key=lambda task: task.order))


def _task(clock: Clock, on: dt.date) -> Task:
    dossier = clock.dossier
    days, working = left(clock, on)
    is_written = dossier.state == DossierState.REPORTED
    return Task(
        label=(_("Chuyển hồ sơ: %(product)s") if is_written else _("Kiểm tra và báo cáo: %(product)s"))
        % {"product": dossier.product},
        url=address("products:dossier", dossier.pk),
        sub=str(dossier.product.producer),
        status="look" if days < 0 else "doing" if is_written else "todo",
        days=days,
        on=clock.due_on,
        working=working,
    )


def ideas_to_screen(user: Any) -> int:
    """Of the communes in which she marks ideas."""
    waiting = Idea.objects.visible_to(user).filter(units_where(user, "products.screen_idea"))
    return waiting.filter(state=IdeaState.REGISTERED).count()


def _waiting(user: Any, mine: Any) -> list[Task]:
    """What has no clock of its own: producers to confirm, claims to answer, dossiers that are with their producers."""
    applied = Producer.objects.filter(
        units_where(user, "products.register_producer"), state=ProducerState.APPLIED
    ).count()
    claimed = (
        Claim.objects.open().filter(units_where(user, "products.register_producer", "producer__unit")).count()
    )
    returned = mine.filter(state=DossierState.COMMUNE_RETURNED).count()
    tasks = []
    if applied:
        url = address("products:producers", state=ProducerState.APPLIED.value)
        tasks.append(Task(_("Xác nhận %(count)s chủ thể vừa đăng ký") % {"count": applied}, url))
    if claimed:
        label = _("Trả lời %(count)s yêu cầu nhận chủ thể") % {"count": claimed}
        tasks.append(Task(label, address("products:producers")))
    asked = Correction.objects.open().filter(
        units_where(user, "products.register_producer", "producer__unit")
    )
    if corrections := asked.count():
        label = _("Trả lời %(count)s đề nghị sửa thông tin của chủ thể") % {"count": corrections}
        first = asked.order_by("pk").values_list("pk", flat=True)[0]
        tasks.append(Task(label, address("products:correction", first)))
    if ideas := ideas_to_screen(user):
        label = _("Xét %(count)s ý tưởng sản phẩm") % {"count": ideas}
        tasks.append(Task(label, address("products:ideas", state=IdeaState.REGISTERED.value)))
    if returned:
        url = address("products:dossiers", state=DossierState.COMMUNE_RETURNED.value)
        label = _("%(count)s hồ sơ đang chờ chủ thể bổ sung") % {"count": returned}
        tasks.append(Task(label, url, status="doing"))
    return tasks
