"""How a counted record reads in the list behind a figure."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Certificate, HandOver
from ocop.reports.links import address
from ocop.spreadsheet import Column, Sheet
from products.models import Dossier, Producer, Product
from promotion.models import Event, Participation


@dataclass(frozen=True)
class Row:
    """What every list shows: what it is, whose, where, its star and its day."""

    title: str
    sub: str
    unit: str
    stars: int | None
    on: dt.date | None
    url: str


@dataclass(frozen=True)
class Shown:
    """What a kind of record needs to be shown without a query a row."""

    day: Callable[[], str]  # what its day means, in words
    related: tuple[str, ...]
    row: Callable[[Any], Row]


def _certificate(it: Certificate) -> Row:
    sub = f"{it.number} · {it.producer_name}"
    url = address("promotion:product", it.product_id)
    return Row(it.product_name, sub, it.product.unit.name, it.stars, it.issued_on, url)


def _hand_over(it: HandOver) -> Row:
    product = it.assessment.dossier.product
    url = address("evaluation:assessment", it.assessment_id)
    return Row(
        product.name,
        it.receipt,
        it.assessment.dossier.unit.name,
        it.answer_stars,
        timezone.localdate(it.sent_at),
        url,
    )


def _dossier(it: Dossier) -> Row:
    sub = f"{it.code} · {it.get_state_display()}" if it.code else it.get_state_display()
    return Row(
        it.product.name,
        sub,
        it.unit.name,
        None,
        timezone.localdate(it.created_at),
        address("products:dossier", it.pk),
    )


def _product(it: Product) -> Row:
    day = timezone.localdate(it.created_at)
    return Row(it.name, it.producer.name, it.unit.name, None, day, address("products:product", it.pk))


def _producer(it: Producer) -> Row:
    day = timezone.localdate(it.created_at)
    return Row(it.name, it.get_kind_display(), it.unit.name, None, day, address("products:producer", it.pk))


def _event(it: Event) -> Row:
    return Row(it.name, it.place, it.unit.name, None, it.starts_on, address("promotion:event", it.pk))


def _participation(it: Participation) -> Row:
    held, event = it.certificate, it.event
    url = address("promotion:event", event.pk)
    return Row(held.product_name, event.name, held.product.unit.name, held.stars, event.starts_on, url)


SHOWN: dict[Any, Shown] = {
    Certificate: Shown(lambda: _("Ngày cấp"), ("product__unit",), _certificate),
    HandOver: Shown(
        lambda: _("Ngày chuyển"), ("assessment__dossier__product", "assessment__dossier__unit"), _hand_over
    ),
    Dossier: Shown(lambda: _("Ngày lập"), ("product", "unit"), _dossier),
    Product: Shown(lambda: _("Ngày đăng ký"), ("producer", "unit"), _product),
    Producer: Shown(lambda: _("Ngày đăng ký"), ("unit",), _producer),
    Event: Shown(lambda: _("Từ ngày"), ("unit",), _event),
    Participation: Shown(lambda: _("Từ ngày"), ("event", "certificate__product__unit"), _participation),
}


def sheet_of(title: Any, shown: Shown, amount: tuple[Any, str] | None = None) -> Sheet:
    """The list to take away: the columns of its page; `amount` is the unit and the field of a measure that is a sum."""

    def part(name: str) -> Callable[[Any], Any]:
        return lambda record: getattr(shown.row(record), name)

    return Sheet(
        title,
        (
            Column(_("Tên"), part("title"), 44),
            Column(_("Ghi thêm"), part("sub"), 60),
            Column(_("Xã, phường, đơn vị"), part("unit"), 28),
            Column(_("Sao"), part("stars"), 8),
            Column(shown.day(), part("on"), 14),
            *([Column(amount[0], attrgetter(amount[1]), 12)] if amount else []),
        ),
    )
