"""What is bound: one version with all that its pages say, read whole, as they are laid out outside any scope."""

from dataclasses import dataclass

from ocop.papers.letterhead import bare_place, letterhead
from products.advisory.results import BoundResult, bound_results
from products.dossiers.filed import Filed, FiledPaper, read
from products.models import DossierVersion


@dataclass(frozen=True)
class Filing:
    """`results` of extra tests came after it was filed: they follow it in the book and are not on the receipt."""

    filed: Filed
    version: DossierVersion
    submitted_by: str
    place: str  # where the commune writes from
    results: list[BoundResult]

    @property
    def papers(self) -> list[FiledPaper]:
        """As they are bound, one behind the other."""
        return [*self.filed.papers, *self.results]


def filing_of(version: DossierVersion) -> Filing:
    """Needs the scope: names and places are read."""
    place = bare_place(letterhead(version.dossier.unit).place)
    return Filing(
        read(version.content), version, str(version.submitted_by), place, bound_results(version.dossier)
    )
