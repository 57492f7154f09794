"""What a unit's papers print of it (NĐ 30/2020, Phụ lục I): its own words where given, else those of its kind."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ocop.orgs.models import OrgUnit, UnitKind

COMMITTEE = "ỦY BAN NHÂN DÂN"
_COMMITTEES = frozenset([UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE])
_KIND_WORDS = ("thành phố", "tỉnh", "thị xã", "huyện", "quận", "đặc khu", "thị trấn", "phường", "xã")
_SMALL_WORDS = frozenset(["và", "các", "của"])
# Who drafts the letters of such a unit: the last letters of "05/UBND-NNMT".
_DRAFTED_BY = {UnitKind.PROVINCE: "NNMT", UnitKind.DISTRICT: "NNPTNT", UnitKind.COMMUNE: "KT"}
_HEADS = {
    UnitKind.MINISTRY: "BỘ TRƯỞNG",
    UnitKind.DEPARTMENT: "GIÁM ĐỐC",
    UnitKind.OFFICE: "CHÁNH VĂN PHÒNG",
    UnitKind.CONSULTANT: "GIÁM ĐỐC",
}


@dataclass(frozen=True)
class Letterhead:
    """The head and the foot of a paper, frozen into it when it gets its number."""

    superior: str
    name: tuple[str, ...]  # lines, in capitals
    symbol: str
    drafted_by: str
    place: str
    signs_for: str  # TM. ỦY BAN NHÂN DÂN; "" where the head signs in his own right
    head: str  # CHỦ TỊCH, GIÁM ĐỐC
    authority: str  # CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU: who decides
    in_text: str  # Ủy ban nhân dân tỉnh Lai Châu

    @property
    def authority_in_text(self) -> str:
        return f"{self.head.capitalize()} {self.in_text}"

    def as_data(self) -> dict[str, Any]:
        return asdict(self) | {"name": list(self.name)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Letterhead":
        return cls(**{**data, "name": tuple(data["name"])})


def letterhead(unit: OrgUnit) -> Letterhead:
    """The letterhead of a unit; each field of the unit's own wins over the default of its kind."""
    is_committee = unit.kind in _COMMITTEES
    name = _lines(unit, is_committee=is_committee)
    full, head = " ".join(name), _HEADS.get(UnitKind(unit.kind), "CHỦ TỊCH")
    return Letterhead(
        superior=(unit.superior_on_papers or ("" if is_committee else _superior(unit))).upper(),
        name=name,
        symbol=unit.symbol or ("UBND" if is_committee else initials(unit.name)),
        drafted_by=_DRAFTED_BY.get(UnitKind(unit.kind), "OCOP"),
        place=unit.place_on_papers or place_of(unit),
        signs_for=unit.signs_for or (f"TM. {COMMITTEE}" if is_committee else ""),
        head=head,
        authority=f"{head} {full}",
        in_text=_in_text(unit, is_committee=is_committee),
    )


def _lines(unit: OrgUnit, *, is_committee: bool) -> tuple[str, ...]:
    if unit.name_on_papers:
        return tuple(line.strip().upper() for line in unit.name_on_papers.split("/") if line.strip())
    return (COMMITTEE, unit.name.upper()) if is_committee else (unit.name.upper(),)


def _in_text(unit: OrgUnit, *, is_committee: bool) -> str:
    return f"{COMMITTEE.capitalize()} {unit.name[0].lower()}{unit.name[1:]}" if is_committee else unit.name


def _superior(unit: OrgUnit) -> str:
    if unit.parent is None:
        return ""
    return " ".join(_lines(unit.parent, is_committee=unit.parent.kind in _COMMITTEES))


def place_of(unit: OrgUnit) -> str:
    """The place name of the nearest unit with a seat: "Xã Mường So" writes from "Mường So"."""
    if unit.kind == UnitKind.MINISTRY:
        return "Hà Nội"
    if unit.kind in _COMMITTEES or unit.parent is None:
        return bare_place(unit.name)
    return place_of(unit.parent)


def bare_place(name: str) -> str:
    for word in _KIND_WORDS:
        if name.casefold().startswith(f"{word} "):
            return name[len(word) + 1 :]
    return name


def initials(name: str) -> str:
    """Sở Nông nghiệp và Môi trường → SNNMT."""
    return "".join(word[0].upper() for word in name.split() if word.casefold() not in _SMALL_WORDS)
