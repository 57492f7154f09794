"""The Django admin inside a tenant: users, units, reference data and repair, for its own admin."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ocop.admin_door import GuardedAdminSite
from ocop.audit.log import record
from ocop.audit.row_history import KEPT
from ocop.orgs.http import SignedInRequest
from ocop.orgs.memberships import known_people
from ocop.orgs.models import User

USE = "orgs.use_admin"


class TenantAdminSite(GuardedAdminSite):
    """At /<tenant>/admin/; the global admin at /admin/ knows only global tables."""

    site_header = _("Quản trị đơn vị")
    site_title = _("Quản trị OCOP")
    index_title = _("Dữ liệu của đơn vị")
    index_template = "tenant_admin/index.html"
    enable_nav_sidebar = True
    final_catch_all_view = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[Callable[[], list[str]]] = []  # what its start page says of the server: sentences

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        said = [sentence for note in self.notes for sentence in note()]
        return super().index(request, {**(extra_context or {}), "notes": said})

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm(USE)


tenant_admin_site = TenantAdminSite(name="tenant_admin")


class TenantForm(ModelForm):
    """Checks the unique keys, which lead with the tenant: a field of no form."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"tenant"}  # type: ignore[misc] # Django's, not in the stubs


class TenantModelAdmin(admin.ModelAdmin):
    """Rows are never deleted here, and what is changed goes into the tenant's own log, not Django's."""

    form = TenantForm
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Of all accounts only those of people who are known in this tenant."""
        if db_field.related_model is User:
            kwargs["queryset"] = known_people()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Only what was changed is written: a step taken meanwhile stands."""
        obj.save(**({"update_fields": form.changed_data} if change else {"force_insert": True}))

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

    @admin.display(description=_("năm"), ordering="year")
    def in_year(self, obj: Any) -> str:
        """Without the separator of thousands."""
        return str(obj.year)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What the row said before, where its table keeps that; else what the log tells of it."""
        kind = self.opts.label_lower
        page = "audit_change" if kind in KEPT else "audit_entry"
        where = urlencode({"kind": kind, "object_id__exact": object_id})
        return redirect(f"{reverse(f'{self.admin_site.name}:{page}_changelist')}?{where}")


class LookUpAdmin(TenantModelAdmin):
    """Rows to look up. What happens to them happens on their own pages, by those who have the right."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(USE)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(USE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RepairAdmin(LookUpAdmin):
    """Rows in which a mistake can be put right: the fields of `repairs`, and no others."""

    repairs: tuple[str, ...] = ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(USE)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return []
        return [
            name for name in flatten_fieldsets(self.get_fieldsets(request, obj)) if name not in self.repairs
        ]


class RowsBelow(admin.TabularInline):
    """What hangs on a row, to read."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(USE)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
