"""The official wording over ours: a document of the export's shape whose figures are the set's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .documents import figures, figures_of
from .reading import BAD, load_yaml
from .sentences import Sentence
from .sentences import sentence as _
from .sets import Case, CriteriaSet, Criterion, KnockOut, Level, Part, Section


def read_wordings(folder: Path, sets: dict[str, CriteriaSet], faults: list[Sentence]) -> None:
    """Lays every document of `folder`/wording (YAML, or JSON which is YAML too) over the set it names."""
    for path in sorted((folder / "wording").glob("*")):
        read_wording(path, sets, faults)


def read_wording(path: Path, sets: dict[str, CriteriaSet], faults: list[Sentence]) -> None:
    """The same of one file."""
    data = load_yaml(path, faults)
    if data is BAD:
        return
    for document in data if isinstance(data, list) else [data]:
        code = document.get("code") if isinstance(document, dict) else None
        if code not in sets:
            faults.append(_("%(file)s: không có bộ %(code)s để đặt lời văn", file=path.name, code=code))
            continue
        try:
            sets[code] = with_wording(sets[code], document)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(_("%(file)s: %(code)s: %(why)s", file=path.name, code=code, why=error))


def with_wording(it: CriteriaSet, document: Mapping[str, Any]) -> CriteriaSet:
    """The same set in the document's words; raises `ValueError` when a figure differs."""
    if figures_of(document) != figures(it):
        raise ValueError(_("số liệu khác với bộ đã nạp, chỉ lời văn được phép khác"))
    pairs = zip(it.parts, document["parts"], strict=True)
    return replace(it, parts=tuple(_part(part, words) for part, words in pairs), official_wording=True)


def _part(it: Part, words: Mapping[str, Any]) -> Part:
    sections = zip(it.sections, words["sections"], strict=True)
    return replace(
        it, name=words["name_vi"], sections=tuple(_section(section, said) for section, said in sections)
    )


def _section(it: Section, words: Mapping[str, Any]) -> Section:
    return replace(
        it,
        name=words["name_vi"],
        notes=tuple(words.get("notes_vi") or ()),
        knock_outs=_knock_outs(it.knock_outs, words),
        groups=tuple(
            replace(group, name=said["name_vi"])
            for group, said in zip(it.groups, words.get("groups") or (), strict=True)
        ),
        criteria=tuple(
            _criterion(one, said) for one, said in zip(it.criteria, words["criteria"], strict=True)
        ),
    )


def _criterion(it: Criterion, words: Mapping[str, Any]) -> Criterion:
    return replace(
        it,
        name=words["name_vi"],
        notes=tuple(words.get("notes_vi") or ()),
        knock_outs=_knock_outs(it.knock_outs, words),
        levels=_levels(it.levels, words.get("levels") or ()),
        cases=tuple(_case(case, said) for case, said in zip(it.cases, words.get("cases") or (), strict=True)),
    )


def _case(it: Case, words: Mapping[str, Any]) -> Case:
    return replace(it, name=words["name_vi"], levels=_levels(it.levels, words["levels"]))


def _levels(levels: tuple[Level, ...], words: Iterable[Mapping[str, Any]]) -> tuple[Level, ...]:
    return tuple(replace(level, label=said["label_vi"]) for level, said in zip(levels, words, strict=True))


def _knock_outs(held: tuple[KnockOut, ...], words: Mapping[str, Any]) -> tuple[KnockOut, ...]:
    said = words.get("knockout_vi") or ()
    return tuple(replace(it, text=text) for it, text in zip(held, said, strict=True))
