"""The law of this installation: the one door to it. Who asks the bare catalogue misses the operator's own files."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.regulations import Catalog, CriteriaSet, Regime, catalog


def law() -> Catalog:
    """Read once a process, with the files of OCOP_REGULATIONS_DIR beside ours."""
    return catalog(Path(settings.REGULATIONS_DIR)) if settings.REGULATIONS_DIR else catalog()


def regime(code: str) -> Regime:
    return law().regime(code)


def criteria_set(code: str) -> CriteriaSet:
    return law().criteria_set(code)


def set_name(code: str) -> str:
    """The name of a criteria set, "" where it is not loaded."""
    found = law().sets.get(code)
    return found.name if found else ""


def regime_on(on: dt.date) -> Regime:
    """The regime of a dossier filed that day; ValidationError before the first."""
    found = law().regime_on(on)
    if found is None:
        raise ValidationError(_("Ngày này chưa có quyết định nào về đánh giá, phân hạng có hiệu lực."))
    return found
