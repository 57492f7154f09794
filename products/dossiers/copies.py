"""A frozen dossier taken in from another tenant: the other direction of `freezing`.

Personal facts of the producer's representative do not travel: the frozen content points at them by hash only.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.orgs.models import OrgUnit, User
from plans.models import Round
from products.dossiers.freezing import digest
from products.models import (
    Dossier,
    DossierSection,
    DossierState,
    DossierVersion,
    EvidenceLink,
    EvidencePaper,
    Producer,
    ProducerState,
    Product,
    SelfScore,
)

Content = Mapping[str, Any]
PRODUCER = ("kind", "address", "registration_number", "tax_code", "phone", "email", "representative",
            "representative_position")  # fmt: skip


@transaction.atomic
def copy_in(
    content: Content,
    *,
    files: Mapping[str, StoredFile],
    words: Mapping[int, Content],
    unit: OrgUnit,
    round: Round,  # noqa: A002, the domain's word
    receipt: str,
    by: User,
    at: dt.datetime,
) -> Dossier:
    """The dossier as it was filed, accepted for evaluation here; `unit` stands for its sender.

    `files` by SHA-256; `words` of the sender's offices by the paper there.
    """
    facts = content["dossier"]
    dossier = Dossier.objects.create(
        product=_product(content, unit),
        round=round,
        unit=unit,
        kind=facts["kind"],
        regime=facts["regime"],
        set_code=facts["set"],
        star_aim=facts["star_aim"],
        code=facts["code"],
        state=DossierState.ACCEPTED,
        created_by=by,
        created_at=at,
    )
    DossierSection.objects.bulk_create(
        DossierSection(dossier=dossier, key=key, data=values, saved_at=at)
        for key, values in content["sections"].items()
    )
    levels = {code: {**mark, "r": 1} for code, mark in content["self_score"].items()}
    SelfScore.objects.create(dossier=dossier, levels=levels, saved_at=at)
    _papers(dossier, content, files, words, at)
    DossierVersion.objects.create(
        dossier=dossier, number=1, receipt=receipt, content=dict(content), digest=digest(content),
        submitted_at=at, submitted_by=by,
    )  # fmt: skip
    record("dossier.copy", dossier, by=by, after=dossier.state, note=receipt)
    return dossier


def _product(content: Content, unit: OrgUnit) -> Product:
    """The same producer sends several products, and one product again in another year."""
    given, made = content["producer"], content["product"]
    key = (
        {"registration_number": given["registration_number"]}
        if given["registration_number"]
        else {"name": given["name"], "unit": unit, "registration_number": ""}
    )
    producer, _ = Producer.objects.get_or_create(
        **key,
        defaults={
            **{name: given[name] or "" for name in PRODUCER},
            "name": given["name"], "unit": unit, "state": ProducerState.APPROVED,
            "registered_on": _day(given["registered_on"]),
        },
    )  # fmt: skip
    facts = {
        "set_code": made["set"],
        "specification": made["specification"],
        "description": made["description"],
    }
    return Product.objects.get_or_create(
        producer=producer, name=made["name"], defaults={"unit": unit, **facts}
    )[0]


def _papers(
    dossier: Dossier,
    content: Content,
    files: Mapping[str, StoredFile],
    words: Mapping[int, Content],
    at: dt.datetime,
) -> None:
    for given in content["papers"]:
        paper = EvidencePaper.objects.create(
            producer=dossier.product.producer, kind=given["kind"], title=given["title"], number=given["number"],
            issuer=given["issuer"], issued_on=_day(given["issued_on"]), expires_on=_day(given["expires_on"]),
            file=files[given["file"]["sha256"]], added_at=at, scope=given.get("scope", ""),
            word_from_below=words.get(given["id"]),
        )  # fmt: skip
        EvidenceLink.objects.bulk_create(
            EvidenceLink(dossier=dossier, paper=paper, criterion=code, page=given.get("pages", {}).get(code))
            for code in given["criteria"] or [""]
        )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
