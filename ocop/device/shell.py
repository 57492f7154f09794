"""A room's page that works without a line, with its worker: the same for everybody, without a word about anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ocop.device.worker import worker_of
from ocop.tenancy.scope import active_tenant_id


@dataclass(frozen=True)
class Shell:
    """What a room gives: its template and scripts, where they answer, and what they are told in the language in force."""

    template: str
    modules: tuple[str, ...]
    address: str  # the name of the page's address
    back: str  # the name of the address where a login that was asked over the page ends
    told: Callable[[], Mapping[str, Any]]
    below: str = ""  # the name of the address below which the worker answers; "": all of the tenant's

    def html(self, language: str | None = None) -> str:
        """Rendered without a request, so that it tells nothing of who asked."""
        asked = language if language in dict(settings.LANGUAGES) else get_language()
        with override(asked):
            return _drawn(self, get_script_prefix(), active_tenant_id(), asked)

    def page(self, request: HttpRequest) -> HttpResponse:
        """The page on the device; it holds nothing of anybody, so nobody is asked who she is."""
        response = HttpResponse(self.html(request.GET.get("lang")))
        response.headers["Cache-Control"] = "no-cache"
        return response

    def worker(self, request: HttpRequest) -> HttpResponse:
        """The worker's script."""
        script = _written(self, get_script_prefix(), active_tenant_id(), get_language())
        response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
        response.headers["Cache-Control"] = "no-cache"
        if not self.below:
            response.headers["Service-Worker-Allowed"] = f"{request.META['SCRIPT_NAME']}/"
        return response

    def logged_in(self, request: HttpRequest) -> HttpResponse:
        """Where the login that was asked over the page ends: the page sees it and goes on."""
        return render(request, "device/back.html", {"address": reverse(self.address)})

    def in_words(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """For scripts: an ended login is 401 with where to log in, never a redirect to a page."""

        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                login = f"{reverse('account_login')}?next={reverse(self.back)}"
                return JsonResponse({"error": _("Phiên đăng nhập đã hết."), "login": login}, status=401)
            return view(request, *args, **kwargs)

        return asked


def _draw(shell: Shell, prefix: str, tenant: int, _language: str | None) -> str:
    modules = [f"js/offline/{name}.js" for name in shell.modules]
    context = {"base": prefix, "tenant_id": str(tenant), "modules": modules, **shell.told()}
    return render_to_string(shell.template, context)


def _write(shell: Shell, prefix: str, tenant: int, language: str | None) -> str:
    page, base = _drawn(shell, prefix, tenant, language), reverse(shell.below) if shell.below else prefix
    return worker_of(page, address=reverse(shell.address), base=base, language=language)


_drawn = _draw if settings.DEBUG else lru_cache(maxsize=256)(_draw)
_written = _write if settings.DEBUG else lru_cache(maxsize=256)(_write)
