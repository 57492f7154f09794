"""An Excel file of what a province had before the system: checked first, written in one go."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel


class LegacyImportState(models.TextChoices):
    FAULTY = "faulty", _("Có lỗi, chưa ghi gì")
    CHECKED = "checked", _("Đã kiểm tra, chờ ghi")
    QUEUED = "queued", _("Đang ghi")
    DONE = "done", _("Đã ghi xong")


class LegacyImportQuerySet(models.QuerySet):
    """Imports by reader."""

    def visible_to(self, user: Any) -> "LegacyImportQuerySet":
        return self.filter(units_where(user, "evaluation.record_legacy_certificate"))


class LegacyImport(Governed, TenantModel):
    """The file as it came, what was found in it and what became of it; `faults` are [row, column, words]."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=LegacyImportState.choices, editable=False)
    rows = models.PositiveIntegerField(_("số dòng"), default=0)
    faults = models.JSONField(default=list)
    summary = models.JSONField(
        default=dict
    )  # what is written: producers, products, certificates, known; doubts
    fault = models.CharField(max_length=500, blank=True)  # why writing failed
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(LegacyImportQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("lần nhập dữ liệu cũ")
        verbose_name_plural = _("lần nhập dữ liệu cũ")

    def __str__(self) -> str:
        return str(self.file)
