"""What the two admins show: global tables at /admin/, a tenant's people and units at /<tenant>/admin/."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ocop.audit.models import Entry
from ocop.notices.models import AccountMail
from ocop.orgs.memberships import grant_membership
from ocop.orgs.models import Membership, OrgUnit, Person, Place, User
from ocop.tenancy.models import Tenant, TenantAlias
from ocop.tenant_admin import TenantModelAdmin, tenant_admin_site

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts: deactivated, never deleted."""

    list_display = ("username", "email", "is_active", "is_superuser", "last_login")
    search_fields = ("username", "email")
    list_filter = ("is_active", "is_superuser")
    ordering = ("username",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Liên hệ"), {"fields": ("email",)}),
        (_("Quyền trên hệ thống"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Mốc thời gian"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Tenant)
class TenantAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "kind", "is_active")
    search_fields = ("name", "slug")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A slug is printed in QR codes: once made it stays; an alias is added instead."""
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(TenantAlias)
class TenantAliasAdmin(admin.ModelAdmin):
    list_display = ("slug", "tenant")
    autocomplete_fields = ("tenant",)


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Read only: the state's facts come from the committed file."""

    list_display = ("code", "name", "level", "parent", "valid_from", "valid_to")
    list_filter = ("level", "valid_from")
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AccountMail)
class AccountMailAdmin(admin.ModelAdmin):
    """What waits to be sent, without the body: it may hold a reset link."""

    list_display = ("to", "subject", "created_at", "attempts", "sent_at", "last_error", "gave_up")
    fields = ("to", "subject", "created_at", "attempts", "sent_at", "due_at", "last_error", "gave_up")
    readonly_fields = ("to", "subject", "created_at", "attempts", "sent_at", "last_error")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(OrgUnit, site=tenant_admin_site)
class OrgUnitAdmin(TenantModelAdmin):
    list_display = ("name", "kind", "parent", "opened_on", "closed_on")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name_ascii", "name")
    autocomplete_fields = ("parent",)
    exclude = ("place",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Units are closed and succeeded, never moved."""
        return ("parent",) if obj else ()


@admin.register(Person, site=tenant_admin_site)
class PersonAdmin(TenantModelAdmin):
    list_display = ("name", "position", "phone", "user")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    raw_id_fields = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Membership, site=tenant_admin_site)
class MembershipAdmin(TenantModelAdmin):
    list_display = ("user", "role", "unit", "starts_on", "ends_on", "decision_number")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__persons__name", "unit__name_ascii")
    autocomplete_fields = ("unit",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only people who are known in this tenant can be given a role."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(persons__in=Person.objects.all()).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        if not change:
            grant_membership(obj.user, obj.role, obj.unit, starts_on=obj.starts_on)


@admin.register(Entry, site=tenant_admin_site)
class EntryAdmin(TenantModelAdmin):
    """The log, to read."""

    list_display = ("at", "actor_name", "role", "action", "title", "note")
    list_filter = ("action",)
    search_fields = ("title", "actor_name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
