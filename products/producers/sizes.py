"""The figures that say whether an enterprise is small or medium (26/2026: Điều 2)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import SizeRule
from products.models import Producer, ProducerSize
from products.people import as_whom, demand
from products.producers.eligibility import form_of

FIGURES = ("year", "sector", "workers", "revenue", "capital")


def rule_of(producer: Producer) -> SizeRule | None:
    """The size rule of her legal form; None where her form has none."""
    form = form_of(producer.kind)
    return form.size if form else None


def size_of(producer: Producer) -> ProducerSize | None:
    return ProducerSize.objects.filter(producer=producer).first()


@transaction.atomic
def save_size(producer: Producer, figures: Mapping[str, Any], *, by: User) -> ProducerSize:
    """Keep the year's figures; the log keeps them too. What they exceed is said where she takes part, not here."""
    demand(by, "products.change_producer", producer)
    fresh = Producer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=producer.pk)
    rule = rule_of(fresh)
    if rule is None:
        raise ValidationError(_("Loại hình này không phải khai quy mô."))
    if figures.get("sector") not in {it.code for it in rule.sectors}:
        raise ValidationError({"sector": _("Hãy chọn lĩnh vực.")})
    row = size_of(fresh) or ProducerSize(producer=fresh)
    for name in FIGURES:
        setattr(row, name, figures[name])
    row.saved_by, row.saved_at = by, timezone.now()
    if row.year is not None and row.year > timezone.localdate().year:
        raise ValidationError({"year": _("Năm số liệu chưa tới.")})
    row.full_clean(exclude=["producer", "saved_by"])
    row, _is_new = ProducerSize.objects.update_or_create(
        producer=fresh, defaults={name: getattr(row, name) for name in (*FIGURES, "saved_by", "saved_at")}
    )
    data = {name: figures[name] for name in FIGURES}
    record("producer.size", fresh, by=by, role=as_whom(by, fresh), data=data)
    return row
