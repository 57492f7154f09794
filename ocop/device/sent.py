"""A form that a browser keeps until it has arrived: the answer says that it has, and a second sending makes no twin."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from ocop.device.models import SentForm

MARK = "form_mark"  # a random key that static/js/device/kept.js gives to each filling-in; without scripts there is none
COOKIE = "form-sent"  # tells the next page which of them have arrived
KEPT_DAYS = 60  # a phone may lie in a drawer for long
MOST_TOLD = 5
UNCOUNTED = (MARK, "csrfmiddlewaretoken")
GetResponse = Callable[[HttpRequest], HttpResponse]


class SentOnceMiddleware:
    """Stands inside the tenant's scope: a refused request rolls its row back together with everything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = _mark(request)
        if not mark:
            return self.get_response(request)
        row, is_new = _row(request, mark)
        if not is_new and row.content == _content(request):
            return _told(request, HttpResponseRedirect(row.url), mark)
        if not (is_new or any(_tells_version(name) for name in request.POST)):
            return _other(request, row)
        response = self.get_response(request)
        if not (_leads_on(response) and request.user.is_authenticated):
            if is_new and response.status_code < 400:
                row.delete()
            return response
        row.url, row.content = response.headers["Location"][:500], _content(request)
        row.save(update_fields=["url", "content"])
        return _told(request, response, mark)


def _mark(request: HttpRequest) -> str:
    """Empty for whatever is no kept form of a tenant."""
    if request.method != "POST" or getattr(request, "tenant", None) is None:
        return ""
    try:
        return str(uuid.UUID(request.POST.get(MARK, "")))
    except ValueError:
        return ""


def _row(request: HttpRequest, mark: str) -> tuple[SentForm, bool]:
    """The second of two at once waits here until the first is through."""
    key = _digest([str(request.user.pk or ""), request.path, mark])
    return SentForm.objects.get_or_create(key=key, defaults={"content": _content(request)})


def _other(request: HttpRequest, row: SentForm) -> HttpResponse:
    """It arrived, and she typed on before she heard of it; the device keeps that."""
    words = _(
        "Biểu mẫu này đã tới nơi lúc %(time)s. Phần sửa sau đó chưa ghi và còn giữ trên máy bạn: hãy sửa ở trang này."
    )
    messages.warning(request, words % {"time": time_format(timezone.localtime(row.at), "H:i")})
    return HttpResponseRedirect(row.url)


def _tells_version(name: str) -> bool:
    """Such a form is judged by its view, by the version that it was typed over."""
    return name in ("seen", "revision") or "initial-" in name


def not_taken(response: HttpResponse) -> HttpResponse:
    """An answer that leads on although nothing was taken, as the form has no place any more: the device keeps her words."""
    response.is_not_taken = True  # type: ignore[attr-defined]
    return response


def _leads_on(response: HttpResponse) -> bool:
    """What was taken leads on to another page; anything else has something to say."""
    leads = response.status_code in (302, 303) and "Location" in response.headers
    return leads and not getattr(response, "is_not_taken", False)


def _told(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    before = [it for it in request.COOKIES.get(COOKIE, "").split(".") if it and it != mark]
    response.set_cookie(
        COOKIE, ".".join([*before[-MOST_TOLD:], mark]), max_age=24 * 3600, path=get_script_prefix(),
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _content(request: HttpRequest) -> str:
    values = [f"{name}={one}" for name, all_ in request.POST.lists() if name not in UNCOUNTED for one in all_]
    files = [f"{name}={it.name} {it.size}" for name, them in request.FILES.lists() for it in them]
    return _digest(sorted([*values, *files]))


def _digest(parts: Iterable[str]) -> str:
    """Under our secret: what is guessed, as a password among known facts, cannot be tried on a copy of the table."""
    return salted_hmac("ocop.device.sent", "\0".join(parts), algorithm="sha256").hexdigest()


def forget_old(at: dt.datetime | None = None) -> int:
    """Nobody sends again what is so old; answers how many went."""
    before = (at or timezone.now()) - dt.timedelta(days=KEPT_DAYS)
    gone, _by_model = SentForm.objects.filter(at__lt=before).delete()
    return gone
