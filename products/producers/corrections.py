"""A confirmed fact is wrong: asked for by her people, answered by the commune, the old value kept beside the new."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.written import in_vietnamese
from products.models import Correction, Producer, ProducerKind
from products.people import as_whom, demand, nearest_holders
from products.producers.facts import CONFIRMED, check_producer

ASK = "products.ask_correction"
Facts = Mapping[str, Any]


@transaction.atomic
def ask_correction(producer: Producer, wanted: Facts, *, note: str, by: User) -> Correction:
    """Ask the commune; what is as it stands already is left out, and nothing left means the words alone.

    ValidationError names each fact that could not stand; one request at a time.
    """
    demand(by, ASK, producer)
    fresh = Producer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=producer.pk)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi sai ở đâu và căn cứ vào giấy tờ nào.")})
    if fresh.corrections.open().exists():
        raise ValidationError(_("Chủ thể đang có một đề nghị chờ xã trả lời; hãy đợi hoặc rút đề nghị đó."))
    held = {name: getattr(fresh, name) for name in CONFIRMED}
    changed = {name: wanted[name] for name in CONFIRMED if name in wanted and wanted[name] != held[name]}
    _with(fresh, changed)
    check_producer(fresh)
    asked = Correction(
        producer=fresh, note=note.strip(), asked_by=by,
        wanted={name: _kept(value) for name, value in changed.items()},
        held={name: _kept(held[name]) for name in changed},
    )  # fmt: skip
    asked.full_clean(exclude=["producer", "asked_by"])
    asked.save(force_insert=True)
    record("correction.ask", asked, by=by, role=as_whom(by, asked), after=asked.state, note=asked.note)
    _tell(asked)
    return asked


def faults(asked: Correction) -> Iterator[str]:
    """Why it cannot be done as it was asked."""
    producer = Producer.objects.get(pk=asked.producer_id)
    moved = [name for name, value in asked.held.items() if _kept(getattr(producer, name)) != value]
    for name in moved:
        yield _("“%(field)s” đã đổi từ lúc gửi đề nghị: hãy xem lại với chủ thể.") % {"field": label_of(name)}
    if moved:
        return
    _with(producer, {name: _read(name, value) for name, value in asked.wanted.items()})
    try:
        check_producer(producer)
    except ValidationError as refused:
        yield from refused.messages


def correct(asked: Correction, *, by: User) -> None:
    """Write what was asked for; the log of the producer keeps both values."""
    producer = Producer.objects.select_for_update(of=("self",)).get(pk=asked.producer_id)
    if asked.wanted:
        _with(producer, {name: _read(name, value) for name, value in asked.wanted.items()})
        producer.save(update_fields=list(asked.wanted))
    data = {"correction": asked.pk, "held": asked.held, "wanted": asked.wanted}
    record("producer.correct", producer, by=by, note=asked.note, data=data)


def compared(asked: Correction) -> list[dict[str, str]]:
    """What stood there beside what is asked for, as people read it."""
    return [
        {"what": label_of(name), "held": shown(name, asked.held.get(name)), "wanted": shown(name, value)}
        for name, value in asked.wanted.items()
    ]


def label_of(name: str) -> str:
    words = str(Producer._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "kind":
        return str(ProducerKind(value).label)
    found = _read(name, value)
    return date_format(found, "SHORT_DATE_FORMAT") if isinstance(found, dt.date) else str(found)


def _with(producer: Producer, facts: Facts) -> None:
    for name, value in facts.items():
        setattr(producer, name, value)


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _read(name: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if name == "registered_on" and value else value


@in_vietnamese()
def _tell(asked: Correction) -> None:
    notify(
        nearest_holders("products.register_producer", asked.unit),
        kind="correction.asked",
        key=f"correction-{asked.pk}-asked",
        subject=_("%(producer)s đề nghị sửa thông tin") % {"producer": asked.producer.name},
        body=asked.note,
        url=f"corrections/{asked.pk}/",
    )
