"""What is bound: one version with all that its pages say, read whole, as they are laid out outside any scope."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from ocop.papers.letterhead import bare_place, letterhead
from products.advisory.results import BoundResult, bound_results
from products.dossiers.filed import Filed, FiledPaper, read
from products.models import DossierVersion, PaperConfirmation
from products.vault.said import said_of


@dataclass(frozen=True)
class Filing:
    """`results` of extra tests came after it was filed: they follow it in the book and are not on the receipt.

    So did what offices said of its papers: `words` by paper, as they stood `read_at`.
    """

    filed: Filed
    version: DossierVersion
    submitted_by: str
    place: str  # where the commune writes from
    results: list[BoundResult]
    words: Mapping[int, PaperConfirmation]
    read_at: dt.datetime

    @property
    def papers(self) -> list[FiledPaper]:
        """As they are bound, one behind the other."""
        return [*self.filed.papers, *self.results]


def filing_of(version: DossierVersion) -> Filing:
    """Needs the scope: names and places are read."""
    place = bare_place(letterhead(version.dossier.unit).place)
    results = bound_results(version.dossier)
    return Filing(
        read(version.content),
        version,
        str(version.submitted_by),
        place,
        results,
        words_on(version, results),
        timezone.localtime(),
    )


def words_on(version: DossierVersion, results: list[BoundResult]) -> dict[int, PaperConfirmation]:
    """What offices say now of the papers that a book of this version holds."""
    after = said_of([it.facts for it in results], key="paper") if results else {}
    return said_of(version.content["papers"]) | after
