"""From files to criteria sets: shared entries are looked up, stars at a label's end become gates."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path

from .reading import BAD, load_yaml, read
from .regimes import Regime
from .sentences import Sentence
from .sentences import sentence as _
from .set_shapes import Library, RawCriterion, RawSection, RawSet
from .sets import Case, CriteriaSet, Criterion, KnockOut, Level, Part, Rejection, Section

_SAYABLE = tuple(it.name for it in fields(RawCriterion) if it.name not in ("like", "but", "levels"))
_MARKED = re.compile(r"^(?P<label>.*?)(?:\s+(?P<marks>\*{3,5}))?$", re.DOTALL)


def read_library(folder: Path, shared: Library, faults: list[Sentence]) -> Library:
    """`shared` and the files of `folder`/criteria together; a key is written once."""
    whole = Library(
        dict(shared.sections), dict(shared.criteria), dict(shared.knock_outs), dict(shared.rejections)
    )
    for path in sorted((folder / "criteria").glob("*.yaml")):
        data = load_yaml(path, faults)
        part = None if data is BAD else read(Library, data, path.stem, faults)
        if part is None:
            continue
        for room in ("sections", "criteria", "knock_outs", "rejections"):
            held, new = getattr(whole, room), getattr(part, room)
            twice = sorted(held.keys() & new.keys())
            faults.extend(_("%(file)s: “%(key)s” đã có ở tệp khác", file=path.name, key=key) for key in twice)
            held.update(new)
    return whole


def read_sets(folder: Path, regime: Regime, library: Library, faults: list[Sentence]) -> list[CriteriaSet]:
    """Every set of `folder`/sets that could be read; whether it adds up is another question."""
    read_ones = (read_set(path, regime, library, faults) for path in sorted((folder / "sets").glob("*.yaml")))
    return [it for it in read_ones if it is not None]


def read_set(path: Path, regime: Regime, library: Library, faults: list[Sentence]) -> CriteriaSet | None:
    """The set of one file, or `None` with every reason in `faults`."""
    data = load_yaml(path, faults)
    raw = None if data is BAD else read(RawSet, data, path.stem, faults)
    if raw is None:
        return None
    builder = _Builder(raw, regime, library, [])
    built = builder.build()
    faults.extend(builder.faults)
    return None if builder.faults else built


@dataclass
class _Builder:
    raw: RawSet
    regime: Regime
    library: Library
    faults: list[Sentence]

    def build(self) -> CriteriaSet:
        raw, regime = self.raw, self.regime
        self._known("ministries", raw.ministries, dict(regime.ministries))
        self._known("category", (raw.category,), [it.code for it in regime.categories])
        self._known("parts", tuple(raw.parts), [it.code for it in regime.parts])
        parts = tuple(
            Part(
                rule.code,
                rule.name,
                rule.points,
                tuple(self._section(it) for it in raw.parts.get(rule.code, ())),
            )
            for rule in regime.parts
        )
        return CriteriaSet(
            code=raw.code,
            set_no=raw.set_no,
            version=raw.version,
            name=raw.name,
            category=next((it for it in regime.categories if it.code == raw.category), regime.categories[0]),
            group=raw.group,
            sub_group=raw.sub_group,
            ministries=tuple(dict(regime.ministries).get(it, it) for it in raw.ministries),
            sample_units=raw.sample_units,
            parts=parts,
            rejections=self._rejections(),
            anomalies=raw.anomalies,
            doubtful=raw.doubtful,
            regime=regime,
        )

    def _fault(self, where: str | None, text: Sentence) -> None:
        self.faults.append(_("%(set)s %(where)s: %(text)s", set=self.raw.code, where=where or "?", text=text))

    def _known(self, where: str, keys: tuple[str, ...], known: object) -> None:
        for key in keys:
            if key not in known:  # type: ignore[operator]
                self._fault(where, _("không có “%(key)s”", key=key))

    def _rejections(self) -> tuple[Rejection, ...]:
        held = self.library.rejections
        self._known("rejected_if", self.raw.rejected_if, held)
        return tuple(
            Rejection(it, held[it].text, held[it].evidence) for it in self.raw.rejected_if if it in held
        )

    def _knock_outs(self, keys: tuple[str, ...], where: str | None) -> tuple[KnockOut, ...]:
        held = self.library.knock_outs
        self._known(where or "?", keys, held)
        return tuple(KnockOut(it, held[it].text, held[it].zero_of) for it in keys if it in held)

    def _section(self, raw: RawSection) -> Section:
        if raw.criteria is None:
            only = self._criterion(raw)
            return Section(only.code, only.name, only.points, (only,))
        name = raw.name or self.library.sections.get(raw.like or "")
        if not name:
            self._fault(raw.code, _("phần này không có tên, hoặc “%(key)s” không có", key=raw.like))
        return Section(
            code=raw.code or "?",
            name=name or "?",
            points=raw.points if raw.points is not None else -1,
            criteria=tuple(self._criterion(it) for it in raw.criteria),
            groups=raw.groups,
            notes=raw.notes or (),
            knock_outs=self._knock_outs(raw.knock_outs or (), raw.code),
        )

    def _criterion(self, raw: RawCriterion) -> Criterion:
        full = self._filled(raw, ())
        for key in ("code", "points", "name"):
            if getattr(full, key) is None:
                self._fault(full.code, _("tiêu chí thiếu “%(key)s”", key=key))
        if full.levels and full.cases:
            self._fault(full.code, _("vừa có mức điểm vừa có trường hợp"))
        return Criterion(
            code=full.code or "?",
            name=full.name or "?",
            points=full.points if full.points is not None else -1,
            levels=self._levels(full.levels or (), full.code),
            cases=tuple(
                Case(it.code, it.name, self._levels(it.levels, full.code)) for it in full.cases or ()
            ),
            notes=full.notes or (),
            knock_outs=self._knock_outs(full.knock_outs or (), full.code),
            evidence=full.evidence or (),
            group=full.group,
            derived=bool(full.derived),
            star_on_title=full.star_on_title,
        )

    def _filled(self, raw: RawCriterion, seen: tuple[str, ...]) -> RawCriterion:
        """`raw` with everything it does not say taken from the entry it is like."""
        if raw.like is None:
            return raw
        if raw.like not in self.library.criteria or raw.like in seen:
            self._fault(raw.code, _("thư viện không có “%(key)s”, hoặc dẫn vòng", key=raw.like))
            return raw
        base = self._filled(self.library.criteria[raw.like], (*seen, raw.like))
        levels = base.levels if raw.levels is None and raw.cases is None else raw.levels
        said = {key: getattr(raw, key) for key in _SAYABLE if getattr(raw, key) is not None}
        return replace(base, **said, like=None, but={}, levels=self._changed(levels, raw))

    def _changed(
        self, levels: tuple[dict[int, str], ...] | None, raw: RawCriterion
    ) -> tuple[dict[int, str], ...] | None:
        if not raw.but:
            return levels
        for points in raw.but:
            if sum(points in level for level in levels or ()) != 1:
                self._fault(raw.code, _("“but” đổi mức %(points)s điểm không có hoặc có hai", points=points))
        return tuple(
            {points: raw.but.get(points, label) for points, label in it.items()} for it in levels or ()
        )

    def _levels(self, raw: tuple[dict[int, str], ...], where: str | None) -> tuple[Level, ...]:
        levels = []
        for pair in raw:
            if len(pair) != 1:
                self._fault(where, _("mỗi dòng mức điểm là một cặp “điểm: mô tả”"))
                continue
            [(points, text)] = pair.items()
            found = _MARKED.match(text)
            label, marks = (found["label"], found["marks"]) if found else (text, None)
            if not label.strip() or "*" in label:
                self._fault(where, _("mô tả mức %(points)s điểm để trống hoặc sai dấu sao", points=points))
            levels.append(Level(points, label.strip(), len(marks) if marks else None))
        return tuple(levels)
