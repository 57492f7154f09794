"""Writing a checked file: producers, products and certificates in one transaction, by a worker."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.certificates.issuing import replace_earlier
from evaluation.legacy.checking import Checked, Row, check
from evaluation.legacy.columns import COLUMNS
from evaluation.legacy.recording import legacy_row
from evaluation.models import Certificate, CertificateState, LegacyImport
from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.orgs.text import sort_key, unaccented
from ocop.tables.imports import ImportState
from ocop.tables.reading import read_sheet
from products.models import Producer, ProducerState, Product

ProducerKey = tuple[int, str]


def write_due_imports() -> None:
    """Write the files that wait; one that another worker writes is left to it, one killed half-way is whole again."""
    waiting = LegacyImport.objects.filter(state=ImportState.QUEUED).order_by("pk")
    for one in waiting.select_for_update(skip_locked=True, of=("self",)):
        _write_one(one)


def _write_one(one: LegacyImport) -> None:
    with one.file.open() as stored:
        content = stored.read()
    try:
        with transaction.atomic():
            checked = check(read_sheet(content, COLUMNS))
            faults = [fault.as_list() for fault in checked.sheet.faults]
            summary = {} if faults else write_rows(checked, source=one.file, by=one.created_by)
    except (ValidationError, IntegrityError) as error:
        faults, summary = [[0, "", "; ".join(getattr(error, "messages", [str(error)]))[:500]]], {}
    state = ImportState.FAULTY if faults else ImportState.DONE
    LegacyImport.objects.filter(pk=one.pk).update(
        state=state, faults=faults, summary=summary, done_at=timezone.now()
    )
    record("legacyimport.write", one, by=None, before=ImportState.QUEUED, after=state, data=summary)
    notify(
        [one.created_by],
        kind="import",
        key=f"legacy-import-{one.pk}-{state}",
        subject=_("Đã ghi xong dữ liệu cũ: %(file)s") % {"file": one.file}
        if not faults
        else _("Chưa ghi được dữ liệu cũ: %(file)s") % {"file": one.file},
        url=f"certificates/imports/{one.pk}/",
    )


def write_rows(checked: Checked, *, source: StoredFile | None, by: User) -> dict[str, int]:
    """Make what is not there yet; counts of what was made. As many queries for three hundred rows as for three."""
    producers, new_producers = _producers(checked.rows, by)
    products, new_products = _products(checked.rows, producers)
    _replace_in_register(_certificates(checked.rows, producers, products, source), by)
    return {
        "producers": new_producers,
        "products": new_products,
        "certificates": len(checked.rows),
        "known": checked.known,
    }


def _producer_key(row: Row) -> ProducerKey:
    return row.commune.pk, unaccented(row.values["producer"])


def _producers(rows: Iterable[Row], by: User) -> tuple[dict[ProducerKey, Producer], int]:
    """By registration number where one is given, else by commune and name."""
    wanted = {_producer_key(row): row for row in rows}
    numbers = {
        row.values["registration_number"] for row in wanted.values() if row.values.get("registration_number")
    }
    whole = Producer.objects.select_related("unit__parent__parent")
    by_number = {it.registration_number: it for it in whole.filter(registration_number__in=numbers)}
    there = whole.filter(unit__in={unit for unit, _name in wanted})
    found: dict[ProducerKey, Producer] = {(it.unit_id, it.name_ascii): it for it in there}
    new: dict[ProducerKey, Producer] = {}
    for key, row in wanted.items():
        number = row.values.get("registration_number", "")
        if number in by_number:
            found[key] = by_number[number]
        elif key not in found:
            new[key] = _new_producer(row, number, by)
            if number:
                by_number[number] = new[key]
    fresh = list({id(it): it for it in new.values()}.values())
    Producer.objects.bulk_create(fresh)
    return found | new, len(fresh)


def _new_producer(row: Row, number: str, by: User) -> Producer:
    name = row.values["producer"]
    return Producer(
        unit=row.commune,
        kind=row.values["producer_kind"],
        name=name,
        sort_key=sort_key(name),
        name_ascii=unaccented(name),
        registration_number=number,
        address=row.values.get("address", ""),
        state=ProducerState.APPROVED,
        created_by=by,
    )


def _products(
    rows: Iterable[Row], producers: dict[ProducerKey, Producer]
) -> tuple[dict[tuple[int, str], Product], int]:
    ids = {producer.pk for producer in producers.values()}
    there = Product.objects.filter(producer__in=ids).select_related("producer__unit__parent__parent")
    found = {(it.producer_id, it.name_ascii): it for it in there}
    new: dict[tuple[int, str], Product] = {}
    for row in rows:
        producer, name = producers[_producer_key(row)], row.values["product"]
        key = (producer.pk, unaccented(name))
        if key not in found and key not in new:
            new[key] = Product(
                producer=producer, unit=producer.unit, name=name, sort_key=sort_key(name),
                name_ascii=unaccented(name), set_code=row.set_code,
            )  # fmt: skip
    Product.objects.bulk_create(new.values())
    return found | new, len(new)


def _certificates(
    rows: Iterable[Row],
    producers: dict[ProducerKey, Producer],
    products: dict[tuple[int, str], Product],
    source: StoredFile | None,
) -> list[Certificate]:
    """Of several of one product that overlap, only the newest is in force, and is answered; the earlier are replaced."""
    made = [
        _certificate(
            row, products[producers[_producer_key(row)].pk, unaccented(row.values["product"])], source
        )
        for row in rows
    ]
    Certificate.objects.bulk_create(made)
    replaced = []
    for earlier, later in _succession(made):
        earlier.replaced_by = later
        replaced.append(earlier)
    Certificate.objects.bulk_update(replaced, ["replaced_by"])
    ids = {one.pk for one in replaced}
    Certificate.objects.filter(pk__in=ids).update(state=CertificateState.REPLACED)
    return [one for one in made if one.pk not in ids]


def _certificate(row: Row, product: Product, source: StoredFile | None) -> Certificate:
    values = row.values
    return legacy_row(
        issuer=row.issuer,
        number=values["number"],
        product=product,
        stars=values["stars"],
        issued_on=values["issued_on"],
        ends_on=values.get("ends_on"),
        decision_number=values.get("decision_number", ""),
        decision_on=values.get("decision_on"),
        code=values.get("code", ""),
        issuer_name=row.issuer_name,
        source_file=source,
    )


def _succession(made: Iterable[Certificate]) -> Iterable[tuple[Certificate, Certificate]]:
    """(earlier, later) of the same product, where the later came before the earlier had ended."""
    by_product: dict[int, list[Certificate]] = {}
    for one in sorted(made, key=lambda it: it.issued_on):
        by_product.setdefault(one.product.pk, []).append(one)
    for ones in by_product.values():
        for earlier, later in pairwise(ones):
            if later.issued_on <= earlier.expires_on:
                yield earlier, later


def _replace_in_register(made: list[Certificate], by: User) -> None:
    """Where the register holds another certificate of the product in force, the newer of the two stands."""
    ids = {it.pk for it in made}
    in_force = Certificate.objects.filter(
        state=CertificateState.IN_FORCE, product__in={it.product_id for it in made}
    )
    others: dict[int, list[Certificate]] = {}
    for one in in_force.exclude(pk__in=ids):
        others.setdefault(one.product_id, []).append(one)
    today: dt.date = timezone.localdate()
    for one in made:
        rivals: list[Any] = others.get(one.product_id, [])
        if rivals and one.expires_on >= today:
            newest = max([one, *rivals], key=lambda it: it.issued_on)
            replace_earlier(newest, by=by)
