"""What a tenant adds beside a criterion for those who score it, the producer too."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel


class Guidance(TenantModel):
    """One line a criterion of a set; empty ones are not kept."""

    set_code = models.CharField(max_length=20)
    criterion = models.CharField(max_length=20)
    text = models.TextField(_("hướng dẫn"), blank=True)
    link = models.URLField(_("đường dẫn"), max_length=500, blank=True)  # a video, an example, an article
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "set_code", "criterion"], name="products_guidance_once"
            ),
            models.CheckConstraint(
                name="products_guidance_says_something", condition=~Q(text="") | ~Q(link="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.set_code} {self.criterion}"
