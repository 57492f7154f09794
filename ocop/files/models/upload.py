"""A file on its way: sent in pieces over a line that breaks, kept until it is whole or given up."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ocop.files.models.stored import StoredFile
from ocop.orgs.models import User
from ocop.tenancy.models import TenantManager, TenantModel


class UploadQuerySet(models.QuerySet):
    """Uploads by owner: nobody sees another's."""

    def visible_to(self, user: Any) -> "UploadQuerySet":
        return self.filter(by_id=user.pk)

    def open(self) -> "UploadQuerySet":
        """Those of which pieces are still awaited."""
        return self.filter(file__isnull=True, refused="")

    def waiting(self) -> "UploadQuerySet":
        """Those that nothing has been made of yet: on their way, or whole and not taken."""
        return self.filter(refused="", used_at__isnull=True)


class Upload(TenantModel):
    """`received` bytes of `size` are here; `file` is what came of it, `refused` why nothing did."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    place = models.CharField(max_length=100)  # what it is for, in the words of the room that takes it
    name = models.CharField(max_length=300)  # as it is called at home
    size = models.BigIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # `ocop.files.uploads.fingerprint`: the same file chosen again
    received = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    refused = models.TextField(blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(UploadQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="files_upload_by_key"),
            models.UniqueConstraint(
                fields=["tenant", "by", "place", "digest"],
                name="files_upload_open_once",
                condition=Q(file__isnull=True, refused=""),
            ),
            models.CheckConstraint(
                name="files_upload_within_its_size",
                condition=Q(received__gte=0) & Q(received__lte=F("size")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "touched_at"], name="files_upload_unused", condition=Q(used_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """`receiving`, `whole` (all bytes here, not yet checked), `kept` or `refused`."""
        if self.refused:
            return "refused"
        if self.file_id:
            return "kept"
        return "whole" if self.received == self.size else "receiving"
