"""The address on a paper beside the producer's: another commune, province or hamlet is told.

Most papers bear the names from before 01/07/2025: what the commune and its province were called then is no difference,
nor are marks and capitals. What cannot be told apart is taken for the same: a warning that cries wolf is not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from ocop.orgs.models import Place
from ocop.orgs.text import unaccented
from products.models import Producer
from products.people import with_predecessors

UNITS = "thi xa|thi tran|xa|phuong|dac khu|huyen|quan|tinh|thanh pho|tp"
HAMLETS = "to dan pho|tieu khu|ban|thon|xom|ap|khoi|khu"
KINDS = {  # what a word stands for; a district is no unit any more
    **dict.fromkeys(("xa", "phuong", "thi tran", "dac khu"), "commune"),
    "tinh": "province",
    **dict.fromkeys(("thanh pho", "tp"), "city"),
    **dict.fromkeys(HAMLETS.split("|"), "hamlet"),
}
SHORT = ((re.compile(r"\bx\.\s*"), "xa "), (re.compile(r"\bp\.\s*"), "phuong "), (re.compile(r"\btt\.\s*"), "thi tran "),
         (re.compile(r"\btp\.?\s*"), "tp "), (re.compile(r"\bt\.\s*"), "tinh "), (re.compile(r"\btdp\b"), "to dan pho"), (re.compile(r"\b(?:uy )?ban (?:nhan dan|quan ly)\b"), ""))  # fmt: skip
PART = re.compile(rf"\b({UNITS}|{HAMLETS})\s+([^,;]+?)(?=\s*(?:[,;.]|$|[-–]\s|\b(?:{UNITS})\s))")


@dataclass(frozen=True)
class Address:
    """The names it gives, without marks, by what they stand for."""

    names: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Address":
        plain = unaccented(text)
        for short, long in SHORT:
            plain = short.sub(long, plain)
        found: dict[str, set[str]] = {}
        for kind, name in PART.findall(plain):
            found.setdefault(KINDS.get(kind, ""), set()).add(name.strip())
        if "province" not in found and "city" in found:  # a city that is no province's stands for one
            found["province"] = found["city"]
        return cls({kind: frozenset(names) for kind, names in found.items()})

    def get(self, kind: str) -> frozenset[str]:
        return self.names.get(kind, frozenset())


def is_elsewhere(said: str, producer: Producer) -> bool:
    """Whether the paper's address names a commune, a province or a hamlet that is none of the producer's."""
    paper, own = Address.of(said), Address.of(producer.address)
    communes, provinces = _names_then_and_now(producer)
    pairs = (
        (paper.get("commune"), own.get("commune") | communes),
        (paper.get("province"), own.get("province") | provinces),
        (paper.get("hamlet"), own.get("hamlet")),
    )
    return any(named and known and not _share(named, known) for named, known in pairs)


def _share(named: Iterable[str], known: Iterable[str]) -> bool:
    """One of them is the same, or cut off at the end of a line."""
    return any(one.startswith(other) or other.startswith(one) for one in named for other in known)


def _names_then_and_now(producer: Producer) -> tuple[frozenset[str], frozenset[str]]:
    """Of the producer's commune and its province: today's name, and those of all that it was made of."""
    own = frozenset(_bare(it.name) for it in with_predecessors(producer.unit))
    place = producer.unit.place
    if place is None:
        return own, frozenset()
    kin = Place.objects.filter(Q(pk=place.pk) | Q(became__later=place) | Q(came_from__earlier=place))
    communes = list(kin.select_related("parent__parent"))
    above = {up.pk for it in communes for up in (it.parent, it.parent and it.parent.parent) if up is not None}
    provinces = Place.objects.filter(level="province").filter(Q(pk__in=above) | Q(became__later__in=above))
    return own | {_bare(it.name) for it in communes}, frozenset(_bare(it.name) for it in provinces)


def _bare(name: str) -> str:
    """Without its kind: “Xã Mường So” → “muong so”."""
    return re.sub(rf"^(?:{UNITS})\s+", "", unaccented(name))
