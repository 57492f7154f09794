"""What goes up, frozen: facts by value, papers and evidence by their hash (QĐ 26/2026, Điều 6)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from evaluation.models import Assessment, Decision, HandOver
from ocop.files.models import StoredFile
from ocop.orgs.models import User
from ocop.papers.models import Paper
from ocop.papers.rendering import render_now
from ocop.regulations import Regime, json_number
from products.advisory.results import accepted_results, as_sent
from products.law import regime
from products.models import DossierVersion, EvidencePaper
from products.samples import on_hand
from products.vault.said import as_told, said_in, said_of


def package_of(hand_over: HandOver, *, at: dt.datetime) -> dict[str, Any]:
    """Everything the law asks for, as it stands `at`; papers that no worker has made yet are made now."""
    assessment, papers = hand_over.assessment, _papers(hand_over)
    version = _version(hand_over)
    return {
        "dossier": _dossier(assessment, version),
        "evidence": _listed(version),
        "confirmations_as_of": at.isoformat(),
        "extra_tests": [as_sent(row) for row in accepted_results(assessment.dossier)],
        "result": _result(assessment),
        "samples": on_hand([assessment.dossier_id]).get(assessment.dossier_id, 0),
        **{role: _paper(paper) for role, paper in papers.items()},
        "decision": _decision(hand_over.decision, papers["decision"]),
        "asked_for": asked_for(
            regime(assessment.dossier.regime), assessment.tier, hand_over.to_tier, assessment.dossier.kind
        ),
    }


def content_of(hand_over: HandOver) -> dict[str, Any]:
    """The dossier as it was last filed."""
    version = _version(hand_over)
    return version.content if version else {}


def files_of(hand_over: HandOver) -> list[tuple[str, str, StoredFile]]:
    """(role of ArrivalFile, title, file) for a receiver who has none of them."""
    return [*_evidence(content_of(hand_over)), *_tests(hand_over), *_files(_papers(hand_over))]


def _version(hand_over: HandOver) -> DossierVersion | None:
    return hand_over.assessment.dossier.versions.order_by("-number").first()


def asked_for(law: Regime, sender: str, receiver: str, kind: str) -> list[str]:
    """The papers that the law names for this way up."""
    return [
        paper
        for package in law.packages
        if package.sender == sender and package.receiver == receiver and kind in package.kinds
        for paper in package.papers
    ]


def _listed(version: DossierVersion | None) -> list[dict[str, Any]]:
    """Each paper with what the office that owns its kind has said of it, or null."""
    papers = version.content["papers"] if version else []
    words = said_of(papers)
    return [
        {
            "paper": paper["id"],
            "kind": paper["kind"],
            "title": paper["title"],
            "sha256": paper["file"]["sha256"],
            "confirmation": as_told(words.get(paper["id"])),
        }
        for paper in papers
    ]


def _papers(hand_over: HandOver) -> dict[str, Paper | None]:
    assessment = hand_over.assessment
    report = getattr(assessment, "team_report", None)
    papers = {
        "team_report": report.paper if report else None,
        "minutes": assessment.result.meeting.minutes,
        "decision": hand_over.decision.paper,
        "letter": hand_over.letter,
    }
    return {role: render_now(paper) if paper else None for role, paper in papers.items()}


def _dossier(assessment: Assessment, version: DossierVersion | None) -> dict[str, Any]:
    dossier = assessment.dossier
    return {
        "id": dossier.pk, "code": dossier.code, "kind": dossier.kind, "regime": dossier.regime,
        "set": dossier.set_code, "product": dossier.product.name, "producer": dossier.product.producer.name,
        "unit": dossier.unit.name,
        "version": version and {"number": version.number, "receipt": version.receipt, "digest": version.digest},
    }  # fmt: skip


def _result(assessment: Assessment) -> dict[str, Any]:
    result = assessment.result
    return {
        "tier": assessment.tier, "unit": assessment.unit.name, "mean": json_number(result.mean),
        "stars": result.stars, "ballots": result.meeting.digest, "criteria": result.reasons.get("criteria", {}),
    }  # fmt: skip


def _decision(decision: Decision, paper: Paper | None) -> dict[str, Any]:
    return {**_paper(paper), "number": decision.number, "dated_on": _day(decision.dated_on)}


def _paper(paper: Paper | None) -> dict[str, Any]:
    if paper is None:
        return {}
    sha256 = paper.file.sha256 if paper.file else None
    return {"id": paper.pk, "symbol": paper.symbol, "title": paper.title, "sha256": sha256}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _evidence(content: dict[str, Any]) -> list[tuple[str, str, StoredFile]]:
    listed = {paper["id"]: paper["title"] for paper in content.get("papers", [])}
    rows = EvidencePaper.objects.select_related("file").in_bulk(list(listed))
    return [("evidence", title, rows[pk].file) for pk, title in listed.items()]


def _tests(hand_over: HandOver) -> list[tuple[str, str, StoredFile]]:
    """Of the results that were frozen: one accepted since goes with no package that is on its way."""
    rows = EvidencePaper.objects.select_related("file").in_bulk(
        [it["paper"] for it in results_in(hand_over.package)]
    )
    return [("extra_test", it["title"], rows[it["paper"]].file) for it in results_in(hand_over.package)]


def results_in(package: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Results of extra tests in a package; none in one that was sent before they went up."""
    return package.get("extra_tests", [])


def words_in(package: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Papers on which an office's word went along: the title and what was said; none in a package from before."""
    rows = [(it["title"], said_in(it.get("confirmation"))) for it in package.get("evidence", [])]
    return [{"title": title, "said": said} for title, said in rows if said]


def words_for_copies(package: Mapping[str, Any], sender: str) -> dict[int, dict[str, Any]]:
    """By the sender's paper what its copy bears: the office with whose it is."""
    rows = {it["paper"]: it["confirmation"] for it in package.get("evidence", []) if it.get("confirmation")}
    return {pk: {**told, "unit": f"{told['unit']} ({sender})"} for pk, told in rows.items()}


def words_read_at(package: Mapping[str, Any]) -> dt.datetime | None:
    """When those words stood."""
    written = package.get("confirmations_as_of")
    return dt.datetime.fromisoformat(written) if written else None


def openable(package: Mapping[str, Any], user: User) -> list[dict[str, Any]]:
    """The results as a page of the sender's tenant lists them; `url` is "" where this person opens no such paper."""
    results = results_in(package)
    seen = EvidencePaper.objects.visible_to(user).filter(pk__in=[it["paper"] for it in results])
    keys = set(seen.values_list("pk", flat=True))
    return [
        it | {"url": reverse("products:evidence_view", args=[it["paper"]]) if it["paper"] in keys else ""}
        for it in results
    ]


def _files(papers: dict[str, Paper | None]) -> list[tuple[str, str, StoredFile]]:
    return [(role, str(paper), paper.file) for role, paper in papers.items() if paper and paper.file]
