"""The page where what is missing in a dossier is mended."""

from typing import Any

from django.urls import reverse

from products.dossiers.completeness import Gap
from products.models import Dossier


def gap_url(dossier: Dossier, gap: Gap) -> str:
    """Where this gap is mended; what the commune decides is read there. KeyError for a page that nobody made."""
    producer = dossier.product.producer_id
    pages: dict[str, tuple[str, tuple[Any, ...], str]] = {
        "section": ("section", (dossier.pk, gap.part), ""),
        "criterion": ("criterion", (dossier.pk, gap.part), ""),
        "evidence": ("evidence", (dossier.pk,), f"?kind={gap.part}" if gap.part else ""),
        "paper": ("evidence_edit", (dossier.pk, gap.part), ""),
        "round": ("dossier_move", (dossier.pk,), ""),
        "product": ("product_edit", (dossier.product_id,), ""),
        "standing": ("producer", (producer,), ""),
        "producer": ("producer_edit", (producer,), ""),
        "legal": ("producer", (producer,), "#h-lh"),
        "personal": ("producer_personal", (producer,), ""),
    }
    name, args, rest = pages[gap.page]
    return reverse(f"products:{name}", args=args) + rest
