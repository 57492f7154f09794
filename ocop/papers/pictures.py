"""Photographs of a paper: brought down to what print needs, and without what a camera or program wrote into them.

Each is opened on its own and decoded at a fraction of its size, so that a report with fifty of them takes the
memory of one photograph and fifty small pictures.
"""

import base64
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from ocop.files.models import StoredFile

SIDE = 720  # pixels of the longer side: 78 mm at 230 dpi
QUALITY = 74


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
    """Of a block's photographs, in its order."""
    listed = list(photos)
    files = StoredFile.objects.in_bulk([it["file"] for it in listed])
    for it in listed:
        file = files.get(it["file"])
        yield _small(file, it["caption"]) if file is not None else _missing(it["caption"])


def _missing(caption: str) -> Picture:
    return Picture(_("%(caption)s (không còn đọc được ảnh)") % {"caption": caption})


def _small(file: StoredFile, caption: str) -> Picture:
    try:
        with file.open() as content, Image.open(content) as picture:
            picture.draft("RGB", (SIDE, SIDE))
            picture.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except OSError:  # gone from the disk, or no picture any more: the paper says so in its place
        return _missing(caption)
    upright.info.clear()
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Picture(caption, kept.getvalue(), *upright.size)
