"""What the office that owns a kind of paper said of one: once for all dossiers, products and years that use it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.tenancy.models import TenantModel
from products.models.evidence import EvidencePaper


class PaperVerdict(models.TextChoices):
    GENUINE = "genuine", gettext_lazy("Đúng là giấy đã cấp")
    NOT_GENUINE = "not_genuine", gettext_lazy("Không phải giấy đã cấp")
    UNCLEAR = "unclear", gettext_lazy("Chưa xác định được")


LOOK = {PaperVerdict.GENUINE: "good", PaperVerdict.NOT_GENUINE: "wrong", PaperVerdict.UNCLEAR: "back"}


@dataclass(frozen=True)
class Said:
    """Which office said what of a paper, when and why."""

    verdict: str
    unit: str
    at: dt.datetime
    note: str

    @property
    def is_bad(self) -> bool:
        return self.verdict == PaperVerdict.NOT_GENUINE

    @property
    def look(self) -> str:
        return LOOK[PaperVerdict(self.verdict)]

    @property
    def words(self) -> str:
        told = {"unit": self.unit, "day": date_format(timezone.localtime(self.at), "SHORT_DATE_FORMAT")}
        if self.verdict == PaperVerdict.GENUINE:
            return _("%(unit)s đã xác nhận ngày %(day)s") % told
        if self.is_bad:
            return _("%(unit)s: không phải giấy đã cấp (ngày %(day)s)") % told
        return _("%(unit)s chưa xác định được (ngày %(day)s)") % told


class PaperConfirmation(Governed, TenantModel):
    """Of one paper as its facts stood at `revision`; corrected by another row, the earlier one stays with its end."""

    paper = models.ForeignKey(EvidencePaper, models.PROTECT, related_name="confirmations")
    revision = models.PositiveIntegerField()
    verdict = models.CharField(gettext_lazy("kết luận"), max_length=20, choices=PaperVerdict.choices)
    note = models.CharField(gettext_lazy("ghi chú"), max_length=500, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")  # the office that speaks
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "paper", "revision"],
                name="products_confirmation_one_stands",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="products_confirmation_says_why", condition=Q(verdict="genuine") | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_verdict_display()}"

    @property
    def said(self) -> Said:
        return Said(self.verdict, self.unit.name, self.at, self.note)


class SaidField(models.JSONField):
    """What `said` brings out of the database, ready to be shown."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Said | None:
        read = super().from_db_value(value, expression, connection)
        return Said(**{**read, "at": dt.datetime.fromisoformat(read["at"])}) if read else None


def said(path: str = "") -> Coalesce:
    """For `annotate(said=…)`, at no further query: what stands of the paper as it is now; `path` leads to the paper.

    Of one that was sent up from another tenant what its office had said there, until an office here says its own.
    """
    paper, revision = (path, f"{path}__revision") if path else ("pk", "revision")
    rows = PaperConfirmation.objects.filter(paper=OuterRef(paper), revision=OuterRef(revision), ended_at=None)
    told = JSONObject(verdict=F("verdict"), unit=F("unit__name"), at=F("at"), note=F("note"))
    here = Subquery(rows.values(told=told), output_field=SaidField())
    brought = Case(When(**{revision: 1}, then=F(f"{path}__word_from_below" if path else "word_from_below")))
    return Coalesce(here, brought, output_field=SaidField())
