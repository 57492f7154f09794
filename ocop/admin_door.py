"""The door of both admins: one login for all, and nothing behind it for who may not use it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class GuardedAdminSite(AdminSite):
    """Django's own login page asks for no second factor and counts no attempts, so nobody logs in by it."""

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002, Django's signature
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect_to_login(reverse("admin:index", current_app=self.name))


class GlobalAdminSite(GuardedAdminSite):
    """At /admin/: the tables that belong to no tenant."""

    site_header = site_title = _("Quản trị hệ thống OCOP")
    index_title = _("Dữ liệu chung của mọi đơn vị")
