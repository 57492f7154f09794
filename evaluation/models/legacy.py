"""An Excel file of what a province had before the system: checked first, written by a worker in one go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.tables.imports import TableImport


class LegacyImport(TableImport):
    """Its `summary` counts what is written: producers, products, certificates, and those known already."""

    NEEDS = "evaluation.record_legacy_certificate"

    fault = models.CharField(max_length=500, blank=True)  # why writing failed
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta(TableImport.Meta):
        verbose_name = _("lần nhập dữ liệu cũ")
        verbose_name_plural = _("lần nhập dữ liệu cũ")
