"""A paper and the series its number comes from."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.orgs.text import unaccented
from ocop.papers.kinds import KINDS
from ocop.tenancy.models import TenantManager, TenantModel


class NumberSeries(TenantModel):
    """Numbers of one kind of paper, one issuer, one year: from 1, without gaps or doubles."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # its letters, `Kind.series`: all decisions of a unit share one
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unit", "kind", "year"], name="papers_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class ShutOut(TenantModel):
    """A person finds no paper of this matter: written with the conflict that shuts her out of it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user", "about"], name="papers_shut_out_once")
        ]

    def __str__(self) -> str:
        return self.about


class PaperState(models.TextChoices):
    """A draft has no number; a numbered paper waits for its PDF; a rendered one never changes.

    A cancelled one keeps its number and its file: no number is given twice and none is missing.
    """

    DRAFT = "draft", _("Dự thảo")
    NUMBERED = "numbered", _("Đã cấp số, đang tạo tệp")
    RENDERED = "rendered", _("Đã phát hành")
    CANCELLED = "cancelled", _("Đã hủy")


class PaperQuerySet(models.QuerySet):
    """Papers by reader and by work waiting."""

    def visible_to(self, user: Any) -> "PaperQuerySet":
        """Those of the user's units, without those of a matter she is shut out of."""
        return self.filter(units_where(user, "papers.view_paper")).not_shut_to(user)

    def not_shut_to(self, user: Any) -> "PaperQuerySet":
        """Without the papers of a matter that a declared conflict shuts the user out of."""
        return self.filter(~Exists(ShutOut.objects.filter(user_id=user.pk, about=OuterRef("about"))))

    def to_render(self) -> "PaperQuerySet":
        return self.filter(state=PaperState.NUMBERED)

    def for_list(self) -> "PaperQuerySet":
        return self.select_related("unit")

    def search(self, words: str) -> "PaperQuerySet":
        """By title or number, without diacritics."""
        return self.filter(every_word(words, "search_text"))


class Paper(Governed, TenantModel):
    """One official paper of one unit; `content` is the data its template prints, frozen when it is numbered."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    kind = models.CharField(_("loại văn bản"), max_length=40)  # a key of ocop/papers/kinds.py
    state = models.CharField(
        max_length=20, choices=PaperState.choices, default=PaperState.DRAFT, editable=False
    )
    title = models.CharField(_("trích yếu"), max_length=500)
    about = models.CharField(
        max_length=60, blank=True, db_index=True
    )  # the one matter it tells of: "dossier-17"
    content = models.JSONField(default=dict)
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)  # 05/QĐ-UBND
    dated_on = models.DateField(_("ngày"), null=True, blank=True)
    signer_name = models.CharField(_("người ký"), max_length=200, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    signs_as = models.CharField(_("thẩm quyền ký"), max_length=200, blank=True)  # TM. / KT. / TL. …
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    search_text = models.CharField(max_length=600, editable=False, default="")
    fault = models.CharField(max_length=300, blank=True)  # why the last rendering failed

    objects = TenantManager.from_queryset(PaperQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "year", "symbol"],
                name="papers_paper_number_once",
                condition=~models.Q(symbol=""),
            ),
            models.CheckConstraint(
                name="papers_paper_numbered_when_issued",
                condition=models.Q(state__in=["draft", "cancelled"])
                | models.Q(number__isnull=False, year__isnull=False, dated_on__isnull=False),
            ),
            models.CheckConstraint(
                name="papers_paper_rendered_has_file",
                condition=~models.Q(state="rendered") | models.Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = unaccented(f"{self.symbol} {self.title}")
        if (fields := kwargs.get("update_fields")) is not None and not {"symbol", "title"}.isdisjoint(fields):
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    @property
    def label(self) -> Any:
        """What kind of paper it is, in words."""
        return KINDS[self.kind].label
