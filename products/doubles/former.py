"""What a row was before it became part of another: its facts and its log, kept under its old key."""

from typing import Any

from ocop.audit.models import Entry
from ocop.history import events
from products.making import CHANGED
from products.models import Producer, Product
from products.producers.registration import FACTS
from products.workflow import PRODUCER

TOLD: dict[Any, tuple[str, ...]] = {Producer: ("name", *FACTS), Product: CHANGED}
LATEST = 50


def former_rows(row: Any) -> list[dict[str, Any]]:
    """The rows merged into this one, the newest first: who, when, why, what it was, what had happened to it."""
    model = type(row)
    return [
        {
            "merge": merge,
            "was": [
                (model._meta.get_field(name).verbose_name, merge.facts[name], "")
                for name in TOLD[model]
                if merge.facts.get(name)
            ],
            "history": events(Entry.objects.about(model(pk=merge.gone_id))[:LATEST], PRODUCER),
        }
        for merge in row.merges.select_related("by")
    ]
