"""The API of evaluation: council and scoring, decision and certificate, packages between tiers."""

from evaluation.api.council import ROUTES as COUNCIL
from evaluation.api.decision import ROUTES as DECISION
from evaluation.api.hand_overs import ROUTES as HAND_OVERS

ROUTES: list[tuple[str, type]] = [*COUNCIL, *DECISION, *HAND_OVERS]
