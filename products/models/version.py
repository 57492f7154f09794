"""What was filed: frozen, numbered, hashed; the receipt of QĐ 26/2026, Điều 7 khoản 1."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel
from products.models.dossier import Dossier


class DossierVersion(TenantModel):
    """One filing: `content` is the whole dossier as canonical JSON, with the hash of every file."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    receipt = models.CharField(_("số tiếp nhận"), max_length=60)
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical JSON
    submitted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dossier", "number"], name="products_version_once"),
            models.UniqueConstraint(fields=["tenant", "receipt"], name="products_receipt_once"),
        ]

    def __str__(self) -> str:
        return self.receipt
