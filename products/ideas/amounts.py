"""An amount with its unit as people write it: 3.000 gói, 12,5 tấn/năm; compared only where the units allow it."""

import re
from dataclasses import dataclass
from decimal import Decimal

# Thousands are parted by dots and decimals by a comma; "12.5" is neither and is not guessed at.
WRITTEN = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{3}){1,4}|\d{1,15})(?P<part>,\d{1,6})?\s*(?P<unit>[^\W\d].*)?"
)
KILOGRAMS = {"kg": 1, "yến": 10, "tạ": 100, "tấn": 1000}
A_YEAR = re.compile(r"\s*(?:/|mỗi|một)\s*năm$")


@dataclass(frozen=True)
class Amount:
    """A number of some unit; `unit` is "" where none was written."""

    number: Decimal
    unit: str

    def in_unit(self, unit: str) -> Decimal | None:
        """The same amount in that unit; None where the two are not to be compared."""
        mine, asked = _plain(self.unit), _plain(unit)
        if mine == asked:
            return self.number
        if mine in KILOGRAMS and asked in KILOGRAMS:
            return self.number * KILOGRAMS[mine] / KILOGRAMS[asked]
        return None


def read_amount(text: str) -> Amount | None:
    """None where it does not begin with one plain number."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    digits = found["number"].replace(".", "") + (found["part"] or "").replace(",", ".")
    return Amount(Decimal(digits), (found["unit"] or "").strip())


def _plain(unit: str) -> str:
    return A_YEAR.sub("", unit.strip().casefold())
