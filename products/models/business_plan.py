"""The business plan (phương án sản xuất kinh doanh) of an idea or a product, saved as it is written."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.exclusion import Exclusion
from products.models.idea import Idea
from products.models.producer import Producer, ProducerMember
from products.models.product import Product


class BusinessPlanQuerySet(models.QuerySet):
    """Plans by reader."""

    def visible_to(self, user: Any) -> "BusinessPlanQuerySet":
        """As the ideas and products that they are of."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        seen = units_where(user, "products.view_idea", "producer__unit") | Q(
            producer_id__in=own.values("producer")
        )
        shut = Exclusion.objects.in_force().filter(user_id=user.pk, dossier__product=OuterRef("product"))
        return self.filter(seen).filter(~Exists(shut))

    def for_page(self) -> "BusinessPlanQuerySet":
        return self.select_related("producer__unit", "idea", "product", "saved_by")


class BusinessPlan(Governed, TenantModel):
    """Begun for an idea it stays with the product that is made of it; `data` has the fields of the plan's parts."""

    producer = models.ForeignKey(Producer, models.PROTECT, related_name="business_plans")
    idea = models.OneToOneField(Idea, models.PROTECT, null=True, blank=True, related_name="business_plan")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="business_plans"
    )  # the newest counts where two products were made one
    first_year = models.PositiveSmallIntegerField(
        _("năm đầu thực hiện"), validators=[MinValueValidator(2018), MaxValueValidator(2100)]
    )
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    revisions = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TenantManager.from_queryset(BusinessPlanQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("phương án sản xuất kinh doanh")
        verbose_name_plural = _("phương án sản xuất kinh doanh")
        constraints = [
            models.CheckConstraint(
                name="products_business_plan_of_something",
                condition=Q(idea__isnull=False) | Q(product__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.product or self.idea)

    @property
    def unit(self) -> OrgUnit:
        return self.producer.unit

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.producer.roles_of(user)

    def excludes(self, user: Any) -> bool:
        shut = Exclusion.objects.in_force().filter(user_id=user.pk, dossier__product=self.product_id)
        return self.product_id is not None and shut.exists()
