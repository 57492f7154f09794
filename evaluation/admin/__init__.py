"""Evaluation in the tenant's admin: to look up. Ballots, results and what is certified change by their own steps only."""

from evaluation.admin import assessments, councils, decisions, published  # noqa: F401, registered by being imported
