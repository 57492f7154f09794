"""A producer comes into the programme: by herself, or by the commune officer."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.memberships import make_person
from ocop.orgs.models import OrgUnit, UnitKind, User
from ocop.written import in_vietnamese
from products.models import Producer, ProducerPersonal
from products.people import demand, nearest_holders
from products.producers.facts import FACTS, check_producer, fixed_for, number_taken, why_fixed
from products.producers.members import add_member
from products.workflow.producer import PRODUCER

PERSONAL = ("gender", "ethnicity", "is_disabled", "permanent_address")


@transaction.atomic
def register_producer(
    *,
    unit: OrgUnit,
    kind: str,
    name: str,
    by: User,
    owner: User | None = None,
    facts: Mapping[str, Any] | None = None,
    on: dt.date | None = None,
) -> Producer:
    """Put a producer on the commune's list; who may confirm producers there confirms it by entering it.

    `owner` is the account that acts for it; ValidationError names each field that cannot stand.
    """
    if unit.kind != UnitKind.COMMUNE:
        raise ValidationError({"unit": _("Hãy chọn xã, phường nơi chủ thể đăng ký.")})
    producer = Producer(unit=unit, kind=kind, name=name.strip(), created_by=by, **_facts(facts or {}))
    check_producer(producer)
    try:
        with transaction.atomic():
            producer.save(force_insert=True)
    except IntegrityError as twice:  # somebody entered the number at the same moment
        raise number_taken(producer) from twice
    if owner is not None:
        add_member(producer, owner, by=by, on=on)
    record("producer.register", producer, by=by)
    if by.has_perm("products.register_producer", producer):
        return PRODUCER.take("approve", producer, by=by)
    _tell_commune(producer)
    return producer


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in FACTS if given.get(name) not in (None, "")}


@transaction.atomic
def make_account(*, username: str, password: str, name: str, phone: str = "", email: str = "") -> User:
    """An account for a producer; ValidationError where the name is taken or the password too easy."""
    user = User(username=username.strip(), email=email.strip())
    check_account(user, password)
    user.set_password(password)
    user.save(force_insert=True)
    make_person(user, name.strip(), phone=phone)
    return user


def check_account(user: User, password: str) -> None:
    """ValidationError at the name, the address and the password, all at once."""
    faults: dict[str, Any] = {}
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as wrong:
        faults |= wrong.error_dict
    try:
        validate_password(password, user)
    except ValidationError as weak:
        faults["password"] = weak.error_list
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def change_producer(producer: Producer, facts: Mapping[str, Any], *, by: User) -> Producer:
    """New facts of the producer; the log keeps which changed.

    What the commune confirmed is changed by the commune alone; her people ask for a correction.
    """
    demand(by, "products.change_producer", producer)
    fresh = Producer.objects.select_for_update(of=("self",)).get(pk=producer.pk)
    changed = [
        name for name in ("name", "kind", *FACTS) if name in facts and getattr(fresh, name) != facts[name]
    ]
    if shut := fixed_for(fresh, by).intersection(changed):
        raise ValidationError({name: why_fixed() for name in shut})
    for name in changed:
        setattr(fresh, name, facts[name])
    check_producer(fresh)
    if changed:
        fresh.save(update_fields=changed)
        record("producer.change", fresh, by=by, data={"fields": changed})
    return fresh


@transaction.atomic
def save_personal(producer: Producer, facts: Mapping[str, Any], *, by: User) -> ProducerPersonal:
    """The representative's own facts (Mẫu 02), in a row that can be erased; the log names no value."""
    demand(by, "products.change_producer", producer)
    row, _is_new = ProducerPersonal.objects.select_for_update(of=("self",)).get_or_create(producer=producer)
    for name in PERSONAL:
        if name in facts:
            setattr(row, name, facts[name])
    row.full_clean(exclude=["producer"])
    row.save(update_fields=list(PERSONAL))
    record("producer.change_personal", producer, by=by)
    return row


@in_vietnamese()
def _tell_commune(producer: Producer) -> None:
    notify(
        nearest_holders("products.register_producer", producer.unit),
        kind="producer.applied",
        key=f"producer-{producer.pk}-applied",
        subject=_("%(name)s đăng ký làm chủ thể OCOP") % {"name": producer.name},
        body=_("Kiểm tra thông tin rồi xác nhận hoặc từ chối."),
        url=f"producers/{producer.pk}/",
    )
