"""The advisory team: which files lack what?"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from evaluation.assessments.starting import waiting_dossiers
from evaluation.models import Assessment, AssessmentState
from ocop.orgs.rights import units_where
from ocop.reports.home.parts import Block, Task, first_of
from ocop.reports.links import address
from products.models import Dossier, DossierState

MOST = 12


def block(user: Any, on: dt.date) -> Block:
    return Block("advisor", _("Tổ tư vấn"), [*_to_check(user), *to_start(user), *_to_assess(user)])


def _to_check(user: Any) -> list[Task]:
    rows = Dossier.objects.visible_to(user).filter(
        units_where(user, "products.receive_dossier"), state=DossierState.FORWARDED
    )

    def task(row: Dossier) -> Task:
        label = _("Kiểm tra thành phần: %(product)s") % {"product": row.product}
        return Task(label, address("products:dossier", row.pk), str(row.unit))

    rest = address("products:desk", what="work")
    return first_of(rows.select_related("product", "unit").order_by("pk"), task, MOST, rest)


def to_start(user: Any) -> list[Task]:
    """Accepted dossiers that nobody has begun to assess."""
    count = waiting_dossiers(user).count()
    label = _("Bắt đầu thẩm định %(count)s hồ sơ đã tiếp nhận") % {"count": count}
    return [Task(label, address("evaluation:assessments"))] if count else []


def _to_assess(user: Any) -> list[Task]:
    rows = Assessment.objects.visible_to(user).filter(
        units_where(user, "evaluation.check_assessment"), state=AssessmentState.OPEN
    )

    def task(row: Assessment) -> Task:
        label = _("Thẩm định: %(product)s") % {"product": row.dossier.product}
        return Task(label, address("evaluation:assessment", row.pk), str(row.dossier.unit), "doing")

    return first_of(
        rows.for_list(), task, MOST, address("evaluation:assessments", state=AssessmentState.OPEN.value)
    )
