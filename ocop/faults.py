"""What is answered when something inside does not hold: the one place for whatever no view foresaw.

A database that does not answer (restarted, full, gone for a moment) is no fault of the page: 503 in words, with
what was sent in a form to be sent again.
"""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _

from ocop.api_refusals import server_error

RETRY_SECONDS = 10  # a restart of PostgreSQL takes less
SECRETS = ("password", "password1", "password2", "oldpassword", "code")  # never put into a page


def answer(request: HttpRequest) -> HttpResponse:
    """Django calls it while the error is being handled."""
    if not _database_is_away(sys.exc_info()[1]):
        return server_error(request)
    response = _in_json() if _is_script(request) else _page(request)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _database_is_away(error: BaseException | None) -> bool:
    """A connection cut in the middle of a statement has no class of its own: the driver's bare DatabaseError."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return type(error) is DatabaseError and error.__cause__ is not None


def _is_script(request: HttpRequest) -> bool:
    return "/api/" in request.path or not request.accepts("text/html")


def _in_json() -> HttpResponse:
    said = _("Máy chủ dữ liệu tạm thời không trả lời. Chưa lưu được; hãy thử lại sau ít giây.")
    return JsonResponse({"error": said, "errors": {"__all__": [said]}}, status=503)


def _page(request: HttpRequest) -> HttpResponse:
    """Without the request: what a page asks of the database for its frame cannot be asked."""
    context = {"sent": _sent(request), "seconds": RETRY_SECONDS}
    return HttpResponse(loader.get_template("503.html").render(context), status=503)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was not saved; nothing where files or a password would be missing from them."""
    if request.method != "POST" or request.FILES or any(name in request.POST for name in SECRETS):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]
