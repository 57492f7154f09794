"""What a criteria set is: parts, sections, criteria and levels as Annex II of the decision prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .regimes import Category, Regime


@dataclass(frozen=True)
class Level:
    """One printed line of a scale; `star` is the star for which it is the least that must be reached."""

    points: int
    label: str
    star: int | None = None


@dataclass(frozen=True)
class Case:
    """One of the alternative scales of a criterion, of which the scorer chooses one."""

    code: str
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class KnockOut:
    """A finding that ends the evaluation whatever the points; `zero_of`: criteria whose 0 is this finding."""

    code: str
    text: str
    zero_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejection:
    """A condition on which a dossier is refused before anybody scores it, and the papers that meet it."""

    code: str
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """`levels` is empty exactly when `cases` is not; `derived` marks levels the annex does not print."""

    code: str
    name: str
    points: int
    levels: tuple[Level, ...] = ()
    cases: tuple[Case, ...] = ()
    notes: tuple[str, ...] = ()
    knock_outs: tuple[KnockOut, ...] = ()
    evidence: tuple[str, ...] = ()
    group: str | None = None
    derived: bool = False
    star_on_title: int | None = None

    @cached_property
    def case_codes(self) -> tuple[str, ...]:
        return tuple(case.code for case in self.cases)

    @property
    def scales(self) -> tuple[tuple[Level, ...], ...]:
        """Every scale it has: one, or that of each case."""
        return tuple(case.levels for case in self.cases) or (self.levels,)

    def scale(self, case: str | None = None) -> tuple[Level, ...]:
        """The printed levels, of the chosen case where the criterion has cases."""
        if not self.cases:
            return self.levels
        return next((it.levels for it in self.cases if it.code == case), ())

    def gates_of(self, case: str | None = None) -> Mapping[int, int]:
        """Least points for each star; without a chosen case the lowest of the cases."""
        if not self.cases or case is not None:
            return {level.star: level.points for level in self.scale(case) if level.star}
        gates: dict[int, int] = {}
        for code in self.case_codes:
            for star, least in self.gates_of(code).items():
                gates[star] = min(least, gates.get(star, least))
        return gates

    @cached_property
    def gates(self) -> Mapping[int, int]:
        return self.gates_of(None)


@dataclass(frozen=True)
class Group:
    """Criteria inside a section that the annex sums on a line of their own."""

    code: str
    name: str
    points: int


@dataclass(frozen=True)
class Section:
    code: str
    name: str
    points: int
    criteria: tuple[Criterion, ...]
    groups: tuple[Group, ...] = ()
    notes: tuple[str, ...] = ()
    knock_outs: tuple[KnockOut, ...] = ()


@dataclass(frozen=True)
class Part:
    code: str
    name: str
    points: int
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Doubt:
    """A sum that does not hold in the text a set was taken from: what `where` comes to, and why it is carried."""

    where: str
    found: int
    why: str


@dataclass(frozen=True)
class CriteriaSet:
    """One score sheet of a regime; once published it never changes, a correction has a new code."""

    code: str
    set_no: int
    version: int
    name: str
    category: Category
    group: str | None
    sub_group: str | None
    ministries: tuple[str, ...]
    sample_units: int
    parts: tuple[Part, ...]
    rejections: tuple[Rejection, ...] = ()
    anomalies: tuple[str, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    confirmed_by: str | None = None
    official_wording: bool = False
    regime: Regime = field(repr=False, kw_only=True)

    @property
    def total(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The sums that nobody has confirmed, in words; history may use such a set, a new council may not."""
        return () if self.confirmed_by else tuple(f"{it.where}: {it.why}" for it in self.doubtful)

    @property
    def is_settled(self) -> bool:
        return not self.doubts

    @property
    def lasting_no(self) -> int | None:
        """The number under which the lists after its law have these products; None where they have no such set."""
        return dict(self.regime.renumbered).get(self.set_no, self.set_no)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for part in self.parts for section in part.sections)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in the order of the sheet."""
        return tuple(criterion for section in self.sections for criterion in section.criteria)

    @cached_property
    def by_code(self) -> Mapping[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def knock_outs(self) -> Mapping[str, KnockOut]:
        held = [it for section in self.sections for it in section.knock_outs]
        held += [it for criterion in self.criteria for it in criterion.knock_outs]
        return {it.code: it for it in held}
