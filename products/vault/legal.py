"""A paper of the producer's legal form is put into her vault, before any dossier asks for it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import FormPaper
from products.models import EvidencePaper, Producer
from products.people import as_whom, demand
from products.producers.eligibility import form_of
from products.vault.keeping import kept_file, new_paper

ADDS = "products.change_product"  # who describes her products brings these papers: her people, the commune


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
    demand(by, ADDS, producer)
    fresh = Producer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=producer.pk)
    rule = rule_for(fresh, kind)
    if rule is None:
        raise ValidationError(_("Loại hình này không cần giấy tờ đó."))
    file = kept_file(upload, by)
    same = EvidencePaper.objects.filter(
        producer=fresh, kind=kind, withdrawn_at=None, file__sha256=file.sha256
    )
    if (found := same.first()) is not None:
        return found
    paper = new_paper(fresh, kind, rule.name, file=file, facts=facts or {}, by=by, is_kept=True)
    data = {"producer": fresh.pk, "sha256": file.sha256}
    record("evidence.add", paper, by=by, role=as_whom(by, paper), unit=fresh.unit, data=data)
    return paper
