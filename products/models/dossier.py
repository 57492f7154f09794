"""The dossier (hồ sơ): one product filed for one round, under the regime of its filing day for ever."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.tenancy.models import TenantManager, TenantModel
from plans.models import Round
from products.models.exclusion import Exclusion
from products.models.producer import ProducerMember
from products.models.product import Product


class DossierKind(models.TextChoices):
    """QĐ 26/2026, Điều 6; the values are the regime's codes."""

    FIRST = "first", _("Đánh giá lần đầu")
    UPGRADE = "upgrade", _("Đánh giá nâng hạng")
    RE_RANKING = "re_ranking", _("Đánh giá, phân hạng lại")


class DossierState(models.TextChoices):
    """Where the dossier is."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Xã đang kiểm tra")
    COMMUNE_RETURNED = "commune_returned", _("Chờ bổ sung theo yêu cầu của xã")
    REPORTED = "reported", _("Xã đã lập báo cáo")
    FORWARDED = "forwarded", _("Cấp trên tiếp nhận")
    RETURNED = "returned", _("Chờ bổ sung theo yêu cầu của cấp trên")
    ACCEPTED = "accepted", _("Đang đánh giá")
    RECOGNISED = "recognised", _("Được công nhận")
    NOT_RECOGNISED = "not_recognised", _("Không được công nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")
    LAPSED = "lapsed", _("Hết hạn theo quy định cũ")


WITH_PRODUCER = frozenset([DossierState.DRAFT, DossierState.COMMUNE_RETURNED, DossierState.RETURNED])
FINISHED = frozenset(
    [DossierState.RECOGNISED, DossierState.NOT_RECOGNISED, DossierState.WITHDRAWN, DossierState.LAPSED]
)
GONE = frozenset([DossierState.WITHDRAWN, DossierState.LAPSED])  # without a result: the product is filed anew


class DossierQuerySet(models.QuerySet):
    """Dossiers by reader, place and state."""

    def visible_to(self, user: Any) -> "DossierQuerySet":
        """Filed ones in the user's units, drafts where she may write them, her own, those shared with her one
        by one; never one she is excluded from.
        """
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        shared = DossierUserPermission.objects.filter(user_id=user.pk, permission__codename="view_dossier")
        seen = (
            (units_where(user, "products.view_dossier") & ~Q(state=DossierState.DRAFT))
            | units_where(user, "products.change_dossier")
            | Q(product__producer_id__in=own.values("producer"))
            | Q(pk__in=shared.values("content_object"))
        )
        return self.filter(seen).not_excluding(user)

    def not_excluding(self, user: Any) -> "DossierQuerySet":
        """Without those that a declared conflict shuts the user out of."""
        shut = Exclusion.objects.in_force().filter(user_id=user.pk, dossier=OuterRef("pk"))
        return self.filter(~Exists(shut))

    def accepted(self) -> "DossierQuerySet":
        """Those that evaluation may pull."""
        return self.filter(state=DossierState.ACCEPTED)

    def for_list(self) -> "DossierQuerySet":
        return self.select_related("product", "product__producer", "unit", "round")

    def search(self, words: str) -> "DossierQuerySet":
        """By product, producer or code, without diacritics."""
        return self.filter(every_word(words, "product__name_ascii", "product__producer__name_ascii", "code"))


class Dossier(Governed, TenantModel):
    """What a producer brings in; its sections, papers and self-score hang off it."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="dossiers")
    round = models.ForeignKey(Round, models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="dossiers")  # the commune it is filed at
    kind = models.CharField(_("loại đánh giá"), max_length=20, choices=DossierKind.choices)
    regime = models.CharField(_("theo quyết định"), max_length=20)
    set_code = models.CharField(_("bộ tiêu chí"), max_length=20)
    star_aim = models.PositiveSmallIntegerField(
        _("hạng sao phấn đấu"), default=3, validators=[MinValueValidator(3), MaxValueValidator(5)]
    )
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    code = models.CharField(
        _("mã sản phẩm"), max_length=40, blank=True
    )  # T-X-STT-YYYY, given when first filed
    state = models.CharField(
        max_length=20, choices=DossierState.choices, default=DossierState.DRAFT, editable=False
    )
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(DossierQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "product", "round"],
                name="products_dossier_once_a_round",
                condition=~Q(state__in=["withdrawn", "lapsed"]),
            ),
            models.UniqueConstraint(
                fields=["tenant", "code"], name="products_dossier_code_once", condition=~Q(code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} ({self.round})"

    @property
    def is_with_producer(self) -> bool:
        """True while the producer may still change it."""
        return self.state in WITH_PRODUCER

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.product.producer.roles_of(user)

    def excludes(self, user: Any) -> bool:
        return Exclusion.objects.in_force().filter(dossier=self, user_id=user.pk).exists()


class DossierSection(TenantModel):
    """One section of Mẫu 01 or Mẫu 02 as the producer fills it, saved as she types."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)  # a name of products/dossiers/sections.py
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    revisions = models.JSONField(default=dict)  # {field: the revision it last changed at}
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dossier", "key"], name="products_section_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.key}"


class GrantManager(TenantManager, UserObjectPermissionManager):
    """guardian's single grants, of this tenant only."""


class DossierUserPermission(UserObjectPermissionBase, TenantModel):
    """A dossier shared with one person: a council member who scores it, a consultant."""

    content_object = models.ForeignKey(Dossier, models.CASCADE)

    objects = GrantManager()  # type: ignore[misc]
