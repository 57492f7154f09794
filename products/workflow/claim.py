"""The commune says whose a producer is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.workflow import Hindrance, Input, Step, Workflow
from products.models import Claim
from products.models.claim import ClaimState
from products.producers.members import add_member, already, tell_joined

S = ClaimState


def _her_own(claim: Claim, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    if claim.user_id == by.pk:
        yield _("Không tự quyết định yêu cầu của chính mình.")


def _not_approvable(claim: Claim, by: User, data: Mapping[str, Any]) -> Iterable[str | Hindrance]:
    yield from _her_own(claim, by, data)
    if not claim.user.is_active:
        yield _("Tài khoản này đã bị khóa.")
    if here := claim.producer.people.current().filter(user=claim.user).first():
        yield Hindrance(already(here), reverse("products:producer", args=[claim.producer_id]))


def _approved(claim: Claim, by: User, data: Mapping[str, Any]) -> None:
    tell_joined(add_member(claim.producer, claim.user, by=by), by=by)


def _refused(claim: Claim, by: User, data: Mapping[str, Any]) -> None:
    subject = _("%(unit)s không chấp nhận yêu cầu nhận chủ thể %(producer)s") % {
        "unit": claim.unit,
        "producer": claim.producer.name,
    }
    key, url = f"claim-{claim.pk}-refused", f"claims/{claim.pk}/"
    notify([claim.user], kind="claim.refused", key=key, subject=subject, body=str(data["note"]), url=url)


CLAIM = Workflow(
    gettext_lazy("Yêu cầu nhận chủ thể"),
    {
        "approve": Step(
            gettext_lazy("Chấp nhận"), frozenset([S.OPEN]), S.APPROVED, "products.register_producer",
            problems=_not_approvable, effect=_approved,
        ),
        "refuse": Step(
            gettext_lazy("Không chấp nhận"), frozenset([S.OPEN]), S.REFUSED, "products.register_producer",
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),), problems=_her_own, effect=_refused,
        ),
    },
)  # fmt: skip
