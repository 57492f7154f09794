"""The front page, the way to one's tenant after login, and the answer to "are you alive?"."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.tenancy.models import Tenant


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Someone signed in with one tenant goes there; with several, or signed out, she chooses."""
    user = request.user
    if user.is_authenticated:
        tenants = list(user.tenants.active())
        if len(tenants) == 1:
            return redirect(f"/{tenants[0].slug}/")
    else:
        tenants = list(Tenant.objects.active())
    return render(request, "front/front.html", {"tenants": tenants})


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; nothing else is needed to log in, fill, score and file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
