"""Who takes which step: one table for the page and the API action of every workflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.certificate import CERTIFICATE
from evaluation.workflow.council import COUNCIL as COUNCIL_STEPS
from evaluation.workflow.decision import DECISION
from evaluation.workflow.hand_over import ARRIVAL, HAND_OVER
from evaluation.workflow.legacy import LEGACY_IMPORT
from evaluation.workflow.meeting import MEETING
from evaluation.workflow.question import QUESTION
from ocop.papers.workflow import PAPER
from ocop.workflow import Workflow
from plans.workflow import PLAN
from products.workflow import CLAIM, CORRECTION, DOSSIER, EXTRA_TEST, IDEA_ITSELF, POTENTIAL_IMPORT, SURVEY
from products.workflow import PRODUCER as PRODUCER_STEPS
from tests.access.cast import (
    ADVISOR,
    AUTHORITY,
    CAST,
    CHAIR,
    CLAIMANT,
    COMMUNE,
    COUNCIL,
    LEADER,
    LEADING,
    OFFICER,
    OFFICERS,
    PRODUCER,
    READ_CERTIFICATES,
    READ_PRODUCTS,
    READ_THE_DOSSIER,
    SECRETARY,
)
from tests.access.rows import Row, may

NOBODY: frozenset[str] = frozenset()
MEMBER = frozenset(["member"])
MIGHTY = ("officer", "leader", "chair", "secretary", "tenant_admin")  # who could at all take what nobody may


@dataclass(frozen=True)
class Steps:
    """`may` by step; None is a step that another object's step takes, which is offered to nobody."""

    workflow: Workflow
    thing: str
    page: str  # the address of the page, "" where there is none
    api: str
    sees: frozenset[str]
    may: dict[str, frozenset[str] | None]
    api_sees: frozenset[str] | None = None  # where the API shows it to fewer

    def pages(self) -> Iterator[Row]:
        yield from self._rows(self.page, self.sees, get=True) if self.page else ()

    def actions(self) -> Iterator[Row]:
        yield from self._rows(f"{self.api}-take-step", self.sees if self.api_sees is None else self.api_sees)

    def _rows(self, address: str, sees: frozenset[str], *, get: bool = False) -> Iterator[Row]:
        for name, people in self.may.items():
            answer = may() if people is None else may(people & sees, sees=sees)
            who = MIGHTY if people is None else CAST
            yield Row(
                f"{address} {name}",
                self.thing,
                {"name": name},
                get=answer if get else None,
                post=answer,
                who=who,
            )


STEPS = [
    Steps(PLAN, "plan_draft", "plans:step", "plans", AUTHORITY, {"issue": LEADER, "close": OFFICERS}),
    Steps(
        PRODUCER_STEPS, "producer", "products:producer_step", "producers", READ_PRODUCTS,
        {"approve": COMMUNE | OFFICERS, "refuse": COMMUNE | OFFICERS},
    ),
    Steps(
        DOSSIER, "dossier", "products:dossier_step", "dossiers", READ_THE_DOSSIER,
        {
            "submit": PRODUCER | COMMUNE, "resubmit": PRODUCER | COMMUNE, "answer_return": PRODUCER | COMMUNE,
            "withdraw": PRODUCER, "ask_supplement": COMMUNE, "report": COMMUNE, "forward": COMMUNE,
            "return": ADVISOR | OFFICERS, "accept": OFFICERS, "take_back_report": COMMUNE, "recognise": None, "not_recognise": None,
            "complete": None, "lapse": None,
        },
    ),
    Steps(
        EXTRA_TEST, "extra_test", "products:extra_test_step", "extra-tests", READ_THE_DOSSIER,
        {"bring": None, "accept": ADVISOR | OFFICER, "refuse": ADVISOR | OFFICER, "withdraw": ADVISOR | OFFICER},
    ),
    Steps(
        SURVEY, "survey_open", "products:survey_step", "surveys", ADVISOR | OFFICER,
        {"sign": ADVISOR | OFFICER, "reopen": ADVISOR | OFFICER, "cancel": ADVISOR | OFFICER},
    ),
    Steps(
        ASSESSMENT, "assessment", "evaluation:assessment_step", "assessments",
        ADVISOR | OFFICER | LEADER | LEADING | MEMBER,
        {
            "check": ADVISOR | OFFICER, "recheck": ADVISOR | OFFICER, "conclude": CHAIR, "schedule": None,
            "unschedule": None, "decide": None, "hand_up": None, "answer": None, "reconsider": CHAIR, "review": ADVISOR | OFFICER,
            "complete": ADVISOR | OFFICER, "resend": OFFICER | LEADER, "close": None,
        },
    ),
    Steps(
        COUNCIL_STEPS, "council", "evaluation:council_step", "councils", AUTHORITY | COUNCIL,
        {"establish": LEADER, "end": LEADER},
    ),
    Steps(
        MEETING, "meeting", "evaluation:meeting_step", "meetings", AUTHORITY | COUNCIL,
        {"invite": OFFICERS | SECRETARY, "open": CHAIR, "conclude": CHAIR, "reopen": CHAIR, "ask": None},
    ),
    Steps(  # its points are the holder's until the meeting is over; the chair reopens it without seeing them
        BALLOT, "ballot", "evaluation:ballot_step", "ballots", MEMBER | LEADING | OFFICER | LEADER,
        {"seal": MEMBER, "abstain": MEMBER, "reopen": CHAIR}, api_sees=MEMBER,
    ),
    Steps(DECISION, "decision_draft", "evaluation:decision_step", "decisions", AUTHORITY, {"issue": LEADER}),
    Steps(
        HAND_OVER, "hand_over", "evaluation:hand_over_step", "hand-overs", AUTHORITY,
        {"send": AUTHORITY, "answer": AUTHORITY, "take_answer": None, "take_refusal": None},
    ),
    Steps(
        ARRIVAL, "arrival", "evaluation:arrival_step", "arrivals", ADVISOR | AUTHORITY,
        {"receive": ADVISOR | OFFICERS, "refuse": AUTHORITY, "answer": None},
    ),
    Steps(
        QUESTION, "question", "evaluation:question_step", "questions", PRODUCER | OFFICER | LEADING | MEMBER,
        {"pass_on": OFFICER | SECRETARY, "answer": OFFICER | SECRETARY, "reply": PRODUCER},
    ),
    Steps(
        IDEA_ITSELF, "idea", "products:idea_step", "ideas", READ_PRODUCTS,
        {"choose": COMMUNE | OFFICERS, "decline": COMMUNE | OFFICERS, "reconsider": COMMUNE | OFFICERS,
         "make_product": COMMUNE | PRODUCER | OFFICERS, "carry": COMMUNE | PRODUCER | OFFICERS, "withdraw": COMMUNE | PRODUCER},
    ),
    Steps(POTENTIAL_IMPORT, "survey", "", "potential-imports", COMMUNE | OFFICERS, {"commit": COMMUNE | OFFICERS}),
    Steps(CLAIM, "claim", "products:claim_step", "claims", CLAIMANT | COMMUNE | OFFICERS,
          {"approve": COMMUNE | OFFICERS, "refuse": COMMUNE | OFFICERS}),
    Steps(CORRECTION, "correction", "products:correction_step", "corrections", PRODUCER | COMMUNE | OFFICERS,
          {"correct": COMMUNE | OFFICERS, "refuse": COMMUNE | OFFICERS, "withdraw": PRODUCER}),
    Steps(
        CERTIFICATE, "certificate", "evaluation:certificate_step", "certificates", READ_CERTIFICATES,
        {"revoke": LEADER, "record_revocation": AUTHORITY, "extend": LEADER, "replace": None},
    ),
    Steps(LEGACY_IMPORT, "import", "", "legacy-imports", OFFICERS, {"commit": OFFICERS}),
    Steps(
        PAPER, "report", "papers:step", "papers", COMMUNE | ADVISOR | OFFICER | LEADER,
        {"number": COMMUNE | OFFICER | LEADER, "attach_signed": COMMUNE | OFFICER | LEADER, "cancel": None},
    ),
]  # fmt: skip
