"""The advisory team: which files lack what?"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from evaluation.assessments.starting import waiting_dossiers
from evaluation.models import Assessment, AssessmentState
from ocop.orgs.rights import units_where
from ocop.reports.home.parts import Block, Task, first_of
from ocop.reports.links import address
from products.models import Dossier, DossierState, ExtraTest, ExtraTestState, Survey

MOST = 12


def block(user: Any, on: dt.date) -> Block:
    own = [*_to_judge(user), *_to_visit(user, on)]
    return Block("advisor", _("Tổ tư vấn"), [*_to_check(user), *to_start(user), *own, *_to_assess(user)])


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


def _to_judge(user: Any) -> list[Task]:
    """Results of extra tests that nobody has looked at."""
    rows = ExtraTest.objects.visible_to(user).filter(
        units_where(user, "products.ask_test", "dossier__unit"), state=ExtraTestState.BROUGHT
    )

    def task(row: ExtraTest) -> Task:
        label = _("Xem kết quả kiểm nghiệm: %(product)s") % {"product": row.dossier.product}
        return Task(label, address("products:extra_test", row.pk), str(row))

    return first_of(rows.select_related("dossier__product"), task, MOST, address("products:dossiers"))


def _to_visit(user: Any, on: dt.date) -> list[Task]:
    """Surveys that are open, by their planned day where they have one."""
    rows = Survey.objects.writable_by(user).select_related("dossier__product", "dossier__unit")

    def task(row: Survey) -> Task:
        label = _("Khảo sát cơ sở: %(product)s") % {"product": row.dossier.product}
        days = (row.planned_on - on).days if row.planned_on else None
        url = address("products:survey", row.pk)
        return Task(label, url, str(row.dossier.unit), "doing", days, row.planned_on)

    return first_of(rows.order_by("planned_on", "pk"), task, MOST, address("products:surveys"))


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
