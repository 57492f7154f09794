"""Assessments and who has handed in a ballot; no points, before the council's day or after."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from evaluation.models import Assessment, Ballot
from ocop.tenant_admin import LookUpAdmin, tenant_admin_site
from products.models import Dossier


@admin.register(Assessment, site=tenant_admin_site)
class AssessmentAdmin(LookUpAdmin):
    list_display = ("dossier", "tier", "unit", "state", "created_at")
    list_filter = ("state", "tier")
    search_fields = (
        "dossier__product__name_ascii",
        "dossier__product__producer__name_ascii",
        "dossier__code",
    )
    fields = ("dossier", "tier", "unit", "published", "state", "created_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = Dossier.objects.all().not_excluding(request.user)
        return Assessment.objects.all().for_list().filter(dossier__in=seen).select_related("dossier__round")


@admin.register(Ballot, site=tenant_admin_site)
class BallotAdmin(LookUpAdmin):
    list_display = ("assessment", "seat", "meeting", "attempt", "state", "sealed_at")
    list_filter = ("state",)
    search_fields = ("assessment__dossier__product__name_ascii", "seat__user__persons__name")
    fields = ("meeting", "assessment", "seat", "attempt", "published", "state", "saved_at", "sealed_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = Dossier.objects.all().not_excluding(request.user)
        found = Ballot.objects.all().for_page().filter(assessment__dossier__in=seen)
        return found.prefetch_related("seat__user__persons").defer("levels", "opinion", "total", "stars")
