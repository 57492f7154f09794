"""How a set and the library are written in YAML, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field

from .sets import Doubt, Group


@dataclass(frozen=True)
class RawCase:
    code: str
    name: str
    levels: tuple[dict[int, str], ...]


@dataclass(frozen=True)
class RawCriterion:
    """`like` takes what is not said here from the library; `but` replaces single levels, by their points."""

    code: str | None = None
    points: int | None = None
    like: str | None = None
    but: dict[int, str] = field(default_factory=dict)
    name: str | None = None
    levels: tuple[dict[int, str], ...] | None = None
    cases: tuple[RawCase, ...] | None = None
    notes: tuple[str, ...] | None = None
    knock_outs: tuple[str, ...] | None = None
    evidence: tuple[str, ...] | None = None
    group: str | None = None
    derived: bool | None = None
    star_on_title: int | None = None


@dataclass(frozen=True)
class RawSection(RawCriterion):
    """With `criteria`, a section of several; without, a section that is itself its only criterion."""

    criteria: tuple[RawCriterion, ...] | None = None
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class RawSet:
    code: str
    set_no: int
    name: str
    category: str
    sample_units: int
    parts: dict[str, tuple[RawSection, ...]]
    version: int = 1
    group: str | None = None
    sub_group: str | None = None
    ministries: tuple[str, ...] = ()
    rejected_if: tuple[str, ...] = ()
    anomalies: tuple[str, ...] = ()
    doubtful: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class RawKnockOut:
    text: str
    zero_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawRejection:
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """What the sets of one regime share, by key."""

    sections: dict[str, str] = field(default_factory=dict)
    criteria: dict[str, RawCriterion] = field(default_factory=dict)
    knock_outs: dict[str, RawKnockOut] = field(default_factory=dict)
    rejections: dict[str, RawRejection] = field(default_factory=dict)
