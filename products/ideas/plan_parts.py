"""The parts of a business plan field by field: words first, then the figures of each year, a page each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.dossiers.sections import Field, is_empty

YEARS = 4  # the year before, for comparison, and three years of the plan


@dataclass(frozen=True)
class Part:
    """One page of the plan."""

    key: str
    title: str | Promise
    fields: tuple[Field, ...]


WORDS = (
    Part("product", gettext_lazy("Sản phẩm và thị trường"), (
        Field("product", gettext_lazy("Sản phẩm, điểm khác biệt")),
        Field("customers", gettext_lazy("Khách hàng, nơi bán")),
        Field("rivals", gettext_lazy("Sản phẩm cạnh tranh"), required=False),
        Field("promotion", gettext_lazy("Bán hàng, quảng bá")),
    )),
    Part("production", gettext_lazy("Sản xuất"), (
        Field("materials", gettext_lazy("Nguyên liệu: ở đâu, do ai cung cấp")),
        Field("material_unit", gettext_lazy("Nguyên liệu tính bằng"), "text", hint=gettext_lazy("Ví dụ kg, tấn, ha.")),
        Field("technology", gettext_lazy("Công nghệ, thiết bị")),
        Field("quality", gettext_lazy("Chất lượng, bao bì, nhãn")),
        Field("output_unit", gettext_lazy("Sản lượng tính bằng"), "text", hint=gettext_lazy("Ví dụ kg, hộp, lượt khách.")),
        Field("environment", gettext_lazy("Môi trường, an toàn thực phẩm"), required=False),
    )),
    Part("organisation", gettext_lazy("Tổ chức thực hiện"), (
        Field("people", gettext_lazy("Ai làm việc gì")),
        Field("steps", gettext_lazy("Các bước và thời gian")),
        Field("risks", gettext_lazy("Rủi ro và cách xử lý"), required=False),
        Field("needs", gettext_lazy("Đề nghị hỗ trợ"), required=False),
    )),
)  # fmt: skip

MILLION = gettext_lazy("triệu đồng")
# (name, label, unit: words, or the field that says it)
FIGURES: tuple[tuple[str, Any, Any], ...] = (
    ("materials", gettext_lazy("Nguyên liệu"), "material_unit"),
    ("labour", gettext_lazy("Lao động"), gettext_lazy("người")),
    ("local_labour", gettext_lazy("Lao động địa phương"), gettext_lazy("người")),
    ("output", gettext_lazy("Sản lượng"), "output_unit"),
    ("revenue", gettext_lazy("Doanh thu"), MILLION),
    ("costs", gettext_lazy("Chi phí"), MILLION),
)
SOURCES: tuple[tuple[str, Any, Any], ...] = (
    ("own", gettext_lazy("Vốn tự có"), MILLION),
    ("loan", gettext_lazy("Vốn vay"), MILLION),
    ("budget", gettext_lazy("Ngân sách hỗ trợ"), MILLION),
    ("other", gettext_lazy("Nguồn khác"), MILLION),
)


def parts(first_year: int) -> tuple[Part, ...]:
    """Every page of a plan that begins in this year."""
    return (*WORDS, *(_year(n, first_year - 1 + n) for n in range(YEARS)))


def _year(n: int, year: int) -> Part:
    """The year before has its figures and no investment; nothing of it need be known."""
    rows = FIGURES if n == 0 else (*FIGURES, *SOURCES)
    fields = tuple(_figure(n, *row) for row in rows)
    title = _("Năm %(year)s") if n else _("Năm %(year)s (trước phương án)")
    return Part(f"year-{n}", title % {"year": year}, fields)


def _figure(n: int, name: str, label: Any, unit: Any) -> Field:
    in_own_unit = _is_unit_field(unit)
    return Field(
        f"{name}_{n}",
        label if in_own_unit else f"{label} ({unit})",
        "number",
        required=n > 0 and name in ("materials", "labour", "output", "revenue", "costs", "own"),
        hint=_("Theo đơn vị đã ghi ở phần Sản xuất.") if in_own_unit else "",
    )


def _is_unit_field(unit: Any) -> bool:
    return unit in ("material_unit", "output_unit")


def missing(part: Part, data: Mapping[str, Any]) -> list[str]:
    """The labels of what is asked and empty."""
    return [str(it.label) for it in part.fields if it.required and is_empty(data.get(it.key))]


@dataclass(frozen=True)
class Line:
    """A line of the table of years: what, its unit, a figure a year; None where nothing was written."""

    label: Any
    unit: Any
    values: tuple[int | None, ...]
    years: tuple[int, ...] = ()
    is_sum: bool = False

    @property
    def by_year(self) -> list[tuple[str, int | None]]:
        return list(zip(map(str, self.years), self.values, strict=True))


def table(data: Mapping[str, Any], first_year: int) -> list[Line]:
    """The figures as they are printed: those that were written, profit and investment reckoned from them."""
    years = tuple(first_year - 1 + n for n in range(YEARS))
    lines = [_line(row, data, years) for row in FIGURES]
    profits = tuple(profit(data, n) for n in range(YEARS))
    sources = [_line(row, data, years) for row in SOURCES]
    sums = tuple(_sum(it.values[n] for it in sources) for n in range(YEARS))
    return [
        *lines,
        Line(_("Lợi nhuận"), MILLION, profits, years, is_sum=True),
        Line(_("Vốn đầu tư"), MILLION, sums, years, is_sum=True),
        *sources,
    ]


def profit(data: Mapping[str, Any], n: int) -> int | None:
    """Of the plan's n-th year, million đồng; None where revenue or costs are not written."""
    revenue, costs = data.get(f"revenue_{n}"), data.get(f"costs_{n}")
    return None if revenue is None or costs is None else revenue - costs


def _line(row: tuple[str, Any, Any], data: Mapping[str, Any], years: tuple[int, ...]) -> Line:
    name, label, unit = row
    return Line(label, unit_words(data, unit), tuple(data.get(f"{name}_{n}") for n in range(YEARS)), years)


def unit_words(data: Mapping[str, Any], unit: Any) -> Any:
    """What a figure is counted in: the words themselves, or what the plan wrote in the field of that name."""
    return data.get(unit) or "" if _is_unit_field(unit) else unit


def _sum(values: Iterator[int | None]) -> int | None:
    known = [it for it in values if it is not None]
    return sum(known) if known else None


def doubts(data: Mapping[str, Any], first_year: int) -> list[str]:
    """Figures that do not fit together, in words; nothing is refused by them."""
    said = []
    for n in range(YEARS):
        labour, local = data.get(f"labour_{n}"), data.get(f"local_labour_{n}")
        year = first_year - 1 + n
        if labour is not None and local is not None and local > labour:
            words = _("Năm %(year)s: lao động địa phương (%(local)s) nhiều hơn tổng lao động (%(labour)s).")
            said.append(words % {"year": year, "local": local, "labour": labour})
        revenue, costs = data.get(f"revenue_{n}"), data.get(f"costs_{n}")
        if n and revenue is not None and costs is not None and costs > revenue:
            words = _("Năm %(year)s: chi phí lớn hơn doanh thu; hãy nêu cách bù lỗ ở phần rủi ro.")
            said.append(words % {"year": year})
    return said
