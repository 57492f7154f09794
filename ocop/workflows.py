"""Every workflow of the product, and the page that prints their tables."""

from collections.abc import Iterator

from django.utils import translation

from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.certificate import CERTIFICATE
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.decision import DECISION
from evaluation.workflow.hand_over import ARRIVAL, HAND_OVER
from evaluation.workflow.legacy import LEGACY_IMPORT
from evaluation.workflow.meeting import MEETING
from evaluation.workflow.question import QUESTION
from ocop.orgs.roles import ROLES, roles_with
from ocop.papers.workflow import PAPER
from ocop.workflow import Step, Workflow
from plans.workflow import PLAN
from products.workflow.claim import CLAIM
from products.workflow.correction import CORRECTION
from products.workflow.dossier import DOSSIER
from products.workflow.extra_test import EXTRA_TEST
from products.workflow.idea import IDEA
from products.workflow.potential import POTENTIAL_IMPORT
from products.workflow.producer import PRODUCER
from products.workflow.survey import SURVEY

WORKFLOWS: dict[str, Workflow] = {
    "Plan": PLAN,
    "Producer": PRODUCER,
    "Claim": CLAIM,
    "Correction": CORRECTION,
    "Idea": IDEA,
    "PotentialImport": POTENTIAL_IMPORT,
    "Dossier": DOSSIER,
    "ExtraTest": EXTRA_TEST,
    "Survey": SURVEY,
    "Assessment": ASSESSMENT,
    "Council": COUNCIL,
    "Meeting": MEETING,
    "Ballot": BALLOT,
    "Question": QUESTION,
    "Decision": DECISION,
    "HandOver": HAND_OVER,
    "Arrival": ARRIVAL,
    "Certificate": CERTIFICATE,
    "LegacyImport": LEGACY_IMPORT,
    "Paper": PAPER,
}


def as_markdown() -> str:
    """docs/workflows.md: one table a workflow, in Vietnamese words as people see them."""
    with translation.override("vi"):
        return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Workflows"
    yield ""
    yield "Printed from the tables by `manage.py workflows`; a test says when this page is behind them."
    for name, workflow in WORKFLOWS.items():
        yield from ("", f"## {name}: {workflow.title}", "")
        yield "| step | in words | from | to | who | asks | cannot be undone |"
        yield "|---|---|---|---|---|---|---|"
        for key, step in workflow.items():
            yield f"| {' | '.join(_cells(key, step))} |"
    yield ""


def _cells(key: str, step: Step) -> tuple[str, ...]:
    roles = [str(ROLES[role].label) for role in ROLES if role in roles_with(step.perm)]
    return (
        f"`{key}`",
        str(step.label),
        ", ".join(sorted(str(source) for source in step.sources)),
        str(step.target),
        ", ".join(roles) or f"`{step.perm}`",
        ", ".join(
            f"{wanted.label}{'' if wanted.required else ' (không bắt buộc)'}" for wanted in step.inputs
        ),
        "×" if step.is_final else "",
    )
