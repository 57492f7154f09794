"""Everything of a filing as one ZIP: the book, each file as it was sent, the data, and a manifest of hashes."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ocop.orgs.text import unaccented
from products.advisory.results import BoundResult
from products.binding.filing import Filing
from products.dossiers.filed import FiledPaper
from products.dossiers.freezing import canonical
from products.vault.said import as_told

BOOK, CONTENT, SUMS, MANIFEST = "ho-so.pdf", "ho-so.json", "SHA256SUMS", "manifest.json"
CHUNK = 256 * 1024


def pack(filing: Filing, book: Path, out: Path) -> None:
    """Write the archive to `out`, file by file; SHA256SUMS is what `sha256sum -c` reads."""
    sums: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        with book.open("rb") as content:
            sums[BOOK] = _put(archive, BOOK, content)
        for name, paper in _named(filing):
            if paper.file is not None:
                with paper.file.open() as content:
                    sums[name] = _put(archive, name, content)
        text = canonical(filing.filed.content).encode()
        sums[CONTENT] = hashlib.sha256(text).hexdigest()
        archive.writestr(CONTENT, text)
        archive.writestr(SUMS, "".join(f"{digest}  {name}\n" for name, digest in sums.items()))
        archive.writestr(MANIFEST, json.dumps(_manifest(filing, sums), ensure_ascii=False, indent=2))


def _put(archive: zipfile.ZipFile, name: str, content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as kept:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            kept.write(chunk)
    return digest.hexdigest()


def _named(filing: Filing) -> Iterator[tuple[str, FiledPaper]]:
    """Names that every system takes: minh-chung/07-giay-chung-nhan.pdf."""
    for paper in filing.papers:
        stem = re.sub(r"[^a-z0-9]+", "-", unaccented(paper.title).lower()).strip("-")[:60] or "giay-to"
        extension = Path(paper.facts["file"]["name"]).suffix
        yield f"{paper.folder}/{paper.number:02d}-{stem}{extension}", paper


def _manifest(filing: Filing, sums: dict[str, str]) -> dict[str, object]:
    """What the archive holds and which filing it is; `digest` is the one on the receipt, which names `files` alone."""
    version = filing.version
    return {
        "receipt": version.receipt,
        "submitted_at": version.submitted_at.isoformat(),
        "digest": version.digest,
        "product": filing.filed.content["product"]["name"],
        "code": filing.filed.dossier["code"],
        "confirmations_as_of": filing.read_at.isoformat(),
        "files": [
            _entry(name, paper, filing, sums)
            for name, paper in _named(filing)
            if not isinstance(paper, BoundResult)
        ],
        "extra_tests": [
            _entry(name, paper, filing, sums)
            | {key: paper.facts[key] for key in ("parameters", "verdict", "judged_at")}
            for name, paper in _named(filing)
            if isinstance(paper, BoundResult)
        ],
    }


def _entry(name: str, paper: FiledPaper, filing: Filing, sums: dict[str, str]) -> dict[str, object]:
    """`confirmation`: what the office that owns its kind had said by `confirmations_as_of`, or null."""
    told = as_told(filing.words.get(paper.key))
    kept = sums.get(name) == paper.sha256
    return {"name": name, "title": paper.title, "sha256": paper.sha256, "kept": kept, "confirmation": told}
