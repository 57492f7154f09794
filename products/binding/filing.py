"""What is bound: one version with all that its pages say, read whole, as they are laid out outside any scope."""

from dataclasses import dataclass

from ocop.papers.letterhead import bare_place, letterhead
from products.dossiers.filed import Filed, read
from products.models import DossierVersion


@dataclass(frozen=True)
class Filing:
    filed: Filed
    version: DossierVersion
    submitted_by: str
    place: str  # where the commune writes from


def filing_of(version: DossierVersion) -> Filing:
    """Needs the scope: names and places are read."""
    place = bare_place(letterhead(version.dossier.unit).place)
    return Filing(read(version.content), version, str(version.submitted_by), place)
