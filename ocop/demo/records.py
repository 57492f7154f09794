"""Certificates from before the system, recorded from paper, and a fair."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from evaluation.legacy.recording import record_legacy_certificate
from evaluation.models import Certificate
from evaluation.workflow.certificate import CERTIFICATE
from ocop.demo.clock import Days
from ocop.demo.dossiers import described, owner_of, scan
from ocop.demo.people import unit_named
from ocop.files.store import keep_upload
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import add_months
from products.making import make_product
from products.models import Producer
from promotion.events import write_event
from promotion.models import Event
from promotion.participations import add

MONTHS = 36


def make_legacy(
    data: Mapping[str, Any],
    producers: Mapping[str, Producer],
    root: OrgUnit,
    days: Days,
    *,
    officer: User,
    leader: User,
) -> None:
    """Valid, expiring, expired and revoked ones, each with its scanned decision."""
    for number, given in enumerate(data.get("legacy", ()), 1):
        producer = producers[given["producer"]]
        words = described(given["product"], producer)
        product = make_product(
            producer, name=given["product"], set_code=given["set"], by=owner_of(producer), **words
        )
        issued_on = add_months(days.on(given["days_left"]), -MONTHS)
        issuer = _issuer(given, root, issued_on)
        certificate = record_legacy_certificate(
            issuer=issuer, number=f"{number:02d}/{issued_on.year}/QĐ-UBND", product=product, stars=given["stars"],
            issuer_name=given.get("issuer_name", ""), issued_on=issued_on, source_file=keep_upload(scan(f"quyet-dinh-{number}.pdf", "Quyết định công nhận sản phẩm OCOP"), by=officer), by=officer,
        )  # fmt: skip
        if "revoked" in given:
            _revoke(certificate, given["revoked"], days, leader)


def _issuer(given: Mapping[str, Any], root: OrgUnit, on: dt.date) -> OrgUnit:
    unit = unit_named(given["issuer"]) if "issuer" in given else root
    return root if unit.closed_on is not None and unit.closed_on < on else unit


def _revoke(certificate: Certificate, ground: str, days: Days, leader: User) -> None:
    CERTIFICATE.take(
        "revoke", certificate, by=leader,
        data={
            "ground": ground, "concluded_on": days.on(-25), "decision_number": "77/QĐ-UBND", "decision_on": days.on(-15),
            "reason": "Cơ sở đã ngừng sản xuất, xã xác nhận.", "file": scan("quyet-dinh-thu-hoi.pdf", "Quyết định thu hồi giấy chứng nhận"),
        },
    )  # fmt: skip


def make_event(data: Mapping[str, Any], root: OrgUnit, days: Days, *, officer: User) -> None:
    """A fair in a month, with what may show there."""
    event = write_event(
        Event(unit=root, name=data["name"], place=data["place"], starts_on=days.on(30), ends_on=days.on(34)),
        by=officer,
    )
    for certificate in Certificate.objects.valid_on(event.ends_on).filter(unit=root).order_by("pk")[:4]:
        add(event, certificate, by=officer)
