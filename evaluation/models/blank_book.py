"""The blank sheets of a meeting's agenda as one file."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.meeting import Meeting
from ocop.files.models import StoredFile
from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel


class BlankBookQuerySet(models.QuerySet):
    """Books by work waiting."""

    def to_make(self) -> "BlankBookQuerySet":
        return self.filter(file__isnull=True)


class BlankBook(TenantModel):
    """Asked for by who leads, made by a worker; for whoever sees just these products of the agenda, in this order.

    So an agenda that changes, and a reader who is recused from one of them, has no book until it is asked for anew.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="blank_books")
    assessments = models.JSONField()  # their ids
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    fault = models.CharField(max_length=300, blank=True)  # why it could not be made the last time
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(BlankBookQuerySet)()

    class Meta:
        verbose_name = _("tập phiếu trắng")
        verbose_name_plural = _("tập phiếu trắng")

    def __str__(self) -> str:
        return str(self.meeting)
