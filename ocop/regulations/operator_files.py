"""An operator's directory or single file before it is used: does it add up beside ours, and what does it hold?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .adding_up import faults_of_set
from .catalog import DATA, Catalog, load_catalog, ours
from .documents import set_document
from .reading import BAD, load_yaml
from .regimes import Regime
from .sentences import RegulationsError, Sentence
from .sentences import sentence as _
from .set_files import read_library, read_set
from .set_shapes import Library
from .sets import CriteriaSet
from .wording import read_wording


def check(path: Path) -> tuple[str, ...]:
    """The codes of the sets that a directory or a file brings; raises `RegulationsError` with every fault."""
    if root := path if path.is_dir() else _whole(path):
        return tuple(code for code in _load(root).sets if _is_ours(root) or code not in ours().sets)
    faults: list[Sentence] = []
    data = _plain(path, faults)
    found = _worded(path, data, faults) if _is_wording(data) else _set(path, data, faults)
    _refuse(faults)
    return found


def sets_in(path: Path) -> tuple[CriteriaSet, ...]:
    """The sets that a draft file or directory brings, to try them; one may keep the code of the set it would correct."""
    if root := path if path.is_dir() else _whole(path):
        return tuple(it for it in _load(root).sets.values() if _is_ours(root) or it.code not in ours().sets)
    faults: list[Sentence] = []
    it = _read(path, _plain(path, faults), faults)
    if it is not None:
        faults.extend(faults_of_set(it))
    _refuse(faults)
    return (it,) if it is not None else ()


def documents_in(path: Path) -> list[dict[str, Any]]:
    """The sets of one file as the export prints them, whichever of the two shapes the file is written in."""
    faults: list[Sentence] = []
    data = _plain(path, faults)
    _refuse(faults)
    if _is_wording(data):
        return data if isinstance(data, list) else [data]
    if (root := _whole(path)) is not None:
        return [set_document(it) for it in _load(root).sets.values() if it.code == data.get("code")]
    it = _read(path, data, faults)
    _refuse(faults)
    return [set_document(it)] if it else []


def _refuse(faults: list[Sentence]) -> None:
    if faults:
        raise RegulationsError(faults)


def _is_ours(root: Path) -> bool:
    return root.resolve() == DATA.resolve()


def _load(root: Path) -> Catalog:
    return load_catalog() if _is_ours(root) else load_catalog(root)


def _whole(path: Path) -> Path | None:
    """The directory that a file must be read with: a regime, a library, anything beside a regime of its own."""
    if path.name.startswith("regime"):
        return path.resolve().parent.parent
    room = path.resolve().parent.parent
    is_part = path.resolve().parent.name == "criteria" or (room / "regime.yaml").is_file()
    return room.parent if path.is_file() and is_part else None


def _plain(path: Path, faults: list[Sentence]) -> Any:
    if path.is_file():
        return load_yaml(path, faults)
    faults.append(_("%(path)s: không có tệp hoặc thư mục này", path=path))
    return BAD


def _is_wording(data: Any) -> bool:
    """A document as the export prints it, or a list of them: its parts are a list, a set's own go by letter."""
    return isinstance(data, list) or (isinstance(data, dict) and isinstance(data.get("parts"), list))


def _worded(path: Path, data: Any, faults: list[Sentence]) -> tuple[str, ...]:
    """The wording laid over our sets; the codes it speaks of."""
    read_wording(path, dict(ours().sets), faults)
    rows = data if isinstance(data, list) else [data]
    return tuple(str(it.get("code")) for it in rows if isinstance(it, dict))


def _set(path: Path, data: Any, faults: list[Sentence]) -> tuple[str, ...]:
    it = _read(path, data, faults)
    if it is None:
        return ()
    faults.extend(faults_of_set(it))
    if it.code in ours().sets:
        faults.append(_("bộ %(code)s đã có; bản đính chính mang mã mới", code=it.code))
    return (it.code,)


def _read(path: Path, data: Any, faults: list[Sentence]) -> CriteriaSet | None:
    """The set with its room's library, and with what stands in `criteria/` beside it."""
    if data is BAD:
        return None
    room = _room(path, data)
    if room is None:
        starts = ", ".join(sorted(_by_prefix()))
        faults.append(
            _("%(file)s: mã của bộ phải bắt đầu bằng một trong: %(starts)s", file=path.name, starts=starts)
        )
        return None
    regime, library = room
    if path.resolve().parent.name == "sets":
        library = read_library(path.resolve().parent.parent, library, faults)
    return read_set(path, regime, library, faults)


def _room(path: Path, data: Any) -> tuple[Regime, Library] | None:
    """By the folder it stands in (`26-2026/sets/90.yaml`), else by how its code begins."""
    if (named := ours().rooms.get(path.resolve().parent.parent.name)) is not None:
        return named
    code = str(data.get("code", "")) if isinstance(data, dict) else ""
    return next((room for prefix, room in _by_prefix().items() if code.startswith(prefix)), None)


def _by_prefix() -> dict[str, tuple[Regime, Library]]:
    return {regime.set_prefix: (regime, library) for regime, library in ours().rooms.values()}
