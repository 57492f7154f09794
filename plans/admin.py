"""Plans and rounds in the tenant's admin: an issued plan is changed by an amendment, never here."""

from django.contrib import admin

from ocop.tenant_admin import LookUpAdmin, RepairAdmin, RowsBelow, tenant_admin_site
from plans.models import Plan, Round, Target


class TargetRows(RowsBelow):
    model = Target
    fields = ("label", "measure", "stars", "low", "high")


@admin.register(Plan, site=tenant_admin_site)
class PlanAdmin(LookUpAdmin):
    list_display = ("title", "unit", "in_year", "number", "issued_on", "state")
    list_filter = ("year", "state")
    list_select_related = ("unit",)
    search_fields = ("title", "number", "unit__name_ascii")
    fields = ("unit", "in_year", "title", "number", "issued_on", "signer", "bases", "purpose", "state", "paper",
              "created_by")  # fmt: skip
    inlines = (TargetRows,)


@admin.register(Round, site=tenant_admin_site)
class RoundAdmin(RepairAdmin):
    """Dates that the authority moved, a name or a basis mistyped; whose it is and under which law stays."""

    list_display = ("name", "unit", "in_year", "regime", "opens_on", "cutoff_on", "ends_on", "is_extra")
    list_filter = ("year", "is_extra")
    list_select_related = ("unit",)
    search_fields = ("name", "unit__name_ascii")
    fields = (
        "unit",
        "plan",
        "in_year",
        "name",
        "regime",
        "opens_on",
        "cutoff_on",
        "ends_on",
        "is_extra",
        "basis",
    )
    repairs = ("name", "opens_on", "cutoff_on", "ends_on", "basis")
