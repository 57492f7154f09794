"""One stored file: its bytes stand once a tenant, by their hash."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from ocop.tenancy.models import TenantModel


class StoredFile(TenantModel):
    """What a file is called, what it holds and where its bytes are; the stored name is never the user's."""

    name = models.CharField(_("tên tệp"), max_length=200)  # as shown; nothing is looked up by it
    content_type = models.CharField(max_length=100)  # sniffed, never the browser's word
    size = models.BigIntegerField(_("dung lượng"))  # bytes
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("số giây"), null=True, blank=True)  # of a clip that says it
    advice = models.JSONField(default=list, blank=True, editable=False)  # `ocop/files/scans.py`
    path = models.CharField(max_length=200, editable=False)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        indexes = [models.Index(fields=["tenant", "sha256"], name="files_file_by_hash")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"

    @property
    def is_clip(self) -> bool:
        return self.content_type.startswith("video/")

    def open(self) -> Any:
        return default_storage.open(self.path)
