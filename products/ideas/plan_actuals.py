"""A business plan followed: what it planned for each year beside what the product's filed dossiers declare of it.

Mẫu 02 asks for "the last year", which is the year before that of the filing, and for the workers of the filing's own.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ocop.orgs.models import User
from products.dossiers.sections import is_empty
from products.ideas.amounts import Amount, read_amount
from products.ideas.plan_parts import MILLION, YEARS, profit, unit_words
from products.models import BusinessPlan, Dossier, DossierState, DossierVersion


class Progress(models.TextChoices):
    """What came of a planned figure, in a word."""

    REACHED = "reached", pgettext_lazy("plan", "Đạt")
    BEHIND = "behind", gettext_lazy("Chậm")
    RUNNING = "running", gettext_lazy("Chưa hết năm")
    UNKNOWN = "unknown", gettext_lazy("Chưa biết")
    UNPLANNED = "unplanned", gettext_lazy("Chưa ghi kế hoạch")
    APART = "apart", gettext_lazy("Khác đơn vị")  # not to be compared


KINDS = {Progress.REACHED: "good", Progress.BEHIND: "back", Progress.APART: "back"}


@dataclass(frozen=True)
class Answer:
    """Where Mẫu 02 asks for a figure, and how many years before the filing it is true of."""

    section: str
    field: str
    years_before: int


@dataclass(frozen=True)
class Followed:
    """One figure that is both planned and declared; `declared_in` is the unit of the form, "" where it is written."""

    name: str
    label: Any
    unit: Any  # words, or the field of the plan that says it
    declared_in: Any
    answers: tuple[Answer, ...]


PEOPLE = gettext_lazy("người")
FOLLOWED = (
    Followed("revenue", gettext_lazy("Doanh thu"), MILLION, MILLION,
             (Answer("business", "revenue", 1), Answer("business", "revenue_before", 2))),
    Followed("profit", gettext_lazy("Lợi nhuận"), MILLION, MILLION, (Answer("business", "profit", 1),)),
    Followed("output", gettext_lazy("Sản lượng"), "output_unit", "", (Answer("production", "output", 1),)),
    Followed("materials", gettext_lazy("Nguyên liệu"), "material_unit", "kg", (Answer("production", "material", 1),)),
    Followed("labour", gettext_lazy("Lao động"), PEOPLE, PEOPLE, (Answer("general", "workers", 0),)),
    Followed("local_labour", gettext_lazy("Lao động địa phương"), PEOPLE, PEOPLE, (Answer("general", "local_workers", 0),)),
)  # fmt: skip


@dataclass(frozen=True)
class Filing:
    """The newest version of a filed dossier: its yearly answers and where they are read."""

    dossier: int
    number: int
    receipt: str
    on: dt.date  # of the first filing: a supplement in January still tells of the same year
    sections: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Declared:
    """One figure as it was declared, and in which filing."""

    text: str
    amount: Amount | None
    filing: Filing


@dataclass(frozen=True)
class Figure:
    """A planned figure and what was declared of it, the newest filing first."""

    name: str
    label: Any
    unit: str
    planned: int | None
    found: tuple[Declared, ...]
    is_over: bool

    @property
    def declared(self) -> Declared | None:
        """The one that counts: of the newest filing."""
        return self.found[0] if self.found else None

    @property
    def others(self) -> list[Declared]:
        """Earlier filings that say otherwise of the same year."""
        return [it for it in self.found[1:] if it.text != self.found[0].text]

    @property
    def actual(self) -> Decimal | None:
        """In the plan's unit; None where unknown, or where it is not to be compared."""
        amount = self.declared.amount if self.declared else None
        return amount.in_unit(self.unit) if amount else None

    @property
    def percent(self) -> int | None:
        """Whole percent of the plan, rounded down: 100 is never said of less."""
        if self.actual is None or not self.planned or self.planned < 0:
            return None
        return int(self.actual * 100 // self.planned)

    @property
    def progress(self) -> Progress:
        if self.declared is None:
            return Progress.UNKNOWN if self.is_over else Progress.RUNNING
        if self.planned is None:
            return Progress.UNPLANNED
        if self.actual is None:
            return Progress.APART
        return Progress.REACHED if self.actual >= self.planned else Progress.BEHIND

    @property
    def kind(self) -> str:
        """As the component of states colours it."""
        return KINDS.get(self.progress, "")


@dataclass(frozen=True)
class Year:
    """A year of the plan."""

    year: int
    figures: list[Figure]

    @property
    def is_known(self) -> bool:
        return any(it.declared for it in self.figures)

    @property
    def shown(self) -> list[Figure]:
        """Those of which anything is known."""
        return [it for it in self.figures if it.declared or it.planned is not None]

    @property
    def is_over(self) -> bool:
        return all(it.is_over for it in self.figures)


def plan_actuals(plan: BusinessPlan, *, by: User, on: dt.date | None = None) -> list[Year]:
    """Each year of the plan, by the filings that the reader sees; two queries at most, however many there are."""
    today = on or timezone.localdate()
    filings = _filings(plan, by) if plan.product_id else []
    return [
        Year(year, [_figure(plan, it, n, filings, is_over=year < today.year) for it in FOLLOWED])
        for n, year in ((n, plan.first_year - 1 + n) for n in range(1, YEARS))
    ]


def _figure(plan: BusinessPlan, it: Followed, n: int, filings: list[Filing], *, is_over: bool) -> Figure:
    year = plan.first_year - 1 + n
    unit = str(unit_words(plan.data, it.unit))
    planned = profit(plan.data, n) if it.name == "profit" else plan.data.get(f"{it.name}_{n}")
    return Figure(it.name, it.label, unit, planned, tuple(_found(it, year, filings)), is_over)


def _found(it: Followed, year: int, filings: list[Filing]) -> Iterator[Declared]:
    for filing in filings:
        for answer in it.answers:
            value = filing.sections[answer.section].get(answer.field)
            if filing.on.year - answer.years_before == year and not is_empty(value):
                yield _declared(it, value, filing)


def _declared(it: Followed, value: Any, filing: Filing) -> Declared:
    if isinstance(value, int):
        unit = str(it.declared_in)
        return Declared(f"{number_format(value)} {unit}".strip(), Amount(Decimal(value), unit), filing)
    return Declared(str(value), read_amount(str(value)), filing)


def _filings(plan: BusinessPlan, by: User) -> list[Filing]:
    """The newest first. What was withdrawn declares nothing any more."""
    seen = (
        Dossier.objects.visible_to(by).filter(product=plan.product_id).exclude(state=DossierState.WITHDRAWN)
    )
    same = DossierVersion.objects.filter(dossier=OuterRef("dossier"))
    names = sorted({answer.section for it in FOLLOWED for answer in it.answers})
    rows: Any = (
        DossierVersion.objects.filter(
            dossier__in=seen, number=Subquery(same.order_by("-number").values("number")[:1])
        )
        .annotate(first_at=Subquery(same.order_by("number").values("submitted_at")[:1]))
        .order_by("-submitted_at", "-pk")
        .values(
            "dossier_id",
            "number",
            "receipt",
            "first_at",
            **{it: F(f"content__sections__{it}") for it in names},
        )
    )
    return [
        Filing(
            row["dossier_id"], row["number"], row["receipt"], timezone.localdate(row["first_at"]),
            {name: row[name] or {} for name in names},
        )
        for row in rows
    ]  # fmt: skip


def told(year: Year) -> str:
    """Why a year shows no figures, in words."""
    if year.is_over:
        return _("Chưa biết: không hồ sơ đã nộp nào mà bạn xem được khai số liệu năm này.")
    return _("Chưa hết năm; số thực hiện được lấy từ hồ sơ nộp sau đó.")
