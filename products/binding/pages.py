"""The pages of a bound dossier: gathered on the disk, joined, then each put into a frame that says what it belongs to.

Every page becomes A4, upright, with its number and the receipt. The documents are joined by qpdf from file to file
(`pikepdf.Job`), as copying pages between open documents would hold every scan in memory at once; a page is then
dressed where it stands.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import img2pdf
import pikepdf
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, OutlineItem, Rectangle

from ocop.papers.hashes import in_groups
from ocop.papers.pdf import to_pdf
from products.binding.filing import Filing
from products.dossiers.filed import FORMS, FiledPaper
from products.models import DossierKind, PaperConfirmation

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
HEAD, FOOT, SIDE = 15 * MM, 14 * MM, 8 * MM  # of a frame, around a paper's page
STEP = 10  # pages laid out between two words about how far it is
CHUNK = 256 * 1024

Told = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True)
class Source:
    """One document on the disk: `paper` is None for what we laid out ourselves."""

    title: str
    path: Path
    count: int  # pages
    paper: FiledPaper | None = None
    first: int = 1  # the page it begins at in the book
    left_out: bool = False  # stands for a file that has no pages
    word: PaperConfirmation | None = None  # what the office that owns its kind said of it

    @property
    def last(self) -> int:
        return self.first + self.count - 1

    @property
    def pages(self) -> str:
        """1–3, or 4, as the index prints it."""
        return f"{self.first}–{self.last}" if self.count > 1 else str(self.first)


def bind(filing: Filing, folder: Path, told: Told) -> tuple[Path, int]:
    """The book in `folder` and its pages; `told` hears how far it is, every few pages."""
    sources = _gathered(filing, folder)
    book = folder / "book.pdf"
    with pikepdf.open(_joined(sources, folder)) as pdf:
        _dress(pdf, filing, sources, told)
        _bookmark(pdf, sources)
        pdf.save(book, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return book, len(pdf.pages)


# ── the documents ──


def _gathered(filing: Filing, folder: Path) -> list[Source]:
    """Every document with its place; the index is made last, as it names the pages of what follows it."""
    filed = filing.filed
    forms = [
        {"title": filed.form_title(it), "sections": filed.sections(it), "groups": filed.groups if it == "report" else []}
        for it in FORMS
    ]  # fmt: skip
    title = _("Phiếu đăng ký và báo cáo tự đánh giá")
    own = _kept(title, to_pdf(_html("bound_forms", filing, forms=forms)), folder / "forms.pdf")
    behind = [own, *(_source_of(paper, filing, folder) for paper in filing.papers)]
    return _with_front(filing, behind, folder)


def _with_front(filing: Filing, behind: list[Source], folder: Path) -> list[Source]:
    """Cover and index before the rest; laid out again where the index is longer than was thought."""
    kind, length = DossierKind(filing.filed.kind).label, 2
    while True:
        placed = list(_placed(behind, length + 1))
        content = to_pdf(_html("bound_front", filing, sources=placed, kind=kind))
        front = _kept(_("Bìa và mục lục"), content, folder / "front.pdf")
        if front.count == length:
            return [front, *placed]
        length = front.count


def _placed(sources: list[Source], first: int) -> Iterator[Source]:
    for it in sources:
        yield replace(it, first=first)
        first += it.count


def _kept(title: str, content: bytes, path: Path) -> Source:
    path.write_bytes(content)
    return Source(title, path, _count(path))


def _source_of(paper: FiledPaper, filing: Filing, folder: Path) -> Source:
    """The paper's own pages; a sheet that names it where it has none that can be bound."""
    title, path = paper.heading, folder / f"{paper.folder}-{paper.number}.pdf"
    word = filing.words.get(paper.key)
    if paper.has_pages:
        try:
            _copy(paper, path)
            return Source(title, path, _count(path), paper, word=word)
        except (pikepdf.PdfError, img2pdf.ImageOpenError, img2pdf.AlphaChannelError):
            pass  # it stands in the archive as it was filed
    path.write_bytes(to_pdf(_html("bound_left_out", filing, paper=paper, word=word)))
    return Source(title, path, _count(path), paper, left_out=True, word=word)


def _copy(paper: FiledPaper, path: Path) -> None:
    """A PDF as it is; a picture on a page of its own, its bytes untouched."""
    with paper.open() as content, path.open("wb") as kept:
        if paper.is_picture:
            layout = img2pdf.get_layout_fun(A4, auto_orient=True)
            kept.write(img2pdf.convert(content.read(), layout_fun=layout, rotation=img2pdf.Rotation.ifvalid))
        else:
            while chunk := content.read(CHUNK):
                kept.write(chunk)


def _count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _joined(sources: list[Source], folder: Path) -> Path:
    """One document of all pages; what was filled into forms or stamped as a note becomes part of its page."""
    out = folder / "joined.pdf"
    paths = [str(it.path) for it in sources]
    words = ("--flatten-annotations=print", "--warning-exit-0")
    pikepdf.Job(["qpdf", "--empty", "--pages", *paths, "--", *words, str(out)]).run()
    return out


# ── the frames ──


def _dress(pdf: pikepdf.Pdf, filing: Filing, sources: list[Source], told: Told) -> None:
    owners = [source for source in sources for _page in range(source.count)]
    frames = [
        {"title": owner.title if owner.paper else "", "is_wide": _is_wide(page)}
        for owner, page in zip(owners, pdf.pages, strict=True)
    ]
    with pikepdf.open(io.BytesIO(to_pdf(_html("bound_frames", filing, frames=frames)))) as dresses:
        for number, (owner, page, frame) in enumerate(
            zip(owners, list(pdf.pages), dresses.pages, strict=True)
        ):
            pdf.pages[number] = _placed_page(pdf, page, frame, inside=owner.paper is not None)
            if number % STEP == 0:
                told(number, len(owners))


def _placed_page(pdf: pikepdf.Pdf, page: pikepdf.Page, frame: pikepdf.Page, *, inside: bool) -> pikepdf.Page:
    """What was the page is drawn once, upright and whole, on a page of the frame's size, with the frame behind it.

    Our own pages leave room for the frame; a paper's (`inside`) are made to fit into it.
    """
    width, height = (float(it) for it in frame.mediabox[2:])
    sheet = Rectangle(0, 0, width, height)
    drawn = pdf.make_indirect(page.as_form_xobject())  # reads the old page's content when it is saved
    made = pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, width, height]),
                Resources=Dictionary(),
                Contents=pdf.make_stream(b""),
            )
        )
    )
    placed = made.calc_form_xobject_placement(
        drawn,
        made.add_resource(drawn, Name.XObject),
        Rectangle(SIDE, FOOT, width - SIDE, height - HEAD) if inside else sheet,
        invert_transformations=True,
        allow_shrink=True,
        allow_expand=False,
    )
    made.contents_add(b"q\n" + placed + b"\nQ")
    made.add_underlay(frame, sheet)
    return made


def _is_wide(page: pikepdf.Page) -> bool:
    """As it is shown: a page may be turned."""
    left, bottom, right, top = (float(it) for it in page.trimbox)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (top - bottom > right - left) if turned else (right - left > top - bottom)


def _bookmark(pdf: pikepdf.Pdf, sources: list[Source]) -> None:
    """Each document, and under a paper the criteria it proves at their pages."""
    with pdf.open_outline() as outline:
        for source in sources:
            item = OutlineItem(source.title, source.first - 1)
            if source.paper and not source.left_out:
                for code, page in source.paper.places:
                    at = min(source.first + (page or 1) - 1, source.last)
                    item.children.append(OutlineItem(_("Tiêu chí %(code)s") % {"code": code}, at - 1))
            outline.root.append(item)


def _html(name: str, filing: Filing, **more: Any) -> str:
    digest = in_groups(filing.version.digest[:24])
    context = {**vars(filing), "digest": digest, **more}
    return render_to_string(f"papers/{name}.html", context)
