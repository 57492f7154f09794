"""The data a paper prints. A room writes it with these shapes; the templates of `templates/papers/` lay it out."""

from typing import TypedDict

Lines = list[str]
Rows = list[list[str]]
Photos = list["Photo"]


class Table(TypedDict, total=False):
    """Columns by their heads; a head that ends in "*" is narrow and centred."""

    columns: list[str]
    rows: list[list[str]]


class Annex(Table, total=False):
    """A table on pages of its own, behind the paper."""

    title: str
    wide: bool  # across the sheet
    notes: list[str]  # under the table: what its signs mean


class Photo(TypedDict):
    """One photograph, small, over its caption; `file` is the key of a kept picture of the same tenant."""

    file: int
    caption: str


# One of: a paragraph, a heading, dashes, a table, rows of "label: value", photographs.
class Block(TypedDict, total=False):
    p: str
    h: str
    list: Lines
    table: Table
    facts: Rows
    photos: Photos


class Signature(TypedDict, total=False):
    """One of several who sign minutes."""

    office: str  # THƯ KÝ, CHỦ TRÌ
    name: str


class PaperContent(TypedDict, total=False):
    """All optional: `grounds` and `articles` for decisions, `to` and `body` for letters and reports."""

    issuer: str  # the council or team, where it writes under its authority's head
    who: str  # who decides, in capitals; else the unit's authority
    grounds: list[str]  # "Căn cứ …" without the closing ";" and "."
    articles: list[list[str]]  # each article's paragraphs, without "Điều n."
    to: list[str]  # Kính gửi
    body: list[Block]
    annexes: list[Annex]
    recipients: list[str]  # Nơi nhận, without dashes and ";"
    signatures: list[Signature]  # minutes only
