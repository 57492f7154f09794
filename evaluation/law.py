"""The law as this installation has loaded it, an operator's own files included."""

from pathlib import Path

from django.conf import settings

from ocop.regulations import Catalog, CriteriaSet, Regime, catalog


def law() -> Catalog:
    """Read once a process."""
    return catalog(Path(settings.REGULATIONS_DIR)) if settings.REGULATIONS_DIR else catalog()


def regime(code: str) -> Regime:
    return law().regime(code)


def criteria_set(code: str) -> CriteriaSet:
    return law().criteria_set(code)
