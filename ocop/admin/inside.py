"""The admin inside a tenant, as far as no room has its own: units, people, the log, the history, files."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from ocop.admin.new_person import NewPersonForm
from ocop.admin.readiness import reading_notes, scanner_notes
from ocop.admin.shut_out import visible_entries, visible_files
from ocop.audit.models import Change, Deed, Entry
from ocop.audit.row_history import KEPT
from ocop.files.models import StoredFile
from ocop.orgs.memberships import grant_membership, known_people
from ocop.orgs.models import Membership, OrgUnit, Person, User
from ocop.tenant_admin import LookUpAdmin, TenantModelAdmin, tenant_admin_site

tenant_admin_site.notes += [scanner_notes, reading_notes]


@admin.register(User, site=tenant_admin_site)
class AccountAdmin(LookUpAdmin):
    """The accounts of the people known here, to look up and to choose from; they are managed outside the tenant."""

    list_display = ("name_here", "username", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "email", "persons__name")
    ordering = ("username",)
    fields = ("username", "email", "is_active", "last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return known_people().order_by(*self.ordering)

    @admin.display(description=_("họ và tên"), ordering="persons__name")
    def name_here(self, user: User) -> str:
        return user.get_full_name()


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
    """Who is behind the logins here; a colleague is added with her address, then given her roles."""

    list_display = ("name", "position", "phone", "user")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    readonly_fields = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("user__persons")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        return super().get_form(
            request, obj, change=change, **(kwargs if change else {"form": NewPersonForm, "fields": None})
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        asked = ("name", "position", "phone")
        return ("user", *asked) if obj else ("username", "email", *asked)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:  # noqa: FBT001
        return super().save_form(request, form, change) if change else form.make(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """A new one was written with her account."""
        if change:
            super().save_model(request, obj, form, change)


@admin.register(Membership, site=tenant_admin_site)
class MembershipAdmin(TenantModelAdmin):
    list_display = ("user", "role", "unit", "starts_on", "ends_on", "decision_number")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__persons__name", "unit__name_ascii")
    autocomplete_fields = ("unit", "user")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("user__persons")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        if not change:
            grant_membership(obj.user, obj.role, obj.unit, starts_on=obj.starts_on)


class Kind(admin.SimpleListFilter):
    """The kinds of thing by their names; what each room registers is known without asking the table."""

    title = _("loại")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return sorted((kind, apps.get_model(kind)._meta.verbose_name) for kind in self.kinds())

    def kinds(self) -> Iterable[str]:
        return [it._meta.label_lower for it in apps.get_models() if tenant_admin_site.is_registered(it)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class KeptKind(Kind):
    """Of the tables whose history is kept."""

    def kinds(self) -> Iterable[str]:
        return KEPT


@admin.register(Entry, site=tenant_admin_site)
class EntryAdmin(LookUpAdmin):
    """The log, to read."""

    list_display = ("at", "actor_name", "role", "action", "title", "note")
    list_filter = (Kind,)
    search_fields = ("title", "actor_name")
    fields = ("at", "actor_name", "role", "unit", "action", "kind", "object_id", "title", "before", "after", "note",
              "data", "request_id")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return visible_entries(super().get_queryset(request), request.user)


@admin.register(Change, site=tenant_admin_site)
class ChangeAdmin(LookUpAdmin):
    """What rows said before; PostgreSQL writes it, nobody changes it."""

    list_display = ("at", "what", "number", "deed", "columns_in_words", "by", "request_id")
    list_filter = ("deed", KeptKind)
    list_select_related = ("by",)
    search_fields = ("=object_id", "=request_id", "by__username")
    fields = ("at", "what", "number", "deed", "columns_in_words", "by", "request_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("by__persons")

    @admin.display(description=_("loại"), ordering="kind")
    def what(self, change: Change) -> str:
        return change.thing

    @admin.display(description=_("mã"), ordering="object_id")
    def number(self, change: Change) -> str:
        return str(change.object_id)

    @admin.display(description=_("nội dung"))
    def columns_in_words(self, change: Change) -> str:
        if change.deed == Deed.INSERT:
            return "–"
        rows = [(name, _shown(old), _shown(new)) for name, old, new in change.columns]
        return format_html_join("\n", "<div>{}: {} → {}</div>", rows)


def _shown(value: object) -> object:
    return "–" if value in (None, "") else value


@admin.register(StoredFile, site=tenant_admin_site)
class StoredFileAdmin(LookUpAdmin):
    """Where an upload went and by which hash it is kept; it is read on the pages of what it belongs to."""

    list_display = ("name", "content_type", "size", "pages", "uploaded_by", "created_at")
    list_filter = ("content_type",)
    list_select_related = ("uploaded_by",)
    search_fields = ("name", "=sha256")
    fields = ("name", "content_type", "size", "pages", "sha256", "uploaded_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request).prefetch_related("uploaded_by__persons")
        return visible_files(found, request.user)
