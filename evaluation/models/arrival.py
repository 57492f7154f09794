"""The receiver's end of a package: what came, from whom, and what was made of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.assessment import Assessment
from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit
from ocop.orgs.rights import units_where
from ocop.tenancy.models import Tenant, TenantManager, TenantModel
from ocop.tenancy.scope import active_tenant_id
from products.models import Dossier


class ArrivalState(models.TextChoices):
    ARRIVED = "arrived", _("Chờ tiếp nhận")
    RECEIVED = "received", _("Đang đánh giá")
    ANSWERED = "answered", _("Đã trả lời")
    REFUSED = "refused", _("Đã trả lại")


class ArrivalQuerySet(models.QuerySet):
    """Arrivals by reader; one of a dossier she is excluded from is not there."""

    def visible_to(self, user: Any) -> "ArrivalQuerySet":
        mine = Dossier.objects.all().not_excluding(user)
        return self.filter(
            Q(dossier__isnull=True) | Q(dossier__in=mine),
            units_where(user, "evaluation.view_decision") | units_where(user, "evaluation.check_assessment"),
        )

    def for_list(self) -> "ArrivalQuerySet":
        return self.select_related("unit", "dossier__product__producer", "from_tenant")


class Arrival(Governed, TenantModel):
    """One package as it was sent: all that this side knows of what lies in another tenant.

    From within the tenant `dossier` is the very dossier; from another one it is the copy made on receipt.
    """

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    tier = models.CharField(max_length=20)
    from_tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    from_name = models.CharField(_("nơi gửi"), max_length=200)
    from_code = models.CharField(max_length=10, blank=True)  # the state's code of the sending unit's place
    hand_over_id = models.BigIntegerField()  # the sender's end, in its own tenant
    receipt = models.CharField(_("số chuyển"), max_length=60)
    package = models.JSONField()
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict)  # the frozen dossier, where this tenant has none of its own
    sent_at = models.DateTimeField()
    arrived_at = models.DateTimeField(default=timezone.now)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="arrivals")
    assessment = models.OneToOneField(
        Assessment, models.PROTECT, null=True, blank=True, related_name="arrival"
    )
    refusal = models.TextField(_("lý do trả lại"), blank=True)
    state = models.CharField(
        max_length=20, choices=ArrivalState.choices, default=ArrivalState.ARRIVED, editable=False
    )

    objects = TenantManager.from_queryset(ArrivalQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("hồ sơ cấp dưới chuyển lên")
        verbose_name_plural = _("hồ sơ cấp dưới chuyển lên")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "from_tenant", "hand_over_id"], name="evaluation_arrival_once"
            ),
            models.CheckConstraint(
                name="evaluation_received_has_assessment",
                condition=~Q(state__in=["received", "answered"])
                | Q(assessment__isnull=False, dossier__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_name} ({self.receipt})"

    @property
    def product_name(self) -> str:
        return str(self.package["dossier"]["product"])

    @property
    def is_from_elsewhere(self) -> bool:
        return self.from_tenant_id != active_tenant_id()

    def excludes(self, user: Any) -> bool:
        return self.dossier is not None and self.dossier.excludes(user)


class ArrivalFile(TenantModel):
    """A file that came with a package from another tenant; its bytes are the sender's."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="files")
    role = models.CharField(
        max_length=20,
        choices=[
            ("evidence", _("Minh chứng")),
            ("extra_test", _("Kết quả kiểm nghiệm thêm")),
            ("team_report", _("Báo cáo của Tổ tư vấn")),
            ("minutes", _("Biên bản của Hội đồng")),
            ("decision", _("Quyết định")),
            ("letter", _("Công văn")),
        ],
    )
    title = models.CharField(max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
