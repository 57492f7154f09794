"""Communes by the names that people write in lists."""

from collections import defaultdict

from ocop.orgs.models import OrgUnit, UnitKind
from ocop.orgs.text import unaccented


class Communes:
    """Read once for a whole list."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[OrgUnit]] = defaultdict(list)

    def add(self, unit: OrgUnit) -> None:
        """Units of other kinds are left out."""
        if unit.kind == UnitKind.COMMUNE:
            self.by_name[unit.name_ascii].append(unit)

    def named(self, name: str) -> OrgUnit | None:
        """Among units of one name the one that still exists, or the only one there was."""
        found = self.by_name.get(unaccented(name), [])
        open_now = [unit for unit in found if unit.closed_on is None]
        return open_now[0] if len(open_now) == 1 else found[0] if len(found) == 1 else None
