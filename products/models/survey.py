"""A visit to the place of making (khảo sát thực tế): a checklist, answers, photographs, signed by who went."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.dossier import Dossier

SURVEYS = "products.survey_dossier"


class SurveyState(models.TextChoices):
    OPEN = "open", _("Đang khảo sát")
    SIGNED = "signed", _("Đã ký")
    CANCELLED = "cancelled", _("Đã hủy")


class SurveyQuerySet(models.QuerySet):
    """Surveys by reader."""

    def visible_to(self, user: Any) -> "SurveyQuerySet":
        """Who surveys sees all of hers; the other readers of the dossier what was signed."""
        mine = units_where(user, SURVEYS, "dossier__unit")
        return self.filter(mine | Q(state=SurveyState.SIGNED), dossier__in=Dossier.objects.visible_to(user))

    def writable_by(self, user: Any) -> "SurveyQuerySet":
        """Open ones that she fills in: what she may take along."""
        mine = units_where(user, SURVEYS, "dossier__unit")
        return self.visible_to(user).filter(mine, state=SurveyState.OPEN)

    def for_list(self) -> "SurveyQuerySet":
        return self.select_related("dossier__product__producer", "dossier__unit", "unit", "signed_by")


class Survey(Governed, TenantModel):
    """One visit; its checklist is the list as it was when the survey was begun."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="surveys")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")  # the one whose team goes
    checklist = models.JSONField(default=list)  # [{"code": "1", "text": "…", "group": "…"}]
    planned_on = models.DateField(_("ngày dự kiến"), null=True, blank=True)
    purpose = models.CharField(_("cần làm rõ"), max_length=500, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=SurveyState.choices, default=SurveyState.OPEN, editable=False
    )

    objects = TenantManager.from_queryset(SurveyQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("cuộc khảo sát")
        verbose_name_plural = _("cuộc khảo sát")
        constraints = [
            models.CheckConstraint(
                name="products_survey_signed",
                condition=~Q(state="signed") | Q(signed_by__isnull=False, signed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.dossier.product)

    def governing_units(self) -> list[OrgUnit]:
        return [self.dossier.unit]

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.dossier.roles_of(user)

    def excludes(self, user: Any) -> bool:
        return self.dossier.excludes(user)


class SurveyAnswer(TenantModel):
    """What stands at one item, or at one of the heads (day, people, conclusion)."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "survey", "item"], name="products_survey_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class SurveyChange(TenantModel):
    """Every writing that was taken, by the key its device gave it: sent twice it is known again, replaced it is kept."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="changes")
    key = models.CharField(max_length=64)
    item = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["tenant", "survey", "key"], name="products_survey_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class SurveyPhoto(TenantModel):
    """A photograph without what its camera wrote into it; the place only where the surveyor gave it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="photos")
    key = models.CharField(max_length=64)  # its device's
    item = models.CharField(max_length=20, blank=True)  # "" = the visit as a whole
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    taken_at = models.DateTimeField()
    latitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    accuracy = models.PositiveIntegerField(null=True, blank=True)  # metres
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["tenant", "survey", "key"], name="products_survey_photo_once"),
            models.CheckConstraint(
                name="products_survey_photo_whole_place",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.note or str(self.file)

    @property
    def place(self) -> str:
        """22.38641, 103.45802 (± 12 m); "" where none was given."""
        if self.latitude is None:
            return ""
        words = f"{self.latitude}, {self.longitude}"
        return f"{words} (± {self.accuracy} m)" if self.accuracy else words


class SurveyList(TenantModel):
    """A tenant's own checklist for one kind of product, over the list the product comes with; "" = every product."""

    scope = models.CharField(max_length=20, blank=True)  # a key of products/data/surveys.yaml
    text = models.TextField(_("các mục, mỗi dòng một mục"), max_length=8000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "scope"], name="products_survey_list_once")]

    def __str__(self) -> str:
        return self.scope
