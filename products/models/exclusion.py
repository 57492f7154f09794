"""A declared conflict of interest: it wins over every grant."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel


class ExclusionQuerySet(models.QuerySet):
    """Exclusions by time."""

    def in_force(self) -> "ExclusionQuerySet":
        now = timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), since__lte=now)


class Exclusion(TenantModel):
    """The user sees nothing of the dossier: no list, count, file, search or notice shows it."""

    dossier = models.ForeignKey("products.Dossier", models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    ground = models.CharField(_("lý do"), max_length=300)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ExclusionQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["tenant", "user", "dossier"], name="products_exclusion_user")]

    def __str__(self) -> str:
        return self.ground
