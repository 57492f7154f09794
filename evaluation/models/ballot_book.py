"""All sheets of a sealed meeting as one file."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from evaluation.models.meeting import Meeting
from evaluation.models.seal import Seal
from ocop.files.models import StoredFile
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Exclusion


class BallotBookQuerySet(models.QuerySet):
    """Books by reader and by work waiting."""

    def visible_to(self, user: Any) -> "BallotBookQuerySet":
        """Who may see the meeting and is recused from none of its products: the file names them all."""
        out_of_one = Exclusion.objects.in_force().filter(
            user_id=user.pk, dossier__assessments__ballots__meeting=OuterRef("seal__meeting")
        )
        return self.filter(~Exists(out_of_one), seal__meeting__in=Meeting.objects.visible_to(user))

    def to_make(self) -> "BallotBookQuerySet":
        return self.filter(file__isnull=True)


class BallotBook(TenantModel):
    """Asked for by who leads, made by a worker, kept with its hash; a broken seal keeps its own."""

    seal = models.OneToOneField(Seal, models.PROTECT, related_name="book")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    fault = models.CharField(max_length=300, blank=True)  # why it could not be made the last time

    objects = TenantManager.from_queryset(BallotBookQuerySet)()

    class Meta:
        verbose_name = _("tập phiếu")
        verbose_name_plural = _("tập phiếu")

    def __str__(self) -> str:
        return str(self.seal)

    @property
    def meeting(self) -> Meeting:
        return self.seal.meeting
