"""What the machine read on a paper: proposals, until a person takes them over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.tenancy.models import TenantManager, TenantModel
from products.models.evidence import EvidencePaper

MOST_ATTEMPTS = 3  # a file over which workers die is left alone


class ReadingState(models.TextChoices):
    WAITING = "waiting", _("Đang đọc")
    READ = "read", _("Đã đọc")
    UNREAD = "unread", _("Không đọc được")


class PaperReadingQuerySet(models.QuerySet):
    def waiting(self) -> "PaperReadingQuerySet":
        return self.filter(outcome=ReadingState.WAITING, attempts__lt=MOST_ATTEMPTS)


class PaperReading(TenantModel):
    """`warnings` are codes: blurred, turned, anothers, elsewhere."""

    paper = models.OneToOneField(EvidencePaper, models.CASCADE, related_name="reading")
    outcome = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    warnings = models.JSONField(default=list, blank=True)

    objects = TenantManager.from_queryset(PaperReadingQuerySet)()

    def __str__(self) -> str:
        return str(self.paper)
