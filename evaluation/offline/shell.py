"""The page on the device and the worker that keeps it: the same for everybody, without a word about anybody."""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override

from evaluation.ballots.opinions import LONGEST
from evaluation.offline.words import words
from ocop.device.pages import OWNER, away_html
from ocop.tenancy.scope import active_tenant_id
from ocop.ui_fonts import FACES, name

WORKER = "js/offline/worker.js"
MODULES = [f"js/offline/{name}.js" for name in ("app", "keys", "law", "login", "opinion", "page", "queue", "server", "sheet",
                                                "store", "sync", "vault")]  # fmt: skip
# The components that the scripts copy, drawn once with places where the values go.
PARTS = {
    "icons": ["todo", "done", "gate"],
    "stars": range(6),
    "tally": {"total": "{total}", "most": "{most}", "stars": 0, "parts": [{"percent": 0}], "why": ["–"]},
    "gate": {"have": "{have}", "star": "{star}", "least": "{least}"},
}
LINKED = re.compile(rf'(?:src|href)="({re.escape(settings.STATIC_URL)}[^"#]+)')


def shell_html(language: str | None = None) -> str:
    """The page that works without a network; rendered without a request, so that it tells nothing of who asked."""
    asked = language if language in dict(settings.LANGUAGES) else get_language()
    with override(asked):
        return _drawn(get_script_prefix(), active_tenant_id(), asked)


def worker_js() -> str:
    """The worker: our script, before it what it keeps; its version is the digest of all that."""
    return _worker(get_script_prefix(), active_tenant_id(), get_language())


def _draw(prefix: str, tenant: int, language: str | None) -> str:
    context = {
        "base": prefix,
        "tenant_id": str(tenant),
        "modules": MODULES,
        "words": words(),
        **PARTS,
        "most": LONGEST,
    }
    return render_to_string("evaluation/offline/shell.html", context)


def _write_worker(prefix: str, tenant: int, language: str | None) -> str:
    page = _drawn(prefix, tenant, language)
    away = away_html()
    files = [*LINKED.findall(page + away), *(static(f"fonts/{name(weight)}") for weight in FACES)]
    files = list(dict.fromkeys(files))
    script = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    digest = hashlib.sha256(f"{page}{away}{script}{files}".encode())
    for address in files:
        digest.update(_content(address))
    told = {
        "version": digest.hexdigest()[:16],
        "language": language,
        "base": prefix,
        "page": reverse("evaluation:offline_shell"),
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


_drawn = _draw if settings.DEBUG else lru_cache(maxsize=256)(_draw)
_worker = _write_worker if settings.DEBUG else lru_cache(maxsize=256)(_write_worker)
