"""A kept picture brought down: decoded at a fraction of its size, without what a camera or program wrote into it."""

import io

from PIL import Image, ImageOps

from ocop.files.models import StoredFile

QUALITY = 74


def small_jpeg(file: StoredFile, side: int) -> tuple[bytes, int, int] | None:
    """A JPEG of at most `side` pixels across and down, with both; None where the file can be read no more."""
    try:
        with file.open() as content, Image.open(content) as picture:
            picture.draft("RGB", (side, side))
            picture.thumbnail((side, side))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except OSError:  # gone from the disk, or no picture any more
        return None
    upright.info.clear()
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue(), *upright.size
