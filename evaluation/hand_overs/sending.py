"""Sending a file to the tier above: the package frozen and hashed, a receipt, a letter to go with it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from evaluation.models import Assessment, Decision, HandOver
from evaluation.workflow.assessment import ASSESSMENT
from ocop.orgs.models import OrgUnit, User
from ocop.papers.drafting import draft_paper, matter
from ocop.papers.letterhead import letterhead
from ocop.papers.models import Paper
from ocop.papers.numbering import next_number
from ocop.regulations import Regime, Tier, json_number, shown
from products.freezing import digest
from products.law import line_of, regime

SERIES = "CHS"


def send_up(
    assessment: Assessment, decision: Decision, *, by: User, at: dt.datetime | None = None
) -> HandOver:
    """Freeze what goes up and take the step; the decision that approves the result is part of it."""
    law = regime(assessment.dossier.regime)
    receiver = law.tier(law.tier(assessment.tier).sends_up.to)  # type: ignore[union-attr]
    moment = at or timezone.now()
    package = package_of(assessment, decision, receiver)
    hand_over = HandOver.objects.create(
        assessment=assessment,
        unit=assessment.unit,
        to_unit=unit_within(assessment, receiver),
        to_tier=receiver.code,
        package=package,
        digest=digest(package),
        receipt=_receipt(assessment.unit, timezone.localdate(moment)),
        letter=_letter(assessment, decision, receiver, by=by),
        sent_by=by,
        sent_at=moment,
    )
    ASSESSMENT.take("hand_up", assessment, by=by, data={"note": hand_over.receipt})
    return hand_over


def unit_within(assessment: Assessment, tier: Tier) -> OrgUnit | None:
    """The receiver where it is a unit of this tenant; None where the tier lies outside, as the ministry does."""
    return next((unit for unit in line_of(assessment.unit) if unit.kind == tier.unit_kind), None)


def _receipt(unit: OrgUnit, on: dt.date) -> str:
    number = next_number(unit, SERIES, on.year)
    return f"{number:02d}/{SERIES}-{letterhead(unit).symbol}-{unit.pk}-{on.year}"


def package_of(assessment: Assessment, decision: Decision, receiver: Tier) -> dict[str, Any]:
    """What the law asks to be sent (QĐ 26/2026, Điều 6), each paper by its hash; canonical JSON is hashed over it."""
    dossier, result = assessment.dossier, assessment.result
    version = dossier.versions.order_by("-number").first()
    content = version.content if version else {}
    return {
        "dossier": {
            "id": dossier.pk, "code": dossier.code, "kind": dossier.kind, "regime": dossier.regime,
            "set": dossier.set_code, "product": dossier.product.name, "producer": dossier.product.producer.name,
            "unit": dossier.unit.name,
            "version": version and {"number": version.number, "receipt": version.receipt, "digest": version.digest},
        },
        "evidence": [
            {"kind": paper["kind"], "title": paper["title"], "sha256": paper["file"]["sha256"]}
            for paper in content.get("papers", [])
        ],
        "result": {
            "tier": assessment.tier, "unit": assessment.unit.name, "mean": json_number(result.mean),
            "stars": result.stars, "ballots": result.meeting.digest,
        },
        "team_report": _paper(getattr(getattr(assessment, "team_report", None), "paper", None)),
        "minutes": _paper(result.meeting.minutes),
        "decision": {**_paper(decision.paper), "number": decision.number, "dated_on": _day(decision.dated_on)},
        "asked_for": _asked(regime(dossier.regime), assessment.tier, receiver.code, dossier.kind),
    }  # fmt: skip


def _paper(paper: Paper | None) -> dict[str, Any]:
    if paper is None:
        return {}
    file = paper.file
    return {
        "id": paper.pk,
        "symbol": paper.symbol,
        "title": paper.title,
        "sha256": file.sha256 if file else None,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _asked(law: Regime, sender: str, receiver: str, kind: str) -> list[str]:
    return [
        paper
        for package in law.packages
        if package.sender == sender and package.receiver == receiver and kind in package.kinds
        for paper in package.papers
    ]


def _letter(assessment: Assessment, decision: Decision, receiver: Tier, *, by: User) -> Paper:
    """A draft for the office to number and sign."""
    law = regime(assessment.dossier.regime)
    head, product = letterhead(assessment.unit), assessment.dossier.product
    to = unit_within(assessment, receiver)
    asked = _asked(law, assessment.tier, receiver.code, assessment.dossier.kind)
    return draft_paper(
        assessment.unit,
        "hand_over_letter",
        f"chuyển hồ sơ đề nghị đánh giá, phân hạng sản phẩm OCOP “{product.name}”",
        {
            "to": [letterhead(to).in_text if to else dict(law.ministries).get("nnmt", receiver.name)],
            "body": [
                {
                    "p": f"Thực hiện Quyết định số {law.decision}, căn cứ kết quả đánh giá, phân hạng được phê duyệt tại"
                    f" Quyết định số {decision.number}, {head.in_text} chuyển hồ sơ sản phẩm “{product.name}” của"
                    f" {product.producer.name}, mã sản phẩm {assessment.dossier.code}, tổng điểm trung bình"
                    f" {shown(assessment.result.mean)} điểm."
                },
                {"p": "Hồ sơ gồm:"},
                {"list": asked or ["Hồ sơ sản phẩm"]},
                {"p": f"{head.in_text} đề nghị cơ quan cấp trên xem xét, tổ chức đánh giá theo quy định"},
            ],
            "recipients": ["Như trên", "Lưu: VT"],
        },
        by=by,
        about=matter(assessment.dossier),
    )
