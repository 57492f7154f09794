"""The summary table (bảng tổng hợp điểm): products by members, with what their sheets give together.

Who is recused, abstained or was not there is one and the same dash: the minutes alone say which.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evaluation.meetings.findings import Finding, scorers
from evaluation.models import Seat
from ocop.papers.content import Annex
from ocop.regulations import shown

NONE = "–"
NAMED = 10  # so many columns have room for a name at their head


def totals_table(findings: Sequence[Finding]) -> Annex:
    """What the papers print, across the sheet."""
    seats = scorers(findings)
    heads, legend = _heads(seats)
    return {
        "title": _("Bảng tổng hợp điểm của các thành viên Hội đồng"),
        "wide": True,
        "columns": [
            _("TT") + "*",
            _("Sản phẩm, chủ thể"),
            *(f"{head}*" for head in heads),
            _("Điểm trung bình") + "*",
            _("Chênh lệch") + "*",
            _("Mức tối thiểu, mức thống nhất"),
            _("Hạng sao") + "*",
        ],
        "rows": [[str(number), *_row(it, seats)] for number, it in enumerate(findings, 1)],
        "notes": [
            *legend,
            _("“%(none)s”: không có phiếu cho điểm của thành viên đó đối với sản phẩm.") % {"none": NONE},
            _("Điểm trung bình tính chính xác, số thập phân in ra không làm tròn lên."),
        ],
    }


def _heads(seats: Sequence[Seat]) -> tuple[list[str], list[str]]:
    """Names, or numbers with the names below where the columns are too many."""
    names = [str(seat.user) for seat in seats]
    if len(names) <= NAMED:
        return names, []
    numbers = [f"({n})" for n in range(1, len(names) + 1)]
    legend = "; ".join(f"{number} {name}" for number, name in zip(numbers, names, strict=True))
    return numbers, [f"{legend}."]


def _row(it: Finding, seats: Sequence[Seat]) -> list[str]:
    product = it.standing.item.assessment.dossier.product
    decimals = it.standing.hall.rules.decimals
    return [
        f"{product.name}\n{product.producer.name}",
        *(member_total(it, seat) for seat in seats),
        shown(it.mean, decimals),
        str(it.spread),
        "\n".join([*gate_words(it), *agreed_words(it)]) or _("đạt"),
        _("Loại") if it.stars == 0 else str(it.stars),
    ]


def member_total(it: Finding, seat: Seat) -> str:
    return str(it.totals[seat.pk]) if seat.pk in it.totals else NONE


def gate_words(it: Finding) -> list[str]:
    """The gates that hold the product back."""
    return [
        _("%(code)s: cần %(least)s cho %(star)s sao, có %(have)s")
        % {
            "code": gate.criterion,
            "least": gate.least,
            "star": gate.star,
            "have": shown(gate.have, it.standing.hall.rules.decimals),
        }
        for gate in it.missed
    ]


def agreed_words(it: Finding) -> list[str]:
    return [
        _("%(code)s: thống nhất %(points)s") % {"code": code, "points": points}
        for code, points in sorted(it.agreed.items())
    ]
