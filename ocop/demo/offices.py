"""Departments of the province, and what their officers said of papers."""

from collections.abc import Iterable, Mapping
from typing import Any

from ocop.demo.clock import Days
from ocop.demo.people import REFORM, Cast
from ocop.orgs.models import OrgUnit, UnitKind
from products.models import EvidencePaper
from products.vault.confirming import confirm


def make_departments(names: Iterable[str], root: OrgUnit) -> None:
    for name in names:
        OrgUnit.objects.create(name=name, kind=UnitKind.DEPARTMENT, parent=root, opened_on=REFORM)


def make_confirmations(given: Iterable[Mapping[str, Any]], cast: Cast, days: Days) -> None:
    for one in given:
        papers = EvidencePaper.objects.filter(
            kind=one["kind"], links__dossier__product__name=one["product"], withdrawn_at=None
        )
        paper = papers.order_by("-pk")[0]
        confirm(
            paper, one["verdict"], note=one.get("note", ""), revision=paper.revision, seen=None,
            by=cast.named(one["by"]), at=days.at(one["day"]),
        )  # fmt: skip
