"""A producer in the register is claimed by whom it belongs to; the commune decides."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.memberships import make_person
from ocop.orgs.models import OrgUnit, User
from ocop.written import in_vietnamese
from products.models import Claim, Producer
from products.people import nearest_holders
from products.producers.doubles import are_alike, doubles_of, number_key, phone_key


@transaction.atomic
def claim_producer(
    producer: Producer,
    *,
    unit: OrgUnit,
    name: str,
    by: User,
    registration_number: str = "",
    phone: str = "",
) -> Claim:
    """Ask the commune to be made an owner of it; only what the typed facts point at can be claimed."""
    found = doubles_of(unit, name=name, registration_number=registration_number, phone=phone)
    if producer.pk not in {it.producer.pk for it in found}:
        raise not_meant()
    fresh = Producer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=producer.pk)
    if fresh.people.current().filter(user=by).exists():
        raise ValidationError({"producer": _("Bạn đang làm việc cho chủ thể này rồi.")})
    if fresh.claims.open().filter(user=by).exists():
        raise ValidationError({"producer": _("Bạn đã xin nhận chủ thể này; xã đang xem xét.")})
    if by.person is None:
        make_person(by, by.username)
        by.__dict__.pop("person", None)
    claim = Claim(
        producer=fresh, user=by, name=name.strip(), registration_number=registration_number, phone=phone
    )
    claim.full_clean(exclude=["producer", "user"])
    claim.save(force_insert=True)
    record("claim.make", claim, by=by, after=claim.state)
    _tell(claim)
    return claim


def not_meant() -> ValidationError:
    """The refusal for a producer that nothing typed points at; one that does not exist is answered the same."""
    return ValidationError({"producer": _("Thông tin đã khai không khớp với chủ thể này.")})


@in_vietnamese()
def _tell(claim: Claim) -> None:
    """The commune, to decide; the owners, to object."""
    facts = {"who": claim.user.get_full_name(), "producer": claim.producer.name}
    key, subject = f"claim-{claim.pk}-made", _("%(who)s xin nhận chủ thể %(producer)s") % facts
    officers = nearest_holders("products.register_producer", claim.unit)
    body = _("So thông tin đã khai với sổ rồi chấp nhận hoặc từ chối.")
    notify(officers, kind="claim.made", key=key, subject=subject, body=body, url=f"claims/{claim.pk}/")
    owners = [it.user for it in claim.producer.people.current().owners().select_related("user")]
    body = _("Nếu không đúng, hãy báo ngay cho %(unit)s.") % {"unit": claim.unit}
    url = f"producers/{claim.producer_id}/"
    notify(owners, kind="claim.made", key=key, subject=subject, body=body, url=url)


def compared(claim: Claim) -> list[dict[str, Any]]:
    """What was typed beside what the register holds: (what, typed, held, whether they agree)."""
    producer = claim.producer
    numbers = {number_key(producer.registration_number), number_key(producer.tax_code)} - {""}
    held = " · ".join(filter(None, dict.fromkeys([producer.registration_number, producer.tax_code])))
    rows = [
        (_("Số đăng ký, mã số thuế"), claim.registration_number, held,
         number_key(claim.registration_number) in numbers),
        (_("Điện thoại"), claim.phone, producer.phone,
         bool(claim.phone) and phone_key(claim.phone) == phone_key(producer.phone)),
        (_("Tên chủ thể"), claim.name, producer.name, are_alike(claim.name, producer.name)),
    ]  # fmt: skip
    return [
        {"what": what, "typed": typed, "held": known, "agrees": agrees} for what, typed, known, agrees in rows
    ]
