"""The producer's own score (Mẫu 02, phần III), on the sheet the council will use."""

from django.db import models
from django.utils import timezone

from ocop.tenancy.models import TenantModel
from products.models.dossier import Dossier


class SelfScore(TenantModel):
    """`levels` is {"1.1": {"p": 3, "r": 7, "why": "…"}, "8": {"case": "a", "p": 3, "r": 1}}."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="self_score")
    levels = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.dossier)
