"""Whether the samples of a product are there: as the desks that checked its dossier last found."""

from collections.abc import Iterable

from evaluation.models import Assessment
from products.law import criteria_set
from products.models import IntakeCheck
from products.models.review import Verdict

ITEM = "samples"


def samples_missing(assessment: Assessment) -> bool:
    """True where the set asks for samples and nobody found them good."""
    return bool(without_samples([assessment]))


def without_samples(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Those of these that lack theirs, with one query for all."""
    asked = [it for it in assessments if criteria_set(it.published.code).sample_units]
    checks = IntakeCheck.objects.filter(item=ITEM, dossier__in=[it.dossier_id for it in asked])
    last = dict(checks.order_by("checked_at").values_list("dossier", "verdict"))
    return [it for it in asked if last.get(it.dossier_id) != Verdict.OK]
