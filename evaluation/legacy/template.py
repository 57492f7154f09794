"""The Excel file to fill in: heads, one example, and what each column takes."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from evaluation.legacy.columns import COLUMNS
from ocop.written import in_vietnamese
from products.law import law
from products.models import ProducerKind

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET, HELP = "Giấy chứng nhận", "Hướng dẫn"


@in_vietnamese()
def template_file() -> bytes:
    """A workbook with the sheet that is read and a sheet that explains it."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E6F0E8", "border": 1, "text_wrap": True})
        plain = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(COLUMNS):
            sheet.set_column(index, index, column.width, plain)
            sheet.write_string(0, index, column.head, head)
            sheet.write_string(1, index, column.example)
        _explain(book.add_worksheet(HELP), head)
    return made.getvalue()


def _explain(sheet: xlsxwriter.worksheet.Worksheet, head: xlsxwriter.format.Format) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 80)
    lines = [
        (_("Cột có dấu *"), _("Phải ghi ở mọi dòng. Dòng thứ hai là ví dụ: hãy ghi đè lên.")),
        (_("Ngày"), _("ngày/tháng/năm, ví dụ 05/08/2024.")),
        (_("Loại hình"), ", ".join(str(label) for label in ProducerKind.labels)),
        (
            _("Cơ quan cấp"),
            _("Tên đơn vị trong hệ thống, kể cả huyện đã kết thúc; hoặc tên bộ cấp giấy 5 sao."),
        ),
        (_("Ngày hết hạn"), _("Để trống thì tính theo quy định có hiệu lực vào ngày cấp.")),
    ]
    for row, (name, words) in enumerate(lines):
        sheet.write_string(row, 0, name, head)
        sheet.write_string(row, 1, words)
    sheet.write_string(len(lines) + 1, 0, _("Bộ tiêu chí"), head)
    for row, (number, name) in enumerate(sorted(set_names().items()), len(lines) + 2):
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, name)


def set_names() -> dict[int, str]:
    """The sets of the newest law, by their number in its annex."""
    newest = max(law().regimes.values(), key=lambda it: it.files_from)
    return {it.set_no: it.name for it in law().sets_of(newest.code)}
