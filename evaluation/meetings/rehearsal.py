"""Rehearsal: a finished meeting's sheets reckoned once more by another law, Quy chế or draft. Pure, kept nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from ocop.regulations import (
    Catalog,
    CriteriaSet,
    Policy,
    SheetError,
    combine,
    needs_rescore,
    read_sheet,
    stars,
)

MOST_WORDS = 5  # of what cannot be read, the first are named


@dataclass(frozen=True)
class Given:
    """What the council left of one product; `sheets` are those that counted, as the law's functions read them."""

    name: str
    criteria_set: CriteriaSet
    sheets: tuple[Mapping[str, Any], ...]
    mean: Fraction
    stars: int
    agreed: Mapping[str, int] = field(default_factory=dict)
    knock_outs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rehearsed:
    """`why_not` says why the sheets cannot be read by the other set; then there is no mean and no star."""

    given: Given
    target: CriteriaSet | None
    mean: Fraction | None = None
    stars: int | None = None
    is_apart: bool = False
    reasons: tuple[str, ...] = ()
    why_not: tuple[str, ...] = ()

    @property
    def change(self) -> int | None:
        """Stars more or less than were concluded."""
        return None if self.stars is None else self.stars - self.given.stars

    @property
    def fallen(self) -> int:
        return -min(self.change or 0, 0)


@dataclass(frozen=True)
class Sums:
    """How many rise, fall, stay, and cannot be rehearsed."""

    up: int
    down: int
    same: int
    left_out: int


def rehearse(given: Given, target: CriteriaSet | None, policy: Policy) -> Rehearsed:
    """The stars of these sheets by that set and policy; what the council agreed on and found counts as it did."""
    if target is None:
        return Rehearsed(given, None, why_not=(_("Không có bộ tiêu chí tương ứng."),))
    if words := list(_other_codes(given.criteria_set, target)):
        return Rehearsed(given, target, why_not=tuple(words))
    try:
        sheets = [read_sheet(target, sheet) for sheet in given.sheets]
    except SheetError as error:
        words = [f"{code}: {text}" for code, text in list(error.errors.items())[:MOST_WORDS]]
        return Rehearsed(given, target, why_not=tuple(words))
    if not sheets:
        return Rehearsed(given, target, why_not=(_("Không có phiếu nào được tính."),))
    combined = combine(target, sheets, policy)
    found = [code for code in given.knock_outs if code in target.knock_outs]
    verdict = stars(target, combined, policy, agreed=given.agreed, knocked_out=found)
    return Rehearsed(
        given,
        target,
        mean=combined.total,
        stars=verdict.stars,
        is_apart=needs_rescore(combined, policy),
        reasons=tuple(str(it) for it in verdict.reasons),
    )


def _other_codes(old: CriteriaSet, new: CriteriaSet) -> Iterable[str]:
    """Sheets of one set are read by another only where every criterion is there under the same code."""
    words = {"old": old.code, "new": new.code}
    if missing := sorted(old.by_code.keys() - new.by_code.keys()):
        text = _("Bộ %(new)s không có tiêu chí %(codes)s của bộ %(old)s.")
        yield text % {**words, "codes": _named(missing)}
    if more := sorted(new.by_code.keys() - old.by_code.keys()):
        yield _("Bộ %(new)s có thêm tiêu chí %(codes)s.") % {**words, "codes": _named(more)}


def _named(codes: Sequence[str]) -> str:
    first, more = ", ".join(codes[:MOST_WORDS]), len(codes) - MOST_WORDS
    return _("%(codes)s và %(n)s tiêu chí khác") % {"codes": first, "n": more} if more > 0 else first


def under(law: Catalog, it: CriteriaSet, regime: str) -> CriteriaSet | None:
    """The set of that law for the same products; an amended law reads the sets of the law it amends by its own bands."""
    same = law.counterpart(it, regime)
    return replace(same, regime=law.regime(regime)) if same else None


def among(drafts: Iterable[CriteriaSet], it: CriteriaSet) -> CriteriaSet | None:
    """The draft of the same code, else the newest one for the same products."""
    drafts = list(drafts)
    own = [one for one in drafts if one.code == it.code]
    same = own or [one for one in drafts if one.lasting_no == it.lasting_no is not None]
    return max(same, key=lambda one: one.version, default=None)


def sums(rows: Iterable[Rehearsed]) -> Sums:
    changes = [row.change for row in rows]
    known = [it for it in changes if it is not None]
    return Sums(
        up=sum(it > 0 for it in known),
        down=sum(it < 0 for it in known),
        same=sum(it == 0 for it in known),
        left_out=changes.count(None),
    )
