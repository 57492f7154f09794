"""What a tenant's desks often write at an item, ready to be put there in one tap."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel
from products.models.review import Verdict

FAULTS = [it for it in Verdict.choices if it[0] != Verdict.OK]


class StandardRemark(TenantModel):
    """Offered at one item, or at every one; checks that used it keep their words."""

    item = models.CharField(_("mục"), max_length=60, blank=True)  # a check item's key; "" = every item
    verdict = models.CharField(_("kết quả"), max_length=10, choices=FAULTS)
    text = models.CharField(_("nhận xét"), max_length=300)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("item", "pk")
        verbose_name = _("nhận xét mẫu")
        verbose_name_plural = _("nhận xét mẫu")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "item", "text"],
                name="products_remark_once",
                violation_error_message=_("Nhận xét này đã có ở mục đó."),
            )
        ]

    def __str__(self) -> str:
        return self.text
