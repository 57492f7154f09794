"""A page that works without a line: the worker that keeps it on the device, and the secrets of what lies there."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.crypto import salted_hmac

from ocop.tenancy.scope import active_tenant_id
from ocop.ui_fonts import FACES, name

WORKER = "js/offline/worker.js"
LINKED = re.compile(rf'(?:src|href)="({re.escape(settings.STATIC_URL)}[^"#]+)')


def secret(purpose: str, value: str) -> bytes:
    """32 bytes made for the tenant in scope out of one secret; none is ever stored."""
    salt = f"ocop.offline.{purpose}.{active_tenant_id()}"
    return salted_hmac(salt, value, secret=settings.OFFLINE_SECRET, algorithm="sha256").digest()


def device_key(purpose: str, value: str) -> str:
    """The key (base64) of what one person takes along; the same whenever she asks, so that a device opens again."""
    return base64.b64encode(secret(purpose, value)).decode()


def worker_of(page: str, *, address: str, base: str, language: str | None) -> str:
    """Our script for one page at `address`, before it what it keeps; its version is the digest of all that.

    `base` is the path below which it answers where there is no line.
    """
    files = _linked(page)
    script = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    digest = hashlib.sha256(f"{page}{script}{files}".encode())
    for file in files:
        digest.update(_content(file))
    told = {
        "version": digest.hexdigest()[:16],
        "language": language,
        "base": base,
        "page": address,
        "files": files,
    }
    return f"const SHELL = {json.dumps(told)};\n{script}"


def _linked(page: str) -> list[str]:
    fonts: Iterable[str] = (static(f"fonts/{name(weight)}") for weight in FACES)
    return list(dict.fromkeys([*LINKED.findall(page), *fonts]))


def _content(address: str) -> bytes:
    """The bytes behind a static address; a name that holds its digest already speaks for itself."""
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    return Path(str(found)).read_bytes() if found else b""
