"""An operator's word that a doubtful set is right as it stands: `confirmed.yaml` names the set and the paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .reading import BAD, load_yaml, read
from .sentences import Sentence
from .sentences import sentence as _
from .sets import CriteriaSet


def read_confirmations(folder: Path, sets: dict[str, CriteriaSet], faults: list[Sentence]) -> None:
    """Marks every set of `folder`/confirmed.yaml as confirmed; what is not in doubt needs no confirming."""
    path = folder / "confirmed.yaml"
    data = load_yaml(path, faults) if path.exists() else BAD
    papers = None if data is BAD else read(dict[str, str], data, f"{folder.name}/confirmed", faults)
    for code, paper in (papers or {}).items():
        if code not in sets or sets[code].is_settled:
            faults.append(
                _("%(folder)s/confirmed: bộ %(code)s không có gì nghi vấn", folder=folder.name, code=code)
            )
            continue
        sets[code] = replace(sets[code], confirmed_by=paper)
