"""The text of a paper: grounds, articles, blocks, to whom."""

from collections.abc import Callable, Mapping
from typing import Any

from docx.document import Document as Word
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from ocop.papers.kinds import DECISION, LETTER, MINUTES, REPORT
from ocop.papers.layout import Printed
from ocop.papers.sentences import closed, enumerated
from ocop.papers.word.pictures import write_pictures
from ocop.papers.word.sheet import CENTRE, JUSTIFY, LEFT, width_of, write
from ocop.papers.word.tables import lined

FIRST_LINE = 10  # mm
TABLE = 12  # pt
ADDRESSEES = 50  # mm from the left


def write_text(document: Word, what: Printed) -> None:
    """What stands between the title and the signatures, by the kind's layout."""
    _LAYOUTS[what.kind.template](document, what)


def _decision(document: Word, what: Printed) -> None:
    _in_the_middle(document, what.content.get("who") or what.head.authority)
    _grounds(document, what.content)
    _in_the_middle(document, "QUYẾT ĐỊNH:")
    articles = what.content.get("articles", [])
    for number, paragraphs in enumerate(articles, 1):
        for n, text in enumerate(paragraphs):
            paragraph = document.add_paragraph()
            if n == 0:
                write(paragraph, f"Điều {number}. ", is_bold=True)
            is_last = number == len(articles) and n == len(paragraphs) - 1
            _as_text(paragraph, closed(text) if is_last else text)


def _report(document: Word, what: Printed) -> None:
    _to(document, what.content.get("to", []))
    _grounds(document, what.content)
    _blocks(document, what)


def _blocks(document: Word, what: Printed) -> None:
    blocks = what.content.get("body", [])
    for n, block in enumerate(blocks, 1):
        _block(document, block, is_last=n == len(blocks))


def _block(document: Word, block: Mapping[str, Any], *, is_last: bool) -> None:
    if "h" in block:
        heading = _as_text(document.add_paragraph(), block["h"], is_bold=True)
        heading.paragraph_format.keep_with_next = True
    elif "list" in block:
        for line in enumerated(block["list"]):
            _as_text(document.add_paragraph(), f"- {line}")
    elif "facts" in block:
        for label, value in block["facts"]:
            _as_text(document.add_paragraph(), f"{label}: {value}")
    elif "table" in block:
        lined(document, block["table"], width=width_of(document.sections[-1]), size=TABLE)
        document.add_paragraph()
    elif "photos" in block:
        write_pictures(document, block["photos"])
        document.add_paragraph()
    else:
        _as_text(document.add_paragraph(), closed(block["p"]) if is_last else block["p"])


def _to(document: Word, to: list[str]) -> None:
    if len(to) == 1:
        write(document.add_paragraph(), f"Kính gửi: {to[0]}", align=CENTRE, before=6, after=6)
        return
    if to:
        write(document.add_paragraph(), "Kính gửi:", align=CENTRE, before=6, after=6)
    for line in enumerated(to):
        one = write(document.add_paragraph(), f"- {line}", align=LEFT)
        one.paragraph_format.left_indent = Mm(ADDRESSEES)


def _grounds(document: Word, content: Mapping[str, Any]) -> None:
    for line in enumerated(content.get("grounds", [])):
        _as_text(document.add_paragraph(), line, is_italic=True)


def _in_the_middle(document: Word, text: str) -> None:
    write(document.add_paragraph(), text, align=CENTRE, is_bold=True, before=12, after=12)


def _as_text(paragraph: Paragraph, text: str, *, is_bold: bool = False, is_italic: bool = False) -> Paragraph:
    return write(
        paragraph, text, align=JUSTIFY, indent=FIRST_LINE, after=6, is_bold=is_bold, is_italic=is_italic
    )


_LAYOUTS: dict[str, Callable[[Word, Printed], None]] = {
    DECISION: _decision,
    REPORT: _report,
    MINUTES: _blocks,
    LETTER: _report,
}
