"""Fairs in the tenant's admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ocop.tenant_admin import RepairAdmin, RowsBelow, tenant_admin_site
from promotion.models import Event, Participation


class ParticipationRows(RowsBelow):
    model = Participation
    fields = ("certificate", "added_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("certificate", "event")


@admin.register(Event, site=tenant_admin_site)
class EventAdmin(RepairAdmin):
    """Name, place and days; who may show there was decided on them, so the least stars stay."""

    list_display = ("name", "unit", "place", "starts_on", "ends_on", "least_stars")
    list_select_related = ("unit",)
    search_fields = ("name", "place")
    fields = ("unit", "name", "place", "starts_on", "ends_on", "least_stars")
    repairs = ("name", "place", "starts_on", "ends_on")
    inlines = (ParticipationRows,)
