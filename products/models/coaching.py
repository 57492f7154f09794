"""The coaching log: who came, what was advised, what is to be done next; producer and officers read the same."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.exclusion import Exclusion
from products.models.idea import Idea
from products.models.producer import Producer, ProducerMember
from products.models.product import Product


class CoachingKind(models.TextChoices):
    """What the plans name (Thái Nguyên 2020, II.4.4)."""

    VISIT = "visit", _("Đến tại chỗ")
    TALK = "talk", _("Trao đổi, điện thoại")
    ORGANISATION = "organisation", _("Thành lập, quản lý tổ chức")
    MARKET = "market", _("Thị trường, tiêu thụ")
    MONEY = "money", _("Vốn, tài chính, rủi ro")
    QUALITY = "quality", _("Chất lượng, kiểm nghiệm")
    PACKAGING = "packaging", _("Bao bì, nhãn, truy xuất")
    PAPERS = "papers", _("Hồ sơ, giấy tờ")


class CoachingVisitQuerySet(models.QuerySet):
    """Entries by reader."""

    def visible_to(self, user: Any) -> "CoachingVisitQuerySet":
        """Of the producers in her units and her own; what is of one product, unless she is excluded from it."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        seen = units_where(user, "products.view_producer", "producer__unit") | Q(
            producer_id__in=own.values("producer")
        )
        shut = Exclusion.objects.in_force().filter(user_id=user.pk)
        return self.filter(
            seen,
            ~Exists(shut.filter(dossier__product=OuterRef("product"))),
            ~Exists(shut.filter(dossier__product=OuterRef("idea__product"))),
        )

    def for_list(self) -> "CoachingVisitQuerySet":
        return self.select_related(
            "producer__unit", "idea", "product", "coach", "done_by", "followed_by", "file"
        ).prefetch_related("coach__persons", "done_by__persons", "followed_by__persons")


class CoachingVisit(Governed, TenantModel):
    """One entry: written once; only its next step is marked as done."""

    producer = models.ForeignKey(Producer, models.PROTECT, related_name="coaching")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, blank=True, related_name="coaching")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="coaching")
    kind = models.CharField(_("việc"), max_length=20, choices=CoachingKind.choices)
    on = models.DateField(_("ngày"), default=timezone.localdate)
    coach = models.ForeignKey(User, models.PROTECT, related_name="+")  # who wrote it and was there
    others = models.CharField(_("người cùng tham gia"), max_length=300, blank=True)
    advice = models.TextField(_("nội dung hướng dẫn"), max_length=5000)
    # What was seen or signed there; like the words it is never exchanged.
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ảnh hoặc bản quét"),
    )
    next_step = models.CharField(_("việc tiếp theo"), max_length=500, blank=True)
    # Who sees to the next step, where it is another than the coach.
    followed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    next_on = models.DateField(_("trước ngày"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(CoachingVisitQuerySet)()

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("lần hướng dẫn")
        verbose_name_plural = _("nhật ký hướng dẫn")
        constraints = [
            models.CheckConstraint(
                name="products_coaching_date_of_a_step", condition=Q(next_on__isnull=True) | ~Q(next_step="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.producer}"

    @property
    def unit(self) -> OrgUnit:
        return self.producer.unit

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.producer.roles_of(user)
