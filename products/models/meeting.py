"""The meeting of the commune's sections about one dossier (QĐ 26/2026, khoản 2 Điều 7: the chair may convene it)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.papers.models import Paper
from ocop.tenancy.models import TenantModel
from products.models.dossier import Dossier


class SectionsMeeting(TenantModel):
    """Once a dossier; what it says goes into the report, and into minutes of its own where the commune wants them."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="sections_meeting")
    held_on = models.DateField(_("ngày họp"))
    chaired_by = models.CharField(_("người chủ trì"), max_length=200)
    conclusion = models.TextField(_("kết luận"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    minutes = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("biên bản")
    )

    class Meta:
        verbose_name = _("cuộc họp của xã")
        verbose_name_plural = _("cuộc họp của xã")

    def __str__(self) -> str:
        return str(self.dossier)


class SectionOpinion(TenantModel):
    """One who took part, for which section, and what she said."""

    meeting = models.ForeignKey(SectionsMeeting, models.CASCADE, related_name="opinions")
    section = models.CharField(_("bộ phận"), max_length=200)
    name = models.CharField(_("người dự"), max_length=200)
    opinion = models.TextField(_("ý kiến"), blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.section}: {self.name}"
