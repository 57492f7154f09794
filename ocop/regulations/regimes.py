"""What a regime is: who scores and certifies, when, by which papers and clocks; all but the points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from .coded import named
from .legal_forms import LegalForm

Clock = Literal["runs", "pauses", "restarts"]
Unit = Literal["working_days", "days"]
GateReading = Literal["mean", "each_ballot", "majority", "agreed"]
FallBack = Literal["highest_held", "two_stars"]


class MonthDay(NamedTuple):
    month: int
    day: int


@dataclass(frozen=True)
class Category:
    """`later` is the category that holds these products in the lists after, where it is another."""

    code: str
    name: str
    later: str | None = None

    @property
    def lasting(self) -> str:
        """The code under which its products are looked up whatever the law of their day."""
        return self.later or self.code


@dataclass(frozen=True)
class PartRule:
    code: str
    name: str
    points: int


@dataclass(frozen=True)
class Band:
    """Half-open: `least` ≤ total < the `least` of the next star; the top band ends with the full total."""

    star: int
    least: int
    name: str
    recognised: bool


@dataclass(frozen=True)
class SendUp:
    """A total in [least, below) goes to tier `to`; `least_stars` keeps out what would not be recognised."""

    to: str
    least: int
    below: int | None
    least_stars: int


@dataclass(frozen=True)
class RoundRule:
    """Both are "before" days: a request counts if made before `cut_off`, the round is done before `ends`."""

    number: int
    cut_off: MonthDay
    ends: MonthDay


@dataclass(frozen=True)
class Tier:
    code: str
    name: str
    unit_kind: str
    role: Literal["reports", "scores"]
    basis: str
    certifies: tuple[int, ...] = ()
    forwards_to: str | None = None
    sends_up: SendUp | None = None
    sends_back_to: str | None = None
    on_return: tuple[str, ...] = ()
    rounds: tuple[RoundRule, ...] = ()
    least_rounds: int = 0
    extra_rounds: str | None = None

    @property
    def scores(self) -> bool:
        return self.role == "scores"


@dataclass(frozen=True)
class DeadlineRule:
    """`clock` is what a request for a supplement does to the days, `extra_test` what an extra test does.

    `clock_basis` and `extra_test_basis` say who decided that.
    """

    code: str
    name: str
    amount: int
    unit: Unit
    clock: Clock
    basis: str
    clock_basis: str | None = None
    tier: str | None = None
    extra_test: Literal["runs", "pauses"] = "runs"
    extra_test_basis: str | None = None


@dataclass(frozen=True)
class Form:
    code: str
    name: str
    filled_by: str


@dataclass(frozen=True)
class DossierKind:
    code: str
    name: str
    forms: tuple[str, ...]
    must_update: tuple[str, ...]
    procedure: Literal["full", "written_opinion"]
    basis: str


@dataclass(frozen=True)
class EvidenceKind:
    """One row of the list of papers printed in Mẫu 02."""

    number: int
    code: str
    name: str


@dataclass(frozen=True)
class Finding:
    """One of the contents a commune reports on, without points."""

    code: str
    name: str


@dataclass(frozen=True)
class Package:
    """What one tier sends to the next."""

    sender: str
    receiver: str
    kinds: tuple[str, ...]
    papers: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class CertificateRule:
    """Renewal days count back from the last day of validity; `None` where the regime sets no window."""

    validity_months: int
    renewal_opens_days: int | None
    renewal_closes_days: int | None
    remind_days: int | None
    basis: str


@dataclass(frozen=True)
class RevocationGround:
    code: str
    name: str


@dataclass(frozen=True)
class Transition:
    """How long dossiers of the regime before may be finished, how far a certificate may be carried over."""

    finish_days: tuple[tuple[str, int], ...]
    extension_days: int
    basis: str


@dataclass(frozen=True)
class ProductCodeRule:
    pattern: str
    example: str
    year: Literal["evaluation"]
    basis: str


@dataclass(frozen=True)
class Policy:
    """What is left to a council's own rules (Quy chế); `dataclasses.replace` makes a province's."""

    combine: Literal["mean"]
    max_spread: Fraction
    quorum: Fraction
    chair_required: bool
    gates_on: GateReading
    gates_cumulative: bool
    fall_back: FallBack
    rescoring_rounds: int
    recusal_required: bool
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Regime:
    """One generation of the law; `files_from`, `files_until` are filing dates, `ends_on` its last day.

    `renumbered`: numbers of its sets that the lists after it gave otherwise, `None` where they have no such set.
    `notes`: what a reader of its sets must know and no figure holds.
    `legal_forms`: who may take part; empty where the decision's own list is not known.
    """

    code: str
    decision: str
    decided_on: date
    files_from: date
    files_until: date | None
    ends_on: date | None
    set_prefix: str
    sets_of: str | None
    parts: tuple[PartRule, ...]
    bands: tuple[Band, ...]
    tiers: tuple[Tier, ...]
    deadlines: tuple[DeadlineRule, ...]
    dossier_kinds: tuple[DossierKind, ...]
    forms: tuple[Form, ...]
    evidence: tuple[EvidenceKind, ...]
    findings: tuple[Finding, ...]
    packages: tuple[Package, ...]
    copies: tuple[tuple[str, int], ...]
    certificate: CertificateRule
    revocation: tuple[RevocationGround, ...]
    revoked_by: tuple[tuple[int, str], ...]
    product_code: ProductCodeRule
    transition: Transition | None
    categories: tuple[Category, ...]
    ministries: tuple[tuple[str, str], ...]
    council: Policy
    renumbered: tuple[tuple[int, int | None], ...] = ()
    notes: tuple[str, ...] = ()
    legal_forms: tuple[LegalForm, ...] = ()

    def tier(self, code: str) -> Tier:
        return named(self.tiers, code)

    def deadline(self, code: str) -> DeadlineRule:
        return named(self.deadlines, code)

    def dossier_kind(self, code: str) -> DossierKind:
        return named(self.dossier_kinds, code)

    def evidence_kind(self, code: str) -> EvidenceKind:
        return named(self.evidence, code)

    def category(self, code: str) -> Category:
        return named(self.categories, code)

    def legal_form(self, code: str) -> LegalForm:
        return named(self.legal_forms, code)

    @property
    def least_recognised(self) -> int:
        return min(band.star for band in self.bands if band.recognised)
