"""The plan's makers, for what is counted against it."""

from tests.plans.conftest import issue, make_plan

__all__ = ["issue", "make_plan"]
