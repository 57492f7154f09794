"""The page where what is missing in a dossier is mended."""

from django.urls import reverse

from products.dossiers.completeness import Gap
from products.models import Dossier


def gap_url(dossier: Dossier, gap: Gap) -> str:
    """Where this gap is mended; what the commune or the calendar decides is read there."""
    match gap.page:
        case "section":
            return reverse("products:section", args=[dossier.pk, gap.part])
        case "criterion":
            return reverse("products:criterion", args=[dossier.pk, gap.part])
        case "evidence":
            return reverse("products:evidence", args=[dossier.pk]) + (f"?kind={gap.part}" if gap.part else "")
        case "standing":
            return reverse("products:producer", args=[dossier.product.producer_id])
        case "rounds":
            return reverse("products:dossier_start", args=[dossier.product_id])
        case "product":
            return reverse("products:product_edit", args=[dossier.product_id])
        case "producer":
            return reverse("products:producer_edit", args=[dossier.product.producer_id])
        case "personal":
            return reverse("products:producer_personal", args=[dossier.product.producer_id])
    raise ValueError(f"no page mends {gap.page}")
