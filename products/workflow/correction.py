"""The commune answers a producer who says that the register is wrong about her."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.models import Correction
from products.models.correction import CorrectionState
from products.people import people_of
from products.producers.corrections import ASK, correct, faults

S = CorrectionState
ANSWER = "products.register_producer"


def _her_own(asked: Correction, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    if asked.asked_by_id == by.pk:
        yield _("Không tự trả lời đề nghị của chính mình.")


def _not_doable(asked: Correction, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    yield from _her_own(asked, by, data)
    yield from faults(asked)


def _corrected(asked: Correction, by: User, data: Mapping[str, Any]) -> None:
    correct(asked, by=by)
    _tell(asked, by, "done", _("%(unit)s đã sửa thông tin của %(producer)s"), str(data.get("note") or ""))


def _refused(asked: Correction, by: User, data: Mapping[str, Any]) -> None:
    _tell(asked, by, "refused", _("%(unit)s không sửa thông tin của %(producer)s"), str(data["note"]))


def _tell(asked: Correction, by: User, what: str, subject: str, body: str) -> None:
    notify(
        [user for user in people_of(asked.producer) if user.pk != by.pk],
        kind=f"correction.{what}",
        key=f"correction-{asked.pk}-{what}",
        subject=subject % {"unit": asked.unit, "producer": asked.producer.name},
        body=body,
        url=f"corrections/{asked.pk}/",
    )


CORRECTION = Workflow(
    gettext_lazy("Đề nghị sửa thông tin"),
    {
        "correct": Step(
            gettext_lazy("Sửa theo đề nghị"), frozenset([S.OPEN]), S.DONE, ANSWER,
            inputs=(Input("note", gettext_lazy("Trả lời chủ thể"), "lines", required=False),),
            problems=_not_doable, effect=_corrected,
        ),
        "refuse": Step(
            gettext_lazy("Không sửa"), frozenset([S.OPEN]), S.REFUSED, ANSWER,
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),), problems=_her_own, effect=_refused,
        ),
        "withdraw": Step(gettext_lazy("Rút đề nghị"), frozenset([S.OPEN]), S.WITHDRAWN, ASK, is_aside=True),
    },
)  # fmt: skip
