"""Decisions, what went to the tier above, certificates: facts that were printed and signed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from evaluation.models import Certificate, Decision, DecisionItem, HandOver, LegacyImport
from ocop.tenant_admin import LookUpAdmin, RowsBelow, tenant_admin_site
from products.models import Dossier


class ItemRows(RowsBelow):
    model = DecisionItem
    fields = ("stars", "outcome")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request).select_related("assessment__dossier__product")
        return found.filter(assessment__dossier__in=Dossier.objects.all().not_excluding(request.user))


@admin.register(Decision, site=tenant_admin_site)
class DecisionAdmin(LookUpAdmin):
    list_display = ("title", "number", "dated_on", "unit", "tier", "state")
    list_filter = ("state", "tier")
    list_select_related = ("unit",)
    search_fields = ("title", "number")
    fields = (
        "unit",
        "tier",
        "title",
        "paper",
        "number",
        "dated_on",
        "signed_by",
        "created_by",
        "created_at",
        "state",
    )
    inlines = (ItemRows,)


@admin.register(HandOver, site=tenant_admin_site)
class HandOverAdmin(LookUpAdmin):
    list_display = ("receipt", "assessment", "unit", "to_tier", "sent_at", "state")
    list_filter = ("state",)
    search_fields = ("receipt", "answer_number", "assessment__dossier__product__name_ascii")
    fields = ("receipt", "assessment", "unit", "to_tier", "to_unit", "letter", "digest", "sent_by", "sent_at",
              "answer_number", "answered_on", "state")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        found = HandOver.objects.all().for_list()
        return found.filter(assessment__dossier__in=Dossier.objects.all().not_excluding(request.user))


@admin.register(Certificate, site=tenant_admin_site)
class CertificateAdmin(LookUpAdmin):
    list_display = (
        "number",
        "product_name",
        "producer_name",
        "stars",
        "issued_on",
        "expires_on",
        "state",
        "fault",
    )
    list_filter = ("state", "stars", "is_recorded")
    search_fields = ("search_text", "number_key", "decision_number")
    fields = ("number", "stars", "product_name", "producer_name", "producer_address", "code", "regime", "set_code",
              "unit", "product", "decision", "decision_number", "decision_on", "issuer_name", "signer_name", "signer_title",
              "issued_on", "expires_on", "extended_until", "extension_ground", "is_recorded", "pdf", "fault", "state",
              "revoked_on", "revoked_ground", "revoked_reason", "revoked_decision", "replaced_by", "uuid")  # fmt: skip


@admin.register(LegacyImport, site=tenant_admin_site)
class LegacyImportAdmin(LookUpAdmin):
    list_display = ("file", "unit", "rows", "state", "created_by", "created_at", "done_at")
    list_filter = ("state",)
    search_fields = ("file__name",)
    fields = (
        "file",
        "unit",
        "rows",
        "faults",
        "summary",
        "fault",
        "state",
        "created_by",
        "created_at",
        "done_at",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request).select_related("file", "unit", "created_by")
        return found.prefetch_related("created_by__persons")
