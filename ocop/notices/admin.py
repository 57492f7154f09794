"""What was sent to whom, in the tenant's admin: that a person was told is the office's business, what is hers alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ocop.notices.models import Notice, NoticeMail
from ocop.tenant_admin import LookUpAdmin, RepairAdmin, tenant_admin_site


class Sealed(LookUpAdmin):
    """A letter's subject is not shown, in the page's title neither: it may name a dossier the reader may not see."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.subject = _("Thông báo số %(number)s") % {"number": found.pk}  # for the page; never saved
        return found


@admin.register(Notice, site=tenant_admin_site)
class NoticeAdmin(Sealed):
    list_display = ("created_at", "user", "kind", "read_at")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__persons__name")
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("user__persons")


@admin.register(NoticeMail, site=tenant_admin_site)
class NoticeMailAdmin(Sealed, RepairAdmin):
    """A mail given up is sent again: take the mark off and set the hour."""

    list_display = ("to", "created_at", "attempts", "sent_at", "due_at", "gave_up", "last_error")
    list_filter = ("gave_up",)
    search_fields = ("to", "message_id")
    fields = ("to", "message_id", "created_at", "attempts", "sent_at", "last_error", "due_at", "gave_up")
    repairs = ("due_at", "gave_up")
