"""A paper of the producer's legal form is put into her vault, before any dossier asks for it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.kinds import EVIDENCE
from ocop.files.store import keep_upload
from ocop.orgs.models import User
from ocop.regulations import FormPaper
from products.models import EvidencePaper, Producer
from products.people import as_whom, demand
from products.producers.eligibility import form_of
from products.vault.papers import FACTS, check_facts
from products.vault.reading import ask_for_reading

KEEPS = "products.change_product"  # who describes her products keeps these papers: her people, the commune


def rule_for(producer: Producer, kind: str) -> FormPaper | None:
    """What the law says of this kind of paper for her legal form; None where it asks for no such paper."""
    form = form_of(producer.kind)
    return next((it for it in form.papers if it.kind == kind), None) if form else None


@transaction.atomic
def add_legal_paper(
    producer: Producer,
    kind: str,
    *,
    by: User,
    upload: UploadedFile | None,
    facts: Mapping[str, Any] | None = None,
) -> EvidencePaper:
    """Put a paper of her legal form into her vault; the same file sent twice is one paper.

    ValidationError where the form has no such paper, the file may not be kept, or a date is impossible.
    """
    demand(by, KEEPS, producer)
    fresh = Producer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=producer.pk)
    rule = rule_for(fresh, kind)
    if rule is None:
        raise ValidationError(_("Loại hình này không cần giấy tờ đó."))
    if upload is None:
        raise ValidationError({"file": _("Hãy chọn tệp hoặc chụp ảnh giấy tờ.")})
    try:
        file = keep_upload(upload, by=by, families=EVIDENCE)
    except ValidationError as bad:
        raise ValidationError({"file": bad.messages}) from bad
    same = EvidencePaper.objects.filter(
        producer=fresh, kind=kind, withdrawn_at=None, file__sha256=file.sha256
    )
    if (found := same.first()) is not None:
        return found
    return _kept(EvidencePaper(producer=fresh, kind=kind, file=file, added_by=by), rule, facts or {}, by)


def _kept(paper: EvidencePaper, rule: FormPaper, facts: Mapping[str, Any], by: User) -> EvidencePaper:
    for name, value in {"title": rule.name, **facts}.items():
        if name in FACTS and value not in (None, ""):
            setattr(paper, name, value)
    check_facts(paper)
    paper.full_clean(exclude=["producer", "file", "added_by"])
    paper.save(force_insert=True)
    ask_for_reading(paper)
    unit, data = paper.producer.unit, {"producer": paper.producer_id, "sha256": paper.file.sha256}
    record("evidence.add", paper, by=by, role=as_whom(by, paper), unit=unit, data=data)
    return paper
