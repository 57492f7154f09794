"""The admin outside every tenant: accounts, tenants, the country's places, login mails."""

from typing import Any

from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ocop.notices.models import AccountMail
from ocop.orgs.models import Place, User
from ocop.tenancy.models import Tenant, TenantAlias

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts: deactivated, never deleted."""

    list_display = ("username", "email", "is_active", "is_superuser", "last_login")
    search_fields = ("username", "email")
    list_filter = ("is_active", "is_superuser")
    ordering = ("username",)
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Liên hệ"), {"fields": ("email",)}),
        (_("Quyền trên hệ thống"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Mốc thời gian"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class SecondFactorAdmin(AuthenticatorAdmin):
    """A second factor is taken off where the phone is lost; its secret is shown to nobody."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")
    fields = list_display
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
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
    """Printed addresses: none is ever taken back."""

    list_display = ("slug", "tenant")
    list_select_related = ("tenant",)
    search_fields = ("slug",)
    autocomplete_fields = ("tenant",)
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
    list_filter = ("gave_up",)
    search_fields = ("to",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
