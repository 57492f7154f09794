"""The screen's letters: small woff2 files, cut from the font package when static files are looked for."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from fontpkg_be_vietnam_pro import ROOT
from fontTools import subset
from fontTools import version as fonttools_version

FACES = {400: "Regular", 500: "Medium", 600: "SemiBold"}  # the weights of tokens.css
VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
MARKS = (range(0x300, 0x304), (0x306, 0x309, 0x31B, 0x323))  # decomposed input draws right too
SIGNS = "–—‘’“”•…‹›₫€←→−×≤≥"
LETTERS = frozenset(
    [*range(0x20, 0x7F), *range(0xA0, 0x100), *(code for part in MARKS for code in part)]
    + [ord(letter) for letter in VOWELS + VOWELS.upper() + SIGNS]
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]


def source(weight: int) -> Path:
    return Path(ROOT) / "files" / f"BeVietnamPro-{FACES[weight]}.ttf"


def name(weight: int) -> str:
    return f"be-vietnam-pro-{weight}.woff2"


def cut(weight: int, target: Path) -> None:
    """Write the letters of one weight to `target`, whole or not at all: several workers may start at once."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 13])
    font = subset.load_font(str(source(weight)), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    handle, draft = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    subset.save_font(font, draft, options)
    font.close()
    Path(draft).chmod(0o644)
    Path(draft).replace(target)


@cache
def folder() -> Path:
    """Where the cut fonts lie; another package version, letter or feature makes another folder."""
    recipe = hashlib.sha256(f"{fonttools_version} {sorted(LETTERS)} {FEATURES}".encode())
    for weight in FACES:
        recipe.update(source(weight).read_bytes())
    home = (
        Path(getattr(settings, "UI_FONTS_ROOT", settings.BASE_DIR / "var" / "fonts"))
        / recipe.hexdigest()[:12]
    )
    home.mkdir(parents=True, exist_ok=True)
    for weight in FACES:
        target = home / name(weight)
        if not target.exists():
            cut(weight, target)
    return home


class FontFinder(BaseFinder):
    """Offers the cut fonts to collectstatic, runserver and whitenoise as `fonts/be-vietnam-pro-400.woff2`."""

    prefix = "fonts"

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:  # noqa: FBT001, FBT002, Django's
        if path not in {f"{self.prefix}/{name(weight)}" for weight in FACES}:
            return []
        found = str(folder() / Path(path).name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=folder())
        storage.prefix = self.prefix  # type: ignore[attr-defined]
        for weight in FACES:
            if not matches_patterns(name(weight), ignore_patterns):
                yield name(weight), storage
