"""Papers of a dossier: added, taken into it from the vault, tied to its criteria, taken out while the producer has it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.models import StoredFile, Upload
from ocop.files.uploads import take
from ocop.orgs.models import User
from products import law
from products.dossiers.filling import writable
from products.models import Dossier, EvidenceLink, EvidencePaper, said
from products.people import as_whom
from products.vault.keeping import (
    FACTS,
    changing,
    demand_unfiled,
    dossiers_of,
    kept_file,
    new_paper,
    save_facts,
    withdraw,
)
from products.vault.pages import has_pages, page_count, place_words
from products.vault.pins import carry_pins
from products.vault.room import demand_room


@transaction.atomic
def add_evidence(
    dossier: Dossier,
    *,
    kind: str,
    by: User,
    upload: UploadedFile | None = None,
    file: StoredFile | None = None,
    criteria: Iterable[str] | None = None,
    facts: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
    instead_of: EvidencePaper | None = None,
) -> EvidencePaper:
    """Keep a paper with its facts and tie it: to `criteria`, or to those for which the law names this kind.

    `instead_of` is the paper that goes for it. ValidationError where the file may not be kept, the kind is none of the regime's, or a date is impossible.
    """
    fresh = writable(dossier, by)
    _check_kind(fresh, kind)
    file = file or kept_file(upload, by)
    demand_room(fresh, file.size, instead_of=instead_of.file.size if instead_of else 0)
    paper = new_paper(
        fresh.product.producer, kind, law.regime(fresh.regime).evidence_kind(kind).name, file=file, facts=facts or {},
        by=by, at=at, is_kept=bool(instead_of and instead_of.is_kept),
    )  # fmt: skip
    tie(fresh, paper, criteria_for(fresh, kind) if criteria is None else criteria)
    record(
        "evidence.add",
        paper,
        by=by,
        role=as_whom(by, fresh),
        unit=fresh.unit,
        data={"dossier": fresh.pk, "sha256": file.sha256},
    )
    return paper


def criteria_for(dossier: Dossier, kind: str) -> list[str]:
    """The criteria for which the set names this kind of paper."""
    return [it.code for it in law.criteria_set(dossier.set_code).criteria if kind in it.evidence]


def tie(dossier: Dossier, paper: EvidencePaper, criteria: Iterable[str]) -> None:
    """Make the paper prove exactly these criteria of the dossier; none means the dossier as a whole."""
    wanted = set(criteria) or {""}
    if unknown := wanted - {"", *law.criteria_set(dossier.set_code).by_code}:
        raise ValidationError(
            {"criteria": _("Không có tiêu chí %(codes)s.") % {"codes": ", ".join(sorted(unknown))}}
        )
    EvidenceLink.objects.filter(dossier=dossier, paper=paper).exclude(criterion__in=wanted).delete()
    for code in sorted(wanted):
        EvidenceLink.objects.get_or_create(dossier=dossier, paper=paper, criterion=code)


@transaction.atomic
def change_evidence(
    dossier: Dossier,
    paper: EvidencePaper,
    *,
    by: User,
    facts: Mapping[str, Any],
    criteria: Iterable[str] | None = None,
) -> EvidencePaper:
    """Other facts, other criteria; the file stays, another file is another paper."""
    fresh = writable(dossier, by)
    _demand_tied(fresh, paper)
    if changed := changing(paper, facts):
        demand_unfiled([it for it in dossiers_of(paper) if it != fresh])
        locked = EvidencePaper.objects.select_for_update().values_list("revision", flat=True)
        paper.revision = locked.get(pk=paper.pk)
        for name in changed:
            setattr(paper, name, facts[name])
        _check_kind(fresh, paper.kind)
        save_facts(paper, changed)
    if criteria is not None:
        tie(fresh, paper, criteria)
    record(
        "evidence.change",
        paper,
        by=by,
        role=as_whom(by, fresh),
        unit=fresh.unit,
        data={"dossier": fresh.pk, "fields": changed},
    )
    return paper


@dataclass(frozen=True)
class Replaced:
    """The paper in the place of another, and the pins (criterion, page) that it has no page for."""

    paper: EvidencePaper
    lost: list[tuple[str, int]]
    old: StoredFile

    @property
    def words(self) -> str:
        """What is to be pinned anew, or ""."""
        if not self.lost:
            return ""
        pins = ", ".join(
            _("%(place)s ở tiêu chí %(code)s") % {"place": place_words(self.old, page), "code": code}
            for code, page in self.lost
        )
        if self.old.is_clip or self.paper.file.is_clip or not has_pages(self.paper.file):
            return _("Tệp mới không có chỗ đã ghim nên bỏ ghim: %(pins)s. Hãy ghim lại.") % {"pins": pins}
        words = _("Tệp mới chỉ có %(n)s trang nên bỏ ghim: %(pins)s. Hãy ghim lại.")
        return words % {"n": page_count(self.paper.file), "pins": pins}


@transaction.atomic
def add_received(dossier: Dossier, key: uuid.UUID, *, by: User, **given: Any) -> EvidencePaper:
    """As `add_evidence`, of a file that came in pieces; sent twice it answers the paper that was made."""
    writable(dossier, by)
    upload = take(key, place_of(dossier), by=by)
    made = EvidencePaper.objects.filter(file=upload.file, links__dossier=dossier).first()
    return made or add_evidence(dossier, file=upload.file, by=by, **given)


def made_of(dossier: Dossier, key: str, *, by: User) -> EvidencePaper | None:
    """The paper of this dossier that was made of her upload `key`; None for one that nothing was made of, and for no key at all."""
    try:
        asked = uuid.UUID(key)
    except ValueError:
        return None
    used = Upload.objects.visible_to(by).filter(key=asked, used_at__isnull=False).first()
    return used and EvidencePaper.objects.filter(file=used.file_id, links__dossier=dossier).first()


def place_of(dossier: Dossier) -> str:
    """What an upload for this dossier is for."""
    return f"dossier-{dossier.pk}"


def place_of_paper(paper: EvidencePaper) -> str:
    """What an upload that shall stand in its place is for."""
    return f"paper-{paper.pk}"


@transaction.atomic
def replace_received(
    dossier: Dossier, paper: EvidencePaper, key: uuid.UUID, *, by: User, **given: Any
) -> Replaced:
    """As `replace_evidence`, by a file that came in pieces for this paper."""
    writable(dossier, by)
    upload = take(key, place_of_paper(paper), by=by)
    return replace_evidence(dossier, paper, file=upload.file, by=by, **given)


@transaction.atomic
def replace_evidence(
    dossier: Dossier,
    paper: EvidencePaper,
    *,
    upload: UploadedFile | None = None,
    file: StoredFile | None = None,
    by: User,
    facts: Mapping[str, Any] | None = None,
    criteria: Iterable[str] | None = None,
) -> Replaced:
    """Another file in the paper's place: a new paper with its facts, its criteria and the pins that still fit."""
    fresh = writable(dossier, by)
    _demand_tied(fresh, paper)
    given = {name: getattr(paper, name) for name in ("kind", *FACTS)} | dict(facts or {})
    if criteria is None:
        tied = EvidenceLink.objects.filter(dossier=fresh, paper=paper).exclude(criterion="")
        criteria = list(tied.values_list("criterion", flat=True))
    kind = given.pop("kind")
    new = add_evidence(
        fresh, kind=kind, upload=upload, file=file, criteria=criteria, facts=given, by=by, instead_of=paper
    )
    lost = carry_pins(fresh, paper, new)
    remove_evidence(fresh, paper, by=by)
    if paper.is_kept and not paper.links.exists():  # the new one lies in the vault in its place
        withdraw(paper)
    return Replaced(new, lost, paper.file)


@transaction.atomic
def reuse_evidence(dossier: Dossier, paper: EvidencePaper, *, by: User, criterion: str = "") -> None:
    """Tie a paper that the producer already has, from her vault, another product or year.

    It proves the criteria for which the law names its kind, or one more: `criterion`.
    """
    fresh = writable(dossier, by)
    paper = EvidencePaper.objects.select_for_update(of=("self",)).select_related("file").get(pk=paper.pk)
    if paper.producer_id != fresh.product.producer_id:
        raise ValidationError(_("Giấy tờ này không phải của chủ thể."))
    if paper.withdrawn_at:
        raise ValidationError(_("Giấy tờ này đã được bỏ khỏi kho."))
    _check_kind(fresh, paper.kind)
    tied = set(paper.links.filter(dossier=fresh).values_list("criterion", flat=True))
    if not tied:
        demand_room(fresh, paper.file.size)
    wanted = {criterion} if criterion else set(criteria_for(fresh, paper.kind))
    tie(fresh, paper, (wanted | tied) - {""})
    data = {"dossier": fresh.pk, "reused": True, "criterion": criterion}
    record("evidence.add", paper, by=by, role=as_whom(by, fresh), unit=fresh.unit, data=data)


@transaction.atomic
def remove_evidence(
    dossier: Dossier, paper: EvidencePaper, *, by: User, at: dt.datetime | None = None
) -> None:
    """Take the paper out of the dossier; what an earlier filing froze keeps its file."""
    fresh = writable(dossier, by)
    _demand_tied(fresh, paper)
    EvidenceLink.objects.filter(dossier=fresh, paper=paper).delete()
    if not paper.is_kept and not paper.links.exists():
        withdraw(paper, at=at)
    record(
        "evidence.remove", paper, by=by, role=as_whom(by, fresh), unit=fresh.unit, data={"dossier": fresh.pk}
    )


def library(dossier: Dossier) -> list[EvidencePaper]:
    """The producer's papers that this dossier does not use yet."""
    used = EvidenceLink.objects.filter(dossier=dossier).values("paper")
    papers = EvidencePaper.objects.filter(producer=dossier.product.producer, withdrawn_at=None)
    left = papers.exclude(pk__in=used).annotate(said=said())  # type: ignore[no-redef]
    return list(left.select_related("file"))


def _demand_tied(dossier: Dossier, paper: EvidencePaper) -> None:
    if not EvidenceLink.objects.filter(dossier=dossier, paper=paper).exists():
        raise ValidationError(_("Giấy tờ này không thuộc hồ sơ."))


def _check_kind(dossier: Dossier, kind: str) -> None:
    if kind not in {it.code for it in law.regime(dossier.regime).evidence}:
        raise ValidationError({"kind": _("Hãy chọn loại giấy tờ trong danh mục.")})
