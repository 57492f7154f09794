"""What a check answers."""

from dataclasses import dataclass, field
from typing import IO, Any

from ocop.files.kinds import FileKind


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its bytes, what it is, how long, and what its scan lacks (`ocop/files/scans.py`)."""

    content: IO[bytes]
    kind: FileKind
    pages: int | None = None
    seconds: int | None = None
    advice: list[dict[str, Any]] = field(default_factory=list)
