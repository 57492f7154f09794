"""What a member takes along: her sheets with the law they are scored by, claims and evidence, as plain values."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from evaluation.ballots.notes import words_by_level
from evaluation.ballots.precedents import precedents_by_set
from evaluation.models import Meeting
from evaluation.offline.said import read_said
from evaluation.offline.sheets import OwnSheet, read_sheets
from evaluation.rules import CouncilRules, Level, Levels, read_rules
from ocop.cards import cards, field_name, part_name
from ocop.orgs.models import User
from ocop.regulations import CriteriaSet
from products.law import criteria_set
from products.models import EvidenceLink, EvidencePaper, SelfScore
from products.vault.pages import has_pages, page_count

VERSION = 1
TYPICAL_PAGE = (
    160 * 1024
)  # bytes of a page as `page_jpeg` makes it; the size is said before anything is fetched


def read_bundle(meeting: Meeting, user: User) -> dict[str, Any]:
    """With as many queries for thirty products as for one."""
    sheets = [sheet for sheet in read_sheets(meeting, user) if sheet.is_open]
    rules = read_rules(meeting.rules or meeting.council.rules)
    policy = rules.policy
    codes = {sheet.item.assessment.published.code for sheet in sheets}
    links = _links(sheets)
    papers, given = _papers(links, user), _self_scores(sheets)
    return {
        "v": VERSION,
        "user": user.pk,
        "name": str(user),
        "meeting": {
            "id": meeting.pk,
            "council": meeting.council.name,
            "held": f"{timezone.localtime(meeting.held_at):%H:%M %d/%m/%Y}",
            "place": meeting.place,
        },
        "policy": {"gates_cumulative": policy.gates_cumulative, "fall_back": policy.fall_back},
        "sets": {code: set_json(criteria_set(code)) for code in sorted(codes)},
        "precedents": _precedents(sheets, user),
        "products": [_product(sheet, links, given, papers, rules) for sheet in sheets],
        "papers": {str(paper.pk): _paper(paper) for paper in papers.values()},
        "said": read_said(sheets, user),
        "sheets": {str(sheet.item.assessment_id): sheet.as_json for sheet in sheets},
    }


def read_size(meeting: Meeting, user: User) -> dict[str, int]:
    """How much that will be, roughly: products, pages of evidence, bytes; the clips apart, as they are many times that."""
    sheets = [sheet for sheet in read_sheets(meeting, user) if sheet.is_open]
    files = [paper.file for paper in _papers(_links(sheets), user).values()]
    pages, clips = sum(map(page_count, files)), [file.size for file in files if file.is_clip]
    return {
        "products": len(sheets),
        "pages": pages,
        "bytes": pages * TYPICAL_PAGE,
        "clips": len(clips),
        "clip_bytes": sum(clips),
    }


def set_json(it: CriteriaSet) -> dict[str, Any]:
    """The law of one set as the device reckons with it, and its cards as the page shows them."""
    drawn = {
        card["code"]: render_to_string(
            "evaluation/offline/card.html", {"card": card, "name": field_name(card["code"])}
        )
        for card in cards(it)
    }
    return {
        "total": it.total,
        "bands": [{"star": band.star, "least": band.least} for band in it.regime.bands],
        "least_recognised": it.regime.least_recognised,
        "parts": [
            {
                "code": part.code,
                "title": part_name(part),
                "name": part.name,
                "points": part.points,
                "sections": [
                    {
                        "name": f"{section.code}. {section.name}",
                        "points": section.points,
                        "criteria": [criterion.code for criterion in section.criteria],
                    }
                    for section in part.sections
                ],
            }
            for part in it.parts
        ],
        "criteria": {
            criterion.code: {
                "name": criterion.name,
                "points": criterion.points,
                "field": field_name(criterion.code),
                "html": drawn[criterion.code],
                "gates": dict(criterion.gates),
                "cases": {code: dict(criterion.gates_of(code)) for code in criterion.case_codes},
            }
            for criterion in it.criteria
        },
    }


def _precedents(sheets: Iterable[OwnSheet], user: User) -> dict[str, dict[str, Any]]:
    """By set and criterion what its page shows beside it."""
    sets = {sheet.item.assessment.published for sheet in sheets}
    found = precedents_by_set(sets, reader=user)
    return {name: {code: asdict(it) for code, it in by_code.items()} for name, by_code in found.items()}


def _product(
    sheet: OwnSheet,
    links: Iterable[EvidenceLink],
    given: dict[int, Levels],
    papers: dict[int, EvidencePaper],
    rules: CouncilRules,
) -> dict[str, Any]:
    assessment = sheet.item.assessment
    claims = given.get(assessment.dossier_id, {})
    dossier, product = assessment.dossier, assessment.dossier.product
    evidence: dict[str, list[list[int]]] = {}
    for link in links:
        if link.dossier_id == dossier.pk and link.paper_id in papers:
            first = 0 if papers[link.paper_id].file.is_clip else 1
            evidence.setdefault(link.criterion, []).append([link.paper_id, link.page or first])
    return {
        "id": assessment.pk,
        "name": str(product),
        "producer": str(product.producer),
        "code": dossier.code,
        "set": assessment.published.code,
        "claims": {code: _claim(level) for code, level in claims.items() if level.get("p") is not None},
        "notes": _notes(criteria_set(assessment.published.code), claims, rules),
        "evidence": evidence,
    }


def _notes(of_set: CriteriaSet, claims: Levels, rules: CouncilRules) -> dict[str, dict[str, str]]:
    """By criterion and the radio's value why a word is asked for, where it is."""
    by_level = {it.code: words_by_level(rules, it, claims) for it in of_set.criteria}
    return {code: {value: words for value, words in it.items() if words} for code, it in by_level.items()}


def _self_scores(sheets: Iterable[OwnSheet]) -> dict[int, Levels]:
    """What each producer gave herself, by dossier."""
    own = SelfScore.objects.filter(dossier__in=[sheet.item.assessment.dossier_id for sheet in sheets])
    return {score.dossier_id: score.levels for score in own}


def _claim(level: Level) -> dict[str, Any]:
    value = f"{level['case']}:{level['p']}" if level.get("case") else str(level["p"])
    return {"points": level["p"], "value": value, "text": level.get("why", "")}


def _links(sheets: Iterable[OwnSheet]) -> list[EvidenceLink]:
    dossiers = [sheet.item.assessment.dossier_id for sheet in sheets]
    return list(EvidenceLink.objects.filter(dossier__in=dossiers).order_by("-criterion", "pk"))


def _papers(links: Iterable[EvidenceLink], user: User) -> dict[int, EvidencePaper]:
    """The papers behind the links that this reader may see, as far as they are pages or clips."""
    keys = {link.paper_id for link in links}
    found = EvidencePaper.objects.visible_to(user).filter(pk__in=keys).select_related("file")
    return {paper.pk: paper for paper in found if has_pages(paper.file) or paper.file.is_clip}


def _paper(paper: EvidencePaper) -> dict[str, Any]:
    """A clip has seconds instead of pages; its bytes are fetched only where the member wants them."""
    told = {"title": paper.title, "pages": page_count(paper.file)}
    return told | {"seconds": paper.file.seconds or 0} if paper.file.is_clip else told
