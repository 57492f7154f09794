"""One file with the database's dump and the product's files, and a manifest that proves them whole."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import Any

from failures import Code, Failure

MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"
FORMAT = 1


def write(target: Path, dump: Path, files: Path, facts: dict[str, Any]) -> int:
    """Write the archive beside its place, then put it there; answer how many files it holds."""
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    digests: dict[str, str] = {}
    with tarfile.open(partial, "w") as tar:
        digests[DUMP] = _add(tar, dump, DUMP)
        for path in sorted(files.rglob("*")):
            if path.is_file():
                name = f"{FILES}/{path.relative_to(files).as_posix()}"
                digests[name] = _add(tar, path, name)
        _add_manifest(tar, {"format": FORMAT, "digests": digests, **facts})
    partial.replace(target)
    return len(digests) - 1


def extract(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder and compare every digest; answer the manifest's facts."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                if member.name == MANIFEST:
                    manifest = json.load(_content(tar, member))
                else:
                    found[member.name] = _unpack(tar, member, folder)
    except (tarfile.TarError, json.JSONDecodeError, EOFError) as error:
        raise _damaged(source, str(error)) from error
    if manifest.get("format") != FORMAT:
        raise _damaged(source, "it has no manifest of this version")
    wrong = sorted(name for name, digest in manifest["digests"].items() if found.get(name) != digest)
    if wrong or found.keys() != manifest["digests"].keys():
        raise _damaged(source, f"these differ from the manifest: {', '.join(wrong) or 'more files'}")
    (folder / FILES).mkdir(exist_ok=True)
    return manifest


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=file), file)
    return digest


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(text)
    tar.addfile(info, io.BytesIO(text))


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or (name.parts[0] != FILES and member.name != DUMP):
        raise tarfile.TarError(f"it would write to {member.name}")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(_content(tar, member), file)
    target.chmod(0o640)
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    content = tar.extractfile(member)
    if content is None:
        raise tarfile.TarError(f"{member.name} is no file")
    return content


def _damaged(source: Path, why: str) -> Failure:
    return Failure(Code.DIGESTS_DIFFER, f"{source} is not a whole backup: {why}. Nothing was changed.")
