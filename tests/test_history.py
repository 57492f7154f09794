"""Every deed that a page's history tells has words."""

import ast
from pathlib import Path

from django.conf import settings

from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.certificate import CERTIFICATE
from evaluation.workflow.council import COUNCIL
from evaluation.workflow.decision import DECISION
from evaluation.workflow.hand_over import ARRIVAL, HAND_OVER
from ocop.history import DEEDS
from ocop.papers.workflow import PAPER

TOLD = {"agenda": ASSESSMENT, "assessment": ASSESSMENT, "certificate": CERTIFICATE, "council": COUNCIL, "decision": DECISION,
        "handover": HAND_OVER, "arrival": ARRIVAL, "paper": PAPER}  # fmt: skip


def recorded() -> set[tuple[str, str]]:
    """(what, deed) of every `record("what.deed", …)` in the product."""
    files = [path for room in ("ocop", "evaluation") for path in Path(settings.BASE_DIR, room).rglob("*.py")]
    calls = [
        node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    ]
    named = [call.args[0] for call in calls if getattr(call.func, "id", "") == "record" and call.args]
    words = [it.value for it in named if isinstance(it, ast.Constant) and isinstance(it.value, str)]
    return {(what, deed) for what, _dot, deed in (word.partition(".") for word in words)}


def test_every_deed_on_a_page_has_words():
    told = {(what, deed) for what, deed in recorded() if what in TOLD}
    assert len(told) > 15
    assert {f"{what}.{deed}" for what, deed in told if deed not in DEEDS and deed not in TOLD[what]} == set()
