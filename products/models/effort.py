"""How long a kind of paper takes and what it costs, as this tenant knows it."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel

LONGEST, DEAREST = 60, 10_000  # months; million đồng


class Effort(TenantModel):
    """Written over the figures that the product comes with; a rule of thumb, from - to."""

    kind = models.CharField(max_length=40)  # of the regime's evidence catalogue
    months_least = models.PositiveSmallIntegerField(
        _("ít nhất (tháng)"), validators=[MaxValueValidator(LONGEST)]
    )
    months_most = models.PositiveSmallIntegerField(
        _("nhiều nhất (tháng)"), validators=[MaxValueValidator(LONGEST)]
    )
    cost_least = models.PositiveIntegerField(
        _("chi phí ít nhất (triệu đồng)"), validators=[MaxValueValidator(DEAREST)]
    )
    cost_most = models.PositiveIntegerField(
        _("chi phí nhiều nhất (triệu đồng)"), validators=[MaxValueValidator(DEAREST)]
    )
    advice = models.CharField(_("cách làm, nơi nộp"), max_length=500, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind"], name="products_effort_once"),
            models.CheckConstraint(
                name="products_effort_from_to",
                condition=Q(months_most__gte=F("months_least"), cost_most__gte=F("cost_least")),
                violation_error_message=_("Mức nhiều nhất phải bằng hoặc hơn mức ít nhất."),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
