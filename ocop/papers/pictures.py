"""Photographs of a paper, brought down to what print needs.

Each is opened on its own, so that a report with fifty of them takes the memory of one photograph and fifty small
pictures.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ocop.files.models import StoredFile
from ocop.files.small import small_jpeg

SIDE = 720  # pixels of the longer side: 78 mm at 230 dpi


@dataclass(frozen=True)
class Picture:
    """`content` is a JPEG, empty where its file cannot be read any more; `width` and `height` are in pixels."""

    caption: str
    content: bytes = b""
    width: int = 0
    height: int = 0

    @property
    def address(self) -> str:
        """As a page holds it: WeasyPrint opens no other."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.content).decode()}" if self.content else ""


def pictures(photos: Iterable[Mapping[str, Any]]) -> Iterator[Picture]:
    """Of a block's photographs, in its order; one that cannot be read any more is told in its place."""
    listed = list(photos)
    files = StoredFile.objects.in_bulk([it["file"] for it in listed])
    for it in listed:
        file = files.get(it["file"])
        small = small_jpeg(file, SIDE) if file is not None else None
        yield Picture(it["caption"], *small) if small else Picture(_missing(it["caption"]))


def _missing(caption: str) -> str:
    return _("%(caption)s (không còn đọc được ảnh)") % {"caption": caption}
