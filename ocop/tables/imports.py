"""A list in two steps: the file is kept and checked, nothing else is written; then a person has it written."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.files.store import keep_made
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.tables.reading import LARGEST, Sheet
from ocop.tables.template import CONTENT_TYPE
from ocop.tenancy.models import TenantManager, TenantModel

Found = tuple[Sheet, dict[str, int]]  # the rows with their faults, and what writing them would make

Import = TypeVar("Import", bound="TableImport")


class ImportState(models.TextChoices):
    FAULTY = "faulty", _("Có lỗi, chưa ghi gì")
    CHECKED = "checked", _("Đã kiểm tra, chờ ghi")
    QUEUED = "queued", _("Đang ghi")  # only where a worker writes
    DONE = "done", _("Đã ghi xong")


class TableImportQuerySet(models.QuerySet):
    """Imports by reader."""

    def visible_to(self, user: Any) -> "TableImportQuerySet":
        return self.filter(units_where(user, self.model.NEEDS))  # type: ignore[attr-defined]


class TableImport(Governed, TenantModel):
    """The file as it came, what was found in it and what became of it; `faults` are [row, column, words]."""

    NEEDS: ClassVar[str]  # the right to bring such lists

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")  # whose list it is
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ImportState.choices, editable=False)
    rows = models.PositiveIntegerField(_("số dòng"), default=0)
    faults = models.JSONField(default=list)
    summary = models.JSONField(default=dict)  # counts by the room's words; doubts as the faults
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(TableImportQuerySet)()  # type: ignore[misc]

    class Meta:
        abstract = True
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.file)


def keep_checked(
    model: type[Import], unit: OrgUnit, upload: UploadedFile, look: Callable[[bytes], Found], *, by: User
) -> Import:
    """Keep the file with what `look` found in it; ValidationError where it is no such file."""
    if not by.has_perm(model.NEEDS, unit):
        raise PermissionDenied
    content = upload.read(LARGEST + 1)
    sheet, counts = look(content)
    faults = [fault.as_list() for fault in sheet.faults]
    one: Any = model.objects.create(
        unit=unit,
        file=keep_made(content, upload.name or "tep.xlsx", CONTENT_TYPE),
        state=ImportState.FAULTY if faults else ImportState.CHECKED,
        rows=sheet.count,
        faults=faults,
        summary={**counts, "doubts": [doubt.as_list() for doubt in sheet.doubts]},
        created_by=by,
    )
    data = {"rows": one.rows, "faults": len(faults)}
    record(f"{model._meta.model_name}.check", one, by=by, after=one.state, data=data)
    return one
