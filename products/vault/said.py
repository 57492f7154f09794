"""What offices said of papers that were filed, for what is read apart from them: bound dossiers, archives, packages."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from products.models import EvidencePaper, PaperConfirmation
from products.models.confirmation import Said

TEXTS = ("kind", "title", "number", "issuer", "scope")
DAYS = ("issued_on", "expires_on")


def said_of(filed: Iterable[Mapping[str, Any]], *, key: str = "id") -> dict[int, PaperConfirmation]:
    """By paper what stands of it, where its facts are still those that were filed; in one query.

    `filed` are papers as a version froze them, `key` names the paper in them. What was said of other facts is no word
    on these.
    """
    facts = {it[key]: it for it in filed}
    rows = PaperConfirmation.objects.filter(
        paper__in=facts.keys(), revision=F("paper__revision"), ended_at=None
    )
    found = {row.paper_id: row for row in rows.select_related("paper", "unit").order_by("paper_id")}
    return {pk: row for pk, row in found.items() if _is_as_filed(row.paper, facts[pk])}


def as_told(said: PaperConfirmation | None) -> dict[str, str] | None:
    """A word as it travels: plain values."""
    if said is None:
        return None
    return {
        "verdict": said.verdict,
        "unit": said.unit.name,
        "at": said.at.isoformat(),
        "note": said.note,
    }


def said_in(told: Mapping[str, str] | None) -> Said | None:
    """A word that travelled, to be shown."""
    if not told:
        return None
    return Said(told["verdict"], told["unit"], dt.datetime.fromisoformat(told["at"]), told["note"])


def _is_as_filed(paper: EvidencePaper, filed: Mapping[str, Any]) -> bool:
    texts = all(getattr(paper, name) == filed.get(name, "") for name in TEXTS)
    return texts and all(_iso(getattr(paper, name)) == filed[name] for name in DAYS)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
