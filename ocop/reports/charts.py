"""Charts as the server draws them: bars with x in percent and y in pixels, written as SVG wants numbers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOP, FLOOR = 28.0, 168.0  # pixels: the tallest bar's top, the axis
MONTHS_FLOOR = 150.0


@dataclass(frozen=True)
class Bar:
    """One rectangle."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Column:
    """One place on the axis: its bars, its number above and its words below."""

    label: str
    below: str
    number: int
    middle: str
    number_y: str
    bars: tuple[Bar, ...]
    css: str = "t-strong"
    key: Any = None


def stacked(years: Mapping[int, Mapping[int, int]]) -> list[Column]:
    """Stars by year: a column a year, a bar a star."""
    most = max((sum(stars.values()) for stars in years.values()), default=0)
    return [
        _stack(place, len(years), year, stars, most)
        for place, (year, stars) in enumerate(sorted(years.items()))
    ]


def _stack(place: int, places: int, year: int, stars: Mapping[int, int], most: int) -> Column:
    left, width, middle = _across(place, places, 0.56)
    floor, bars = FLOOR, []
    for star, count in sorted(stars.items()):
        height = _height(count, most, FLOOR)
        floor -= height
        if count:
            bars.append(Bar(f"f-star{star}", left, f"{floor:.1f}", width, f"{height:.1f}"))
    total = sum(stars.values())
    return Column(str(year), "", total, middle, f"{floor - 7:.1f}", tuple(bars), key=year)


def by_month(counts: Sequence[tuple[dt.date, int, str]]) -> list[Column]:
    """Counts by month: (first day, count, css class of the bar); the year stands under January."""
    most = max((count for _day, count, _css in counts), default=0)
    columns = []
    for place, (day, count, css) in enumerate(counts):
        left, width, middle = _across(place, len(counts), 0.6)
        height = _height(count, most, MONTHS_FLOOR)
        top = MONTHS_FLOOR - height
        bars = (Bar(css, left, f"{top:.1f}", width, f"{height:.1f}"),) if count else ()
        below = str(day.year) if day.month == 1 else ""
        kind = "t-wrong" if css == "f-wrong" else "t-strong"
        columns.append(Column(str(day.month), below, count, middle, f"{top - 6:.1f}", bars, kind, day))
    return columns


def _across(place: int, places: int, share: float) -> tuple[str, str, str]:
    """Left edge, width and middle of a column that fills `share` of its place."""
    step = 100 / places
    return (
        f"{step * (place + (1 - share) / 2):.2f}%",
        f"{step * share:.2f}%",
        f"{step * (place + 0.5):.2f}%",
    )


def _height(count: int, most: int, floor: float) -> float:
    return (floor - TOP) * count / most if most else 0.0
