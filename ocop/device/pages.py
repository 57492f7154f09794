"""Pages that a device may keep: who may read them again without a line, and the page that says what is kept."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.translation import get_language, override

from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id

OWNER = "X-Keep-On-Device"  # the worker keeps a page with this header, for this person alone


def keep(response: HttpResponse, user: User) -> HttpResponse:
    """The page may be opened again without a line, by who sees it now."""
    response.headers[OWNER] = str(user.pk)
    return response


def away_html(language: str | None = None) -> str:
    """What is opened where a page is not on the device; rendered without a request, so that it tells nothing of anybody."""
    asked = language if language in dict(settings.LANGUAGES) else get_language()
    with override(asked):
        return _drawn(get_script_prefix(), active_tenant_id(), asked)


def _draw(prefix: str, tenant: int, _language: str | None) -> str:
    return render_to_string("device/away.html", {"base": prefix, "tenant_id": str(tenant)})


_drawn = _draw if settings.DEBUG else lru_cache(maxsize=256)(_draw)
