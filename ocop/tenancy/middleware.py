"""The tenant is the first path segment: one middleware takes it off, another opens its scope."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import get_script_prefix, set_script_prefix

from ocop.tenancy.models import RESERVED_SLUGS, Tenant, TenantAlias
from ocop.tenancy.scope import tenant_scope

GetResponse = Callable[[HttpRequest], HttpResponse]


class TenantURLMiddleware:
    """`/lai-chau/plans/` is served as `/plans/` with SCRIPT_NAME `/lai-chau`: nothing below knows of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = None  # type: ignore[attr-defined]
        slug, slash, rest = request.path_info.lstrip("/").partition("/")
        if not slug or slug in RESERVED_SLUGS or "." in slug:
            request.urlconf = settings.GLOBAL_URLCONF  # type: ignore[attr-defined]
            return self.get_response(request)
        tenant = Tenant.objects.active().filter(slug=slug).first()
        if tenant is None:
            return self._moved_or_unknown(request, slug)
        if not slash:
            return HttpResponseRedirect(f"{request.path}/")
        return self._serve(request, tenant, rest)

    def _serve(self, request: HttpRequest, tenant: Tenant, rest: str) -> HttpResponse:
        outer = get_script_prefix()
        prefix = f"{outer}{tenant.slug}/"
        request.tenant = tenant  # type: ignore[attr-defined]
        request.path_info = f"/{rest}"
        request.META["SCRIPT_NAME"] = prefix.rstrip("/")
        set_script_prefix(prefix)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(outer)

    def _moved_or_unknown(self, request: HttpRequest, slug: str) -> HttpResponse:
        alias = TenantAlias.objects.select_related("tenant").filter(slug=slug, tenant__is_active=True).first()
        if alias is not None and request.method in ("GET", "HEAD"):
            moved = request.get_full_path().replace(f"/{slug}", f"/{alias.tenant.slug}", 1)
            return HttpResponsePermanentRedirect(moved)
        request.urlconf = settings.GLOBAL_URLCONF  # type: ignore[attr-defined]
        request.unknown_tenant = True  # type: ignore[attr-defined]
        return self.get_response(request)


class TenantScopeMiddleware:
    """Opens the scope for the whole view and its rendering; a refused request writes nothing.

    The body is read before the scope opens and files are sent after it closes, so that a slow phone
    holds no transaction.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tenant = request.tenant  # type: ignore[attr-defined]
        if tenant is None:
            if getattr(request, "unknown_tenant", False):
                raise Http404
            return self.get_response(request)
        _read_body(request)
        with tenant_scope(tenant.pk, by=request.user.pk):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response


def _read_body(request: HttpRequest) -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        len(request.POST)
    else:
        len(request.body)
