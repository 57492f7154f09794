"""Two tabs on one draft: which values may be written, and where somebody else was faster. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Clash:
    """The same field was changed meanwhile; both values are shown, nothing is overwritten."""

    name: str
    mine: Any
    theirs: Any
    revision: int

    def as_data(self) -> dict[str, Any]:
        return {"field": self.name, "mine": self.mine, "theirs": self.theirs, "revision": self.revision}


@dataclass
class Draft:
    """Values, the revision of the whole, and for each field the revision it last changed at."""

    values: dict[str, Any]
    revision: int = 0
    revisions: dict[str, int] = field(default_factory=dict)


Seen = int | Mapping[str, int] | None


def merge(draft: Draft, new: Mapping[str, Any], seen: Seen) -> list[Clash]:
    """Write what may be written into the draft; answer the clashes.

    `seen` is the revision the writer saw: of the whole, or field by field; None writes whatever stands there.
    """
    clashes, written = [], {}
    for name, value in new.items():
        if name in draft.values and draft.values[name] == value:
            continue
        if _changed_since(draft, name, seen):
            clashes.append(Clash(name, value, draft.values.get(name), draft.revisions[name]))
        else:
            written[name] = value
    if written:
        draft.revision += 1
        draft.values |= written
        draft.revisions |= dict.fromkeys(written, draft.revision)
    return clashes


def _changed_since(draft: Draft, name: str, seen: Seen) -> bool:
    if seen is None:
        return False
    saw = seen if isinstance(seen, int) else seen.get(name, 0)
    return draft.revisions.get(name, 0) > saw
