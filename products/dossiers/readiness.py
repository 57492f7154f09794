"""How far a dossier is: which of its parts are done, and what is missing first."""

import datetime as dt
from dataclasses import dataclass

from products.dossiers.completeness import gaps, known_is_missing, missing_fields, unscored
from products.dossiers.whole import Whole


@dataclass(frozen=True)
class Readiness:
    """Parts done of all parts (sections, papers, self-score), and the first thing missing in words."""

    done: int
    count: int
    first: str = ""

    @property
    def percent(self) -> int:
        return self.done * 100 // self.count


def readiness(whole: Whole, on: dt.date) -> Readiness:
    missing = gaps(whole, on)
    sections = sum(
        1
        for it in whole.asked
        if not missing_fields(whole, it) and not any(known_is_missing(whole, known) for known in it.known)
    )
    has_papers = bool(whole.papers) and not any(gap.item == "papers" for gap in missing)
    done = sections + has_papers + (not unscored(whole))
    return Readiness(done, len(whole.asked) + 2, missing[0].text if missing else "")
