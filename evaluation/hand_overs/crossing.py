"""The one place where a row is written in another tenant's books: up with the package, back with its answer.

Both directions read on one side, then open the other side's scope; it all stands or falls in one transaction.
What comes back is laid beside the hand-over; the sender's own people, with rights of their own, take it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.hand_overs.packages import content_of, files_of
from evaluation.models import Arrival, ArrivalFile, HandOver
from ocop.audit.log import record
from ocop.files.store import take_over
from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import active_tenant_id, tenant_scope
from products.people import nearest_holders, not_excluded

RECEIVES, TAKES = "evaluation.check_assessment", "evaluation.answer_hand_over"


def deliver(hand_over: HandOver) -> Arrival:
    """Lay the package down at the receiver's end and tell its people; another tenant gets copies."""
    here, sender = Tenant.objects.get(pk=active_tenant_id()), hand_over.unit
    facts = {
        "tier": hand_over.to_tier,
        "from_tenant": here,
        "from_name": sender.name,
        "from_code": sender.place.code if sender.place else "",
        "hand_over_id": hand_over.pk,
        "receipt": hand_over.receipt,
        "package": hand_over.package,
        "digest": hand_over.digest,
        "sent_at": hand_over.sent_at,
    }
    if hand_over.to_unit is not None:
        return _lay_down(facts, unit=hand_over.to_unit, dossier=hand_over.assessment.dossier)
    content, files = content_of(hand_over), files_of(hand_over)
    with tenant_scope(hand_over.to_tenant_id):  # type: ignore[arg-type]
        root = OrgUnit.objects.get(parent=None)
        return _lay_down(facts, unit=root, content=content, files=files)


def _lay_down(
    facts: Mapping[str, Any], *, unit: Any, files: Iterable[tuple[str, str, Any]] = (), **more: Any
) -> Arrival:
    arrival = Arrival.objects.create(**facts, unit=unit, **more)
    ArrivalFile.objects.bulk_create(
        ArrivalFile(arrival=arrival, role=role, title=title, file=take_over(file))
        for role, title, file in files
    )
    record("arrival.arrive", arrival, by=None, after=arrival.state, data={"digest": arrival.digest})
    people = nearest_holders(RECEIVES, unit)
    notify(
        not_excluded(arrival.dossier, people) if arrival.dossier else people,
        kind="hand_over",
        key=f"arrival-{arrival.pk}",
        subject=_("%(sender)s chuyển hồ sơ lên: %(product)s")
        % {"sender": arrival.from_name, "product": arrival.product_name},
        url=f"arrivals/{arrival.pk}/",
    )
    return arrival


def tell_received(arrival: Arrival, *, at: dt.datetime) -> None:
    """The sender sees that the tier above has begun."""
    with tenant_scope(arrival.from_tenant_id):
        HandOver.objects.filter(pk=arrival.hand_over_id).update(received_at=at)


def bring_back(arrival: Arrival, answer: Mapping[str, Any]) -> HandOver:
    """Lay the answer beside the sender's hand-over: {"refusal"} or {"number", "on", "stars", "points", …}."""
    authority = str(arrival.unit)
    with tenant_scope(arrival.from_tenant_id):
        sent = HandOver.objects.select_for_update(of=("self",)).get(pk=arrival.hand_over_id)
        sent.brought, sent.brought_at = dict(answer), timezone.now()
        sent.save(update_fields=["brought", "brought_at"])
        record("handover.brought", sent, by=None, note=authority, data=dict(answer))
        notify(
            not_excluded(sent.assessment.dossier, nearest_holders(TAKES, sent.unit)),
            kind="hand_over",
            key=f"hand-over-{sent.pk}-brought",
            subject=_("%(who)s đã trả lời: %(product)s")
            % {"who": authority, "product": sent.assessment.dossier.product.name},
            url=f"hand-overs/{sent.pk}/",
        )
    return sent
