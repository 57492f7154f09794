"""Who may take part: the legal forms of producers, the papers that show them, how large they may be (26/2026: Điều 2)."""

from __future__ import annotations

from dataclasses import dataclass

from .coded import named


@dataclass(frozen=True)
class FormPaper:
    """A paper that shows the legal form; `kind` is a row of the list of Mẫu 02, or a kind of its own."""

    kind: str
    name: str
    basis: str
    required: bool = True


@dataclass(frozen=True)
class SizeLimit:
    """The most of a small or medium enterprise in one sector: people, and million đồng a year."""

    code: str
    name: str
    workers: int
    revenue: int
    capital: int

    def holds(self, workers: int, revenue: int, capital: int) -> bool:
        """Workers, and of revenue and capital one at least; without revenue yet by capital (NĐ 80/2021: Điều 9.2)."""
        within = capital <= self.capital or 0 < revenue <= self.revenue
        return workers <= self.workers and within


@dataclass(frozen=True)
class SizeRule:
    """Larger ones are outside the programme."""

    basis: str
    sectors: tuple[SizeLimit, ...]

    def sector(self, code: str) -> SizeLimit:
        return named(self.sectors, code)


@dataclass(frozen=True)
class LegalForm:
    """Who may take part; without `categories` with all of them. `registered`: only as a registered business."""

    code: str
    name: str
    basis: str
    registered: bool
    papers: tuple[FormPaper, ...]
    categories: tuple[str, ...] = ()
    size: SizeRule | None = None

    def may_bring(self, category: str) -> bool:
        return not self.categories or category in self.categories
