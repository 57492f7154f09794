"""Sheets bound into one file, with a bookmark for each product and each sheet."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import pikepdf
from pikepdf import OutlineItem


@dataclass(frozen=True)
class Leaf:
    """One sheet: its product's key and name, whose it is ("" for a blank one), its pages as a PDF."""

    product: int
    name: str
    label: str
    content: bytes


def bind(leaves: Iterable[Leaf]) -> tuple[bytes, int]:
    """The file and its pages. Leaves are asked for one at a time; what grows is the finished pages alone."""
    with pikepdf.new() as book:
        with book.open_outline() as outline:
            for _product, sheets in groupby(leaves, key=lambda it: it.product):
                first_page, labels, name = len(book.pages), [], ""
                for leaf in sheets:
                    labels.append((leaf.label, len(book.pages)))
                    name = leaf.name
                    _append(book, leaf.content)
                bookmark = OutlineItem(name, first_page)
                bookmark.children.extend(OutlineItem(label, page) for label, page in labels if label)
                outline.root.append(bookmark)
        kept, pages = io.BytesIO(), len(book.pages)
        book.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue(), pages


def _append(book: pikepdf.Pdf, sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as opened:
        book.pages.extend(opened.pages)
