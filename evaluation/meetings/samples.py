"""What the samples of products lack, beside the products: said before a meeting, never a refusal."""

from collections.abc import Iterable

from evaluation.models import Assessment
from products.samples import short_of


def with_samples(assessments: Iterable[Assessment]) -> list[tuple[Assessment, str]]:
    """Each with what its samples lack, or ""; two queries for all."""
    rows = list(assessments)
    lacking = short_of([it.dossier for it in rows])
    return [(it, lacking.get(it.dossier_id, "")) for it in rows]


def without_samples(assessments: Iterable[Assessment]) -> list[tuple[Assessment, str]]:
    """Those that lack some, with the words that say so."""
    return [(it, words) for it, words in with_samples(assessments) if words]
