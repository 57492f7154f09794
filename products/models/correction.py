"""Her people say that something the register holds of her is wrong; the commune answers."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.producer import Producer, ProducerMember


class CorrectionState(models.TextChoices):
    OPEN = "open", _("Chờ xã trả lời")
    DONE = "done", _("Đã sửa")
    REFUSED = "refused", _("Không sửa")
    WITHDRAWN = "withdrawn", _("Đã rút")


class CorrectionQuerySet(models.QuerySet):
    """Corrections by reader."""

    def visible_to(self, user: Any) -> "CorrectionQuerySet":
        """Those that the user answers, and those of her own producers."""
        answers = units_where(user, "products.register_producer", "producer__unit")
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        return self.filter(answers | Q(producer_id__in=own.values("producer")))

    def open(self) -> "CorrectionQuerySet":
        return self.filter(state=CorrectionState.OPEN)

    def for_list(self) -> "CorrectionQuerySet":
        return self.select_related("producer__unit", "asked_by")


class Correction(Governed, TenantModel):
    """`wanted` and `held` are facts of the producer by field, as JSON keeps them; without any the words say it."""

    producer = models.ForeignKey(Producer, models.CASCADE, related_name="corrections")
    wanted = models.JSONField(default=dict, blank=True)
    held = models.JSONField(default=dict, blank=True)  # what stood there when she asked
    note = models.TextField(_("sai ở đâu, căn cứ vào giấy tờ nào"), max_length=2000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=20, choices=CorrectionState.choices, default=CorrectionState.OPEN, editable=False
    )

    objects = TenantManager.from_queryset(CorrectionQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("đề nghị sửa thông tin")
        verbose_name_plural = _("đề nghị sửa thông tin")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "producer"], name="products_correction_one_open", condition=Q(state="open")
            )
        ]

    def __str__(self) -> str:
        return f"{self.producer}"

    @property
    def unit(self) -> OrgUnit:
        return self.producer.unit

    def roles_of(self, user: Any) -> Iterable[str]:
        return self.producer.roles_of(user)
