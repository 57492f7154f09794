"""What `has_perm` asks an object."""

from collections.abc import Iterable
from typing import Any


class Governed:
    """An object that rights can be asked about; a model says only where it differs."""

    def governing_units(self) -> Iterable[Any]:
        """The units whose people it concerns."""
        return [self.unit]  # type: ignore[attr-defined]

    def roles_of(self, user: Any) -> Iterable[str]:
        """The party roles (`roles.py`) that a domain fact gives this user on this object."""
        return ()

    def excludes(self, user: Any) -> bool:
        """True where a declared conflict shuts this user out, whatever else grants it."""
        return False
