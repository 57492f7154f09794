"""A producer's data belongs to her: everything that this room keeps of her, as rows and files, in one ZIP.

What others say of her products (sheets, minutes, decisions) is theirs and stands in their papers.
"""

import datetime as dt
import json
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.files.store import forget, keep_made
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id, tenant_scope
from ocop.tenancy.tasks import kick
from ocop.written import in_vietnamese
from products.models import (
    Belongings,
    BusinessPlan,
    CoachingVisit,
    Correction,
    Dossier,
    DossierSection,
    DossierVersion,
    EvidenceLink,
    EvidencePaper,
    ExtraTest,
    ExtraTestResult,
    Idea,
    Invitation,
    PaperReading,
    Producer,
    ProducerMember,
    ProducerPersonal,
    ProducerSize,
    Product,
    Sample,
    SampleMove,
    SelfScore,
    SupplementRequest,
)
from products.people import demand

logger = logging.getLogger(__name__)
EXPORT = "products.export_producer"
ZIP = "application/zip"
FAULTS = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)  # anything else is a bug and stops the task
CHUNK = 256 * 1024
# Each with the way from it to the producer.
OWN: tuple[tuple[type[models.Model], str], ...] = (
    (Producer, "pk"),
    (ProducerPersonal, "producer"),
    (ProducerSize, "producer"),
    (ProducerMember, "producer"),
    (Invitation, "producer"),
    (Correction, "producer"),
    (Idea, "producer"),
    (BusinessPlan, "producer"),
    (CoachingVisit, "producer"),
    (Product, "producer"),
    (EvidencePaper, "producer"),
    (PaperReading, "paper__producer"),
    (Dossier, "product__producer"),
    (DossierSection, "dossier__product__producer"),
    (SelfScore, "dossier__product__producer"),
    (EvidenceLink, "dossier__product__producer"),
    (DossierVersion, "dossier__product__producer"),
    (SupplementRequest, "dossier__product__producer"),
    (Sample, "dossier__product__producer"),
    (SampleMove, "sample__dossier__product__producer"),
    (ExtraTest, "dossier__product__producer"),
    (ExtraTestResult, "test__dossier__product__producer"),
)


@transaction.atomic
def ask_for_belongings(producer: Producer, *, by: User, at: dt.datetime | None = None) -> Belongings:
    """A worker makes it after the commit; PermissionDenied for anybody but her own people."""
    demand(by, EXPORT, producer)
    moment = at or timezone.now()
    row, is_new = Belongings.objects.select_for_update(of=("self",)).get_or_create(
        producer=producer, defaults={"asked_by": by, "asked_at": moment}
    )
    if not is_new and row.file is not None:
        old, row.file = row.file, None
        row.asked_by, row.asked_at, row.made_at = by, moment, None
        row.save(update_fields=["file", "asked_by", "asked_at", "made_at"])
        forget(old)
    record("producer.export", producer, by=by)
    kick("products.make_belongings", active_tenant_id())
    return row


def make_due(tenant_id: int) -> None:
    """Each in a transaction of its own and under its row's lock: two workers never make the same."""
    with tenant_scope(tenant_id):
        waiting = list(Belongings.objects.to_make().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        with tenant_scope(tenant_id):
            locked = Belongings.objects.to_make().select_for_update(skip_locked=True, of=("self",))
            if row := locked.select_related("producer").filter(pk=pk).first():
                _make(row)


@in_vietnamese()
def _make(row: Belongings) -> None:
    try:
        with tempfile.TemporaryFile() as kept:
            _pack(row.producer, kept)
            kept.seek(0)
            row.file = keep_made(kept, f"du-lieu-chu-the-{row.producer_id}.zip", ZIP)
    except FAULTS as error:
        logger.exception("Belongings %s were not made; the next sweep tries again", row.pk)
        row.fault = f"{type(error).__name__}: {error}"[:300]
        row.save(update_fields=["fault"])
        return
    row.made_at, row.fault = timezone.now(), ""
    row.save(update_fields=["file", "made_at", "fault"])
    record("producer.exported", row.producer, by=None, data={"sha256": row.file.sha256})


def _pack(producer: Producer, kept: Any) -> None:
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        words = _(
            "du-lieu.json: mọi thông tin hệ thống giữ về chủ thể, theo từng loại. "
            "giay-to/: các tệp giấy tờ đã tải lên, tên bắt đầu bằng số của giấy tờ. "
            "huong-dan/: ảnh và bản quét trong nhật ký hướng dẫn."
        )
        archive.writestr("doc-toi.txt", words)
        archive.writestr(
            "du-lieu.json", json.dumps(rows_of(producer), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        )
        for name, file in _files(producer):
            with file.open() as content, archive.open(name, "w", force_zip64=True) as out:
                while chunk := content.read(CHUNK):
                    out.write(chunk)


def rows_of(producer: Producer) -> dict[str, list[dict[str, Any]]]:
    """By model: every field of every row, people and units by their number."""
    return {
        model._meta.model_name or "": [
            {"id": it["pk"], **it["fields"]}
            for it in serializers.serialize("python", _rows(model, path, producer))
        ]
        for model, path in OWN
    }


def _rows(model: type[models.Model], path: str, producer: Producer) -> Any:
    return model._default_manager.filter(**{path: producer.pk}).order_by("pk")


def _files(producer: Producer) -> Iterator[tuple[str, StoredFile]]:
    papers = EvidencePaper.objects.filter(producer=producer)
    visits = CoachingVisit.objects.filter(producer=producer, file__isnull=False)
    own: tuple[tuple[str, Any], ...] = (("giay-to", papers), ("huong-dan", visits))
    for folder, rows in own:
        for row in rows.select_related("file").order_by("pk"):
            yield f"{folder}/{row.pk}{Path(row.file.name).suffix}", row.file
