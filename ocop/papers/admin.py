"""Papers and their number series in the tenant's admin: to read, as a number given and a paper issued stand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ocop.papers.models import NumberSeries, Paper
from ocop.tenant_admin import LookUpAdmin, tenant_admin_site


@admin.register(Paper, site=tenant_admin_site)
class PaperAdmin(LookUpAdmin):
    list_display = ("symbol", "title", "unit", "dated_on", "state", "fault")
    list_filter = ("state", "kind", "year")
    search_fields = ("search_text",)
    fields = ("unit", "kind", "title", "symbol", "dated_on", "signs_as", "signer_title", "signer_name", "file",
              "signed_file", "created_by", "created_at", "fault", "state")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return Paper.objects.all().not_shut_to(request.user).for_list()


@admin.register(NumberSeries, site=tenant_admin_site)
class NumberSeriesAdmin(LookUpAdmin):
    list_display = ("unit", "kind", "in_year", "last")
    list_filter = ("year", "kind")
    list_select_related = ("unit",)
    search_fields = ("unit__name_ascii",)
    fields = list_display
