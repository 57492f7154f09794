"""The law that is loaded: regimes and their sets, ours and those of an operator's directories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .adding_up import faults_of_regime, faults_of_set
from .confirming import read_confirmations
from .reading import BAD, load_yaml, read
from .regimes import Regime
from .sentences import RegulationsError, Sentence
from .sentences import sentence as _
from .set_files import read_library, read_sets
from .set_shapes import Library
from .sets import CriteriaSet
from .wording import read_wordings

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Catalog:
    """Regimes by code and sets by code; published sets of old versions stay findable for ever."""

    regimes: Mapping[str, Regime]
    sets: Mapping[str, CriteriaSet]

    def regime(self, code: str) -> Regime:
        return self.regimes[code]

    def criteria_set(self, code: str) -> CriteriaSet:
        return self.sets[code]

    def regime_on(self, filed_on: date) -> Regime | None:
        """The regime under which a dossier filed on that day is judged, for ever."""
        for regime in self.regimes.values():
            if regime.files_from <= filed_on and (
                regime.files_until is None or filed_on <= regime.files_until
            ):
                return regime
        return None

    def sets_of(self, regime: str) -> tuple[CriteriaSet, ...]:
        """The newest version of each set of a regime, in the order of the annex."""
        owner = self.regimes[regime].sets_of or regime
        newest: dict[int, CriteriaSet] = {}
        for it in sorted(self.sets.values(), key=lambda it: (it.set_no, it.version)):
            if it.regime.code == owner:
                newest[it.set_no] = it
        return tuple(newest.values())

    def counterpart(self, it: CriteriaSet, regime: str) -> CriteriaSet | None:
        """The one set of that regime for the same products; None where it has none or several."""
        sets = self.sets_of(regime)
        own = [one for one in sets if one.code == it.code]
        same = own or [one for one in sets if one.lasting_no == it.lasting_no is not None]
        return same[0] if len(same) == 1 else None


def load_catalog(*extra: Path) -> Catalog:
    """Our data and an operator's directories by the same door; raises `RegulationsError` with all faults."""
    own = ours()
    loading = _Loading(dict(own.regimes), dict(own.sets), dict(own.rooms))
    for root in extra:
        loading.take(root)
    loading.close()
    return Catalog(loading.regimes, loading.sets)


@lru_cache(maxsize=4)
def catalog(*extra: Path) -> Catalog:
    """`load_catalog`, read once a process."""
    return load_catalog(*extra)


class Ours(NamedTuple):
    """What this package brings; `rooms` are regime and library by the name of their folder."""

    regimes: Mapping[str, Regime]
    sets: Mapping[str, CriteriaSet]
    rooms: Mapping[str, tuple[Regime, Library]]


@lru_cache(maxsize=1)
def ours() -> Ours:
    """Our own data, read once a process."""
    loading = _Loading({}, {}, {})
    loading.take(DATA)
    loading.close()
    return Ours(loading.regimes, loading.sets, loading.rooms)


@dataclass
class _Loading:
    """What has been read so far; `rooms` are the folders' regimes and libraries by folder name."""

    regimes: dict[str, Regime]
    sets: dict[str, CriteriaSet]
    rooms: dict[str, tuple[Regime, Library]]
    faults: list[Sentence] = field(default_factory=list)

    def take(self, root: Path) -> None:
        if not root.is_dir():
            self.faults.append(_("%(path)s: không có thư mục này", path=root))
            return
        for folder in sorted(it for it in root.iterdir() if it.is_dir()):
            self._take_regimes(folder)
            if folder.name not in self.rooms:
                self.faults.append(_("%(folder)s: không có regime.yaml", folder=folder.name))
                continue
            regime, shared = self.rooms[folder.name]
            library = read_library(folder, shared, self.faults)
            self.rooms[folder.name] = (regime, library)
            self._take_sets(read_sets(folder, regime, library, self.faults))
            read_confirmations(folder, self.sets, self.faults)
            read_wordings(folder, self.sets, self.faults)

    def close(self) -> None:
        if self.faults:
            raise RegulationsError(self.faults)

    def _take_regimes(self, folder: Path) -> None:
        """`regime.yaml` opens the folder; `regime-….yaml` beside it is that law amended, with the same sets."""
        for path in sorted(folder.glob("regime*.yaml")):
            data = load_yaml(path, self.faults)
            where = f"{folder.name}/{path.stem}"
            regime = None if data is BAD else read(Regime, _inherited(data, path), where, self.faults)
            if regime is None:
                continue
            if regime.code in self.regimes:
                self.faults.append(_("%(file)s: chế độ %(code)s đã có", file=path.name, code=regime.code))
                continue
            self.faults.extend(faults_of_regime(regime))
            self.regimes[regime.code] = regime
            if path.stem == "regime":
                self.rooms[folder.name] = (regime, Library())

    def _take_sets(self, new: Iterable[CriteriaSet]) -> None:
        for it in new:
            if it.code in self.sets:
                self.faults.append(_("bộ %(code)s đã có; bản đính chính mang mã mới", code=it.code))
                continue
            self.faults.extend(faults_of_set(it))
            self.sets[it.code] = it


def _inherited(data: object, path: Path) -> object:
    """An amended regime says only what changed; the rest is the regime beside it."""
    if path.stem == "regime" or not isinstance(data, dict):
        return data
    base = load_yaml(path.with_name("regime.yaml"), [])
    return {**base, **data} if isinstance(base, dict) else data
