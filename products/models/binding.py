"""One filing as one file, for who still needs paper, and everything in it as one archive."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.version import DossierVersion

LEASE = dt.timedelta(minutes=2)  # how long a worker that says nothing is believed to be at work


class BoundDossierQuerySet(models.QuerySet):
    """Bindings by work waiting."""

    def to_make(self, at: dt.datetime | None = None) -> "BoundDossierQuerySet":
        """Not made yet, and no worker has said in the last minutes that it is at it."""
        free = Q(busy_until__isnull=True) | Q(busy_until__lt=at or timezone.now())
        return self.filter(free, pdf__isnull=True)


class BoundDossier(TenantModel):
    """Asked for by who sees the dossier, made by a worker that says how far it is; the same filing is bound once."""

    version = models.OneToOneField(DossierVersion, models.PROTECT, related_name="bound")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    archive = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    results = models.JSONField(default=list)  # keys of the results of extra tests that are in it
    words = models.JSONField(default=list)  # keys of what offices said of its papers, as it is in it
    pages_done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(_("số trang"), default=0)  # 0 while nobody has counted them
    busy_until = models.DateTimeField(
        null=True, blank=True
    )  # a worker is at it; a dead one is followed by another
    fault = models.CharField(max_length=300, blank=True)  # why it could not be made the last time
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(BoundDossierQuerySet)()

    class Meta:
        verbose_name = _("bản đóng quyển")
        verbose_name_plural = _("bản đóng quyển")
        constraints = [
            models.CheckConstraint(
                name="products_bound_whole",
                condition=Q(pdf__isnull=True, archive__isnull=True)
                | Q(pdf__isnull=False, archive__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def is_made(self) -> bool:
        return self.pdf_id is not None

    @property
    def share(self) -> int:
        """Per cent of the pages that are laid out."""
        return 100 * self.pages_done // self.pages if self.pages else 0
