"""Certificates as a province has them: made as rows, since how they come about is told in tests/evaluation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from evaluation.models import Certificate
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import add_months
from products.models import Producer, ProducerMember, Product

SECRETS = {  # what only people with business there may read
    "representative": "Lù Thị Kín",
    "phone": "0987000111",
    "email": "kin.rieng@example.vn",
    "address": "Số 7 ngõ Kín",
    "tax_code": "6200999888",
}


def make_product(
    unit: OrgUnit, name: str, *, set_code: str = "QD26-11", owner: User | None = None
) -> Product:
    """A product of a producer of its own, with facts that must not leak."""
    producer = Producer.objects.create(
        unit=unit, kind="cooperative", name=f"Hợp tác xã {name}", registration_number=f"62{Producer.objects.count():06d}",
        **SECRETS,
    )  # fmt: skip
    if owner is not None:
        ProducerMember.objects.create(producer=producer, user=owner, starts_on=dt.date(2020, 1, 1))
    return Product.objects.create(
        producer=producer,
        unit=unit,
        name=name,
        set_code=set_code,
        description=f"{name} hái từ cây trăm tuổi.",
    )


def make_certificate(
    product: Product,
    issuer: OrgUnit,
    *,
    stars: int = 3,
    issued_on: dt.date | None = None,
    months: int = 36,
    **facts: Any,
) -> Certificate:
    """A certificate on paper of that day."""
    day = issued_on or timezone.localdate() - dt.timedelta(days=10)
    return Certificate.objects.create(
        unit=issuer, product=product, producer=product.producer, stars=stars, issued_on=day,
        expires_on=facts.pop("expires_on", None) or add_months(day, months),
        number=facts.pop("number", None) or f"{Certificate.objects.count() + 1}/GCN-{day.year}",
        regime="26/2026", set_code=product.set_code, product_name=product.name, producer_name=product.producer.name,
        producer_address=product.producer.address, issuer_name=f"Ủy ban nhân dân {issuer}", is_recorded=True, **facts,
    )  # fmt: skip


def revoked(product: Product, issuer: OrgUnit, *, on: dt.date, **facts: Any) -> Certificate:
    return make_certificate(
        product,
        issuer,
        state="revoked",
        revoked_on=on,
        revoked_ground="a",
        revoked_reason="Hồ sơ giả",
        **facts,
    )
