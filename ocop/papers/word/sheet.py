"""An empty sheet as NĐ 30/2020 wants it: A4, margins, Times New Roman 14, numbers in the top margin from page 2."""

from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FONT, SIZE = "Times New Roman", 14
SHORT, LONG = 210, 297  # mm, A4
ABOVE, BELOW, BINDING, OUTER = 20, 20, 30, 15  # mm; the binding edge is the left one
CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def new_sheet(title: str, note: str) -> Word:
    """Without a page; `note` stands at the foot of every one."""
    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = ""
    document.core_properties.language = "vi-VN"
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15
    section = document.sections[0]
    _lay(section, is_wide=False)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        write(footer.paragraphs[0], note, size=9, is_italic=True, align=CENTRE)
    return document


def new_section(document: Word, *, is_wide: bool) -> Section:
    """From a page of its own on, upright or across; the numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    _lay(section, is_wide=is_wide)
    return section


def width_of(section: Section) -> int:
    """Between the margins, in mm."""
    whole = section.page_width, section.left_margin, section.right_margin
    page, left, right = (round(it.mm) if it is not None else 0 for it in whole)
    return page - left - right


def _lay(section: Section, *, is_wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(LONG), Mm(SHORT)) if is_wide else (Mm(SHORT), Mm(LONG))
    section.top_margin, section.bottom_margin = Mm(ABOVE), Mm(BELOW)
    section.left_margin, section.right_margin = Mm(BINDING), Mm(OUTER)
    section.header_distance = section.footer_distance = Mm(10)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = SIZE,
    align: WD_ALIGN_PARAGRAPH | None = None,
    is_bold: bool = False,
    is_italic: bool = False,
    indent: float = 0,
    before: float = 0,
    after: float = 0,
) -> Paragraph:
    """More words at its end; a line break in them is one on paper."""
    for n, line in enumerate(str(text).split("\n")):
        run = paragraph.add_run()
        if n:
            run.add_break()
        run.add_text(line)
        run.font.size = Pt(size)
        run.bold, run.italic = is_bold, is_italic
    form = paragraph.paragraph_format
    if align is not None:
        form.alignment = align
    if indent:
        form.first_line_indent = Mm(indent)
    form.space_before, form.space_after = Pt(before), Pt(after)
    return paragraph


def rule(paragraph: Paragraph, *, inset: float) -> None:
    """A line over a paragraph without height, drawn in by `inset` mm on both sides."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(inset)
    form.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
