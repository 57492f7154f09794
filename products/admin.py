"""Producers, products and dossiers in the tenant's admin; a declared conflict holds here as everywhere."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ocop.tenant_admin import LookUpAdmin, RepairAdmin, RowsBelow, tenant_admin_site
from products.models import (
    Clock,
    Dossier,
    DossierVersion,
    Exclusion,
    Producer,
    ProducerMember,
    Product,
    SupplementRequest,
)


class PeopleRows(RowsBelow):
    model = ProducerMember
    fields = ("user", "role", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user").prefetch_related("user__persons")


@admin.register(Producer, site=tenant_admin_site)
class ProducerAdmin(RepairAdmin):
    """Facts mistyped at registration, the commune too; whether it is confirmed is the commune's step."""

    list_display = ("name", "kind", "unit", "registration_number", "state")
    list_filter = ("kind", "state")
    list_select_related = ("unit",)
    search_fields = ("name_ascii", "name", "registration_number", "tax_code")
    autocomplete_fields = ("unit",)
    repairs = ("unit", "kind", "name", "registration_number", "registered_on", "tax_code", "address", "phone",
               "email", "representative", "representative_position")  # fmt: skip
    fields = (*repairs, "state", "created_by", "created_at")
    inlines = (PeopleRows,)


@admin.register(ProducerMember, site=tenant_admin_site)
class ProducerMemberAdmin(RepairAdmin):
    """Who acts for a producer: she is added and given a role on the producer's page; here her time is mended."""

    list_display = ("user", "producer", "role", "starts_on", "ends_on")
    list_filter = ("role",)
    list_select_related = ("user", "producer")
    search_fields = ("user__username", "user__persons__name", "producer__name_ascii")
    autocomplete_fields = ("producer", "user")
    fields = ("producer", "user", "role", "starts_on", "ends_on")
    repairs = ("starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("user__persons")


@admin.register(Product, site=tenant_admin_site)
class ProductAdmin(RepairAdmin):
    """Words of the record; what was filed or printed keeps its own."""

    list_display = ("name", "producer", "unit", "set_code")
    list_select_related = ("producer", "unit")
    search_fields = ("name_ascii", "name", "producer__name_ascii")
    fields = ("producer", "unit", "set_code", "name", "specification", "description", "created_at")
    repairs = ("name", "specification", "description")

    def get_queryset(self, request: HttpRequest) -> Any:
        return Product.objects.all().not_excluding(request.user).select_related("producer", "unit")


class VersionRows(RowsBelow):
    model = DossierVersion
    fields = ("receipt", "submitted_at", "digest")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")


class ClockRows(RowsBelow):
    model = Clock
    fields = ("rule", "unit", "started_on", "due_on", "paused_on", "stopped_on")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("unit", "dossier__product", "dossier__round")


class SupplementRows(RowsBelow):
    model = SupplementRequest
    fields = ("unit", "asked_at", "due_on", "answered_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("unit", "dossier__product", "dossier__round")


@admin.register(Dossier, site=tenant_admin_site)
class DossierAdmin(LookUpAdmin):
    """Where a dossier is and since when; what it says is its producer's."""

    list_display = ("product", "state", "unit", "round", "code")
    list_filter = ("state", "kind", "regime")
    search_fields = ("product__name_ascii", "product__producer__name_ascii", "code")
    fields = ("product", "round", "unit", "kind", "regime", "set_code", "star_aim", "previous", "code", "state",
              "created_by", "created_at")  # fmt: skip
    inlines = (VersionRows, ClockRows, SupplementRows)

    def get_queryset(self, request: HttpRequest) -> Any:
        return Dossier.objects.all().not_excluding(request.user).for_list()


@admin.register(Exclusion, site=tenant_admin_site)
class ExclusionAdmin(LookUpAdmin):
    """Who may see nothing of which dossier; declared in the meeting, ended by nobody here."""

    list_display = ("user", "dossier", "ground", "since", "until")
    search_fields = ("user__username", "user__persons__name", "ground")
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> Any:
        found = (
            super()
            .get_queryset(request)
            .filter(dossier__in=Dossier.objects.all().not_excluding(request.user))
        )
        return found.select_related("user", "dossier__product", "dossier__round").prefetch_related(
            "user__persons"
        )
