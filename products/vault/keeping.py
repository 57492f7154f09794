"""Papers as they lie in the producer's vault: made with their facts, put there before any dossier asks, taken away.

A paper that was put there by itself stays when a dossier lets it go; one that came with a dossier leaves with its last.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.kinds import EVIDENCE
from ocop.files.models import StoredFile
from ocop.files.store import keep_upload
from ocop.files.uploads import take
from ocop.orgs.models import User
from ocop.regulations import EvidenceKind
from products import law
from products.models import Dossier, EvidencePaper, Producer
from products.people import as_whom, demand
from products.vault.reading import ask_for_reading

FACTS = ("title", "number", "issuer", "issued_on", "expires_on", "scope")
KEEPS = "products.change_dossier"  # who fills the producer's dossiers keeps her papers


def place_in_vault(producer: Producer) -> str:
    """What an upload for this vault is for."""
    return f"producer-{producer.pk}"


def kinds_today() -> tuple[EvidenceKind, ...]:
    """Those of the regime that takes dossiers today."""
    return law.regime_on(timezone.localdate()).evidence


@transaction.atomic
def put_in_vault(
    producer: Producer,
    *,
    kind: str,
    by: User,
    upload: UploadedFile | None = None,
    file: StoredFile | None = None,
    facts: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> EvidencePaper:
    """Keep a paper that no dossier asks for yet.

    ValidationError where the file may not be kept, the kind is in no list, or a date is impossible.
    """
    demand(by, KEEPS, producer)
    found = _kind(kind)
    paper = new_paper(
        producer,
        found.code,
        found.name,
        file=file or kept_file(upload, by),
        facts=facts or {},
        by=by,
        is_kept=True,
        at=at,
    )
    _note("evidence.add", paper, by=by, data={"producer": producer.pk, "sha256": paper.file.sha256})
    return paper


@transaction.atomic
def put_received(producer: Producer, key: uuid.UUID, *, by: User, **given: Any) -> EvidencePaper:
    """As `put_in_vault`, of a file that came in pieces; sent twice it answers the paper that was made."""
    demand(by, KEEPS, producer)
    upload = take(key, place_in_vault(producer), by=by)
    made = EvidencePaper.objects.filter(file=upload.file, producer=producer).first()
    return made or put_in_vault(producer, file=upload.file, by=by, **given)


@transaction.atomic
def change_in_vault(paper: EvidencePaper, *, by: User, facts: Mapping[str, Any]) -> EvidencePaper:
    """Other facts of the same paper; ValidationError where a filed dossier rests on them."""
    dossiers = dossiers_of(paper, lock=True)
    fresh = _locked(paper, by)
    demand_unfiled(dossiers)
    if changed := changing(fresh, facts):
        for name in changed:
            setattr(fresh, name, facts[name])
        if "kind" in changed:
            _kind(fresh.kind)
        save_facts(fresh, changed)
    _note("evidence.change", fresh, by=by, data={"producer": fresh.producer_id, "fields": changed})
    return fresh


def changing(paper: EvidencePaper, facts: Mapping[str, Any]) -> list[str]:
    """The names of those that are other than what stands."""
    return [name for name in ("kind", *FACTS) if name in facts and getattr(paper, name) != facts[name]]


def save_facts(paper: EvidencePaper, changed: list[str]) -> None:
    """Another revision of a paper that is locked: what an office said of the one before is not said of this."""
    check_facts(paper)
    paper.full_clean(exclude=["producer", "file", "added_by"])
    paper.revision += 1
    paper.save(update_fields=[*changed, "revision"])


def demand_unfiled(dossiers: list[Dossier]) -> None:
    """ValidationError where one of them is filed: an office reads the facts as they were put before it."""
    filed = next((it for it in dossiers if not it.is_with_producer), None)
    if filed is not None:
        words = _("Giấy tờ đã nộp trong hồ sơ %(name)s nên không sửa được. Bản mới thì thêm thành giấy khác.")
        raise ValidationError(words % {"name": filed.product.name})


@transaction.atomic
def take_from_vault(paper: EvidencePaper, *, by: User) -> None:
    """It is not offered any more; ValidationError while a dossier uses it."""
    fresh = _locked(paper, by)
    if used := dossiers_of(fresh):
        words = _("Giấy tờ đang dùng trong hồ sơ %(name)s. Hãy bỏ khỏi hồ sơ trước.")
        raise ValidationError(words % {"name": used[0].product.name})
    withdraw(fresh)
    _note("evidence.remove", fresh, by=by, data={"producer": fresh.producer_id})


def withdraw(paper: EvidencePaper, *, at: dt.datetime | None = None) -> None:
    """Its row and its file stay: what was frozen of it names them."""
    paper.withdrawn_at = at or timezone.now()
    paper.save(update_fields=["withdrawn_at"])


def new_paper(
    producer: Producer,
    kind: str,
    name: str,
    *,
    file: StoredFile,
    facts: Mapping[str, Any],
    by: User,
    is_kept: bool = False,
    at: dt.datetime | None = None,
) -> EvidencePaper:
    """The row, and a worker asked to read it; no right is asked and nothing is logged: whoever calls does both."""
    given = {name: value for name, value in facts.items() if name in FACTS and value not in (None, "")}
    given.setdefault("title", name)
    paper = EvidencePaper(
        producer=producer, kind=kind, file=file, is_kept=is_kept,
        added_by=by, added_at=at or timezone.now(), **given,
    )  # fmt: skip
    check_facts(paper)
    paper.full_clean(exclude=["producer", "file", "added_by"])
    paper.save(force_insert=True)
    ask_for_reading(paper)
    return paper


def kept_file(upload: UploadedFile | None, by: User) -> StoredFile:
    """What was sent, checked and kept; ValidationError at the field."""
    if upload is None:
        raise ValidationError({"file": _("Hãy chọn tệp hoặc chụp ảnh giấy tờ.")})
    try:
        return keep_upload(upload, by=by, families=EVIDENCE)
    except ValidationError as bad:
        raise ValidationError({"file": bad.messages}) from bad


def check_facts(paper: EvidencePaper) -> None:
    if paper.issued_on and paper.expires_on and paper.expires_on < paper.issued_on:
        raise ValidationError({"expires_on": _("Ngày hết hạn phải sau ngày cấp.")})


def _kind(code: str) -> EvidenceKind:
    for kind in kinds_today():
        if kind.code == code:
            return kind
    raise ValidationError({"kind": _("Hãy chọn loại giấy tờ trong danh mục.")})


def _locked(paper: EvidencePaper, by: User) -> EvidencePaper:
    """As it stands now, for one writer; a paper that is gone meanwhile is refused in words."""
    rows = EvidencePaper.objects.select_for_update(of=("self",)).select_related("producer__unit", "file")
    fresh = rows.get(pk=paper.pk)
    demand(by, KEEPS, fresh.producer)
    if fresh.withdrawn_at:
        raise ValidationError(_("Giấy tờ này đã được bỏ khỏi kho."), code="stale")
    return fresh


def dossiers_of(paper: EvidencePaper, *, lock: bool = False) -> list[Dossier]:
    """Those that use it; locked, none of them is filed in the meantime (dossiers are locked before papers)."""
    found = (
        Dossier.objects.filter(pk__in=paper.links.values("dossier")).select_related("product").order_by("pk")
    )
    return list(found.select_for_update(of=("self",)) if lock else found)


def _note(deed: str, paper: EvidencePaper, *, by: User, data: dict[str, Any]) -> None:
    record(deed, paper, by=by, role=as_whom(by, paper), unit=paper.producer.unit, data=data)
