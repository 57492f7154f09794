"""The figures of our data against those taken from the decisions, and published sets that may never change."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from ocop.regulations import CriteriaSet, Criterion, catalog, digest, figures, set_document, with_wording

HERE = Path(__file__).parents[1] / "reference"
SETS = catalog().sets
NAME = re.compile(r"\b[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
WRITTEN_OUT = {"ATTP": "antoànthựcphẩm", "NTM": "nôngthônmới", "BVTV": "bảovệthựcvật", "SX": "sảnxuất"}
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
IN_A_NAME = re.compile(r"^(\d+\. *)+| *\d+ điểm$")  # a code or the points, printed into the name


@pytest.mark.parametrize("code", sorted(SETS))
def test_figures_equal_the_reference(code: str) -> None:
    assert figures(SETS[code]) == json.loads((HERE / f"{code}.json").read_text())


def test_every_reference_has_its_set() -> None:
    files = {path.stem for path in HERE.glob("QD*.json")}
    assert files == set(SETS)
    for prefix in ("QD1048", "QD148", "QD26"):
        assert {f"{prefix}-{number:02d}" for number in range(1, 27)} <= files


@pytest.mark.parametrize(
    ("regime", "criteria", "levels"),
    [("1048/2019", 782, 2806), ("148/2023", 795, 2632), ("148/2023-1489", 795, 2632), ("26/2026", 787, 2579)],
)
def test_counts_of_the_decisions(regime: str, criteria: int, levels: int) -> None:
    sets = catalog().sets_of(regime)
    assert [it.set_no for it in sets] == list(range(1, 27))
    assert sum(len(it.criteria) for it in sets) == criteria
    assert sum(len(scale) for s in sets for it in s.criteria for scale in it.scales) == levels


def test_the_sets_in_doubt_are_those_of_the_reference() -> None:
    """The transcript of these does not add up; every other set does, or it would not load."""
    assert {code: it.doubts for code, it in SETS.items() if it.doubts} == {
        "QD1048-19": ("C: các mục chép được cộng lại 38 điểm, phần C ghi 40; hai bản chép đều vậy",),
        "QD148-07": ("6d: bản chép có mức cao nhất 3 điểm, điểm tối đa của tiêu chí ghi 4",),
        "QD148-11": ("C: bản chép cộng lại được 32 điểm, phần C ghi 35",),
        "QD148-12": ("C: bản chép cộng lại được 32 điểm, phần C ghi 35",),
        "QD148-13": ("C: bản chép cộng lại được 33 điểm, phần C ghi 35",),
    }


def test_published_digests_never_change() -> None:
    """A change here means: not a change of the set but a new version under a new code."""
    frozen = json.loads((HERE / "digests.json").read_text())
    assert {code: digest(it) for code, it in SETS.items()} == frozen


def test_digest_sees_figures_and_not_words() -> None:
    it = SETS["QD26-01"]
    document = set_document(it)
    level = document["parts"][0]["sections"][0]["criteria"][0]["levels"][0]
    level["label_vi"] = "Lời khác"
    assert digest(with_wording(it, document)) == digest(it)
    level["points"] += 1
    with pytest.raises(ValueError, match="số liệu khác"):
        with_wording(it, document)
    first = it.criteria[0]
    gated = replace(first, levels=(replace(first.levels[0], star=3), *first.levels[1:]))
    assert digest(_with_first(it, gated)) != digest(it)


def _with_first(it: CriteriaSet, criterion: Criterion) -> CriteriaSet:
    part, section = it.parts[0], it.parts[0].sections[0]
    changed = replace(section, criteria=(criterion, *section.criteria[1:]))
    return replace(it, parts=(replace(part, sections=(changed, *part.sections[1:])), *it.parts[1:]))


# With the official texts at hand (one folder of YAML files a decision) every number of a label is in ours.

REFERENCE = os.environ.get("OCOP_REFERENCE_DIR")


def _documents() -> Iterator[dict[str, Any]]:
    for path in sorted(Path(REFERENCE or ".").glob("qd*/*.yaml")):
        code = f"{path.parent.name.split('-')[0].upper()}-{path.name[:2]}"
        if code in SETS:
            yield yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


def _texts(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for part in document["parts"]:
        for section in part["sections"]:
            for it in section["criteria"]:
                yield it["code"], IN_A_NAME.sub("", it["name_vi"])
                yield from _under(it, _of_the_whole(section))


def _of_the_whole(section: dict[str, Any]) -> list[str]:
    """Notes of a section that is itself its only criterion are that criterion's, wherever they are kept."""
    alone = [it["code"] for it in section["criteria"]] == [section["code"]]
    return (section.get("notes_vi") or []) if alone else []


def _under(it: dict[str, Any], of_the_whole: list[str]) -> Iterator[tuple[str, str]]:
    for number, note in enumerate([*of_the_whole, *(it.get("notes_vi") or ())]):
        yield f"{it['code']} note {number}", note
    for number, text in enumerate(it.get("knockout_vi") or ()):
        yield f"{it['code']} knock-out {number}", text
    for case in it.get("cases") or ({"code": "", "levels": it.get("levels") or ()},):
        for number, level in enumerate(case["levels"]):
            yield f"{it['code']}{case['code']} level {number}", level["label_vi"]


def _as_read(document: dict[str, Any]) -> dict[str, str]:
    """Our texts by place, each level under the name of its case, which may hold a condition of all its levels."""
    found = dict(_texts(document))
    for part in document["parts"]:
        for section in part["sections"]:
            for it in section["criteria"]:
                for case in it.get("cases") or ():
                    for number in range(len(case["levels"])):
                        where = f"{it['code']}{case['code']} level {number}"
                        found[where] = f"{case['name_vi']}: {found[where]}"
    return found


@pytest.mark.skipif(not REFERENCE, reason="OCOP_REFERENCE_DIR names no folder with the official texts")
def test_every_number_of_an_official_label_is_in_ours() -> None:
    lost = []
    documents = list(_documents())
    assert documents
    for document in documents:
        ours = _as_read(set_document(SETS[document["code"]]))
        official = dict(_texts(document))
        assert official.keys() <= ours.keys()
        # what an official name holds in brackets may be a note of ours
        assert all(" note " in where for where in ours.keys() - official.keys())
        for where, text in official.items():
            if _numbers(text) - _numbers(ours[where]):
                lost.append((document["code"], where, text, ours[where]))
    assert lost == []


@pytest.mark.skipif(not REFERENCE, reason="OCOP_REFERENCE_DIR names no folder with the official texts")
def test_every_standard_named_in_an_official_label_is_in_ours() -> None:
    """ISO, HACCP, VietGAP, TNHH …: an abbreviation in a level is a condition."""
    lost = []
    for document in _documents():
        ours = _as_read(set_document(SETS[document["code"]]))
        for where, text in _texts(document):
            said = re.sub(r"[ .]", "", ours[where]).lower()
            names = set() if text.isupper() else set(NAME.findall(text)) - {"OCOP"}
            lost += [
                (document["code"], where, it) for it in names if WRITTEN_OUT.get(it, it).lower() not in said
            ]
    assert lost == []


@pytest.mark.skipif(not REFERENCE, reason="OCOP_REFERENCE_DIR names no folder with the official texts")
def test_no_long_official_label_is_copied() -> None:
    copied = []
    for document in _documents():
        ours = dict(_texts(set_document(SETS[document["code"]])))
        for where, text in _texts(document):
            if len(text) > 40 and " level " in where and _plain(text) == _plain(ours[where]):
                copied.append((document["code"], where, text))
    assert copied == []


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w%]+", " ", text.casefold()).split())


def _numbers(text: str) -> Counter[str]:
    return Counter(it.replace(",", ".").lstrip("0") or "0" for it in NUMBER.findall(text))
