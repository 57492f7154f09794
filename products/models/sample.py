"""Sample products: handed in by lots, and who has had each since when. Rows are written once."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.models import TenantModel
from products.models.dossier import Dossier

MOST = 500  # units in one lot


class Condition(models.TextChoices):
    GOOD = "good", _("Nguyên vẹn")
    DAMAGED = "damaged", _("Hư hỏng một phần")
    SPOILED = "spoiled", _("Không dùng được")


class MoveKind(models.TextChoices):
    RECEIVED = "received", _("Nhận")
    SENT = "sent", _("Chuyển đi")
    USED = "used", _("Dùng để đánh giá")
    TESTED = "tested", _("Gửi kiểm nghiệm")
    GIVEN_BACK = "given_back", _("Trả lại chủ thể")
    DISPOSED = "disposed", _("Tiêu hủy")


GONE = frozenset(
    [MoveKind.USED, MoveKind.TESTED, MoveKind.GIVEN_BACK, MoveKind.DISPOSED]
)  # units leave the lot


class Sample(TenantModel):
    """One lot: what was handed in at one time."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="samples")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.dossier} · {self.pk}"


class SampleMove(TenantModel):
    """A lot was received or sent on, or units of it were used up: by whom, where, when, how many, in what condition."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=MoveKind.choices)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    count = models.PositiveSmallIntegerField(_("số đơn vị mẫu"), validators=[MaxValueValidator(MOST)])
    condition = models.CharField(_("tình trạng"), max_length=10, choices=Condition.choices)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.count}"
