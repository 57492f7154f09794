"""The words of a decision: bases, articles, tables of products. Data in, data out; nothing is decided here."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from evaluation.decisions.outcomes import Waiting
from evaluation.models import Decision, DecisionItem, Meeting
from ocop.orgs.models import OrgUnit
from ocop.papers.content import PaperContent
from ocop.papers.layout import date_words
from ocop.regulations import Regime, shown
from products.law import regime

COLUMNS = ["STT*", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Mã sản phẩm*"]
PUBLISHING = (
    "Cơ quan tham mưu quản lý Chương trình OCOP công bố kết quả, quản lý, kiểm tra việc sử dụng Giấy chứng nhận;"
    " Ủy ban nhân dân các xã, phường hỗ trợ chủ thể duy trì, nâng hạng sản phẩm."
)
CARRYING_OUT = (
    "Thủ trưởng các cơ quan, đơn vị liên quan và các chủ thể có tên tại Phụ lục chịu trách nhiệm thi hành"
    " Quyết định này kể từ ngày ký"
)
RIGHT_TO_USE = (
    "Chủ thể được sử dụng nhãn hiệu chứng nhận OCOP theo hạng sao được công nhận và chịu trách nhiệm duy trì các"
    " tiêu chí trong suốt thời hạn."
)
TABLES = {  # outcome → (title of the annex, last column)
    "certify": ("Danh sách sản phẩm OCOP được công nhận", "Hạng*"),
    "send_up": ("Danh sách sản phẩm được phê duyệt kết quả, đề nghị cấp trên đánh giá", "Điểm*"),
    "send_back": ("Danh sách sản phẩm trả lại cấp dưới theo kết quả đánh giá", "Điểm*"),
    "not_recognised": ("Danh sách sản phẩm chưa đạt hạng được công nhận", "Điểm*"),
}


def kind_of(items: Iterable[Any]) -> str:
    """Recognition where something is certified, else the approval of results."""
    outcomes = {item.outcome for item in items}
    return "recognition_decision" if "certify" in outcomes else "approval_decision"


def title_of(unit: OrgUnit, items: Iterable[Any]) -> str:
    what = "công nhận" if kind_of(items) == "recognition_decision" else "phê duyệt"
    return f"Về việc {what} kết quả đánh giá, phân hạng sản phẩm OCOP {unit.name[0].lower()}{unit.name[1:]}"


def content_of(decision: Decision) -> PaperContent:
    """Everything the paper prints, of the items as they stand."""
    items = list(
        decision.items.select_related(
            "assessment__dossier__product__producer",
            "assessment__dossier__unit",
            "assessment__result__meeting__council",
        )
    )
    shown_items = _printed(items)
    return {
        "grounds": _grounds(decision, items),
        "articles": _articles(shown_items),
        "annexes": [annex_of(outcome, rows) for outcome, rows in shown_items.items()],
        "recipients": _recipients(decision, shown_items),
    }


def _printed(items: list[DecisionItem]) -> dict[str, list[DecisionItem]]:
    """By outcome, in the order of the table; products below the recognised stars stand in no decision of others
    (QĐ 26/2026, Điều 4): they get their notice.
    """
    by_outcome = {code: [item for item in items if item.outcome == code] for code in TABLES}
    found = {code: rows for code, rows in by_outcome.items() if rows}
    if len(found) > 1:
        found.pop("not_recognised", None)
    return found


def laws_of(items: Iterable[DecisionItem | Waiting]) -> list[Regime]:
    return [regime(code) for code in sorted({item.assessment.dossier.regime for item in items})]


def law_words(laws: Iterable[Regime]) -> list[str]:
    return [
        f"Căn cứ Quyết định số {law.decision} {date_words(law.decided_on)} của Thủ tướng Chính phủ về Bộ tiêu chí và"
        " quy trình đánh giá, phân hạng sản phẩm OCOP"
        for law in laws
    ]


def _grounds(decision: Decision, items: list[DecisionItem]) -> list[str]:
    laws = law_words(laws_of(items))
    meetings = {item.assessment.result.meeting_id: item.assessment.result.meeting for item in items}
    return [
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        *laws,
        *(minutes_words(meeting) for meeting in meetings.values()),
        "Xét đề nghị của cơ quan tham mưu quản lý Chương trình OCOP",
    ]


def minutes_words(meeting: Meeting) -> str:
    paper = meeting.minutes
    number = f" số {paper.symbol}" if paper and paper.symbol else ""
    held = paper.dated_on if paper and paper.dated_on else timezone.localtime(meeting.held_at).date()
    return f"Căn cứ Biên bản{number} {date_words(held)} của {meeting.council.name}"


def _articles(printed: dict[str, list[DecisionItem]]) -> list[list[str]]:
    return [*(_article(outcome, rows) for outcome, rows in printed.items()), [PUBLISHING], [CARRYING_OUT]]


def _article(outcome: str, rows: list[DecisionItem]) -> list[str]:
    count = f"{len(rows):02d} sản phẩm"
    if outcome == "certify":
        months = {law.certificate.validity_months for law in laws_of(rows)}
        stars = ", ".join(
            f"{sum(1 for row in rows if row.stars == star):02d} sản phẩm đạt hạng {star} sao"
            for star in sorted({row.stars for row in rows}, reverse=True)
        )
        return [
            f"Công nhận và cấp Giấy chứng nhận cho {count} OCOP, gồm {stars} (có Phụ lục kèm theo).",
            f"Giấy chứng nhận có giá trị {', '.join(map(str, sorted(months)))} tháng kể từ ngày cấp. {RIGHT_TO_USE}",
        ]
    verb = {
        "send_up": "Phê duyệt kết quả đánh giá và chuyển hồ sơ lên cấp trên đối với",
        "send_back": "Trả lại cấp dưới hồ sơ và kết quả đánh giá của",
        "not_recognised": "Phê duyệt kết quả đánh giá, chưa công nhận đối với",
    }[outcome]
    return [f"{verb} {count} (có Phụ lục kèm theo)."]


def annex_of(outcome: str, rows: Sequence[DecisionItem | Waiting]) -> Any:
    title, last = TABLES[outcome]
    return {
        "title": title,
        "columns": [*COLUMNS, last],
        "rows": [[str(number), *_row(item, outcome)] for number, item in enumerate(rows, 1)],
    }


def _row(item: DecisionItem | Waiting, outcome: str) -> list[str]:
    dossier = item.assessment.dossier
    producer = dossier.product.producer
    last = f"{item.stars} sao" if outcome == "certify" else shown(item.assessment.result.mean)
    return [dossier.product.name, producer.name, producer.address or dossier.unit.name, dossier.code, last]


def _recipients(decision: Decision, printed: dict[str, list[DecisionItem]]) -> list[str]:
    last = len(printed) + 2
    above = ["Cơ quan nhận hồ sơ cấp trên"] if "send_up" in printed else []
    return [f"Như Điều {last}", *above, "Ủy ban nhân dân các xã, phường có sản phẩm", "Lưu: VT"]
