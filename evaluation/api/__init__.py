"""The API of evaluation: council and scoring, decision and certificate."""

from evaluation.api.council import ROUTES as COUNCIL
from evaluation.api.decision import ROUTES as DECISION

ROUTES: list[tuple[str, type]] = [*COUNCIL, *DECISION]
