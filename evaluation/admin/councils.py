"""Councils, seats and meetings."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from evaluation.models import AgendaItem, Council, Meeting, Seat
from ocop.tenant_admin import LookUpAdmin, RepairAdmin, RowsBelow, tenant_admin_site
from products.models import Dossier


class SeatRows(RowsBelow):
    model = Seat
    fields = ("user", "role", "agency", "votes", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user").prefetch_related("user__persons")


@admin.register(Council, site=tenant_admin_site)
class CouncilAdmin(LookUpAdmin):
    list_display = ("name", "unit", "tier", "regime", "starts_on", "ends_on", "state")
    list_filter = ("state", "regime")
    list_select_related = ("unit",)
    search_fields = ("name", "decision_number", "unit__name_ascii")
    fields = ("unit", "tier", "regime", "name", "starts_on", "ends_on", "decision_number", "decision_on", "paper",
              "rules", "state")  # fmt: skip
    inlines = (SeatRows,)


@admin.register(Seat, site=tenant_admin_site)
class SeatAdmin(RepairAdmin):
    """How a seat is printed; who sits, with which role and vote, is the decision's."""

    list_display = ("user", "role", "agency", "council", "votes", "starts_on", "ends_on")
    list_filter = ("role", "votes")
    list_select_related = ("user", "council")
    search_fields = ("user__username", "user__persons__name", "agency", "council__name")
    fields = ("council", "user", "role", "votes", "starts_on", "ends_on", "agency", "order")
    repairs = ("agency", "order")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("user__persons")


class AgendaRows(RowsBelow):
    model = AgendaItem
    fields = ("order", "attempt", "rescored")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = AgendaItem.objects.all().for_list()
        return found.filter(assessment__dossier__in=Dossier.objects.all().not_excluding(request.user))


@admin.register(Meeting, site=tenant_admin_site)
class MeetingAdmin(LookUpAdmin):
    list_display = ("council", "round", "mode", "held_at", "place", "state")
    list_filter = ("state",)
    search_fields = ("council__name", "place")
    fields = (
        "council",
        "round",
        "mode",
        "held_at",
        "deadline",
        "place",
        "opened_at",
        "concluded_at",
        "digest",
        "minutes",
        "state",
    )
    inlines = (AgendaRows,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("council", "round")
