"""The dossier as it was filed: canonical JSON, its digest, the hash of every file."""

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from ocop.regulations import digest as set_digest
from products.dossiers.sections import is_empty
from products.dossiers.whole import Paper, Whole
from products.models import ProducerPersonal


def canonical(content: Any) -> str:
    """Sorted keys, NFC, no blanks: the same content is the same text for ever."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def frozen(whole: Whole) -> dict[str, Any]:
    """Everything that is filed. Personal facts are pointed at by id and hash, so that they can be erased."""
    dossier, producer, product = whole.dossier, whole.producer, whole.product
    return {
        "dossier": {
            "id": dossier.pk, "code": dossier.code, "kind": dossier.kind, "regime": dossier.regime,
            "set": dossier.set_code, "set_digest": set_digest(whole.set), "star_aim": dossier.star_aim,
            "round": dossier.round.name, "unit": dossier.unit.name,
        },
        "producer": {
            "id": producer.pk, "kind": producer.kind, "name": producer.name, "address": producer.address,
            "registration_number": producer.registration_number, "registered_on": _day(producer.registered_on),
            "tax_code": producer.tax_code, "phone": producer.phone, "email": producer.email,
            "representative": producer.representative,
            "representative_position": producer.representative_position,
        },
        "personal": _personal(whole.personal),
        "product": {
            "id": product.pk, "name": product.name, "set": product.set_code,
            "specification": product.specification, "description": product.description,
        },
        "sections": {section.key: _section(whole, section) for section in whole.asked},
        "papers": [_paper(paper) for paper in whole.papers],
        "self_score": {code: _mark(mark) for code, mark in whole.levels().items()},
    }  # fmt: skip


def item_of(content: Mapping[str, Any], item: str) -> Any:
    """The part of a frozen dossier that a check item is about: to see whether a supplement changed it."""
    if item == "self_score":
        return content["self_score"]
    if item.startswith("paper:"):
        kind = item.removeprefix("paper:")
        return [
            {**paper, "criteria": None, "pages": None} for paper in content["papers"] if paper["kind"] == kind
        ]
    known = (
        [content["producer"], content["product"], content["personal"]]
        if item in ("registration", "general", "product")
        else []
    )
    return [content["sections"].get(item), *known]


def personal_digest(row: ProducerPersonal) -> str:
    return digest([row.gender, row.ethnicity, row.is_disabled, row.permanent_address])


def _personal(row: ProducerPersonal | None) -> dict[str, Any] | None:
    return {"id": row.pk, "sha256": personal_digest(row)} if row else None


def _section(whole: Whole, section: Any) -> dict[str, Any]:
    values = whole.values(section)
    return {it.key: values[it.key] for it in whole.fields(section) if not is_empty(values.get(it.key))}


def _paper(paper: Paper) -> dict[str, Any]:
    row = paper.row
    return {
        "id": row.pk, "kind": row.kind, "title": row.title, "number": row.number, "issuer": row.issuer,
        "issued_on": _day(row.issued_on), "expires_on": _day(row.expires_on), "criteria": paper.criteria, "pages": paper.pages,
        "file": {"name": row.file.name, "sha256": row.file.sha256, "size": row.file.size},
        **({"scope": row.scope} if row.scope else {}),
    }  # fmt: skip


def _mark(mark: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mark.items() if key != "r"}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
