"""All that is kept of a producer, given out to her as one archive."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.producer import Producer


class BelongingsQuerySet(models.QuerySet):
    def to_make(self) -> "BelongingsQuerySet":
        return self.filter(file__isnull=True)


class Belongings(TenantModel):
    """One a producer: asked for again it is made anew, and the file before it goes."""

    producer = models.OneToOneField(Producer, models.CASCADE, related_name="belongings")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)  # why it could not be made the last time

    objects = TenantManager.from_queryset(BelongingsQuerySet)()

    class Meta:
        verbose_name = _("dữ liệu của chủ thể")
        verbose_name_plural = _("dữ liệu của chủ thể")

    def __str__(self) -> str:
        return str(self.producer)
