"""The log and the row history: written once, never changed (the app role may only add and read)."""

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.models import TenantManager, TenantModel


class EntryQuerySet(models.QuerySet):
    """Entries by what they are about."""

    def about(self, *objects: models.Model) -> "EntryQuerySet":
        """The entries of these objects, newest first."""
        where = models.Q(pk__in=[])
        for obj in objects:
            where |= models.Q(kind=obj._meta.label_lower, object_id=obj.pk)
        return self.filter(where).select_related("actor").order_by("-at", "-pk")


class Entry(TenantModel):
    """One thing that happened: who, in which role, what, to what, why."""

    at = models.DateTimeField(_("lúc"), auto_now_add=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    actor_name = models.CharField(_("người thực hiện"), max_length=200)  # as it was then
    role = models.CharField(_("vai trò"), max_length=30, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(_("việc"), max_length=80)  # dossier.submit
    kind = models.CharField(_("loại"), max_length=80)  # products.dossier
    object_id = models.BigIntegerField(null=True)
    title = models.CharField(_("đối tượng"), max_length=300)
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    note = models.TextField(_("lý do"), blank=True)
    data = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64)

    objects = TenantManager.from_queryset(EntryQuerySet)()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        indexes = [models.Index(fields=["tenant", "kind", "object_id", "at"], name="audit_entry_object")]

    def __str__(self) -> str:
        return f"{self.action}: {self.title}"


class Deed(models.TextChoices):
    """What a statement did to a row; the values are PostgreSQL's."""

    INSERT = "insert", _("Thêm")
    UPDATE = "update", _("Sửa")
    DELETE = "delete", _("Xoá")


class Change(TenantModel):
    """One row of a kept table as one statement changed it; a trigger writes it (`row_history.py`), nothing else.

    An update holds the columns that changed, an insert and a delete the whole row. `before` and `after` name columns
    as they were called then.
    """

    at = models.DateTimeField(_("lúc"))
    kind = models.CharField(_("loại"), max_length=80)  # orgs.membership
    object_id = models.BigIntegerField(_("mã"))
    deed = models.CharField(_("việc"), max_length=10, choices=Deed.choices)
    before = models.JSONField(_("trước"), null=True)
    after = models.JSONField(_("sau"), null=True)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("người thực hiện")
    )
    request_id = models.CharField(_("yêu cầu"), max_length=64)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("thay đổi dữ liệu")
        verbose_name_plural = _("lịch sử dữ liệu")
        indexes = [models.Index(fields=["tenant", "kind", "object_id"], name="audit_change_object")]

    def __str__(self) -> str:
        return f"{self.thing} {self.object_id}"

    @property
    def thing(self) -> str:
        """What kind of thing it is, in words."""
        return str(self._options.verbose_name)

    @property
    def columns(self) -> list[tuple[str, object, object]]:
        """Column in words (a column of then by its name), old value, new value."""
        words = {field.column: str(field.verbose_name) for field in self._options.fields}
        before, after = self.before or {}, self.after or {}
        return [(words.get(name, name), before.get(name), after.get(name)) for name in (before or after)]

    @property
    def _options(self) -> Any:
        return apps.get_model(self.kind)._meta
