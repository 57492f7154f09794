"""The commune confirms who takes part, or says why not."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.workflow import Input, Step, Workflow
from products.models import Producer, ProducerState
from products.people import people_of
from products.producers.eligibility import decision_of, form_of, why_not
from products.producers.sizes import size_of

S = ProducerState


def _tell_approved(producer: Producer, by: User, data: Mapping[str, Any]) -> None:
    _tell(
        producer, by, "approved", _("Xã đã xác nhận %(name)s là chủ thể OCOP"), _("Bạn nộp hồ sơ được rồi.")
    )


def _tell_refused(producer: Producer, by: User, data: Mapping[str, Any]) -> None:
    body = f"{data['note']}\n{basis_of(producer)}"
    _tell(producer, by, "refused", _("Xã chưa xác nhận %(name)s"), body)


def basis_of(producer: Producer) -> str:
    """The article on who takes part, and what of it speaks against this producer."""
    form = form_of(producer.kind)
    facts = {"basis": form.basis if form else _("Điều 2"), "decision": decision_of()}
    return " ".join([_("Căn cứ: %(basis)s %(decision)s.") % facts, *why_not(producer, size_of(producer))])


def _not_eligible(producer: Producer, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    yield from why_not(producer, size_of(producer))


def _tell(producer: Producer, by: User, what: str, subject: str, body: str) -> None:
    notify(
        [user for user in people_of(producer) if user.pk != by.pk],
        kind=f"producer.{what}",
        key=f"producer-{producer.pk}-{what}",
        subject=subject % {"name": producer.name},
        body=body,
        url=f"producers/{producer.pk}/",
    )


PRODUCER = Workflow(
    gettext_lazy("Chủ thể"),
    {
        "approve": Step(
            gettext_lazy("Xác nhận chủ thể"), frozenset([S.APPLIED, S.REFUSED]), S.APPROVED, "products.register_producer",
            problems=_not_eligible, effect=_tell_approved,
        ),
        "refuse": Step(
            gettext_lazy("Không xác nhận"), frozenset([S.APPLIED]), S.REFUSED, "products.register_producer",
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),),
            effect=_tell_refused,
        ),
    },
)  # fmt: skip
