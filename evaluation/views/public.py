"""What anyone may ask without an account: is this certificate good? The answer comes first, in words."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from evaluation.certificates.validity import standing
from evaluation.certificates.words import told, validity_words
from evaluation.forms.certificates import CheckForm
from evaluation.models import Certificate, CheckCount
from products.law import set_name

FRESH = 60  # seconds in which the same answer may be given again: a revocation is seen within a minute


@require_safe
def certificate(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The page behind the QR; it names no person, and an unknown code is answered too."""
    found = Certificate.objects.filter(uuid=uuid).select_related("product__unit", "replaced_by").first()
    if found is None:
        return _answer(request, "evaluation/public/unknown.html", {}, status=404)
    today = timezone.localdate()
    context = {
        "certificate": found,
        "standing": standing(found, today),
        "told": told(standing(found, today)),
        "validity": validity_words(found, today),
        "set_name": set_name(found.set_code),
    }
    _count(found)
    return _answer(request, "evaluation/public/certificate.html", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """By the printed number: one match is shown with its standing, several of different issuers all are."""
    form = CheckForm(request.GET if "number" in request.GET else None)
    rows: list[Any] = []
    is_asked = form.is_bound and form.is_valid()
    if is_asked:
        today = timezone.localdate()
        found = Certificate.objects.numbered(form.cleaned_data["number"]).select_related("replaced_by")
        rows = [(one, told(standing(one, today)), validity_words(one, today)) for one in found]
        for one, _told, _words in rows:
            _count(one)
    return _answer(
        request, "evaluation/public/check.html", {"form": form, "rows": rows, "is_asked": is_asked}
    )


def _count(certificate: Certificate) -> None:
    """One more look at this certificate today; nothing is kept of who looked."""
    today = timezone.localdate()
    rows = CheckCount.objects.filter(certificate=certificate, on=today)
    if rows.update(count=F("count") + 1):
        return
    with transaction.atomic():
        CheckCount.objects.bulk_create(
            [CheckCount(certificate=certificate, on=today, count=0)], ignore_conflicts=True
        )
        rows.update(count=F("count") + 1)


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Shared caches may keep it for a moment; what a signed-in person sees is hers."""
    context |= {"host": urlsplit(settings.SITE_URL).netloc, "asked_at": timezone.localtime()}
    response = render(request, template, context, status=status)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=0)
    else:
        patch_cache_control(response, public=True, max_age=FRESH)
    return response
