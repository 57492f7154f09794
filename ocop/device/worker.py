"""The script of a worker that keeps a page on the device with its files; the same for everybody, without a word about anybody."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from ocop.device.pages import OWNER, away_html
from ocop.ui_fonts import FACES, name

WORKER = "js/offline/worker.js"
LINKED = re.compile(rf'(?:src|href)="({re.escape(settings.STATIC_URL)}[^"#]+)')


def worker_of(page: str, *, address: str, base: str, language: str | None) -> str:
    """Our script for one page at `address`, before it what it keeps; its version is the digest of all that.

    `base` is the path below which it answers where there is no line.
    """
    away = away_html()
    files = list(
        dict.fromkeys([*LINKED.findall(page + away), *(static(f"fonts/{name(it)}") for it in FACES)])
    )
    script = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    digest = hashlib.sha256(f"{page}{away}{script}{files}".encode())
    for file in files:
        digest.update(_content(file))
    told = {
        "version": digest.hexdigest()[:16],
        "language": language,
        "base": base,
        "page": address,
        "away": reverse("device"),
        "static": settings.STATIC_URL,
        "owner": OWNER,
        "files": files,
    }
    return f"const SHELL = {json.dumps(told)};\n{script}"


def _content(address: str) -> bytes:
    """The bytes behind a static address; a name that holds its digest already speaks for itself."""
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    return Path(str(found)).read_bytes() if found else b""
