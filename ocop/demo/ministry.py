"""The ministry as a tenant of its own, and what the provinces sent it."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from evaluation.models import HandOver, HandOverState
from evaluation.workflow.hand_over import HAND_OVER
from ocop.demo.clock import Days, moment
from ocop.demo.people import Cast
from ocop.orgs.loading import create_ministry
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper, PaperState
from ocop.papers.workflow import PAPER
from ocop.tenancy.scope import tenant_scope
from plans.rounds import make_regular_rounds

DATA = Path(__file__).parent / "data" / "bo-nnmt.yaml"


def make_ministry(cast: Cast, days: Days) -> None:
    """Its people and its rounds; made first, so that what goes up has somewhere to arrive."""
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    tenant = create_ministry(data["slug"], data["name"])
    cast.tenant = tenant.name
    with tenant_scope(tenant.pk):
        root = OrgUnit.objects.get(parent=None)
        cast.officials(data["people"], root)
        officer = cast.named(next(one["username"] for one in data["people"] if one["role"] == "officer"))
        for year in (days.today.year, days.today.year + 1):
            make_regular_rounds(root, year, by=officer, on=days.today)


def send_prepared(on: dt.date, *, officer: User, signer: str) -> None:
    """Every package that waits: letter and minutes get their numbers, and it goes."""
    for hand_over in HandOver.objects.filter(state=HandOverState.PREPARED).select_related("letter"):
        for paper in (hand_over.assessment.result.meeting.minutes, hand_over.letter):
            if isinstance(paper, Paper) and paper.state == PaperState.DRAFT:
                PAPER.take("number", paper, by=officer, data={"dated_on": on, "signer_name": signer})
        HAND_OVER.take("send", hand_over, by=officer, data={"at": moment(on, 14)})
