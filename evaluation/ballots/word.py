"""A score sheet as a Word document: the rows of the printed one, to fill in or to work on."""

import io

from docx.document import Document as Word
from docx.shared import Mm, Pt
from docx.table import _Cell

from evaluation.ballots.printing import Line, Sheet
from ocop.papers.word.paper import ROOM_TO_SIGN
from ocop.papers.word.sheet import CENTRE, LEFT, new_sheet, write
from ocop.papers.word.tables import grid, placing
from ocop.written import in_vietnamese

NOTE = "Bản làm việc. Phiếu đã nộp được giữ và niêm phong trên hệ thống."
HEAD, COLUMNS, SIGNING = (42, 123), (137, 14, 14), (80, 85)  # mm
TABLE, SMALL = 10.5, 10  # pt
BOLD = frozenset(["part", "section", "group", "criterion", "sum"])
LEADS = frozenset(["part", "section", "group", "criterion", "case"])  # never the last row of a page
LEVEL = 6  # mm from the left
ROOM_TO_WRITE = "." * 78  # a line of dots in the size of the text
LINES_TO_WRITE = 4


@in_vietnamese()
def sheet_docx(sheet: Sheet) -> bytes:
    """Always in Vietnamese, whoever asks."""
    document = new_sheet(sheet.assessment.dossier.product.name, _foot(sheet))
    write(document.add_paragraph(), "PHIẾU ĐÁNH GIÁ SẢN PHẨM", align=CENTRE, is_bold=True)
    write(document.add_paragraph(), f"Bộ sản phẩm: {sheet.criteria_set.name}", align=CENTRE, is_bold=True)
    _head(document, sheet)
    _criteria(document, sheet)
    _end(document, sheet)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _foot(sheet: Sheet) -> str:
    return f"{sheet.foot}\n{NOTE}" if sheet.ballot else sheet.foot


def _head(document: Word, sheet: Sheet) -> None:
    write(document.add_paragraph(), "", size=6)
    for label, value in sheet.facts:
        name, given = placing(document, HEAD)
        write(name.paragraphs[0], label, size=12, align=LEFT)
        write(given.paragraphs[0], value or "." * 58, size=12, align=LEFT, is_bold=bool(value))
    write(document.add_paragraph(), "", size=6)


def _criteria(document: Word, sheet: Sheet) -> None:
    heads, *rows, total = grid(document, len(sheet.lines) + 2, COLUMNS)
    for cell, words in zip(heads, ("Tiêu chí đánh giá", "Điểm", "Chọn"), strict=True):
        write(cell.paragraphs[0], words, size=TABLE, align=CENTRE, is_bold=True)
    for row, line in zip(rows, sheet.lines, strict=True):
        _row(row, line)
    given = sheet.ballot.total if sheet.ballot else ""
    _row(total, Line("sum", f"TỔNG ĐIỂM (trên {sheet.criteria_set.total})", given))


def _row(cells: list[_Cell], line: Line) -> None:
    text, points, choice = (cell.paragraphs[0] for cell in cells)
    is_bold, is_italic = line.kind in BOLD, line.kind in ("note", "case")
    write(text, line.text, size=TABLE, align=LEFT, is_bold=is_bold, is_italic=is_italic)
    if line.kind == "level":
        text.paragraph_format.left_indent = Mm(LEVEL)
    text.paragraph_format.keep_with_next = line.kind in LEADS
    write(points, str(line.points), size=TABLE, align=CENTRE, is_bold=is_bold)
    write(choice, "X" if line.is_chosen else "", size=TABLE, align=CENTRE, is_bold=True)


def _end(document: Word, sheet: Sheet) -> None:
    """What the stars in the table mean, the member's words, her name."""
    least = "*** / **** / *****: mức tối thiểu của tiêu chí để đạt 3, 4, 5 sao."
    write(document.add_paragraph(), f"{least} {sheet.wording}".strip(), size=SMALL, is_italic=True, before=4)
    opinion = write(document.add_paragraph(), "Ý kiến của người đánh giá: ", size=12, is_bold=True, before=6)
    if sheet.ballot:
        opinion.add_run(sheet.opinion).font.size = Pt(12)
    for _n in range(0 if sheet.ballot else LINES_TO_WRITE):
        write(document.add_paragraph(), ROOM_TO_WRITE, size=12)
    write(document.add_paragraph(), "", size=8).paragraph_format.keep_with_next = True
    _left, sign = placing(document, SIGNING)
    write(sign.paragraphs[0], sheet.date_line, align=CENTRE, is_italic=True)
    write(sign.add_paragraph(), "NGƯỜI ĐÁNH GIÁ", align=CENTRE, is_bold=True, before=4)
    write(sign.add_paragraph(), "(Ký, ghi rõ họ tên)", align=CENTRE, is_italic=True)
    for paragraph in sign.paragraphs:
        paragraph.paragraph_format.keep_with_next = True
    name = str(sheet.ballot.seat.user) if sheet.ballot else ""
    write(sign.add_paragraph(), name, align=CENTRE, is_bold=True, before=ROOM_TO_SIGN)
