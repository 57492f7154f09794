"""`python -m ocop.regulations [QD26-01 …]` checks all data and prints sets to read beside the gazette."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from .catalog import load_catalog
from .sentences import RegulationsError
from .sets import CriteriaSet, Criterion, Level


def lines_of(it: CriteriaSet) -> Iterator[str]:
    """The sheet as Annex II lays it out, with its star marks and shared entries filled in."""
    yield f"{it.code}  {it.name}  ({it.regime.decision})"
    yield f"Nhóm: {it.category.name}; {it.group or ''}; {it.sub_group or ''}. {', '.join(it.ministries)}"
    yield f"Sản phẩm mẫu: {it.sample_units}"
    yield from (f"Loại hồ sơ: {rejection.text}" for rejection in it.rejections)
    for part in it.parts:
        yield f"\nPHẦN {part.code}. {part.name} ({part.points})"
        for section in part.sections:
            yield f"\n  {section.code}. {section.name} ({section.points})"
            yield from (f"    ! {knock_out.text}" for knock_out in section.knock_outs)
            for criterion in section.criteria:
                yield from _criterion(criterion)
    yield from (f"\nGhi nhận ở nguồn: {anomaly}" for anomaly in it.anomalies)
    yield from (f"\nVề quyết định: {note}" for note in it.regime.notes)
    yield from (f"\nCòn nghi vấn: {doubt}" for doubt in it.doubts)


def _criterion(it: Criterion) -> Iterator[str]:
    yield f"    {it.code} {it.name} ({it.points})"
    yield from (f"        ({note})" for note in it.notes)
    yield from (f"        ! {knock_out.text}" for knock_out in it.knock_outs)
    yield from map(_level, it.levels)
    for case in it.cases:
        yield f"        {case.code}) {case.name}"
        yield from map(_level, case.levels)


def _level(it: Level) -> str:
    return f"        [{it.points}] {it.label} {'*' * (it.star or 0)}".rstrip()


def main(codes: list[str]) -> int:
    try:
        catalog = load_catalog()
    except RegulationsError as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    for code in codes:
        sys.stdout.writelines(f"{line}\n" for line in lines_of(catalog.criteria_set(code)))
    if not codes:
        for it in catalog.sets.values():
            sys.stdout.write(f"{it.code}  {len(it.criteria)} tiêu chí  {it.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
