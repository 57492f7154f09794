from plans.models.plan import Plan, PlanState, Target
from plans.models.round import Round

__all__ = ["Plan", "PlanState", "Round", "Target"]
