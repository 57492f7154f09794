"""What offices said of the papers of her sheets, in words: taken along, and heard anew whenever the device has a line."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from evaluation.offline.sheets import OwnSheet
from ocop.orgs.models import User
from products.models import EvidenceLink, EvidencePaper, said


def read_said(sheets: Iterable[OwnSheet], user: User) -> dict[str, Any]:
    """`papers` by key, those alone of which something stands; `at` is when that was so. In one query."""
    dossiers = [sheet.item.assessment.dossier_id for sheet in sheets if sheet.is_open]
    tied = EvidenceLink.objects.filter(dossier__in=dossiers)
    papers = EvidencePaper.objects.visible_to(user).filter(pk__in=tied.values("paper"))
    words = papers.annotate(said=said()).values_list("pk", "said")  # type: ignore[no-redef]
    return {
        "at": f"{timezone.localtime():%H:%M %d/%m/%Y}",
        "papers": {
            str(pk): {"words": it.words, "look": it.look, "note": it.note}
            for pk, it in words
            if it is not None
        },
    }
