"""How large a producer is: asked where the law shuts out large enterprises."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel
from products.models.producer import Producer

MOST = 10**9  # million đồng


class ProducerSize(TenantModel):
    """The last year's figures: people, and million đồng; the limits they are held against are the law's data."""

    producer = models.OneToOneField(Producer, models.CASCADE, related_name="size")
    year = models.PositiveSmallIntegerField(
        _("năm số liệu"), validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    sector = models.CharField(_("lĩnh vực"), max_length=20)  # a sector of the regime's size rule
    workers = models.PositiveIntegerField(
        _("lao động tham gia bảo hiểm xã hội bình quân năm"), validators=[MaxValueValidator(10**6)]
    )
    revenue = models.PositiveIntegerField(
        _("doanh thu năm (triệu đồng)"), validators=[MaxValueValidator(MOST)]
    )
    capital = models.PositiveIntegerField(
        _("tổng nguồn vốn năm (triệu đồng)"), validators=[MaxValueValidator(MOST)]
    )
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("quy mô của chủ thể")
        verbose_name_plural = _("quy mô của chủ thể")

    def __str__(self) -> str:
        return f"{self.producer} {self.year}"
