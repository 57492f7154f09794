"""The council's page on the device."""

from typing import Any

from evaluation.ballots.opinions import LONGEST
from evaluation.offline.words import words
from ocop.device.shell import Shell
from products.models.confirmation import LOOK

MODULES = (
    "app", "door", "keys", "law", "line", "login", "opinion", "page", "queue", "sender", "server", "sheet", "store", "sync", "vault",
)  # fmt: skip
# The components that the scripts copy, drawn once with places where the values go.
PARTS = {
    "icons": ["todo", "done", "gate"],
    "stars": range(6),
    "looks": list(LOOK.values()),
    "tally": {"total": "{total}", "most": "{most}", "stars": 0, "parts": [{"percent": 0}], "why": ["–"]},
    "gate": {"have": "{have}", "star": "{star}", "least": "{least}"},
}


def _told() -> dict[str, Any]:
    return {"words": words(), **PARTS, "most": LONGEST}


SHELL = Shell(
    "evaluation/offline/shell.html",
    MODULES,
    address="evaluation:offline_shell",
    back="evaluation:offline_back",
    told=_told,
)
