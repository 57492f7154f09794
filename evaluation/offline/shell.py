"""The page on the device and the worker that keeps it: the same for everybody, without a word about anybody."""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override

from evaluation.ballots.opinions import LONGEST
from evaluation.offline.words import words
from ocop.device.worker import worker_of
from ocop.tenancy.scope import active_tenant_id

MODULES = [f"js/offline/{name}.js" for name in ("app", "keys", "law", "login", "opinion", "page", "queue", "server", "sheet",
                                                "store", "sync", "vault")]  # fmt: skip
# The components that the scripts copy, drawn once with places where the values go.
PARTS = {
    "icons": ["todo", "done", "gate"],
    "stars": range(6),
    "tally": {"total": "{total}", "most": "{most}", "stars": 0, "parts": [{"percent": 0}], "why": ["–"]},
    "gate": {"have": "{have}", "star": "{star}", "least": "{least}"},
}


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
    page, address = _drawn(prefix, tenant, language), reverse("evaluation:offline_shell")
    return worker_of(page, address=address, base=prefix, language=language)


_drawn = _draw if settings.DEBUG else lru_cache(maxsize=256)(_draw)
_worker = _write_worker if settings.DEBUG else lru_cache(maxsize=256)(_write_worker)
