"""What an answer says to who asked: all words of a page, of JSON, of a spreadsheet, of a paper."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pypdfium2
from django.db import transaction

from ocop.notices.models import NoticeMail
from ocop.orgs.models import User
from tests.access.asking import Browser


def answer(browser: Browser, method: str, url: str, body: Any = None) -> tuple[int, str]:
    """Status and all words, of a page, of JSON, of a spreadsheet; what it writes is rolled back."""
    how: dict[str, Any] = {}
    if method == "get":
        body = None
    elif "/api/" in url:
        body, how = json.dumps(body or {}), {"content_type": "application/json"}
    with transaction.atomic():
        given = getattr(browser, method)(url, body, **how)
        content = b"".join(given.streaming_content) if given.streaming else given.content
        transaction.set_rollback(True)
    return given.status_code, _words(content, given.headers.get("Content-Type", ""))


def _words(content: bytes, kind: str) -> str:
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    if "pdf" in kind:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    if "wordprocessing" in kind:  # packed with the time of packing
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(it.text for it in document.paragraphs), *cells])
    text = content.decode(errors="replace")
    return text if "html" not in kind else _Said.of(text)


class _Said(HTMLParser):
    """A page as it is read out, with what its links and fields say; without its tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    @classmethod
    def of(cls, page: str) -> str:
        reader = cls()
        reader.feed(page)
        return "\n".join(filter(None, (re.sub(r"\s+", " ", it).strip() for it in reader.said)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("name") == "csrfmiddlewaretoken":
            return
        self.said += [
            f"{name}={value}" for name, value in attrs if name in SAYING or name.startswith("data-")
        ]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


SAYING = ("href", "value", "title", "aria-label", "alt", "placeholder", "datetime", "max", "min", "content")
# moments, keys of rows that are numbered through, and what is drawn anew for each answer
PASSING = re.compile(
    r"datetime\.datetime\([^)]*\)|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"
    r"|\b\d{1,2}:\d\d(:\d\d)?\b|seed=\w+|\"csrf\": \"\w+\"|(?<=papers/)\d+|(?<=notices/)\d+|\"(id|paper|minutes)\":\d+"
    r"|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # a form's own token
    r"|\b[0-9a-f]{64}\b|\b([0-9A-F]{4} ){5}[0-9A-F]{4}\b"  # digests over all sheets, and their heads
)


def same(words: str) -> str:
    """Without what passes: two answers of the same say the same."""
    return PASSING.sub("…", words)


def told(user: User) -> str:
    """Her mail, as it lies in the outbox."""
    mails = NoticeMail.objects.filter(to=user.email).order_by("pk").values_list("subject", "body")
    return "\n".join(f"{subject} {body}" for subject, body in mails)
