"""What was asked for and whether it was touched since: one list, which both sides read."""

from dataclasses import dataclass

from products.dossiers.freezing import frozen, item_of
from products.dossiers.whole import Whole
from products.models import SupplementRequest


@dataclass(frozen=True)
class Answer:
    """One item of the request; `changed` is None for what no part of the dossier holds (samples, a general note)."""

    key: str
    label: str
    reason: str
    changed: bool | None


def answers(whole: Whole, asked: SupplementRequest) -> list[Answer]:
    """Against the version that was asked about: the dossier as it stands, or as it came back."""
    before = whole.dossier.versions.filter(submitted_at__lte=asked.asked_at).order_by("-number").first()
    now = frozen(whole)
    found = []
    for row in asked.items:
        key, changed = row.get("item", ""), None
        if before is not None and key not in ("", "samples"):
            changed = item_of(before.content, key) != item_of(now, key)
        found.append(Answer(key, row.get("label", ""), row.get("reason", ""), changed))
    return found
