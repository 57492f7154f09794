"""The business plan as a paper: the producer's own, laid out as NĐ 30/2020 lays out official ones."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ocop.papers.content import Block, PaperContent
from ocop.papers.letterhead import Letterhead, letterhead
from ocop.papers.models import Paper
from ocop.written import in_vietnamese
from products.ideas.plan_parts import WORDS, YEARS, table
from products.models import BusinessPlan, Producer, ProducerKind

BLANK = "……"
# What stands behind PA- in the number, which she gives it herself.
LETTERS = {
    ProducerKind.COOPERATIVE: "HTX", ProducerKind.COOPERATIVE_GROUP: "THT", ProducerKind.COMPANY: "DN",
    ProducerKind.FARM: "TT", ProducerKind.HOUSEHOLD: "HKD", ProducerKind.ASSOCIATION: "HH",
    ProducerKind.TOURISM_CENTRE: "TTĐH",
}  # fmt: skip


@in_vietnamese()
def plan_paper(plan: BusinessPlan) -> Paper:
    """Never saved: the plan changes until it is carried out, so it is printed anew each time."""
    title = _("Sản xuất kinh doanh sản phẩm %(product)s, giai đoạn %(first)s–%(last)s") % {
        "product": plan, "first": plan.first_year, "last": plan.first_year + YEARS - 2,
    }  # fmt: skip
    producer = plan.producer
    return Paper(
        unit=producer.unit,
        kind="business_plan",
        title=title,
        content={**_content(plan), "letterhead": _head(producer).as_data()},
        dated_on=timezone.localdate(),
        signer_name=producer.representative,
        signs_as=(producer.representative_position or _("Đại diện chủ thể")).upper(),
    )


def _head(producer: Producer) -> Letterhead:
    """The producer's own head; only the place is the commune's."""
    name = producer.name
    return Letterhead(
        superior="", name=(name.upper(),), symbol=LETTERS[ProducerKind(producer.kind)], drafted_by="", place=letterhead(producer.unit).place,
        signs_for="", head="", authority=name.upper(), in_text=name,
    )  # fmt: skip


def _content(plan: BusinessPlan) -> PaperContent:
    producer = plan.producer
    body: list[Block] = [
        {"h": _("I. Thông tin chung")},
        {"facts": [
            [_("Chủ thể"), f"{producer.name} ({producer.get_kind_display()})"],
            [_("Địa chỉ"), producer.address or BLANK],
            [_("Người đại diện"), producer.representative or BLANK],
            [_("Điện thoại"), producer.phone or BLANK],
            [_("Sản phẩm"), str(plan)],
        ]},
    ]  # fmt: skip
    for number, part in zip(("II", "III", "IV"), WORDS, strict=True):
        body.append({"h": f"{number}. {part.title}"})
        told = [it for it in part.fields if it.kind == "lines"]  # the units stand in the table
        for n, field in enumerate(told, start=1):
            body.append({"p": f"{n}. {field.label}: {plan.data.get(field.key) or BLANK}"})
    body += [{"h": _("V. Số liệu từng năm")}, {"table": _table(plan.data, plan.first_year)}]
    receivers = [str(producer.unit), _("Lưu: chủ thể")]
    return {"body": body, "recipients": receivers}


def _table(data: Mapping[str, Any], first_year: int) -> Any:
    years = [str(first_year - 1 + n) for n in range(YEARS)]
    rows = [
        [str(line.label), str(line.unit), *("" if it is None else number_format(it) for it in line.values)]
        for line in table(data, first_year)
    ]
    return {"columns": [_("Chỉ tiêu"), f"{_('Đơn vị')}*", *(f"{year}*" for year in years)], "rows": rows}
