"""Sets as plain JSON values, with the field names in which the sets of all three decisions are exchanged."""

from __future__ import annotations

from typing import Any

from .catalog import Catalog
from .documents import set_document


def export(catalog: Catalog, regime: str | None = None) -> list[dict[str, Any]]:
    """Every current set of one regime, or of all regimes, in the order of the annexes."""
    codes = [regime] if regime else [code for code, it in catalog.regimes.items() if it.sets_of is None]
    return [set_document(it) for code in codes for it in catalog.sets_of(code)]
