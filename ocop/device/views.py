"""The two doors of a device: the page that it keeps, and the key of what it keeps."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.device.keys import drafts_key
from ocop.device.pages import away_html


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """What lies on this device; the page holds nothing of anybody, so nobody is asked who she is."""
    response = HttpResponse(away_html(request.GET.get("lang")))
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@never_cache
def key(request: HttpRequest) -> HttpResponse:
    """Who is signed in, a fresh token, and the key of her drafts; 401 for nobody. For scripts: never a redirect."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Phiên đăng nhập đã hết.")}, status=401)
    told = {"user": request.user.pk, "csrf": get_token(request), "key": drafts_key(request.user)}
    return JsonResponse(told)
