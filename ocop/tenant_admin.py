"""The Django admin inside a tenant: users, units, reference data and repair, for its own admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ocop.admin_door import GuardedAdminSite
from ocop.audit.log import record
from ocop.orgs.http import SignedInRequest


class TenantAdminSite(GuardedAdminSite):
    """At /<tenant>/admin/; the global admin at /admin/ knows only global tables."""

    site_header = _("Quản trị đơn vị")
    site_title = _("Quản trị OCOP")
    index_title = _("Dữ liệu của đơn vị")
    enable_nav_sidebar = True
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm("orgs.use_admin")


tenant_admin_site = TenantAdminSite(name="tenant_admin")


class TenantModelAdmin(admin.ModelAdmin):
    """Rows are never deleted here, and what is changed goes into the tenant's own log, not Django's."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: SignedInRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        record(f"{obj._meta.model_name}.added", obj, by=request.user, role="tenant_admin")

    def log_change(self, request: SignedInRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        fields = [name for part in message for name in part.get("changed", {}).get("fields", [])]
        record(
            f"{obj._meta.model_name}.changed",
            obj,
            by=request.user,
            role="tenant_admin",
            data={"fields": fields},
        )
