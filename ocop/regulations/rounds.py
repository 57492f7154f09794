"""The calendar of a regime: rounds of a year, validity of a certificate, the window for its renewal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .deadlines import add_months
from .regimes import Regime


@dataclass(frozen=True)
class RoundWindow:
    """Requests from `opens_on` count if made before `cut_off`; the tier is done before `ends_on`."""

    tier: str
    number: int
    opens_on: date
    cut_off: date
    ends_on: date

    def accepts(self, requested_on: date) -> bool:
        return self.opens_on <= requested_on < self.cut_off


@dataclass(frozen=True)
class RenewalWindow:
    """Both days belong to the window."""

    opens_on: date
    closes_on: date

    def holds(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


def round_windows(regime: Regime, tier: str, year: int) -> tuple[RoundWindow, ...]:
    """The rounds that end in `year`, earliest first (26/Art 5); empty where the year's plan sets them."""
    rules = sorted(regime.tier(tier).rounds, key=lambda rule: rule.ends)
    cut_offs = sorted(rule.cut_off for rule in rules)
    windows = []
    for rule in rules:
        cut_off = date(year, *rule.cut_off) if rule.cut_off < rule.ends else date(year - 1, *rule.cut_off)
        place = cut_offs.index(rule.cut_off)
        opens_year = cut_off.year if place else cut_off.year - 1
        opens = date(opens_year, *cut_offs[place - 1])
        windows.append(RoundWindow(tier, rule.number, opens, cut_off, date(year, *rule.ends)))
    return tuple(windows)


def round_for(regime: Regime, tier: str, requested_on: date) -> RoundWindow | None:
    """The ordinary round a request of that day falls into."""
    years = (requested_on.year, requested_on.year + 1)
    windows = [window for year in years for window in round_windows(regime, tier, year)]
    return next((window for window in windows if window.accepts(requested_on)), None)


def expires_on(regime: Regime, issued_on: date) -> date:
    """The last day a certificate is valid (26/Art 4: 36 months from the day of issue)."""
    return add_months(issued_on, regime.certificate.validity_months)


def renewal_window(regime: Regime, expires: date) -> RenewalWindow | None:
    """When the dossier for re-ranking is filed (26/Art 7.6); `None` where the regime sets no window."""
    rule = regime.certificate
    if rule.renewal_opens_days is None or rule.renewal_closes_days is None:
        return None
    return RenewalWindow(
        expires - timedelta(days=rule.renewal_opens_days), expires - timedelta(days=rule.renewal_closes_days)
    )


def finish_by(regime: Regime, kind: str, regimes: Iterable[Regime]) -> date | None:
    """The last day a dossier of an earlier law may be finished under it (26/Art 12.2); `None` for the law in force."""
    if regime.files_until is None:
        return None
    later = [it for it in regimes if it.transition and it.files_from > regime.files_until]
    following = min(later, key=lambda it: it.files_from, default=None)
    if following is None or following.transition is None:
        return regime.ends_on
    limit = following.files_from + timedelta(days=dict(following.transition.finish_days)[kind])
    return min(limit, regime.ends_on) if regime.ends_on else limit


def laws_on(regimes: Iterable[Regime], on: date) -> list[Regime]:
    """Those a decision of that day may go by: the law in force, and each before it that is still finished under."""
    regimes = list(regimes)
    return [it for it in regimes if it.files_from <= on <= (_last_day(it, regimes) or on)]


def _last_day(regime: Regime, regimes: list[Regime]) -> date | None:
    """`None` for the law in force."""
    if regime.files_until is None:
        return None
    days = [finish_by(regime, kind.code, regimes) for kind in regime.dossier_kinds]
    return max([regime.files_until, *(day for day in days if day)])


def extension_limit(regime: Regime, expires: date) -> date | None:
    """The furthest a certificate may be carried over in the transition (26/Art 12), `None` without one."""
    return expires + timedelta(days=regime.transition.extension_days) if regime.transition else None
