"""The idea of a product (ý tưởng sản phẩm): what a producer wants to bring in, before there is a product."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.orgs.text import sort_key, unaccented
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.exclusion import Exclusion
from products.models.producer import Producer, ProducerMember
from products.models.product import Product
from products.models.selection import IdeaWindow


class IdeaState(models.TextChoices):
    REGISTERED = "registered", _("Chờ xét chọn")
    CHOSEN = "chosen", _("Được chọn")
    NOT_CHOSEN = "not_chosen", _("Chưa được chọn")
    MADE = "made", _("Đã thành sản phẩm")
    CARRIED = "carried", _("Đã chuyển sang năm sau")
    WITHDRAWN = "withdrawn", _("Đã rút")


class IdeaQuerySet(models.QuerySet):
    """Ideas by reader."""

    def visible_to(self, user: Any) -> "IdeaQuerySet":
        """In her units, her own; never one of whose product's dossiers she is excluded from."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        seen = units_where(user, "products.view_idea") | Q(producer_id__in=own.values("producer"))
        shut = Exclusion.objects.in_force().filter(user_id=user.pk, dossier__product=OuterRef("product"))
        return self.filter(seen).filter(~Exists(shut))

    def for_list(self) -> "IdeaQuerySet":
        return self.select_related("producer", "unit", "window__plan__unit", "product")

    def search(self, words: str) -> "IdeaQuerySet":
        """By name of idea or producer, without diacritics."""
        return self.filter(every_word(words, "name_ascii", "producer__name_ascii"))


class Idea(Governed, TenantModel):
    """One idea in one plan's window; not chosen, it goes on as `previous` of the next year's."""

    window = models.ForeignKey(IdeaWindow, models.PROTECT, related_name="ideas")
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="ideas")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="ideas")  # the commune
    name = models.CharField(_("tên sản phẩm dự kiến"), max_length=300)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    name_ascii = models.CharField(max_length=300, editable=False, default="")
    set_code = models.CharField(_("ngành, nhóm sản phẩm"), max_length=20, blank=True)
    description = models.TextField(_("sản phẩm là gì, làm từ gì"), max_length=2000)
    strengths = models.TextField(_("điểm riêng, lợi thế của địa phương"), max_length=2000, blank=True)
    scale = models.CharField(_("quy mô hiện nay"), max_length=300, blank=True)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="ideas"
    )  # of two products made one, both ideas are
    previous = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    # What the screening says, kept where lists read it.
    points = models.PositiveSmallIntegerField(_("điểm xét chọn"), default=0)
    priority = models.CharField(max_length=60, default="", editable=False)  # sorts: points, then rule by rule
    stars = models.PositiveSmallIntegerField(
        _("hạng sao dự kiến"), null=True, blank=True, validators=[MinValueValidator(3), MaxValueValidator(5)]
    )
    state = models.CharField(
        max_length=20, choices=IdeaState.choices, default=IdeaState.REGISTERED, editable=False
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(IdeaQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("ý tưởng sản phẩm")
        verbose_name_plural = _("ý tưởng sản phẩm")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "window", "producer", "name_ascii"],
                name="products_idea_once",
                condition=~Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="products_idea_made_has_product", condition=~Q(state="made") | Q(product__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.name_ascii = sort_key(self.name), unaccented(self.name)
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_key", "name_ascii"}
        super().save(*args, **kwargs)

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.producer.roles_of(user)


class Screening(TenantModel):
    """The marks of the plan's rules as officers write them, saved field by field; `result` is what was decided on."""

    idea = models.OneToOneField(Idea, models.CASCADE, related_name="screening")
    data = models.JSONField(default=dict)  # mark_<rule>: 0, 1, 2; why_<rule>: words; stars
    revision = models.PositiveIntegerField(default=0)
    revisions = models.JSONField(default=dict)
    result = models.JSONField(default=list)  # of the decision: rule, weight, mark, words as they stood then
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.idea)
