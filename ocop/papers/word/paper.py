"""One paper as a Word document: head, title, text, signatures, annexes."""

import io

from django.utils import translation
from docx.document import Document as Word
from docx.table import _Cell

from ocop.papers.kinds import LETTER
from ocop.papers.layout import Printed, printed
from ocop.papers.models import Paper
from ocop.papers.sentences import enumerated
from ocop.papers.word.sheet import CENTRE, LEFT, new_section, new_sheet, rule, width_of, write
from ocop.papers.word.tables import lined, placing
from ocop.papers.word.text import write_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTE = "Bản làm việc. Bản được lưu và tính mã băm là tệp PDF của hệ thống."
HEAD, SIGNING = (66, 99), (80, 85)  # mm of the two columns
ROOM_TO_SIGN = 80  # pt


def to_docx(paper: Paper, *, is_draft: bool) -> bytes:
    """Always in Vietnamese, whoever asks."""
    with translation.override("vi"):
        what = printed(paper, is_draft=is_draft)
        document = new_sheet(str(paper), NOTE)
        _head(document, what)
        if what.kind.template != LETTER:
            _title(document, what)
        write_text(document, what)
        _end(document, what)
        _annexes(document, what)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _head(document: Word, what: Printed) -> None:
    if what.is_draft:
        write(document.add_paragraph(), "DỰ THẢO", size=12, is_bold=True, after=4)
    left, right = placing(document, HEAD)
    _issuer(left, what)
    write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, align=CENTRE, is_bold=True)
    write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", size=14, align=CENTRE, is_bold=True)
    rule(right.add_paragraph(), inset=18)
    write(right.add_paragraph(), what.date_line, size=14, align=CENTRE, is_italic=True, before=4)


def _issuer(cell: _Cell, what: Printed) -> None:
    name, issuer = "\n".join(what.head.name), what.content.get("issuer", "").upper()
    above, own = (name, issuer) if issuer else (what.head.superior, name)
    first = cell.paragraphs[0]
    if above:
        write(first, above, size=13, align=CENTRE)
        first = cell.add_paragraph()
    write(first, own, size=13, align=CENTRE, is_bold=True)
    rule(cell.add_paragraph(), inset=20)
    write(cell.add_paragraph(), f"Số: {what.number_line}", size=13, align=CENTRE, before=4)
    if what.kind.template == LETTER:
        write(cell.add_paragraph(), f"V/v {what.paper.title}", size=12, align=CENTRE, before=3)


def _title(document: Word, what: Printed) -> None:
    write(document.add_paragraph(), what.kind.heading, align=CENTRE, is_bold=True, before=14)
    write(document.add_paragraph(), what.paper.title, align=CENTRE, is_bold=True)
    rule(document.add_paragraph(), inset=60)


def _end(document: Word, what: Printed) -> None:
    """The signatures stay together, and with the line above them."""
    write(document.add_paragraph(), "", size=8).paragraph_format.keep_with_next = True
    if signatures := what.content.get("signatures"):
        widths = [sum(SIGNING) / len(signatures)] * len(signatures)
        for cell, one in zip(placing(document, widths), signatures, strict=True):
            _signature(cell, one["office"], one["name"])
        return
    to, sign = placing(document, SIGNING)
    if recipients := what.content.get("recipients"):
        write(to.paragraphs[0], "Nơi nhận:", size=12, align=LEFT, is_bold=True, is_italic=True)
        for line in enumerated(recipients):
            write(to.add_paragraph(), f"- {line}", size=11, align=LEFT)
    _signature(sign, "\n".join(what.sign_lines), what.paper.signer_name)


def _signature(cell: _Cell, office: str, name: str) -> None:
    write(cell.paragraphs[0], office, align=CENTRE, is_bold=True).paragraph_format.keep_with_next = True
    write(cell.add_paragraph(), name, align=CENTRE, is_bold=True, before=ROOM_TO_SIGN)


def _annexes(document: Word, what: Printed) -> None:
    annexes = what.content.get("annexes", [])
    for number, annex in enumerate(annexes, 1):
        is_wide = bool(annex.get("wide"))
        section = new_section(document, is_wide=is_wide)
        heading = f"PHỤ LỤC {number}" if len(annexes) > 1 else "PHỤ LỤC"
        write(document.add_paragraph(), heading, align=CENTRE, is_bold=True)
        write(document.add_paragraph(), annex["title"], align=CENTRE, is_bold=True)
        write(document.add_paragraph(), what.reference, align=CENTRE, is_italic=True, after=8)
        lined(document, annex, width=width_of(section), size=10 if is_wide else 12)
        for note in annex.get("notes", []):
            write(document.add_paragraph(), note, size=11, is_italic=True, before=4)
