"""A picture is decoded and encoded anew: what hides in it (places, scripts, other files) does not come along."""

import tempfile
from typing import IO

import pillow_heif
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from ocop.files.checks.checked import Checked
from ocop.files.kinds import KINDS, LARGEST_PIXELS, LARGEST_SIDE, FileKind
from ocop.files.scans import advice_on_picture

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def check_picture(upload: IO[bytes], kind: FileKind) -> Checked:
    """HEIC is kept as JPEG, which every browser shows."""
    upload.seek(0)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the process when it is imported
    try:
        with Image.open(upload, formats=[FORMATS[kind.content_type]]) as picture:
            _measure(picture)
            advice = advice_on_picture(picture)
            kept = _anew(picture, kind)
    except BOMBS as error:
        raise _too_large() from error
    except BROKEN as error:
        raise ValidationError(_("Không đọc được ảnh: tệp hỏng. Hãy chụp lại."), code="broken") from error
    kept.seek(0)
    is_png = kind.content_type == "image/png"
    return Checked(kept, kind if is_png else KINDS["image/jpeg"], advice=advice)


def _measure(picture: Image.Image) -> None:
    if picture.width * picture.height > LARGEST_PIXELS:
        raise _too_large()


def _too_large() -> ValidationError:
    return ValidationError(_("Ảnh quá lớn (trên 50 triệu điểm ảnh). Hãy giảm kích thước ảnh."), code="large")


def _anew(picture: Image.Image, kind: FileKind) -> IO[bytes]:
    """Brought down before it is turned: a photograph of 50 million pixels stands in memory once."""
    if kind.content_type == "image/jpeg":
        picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    kept = tempfile.TemporaryFile()  # noqa: SIM115, the one who keeps it closes it
    if kind.content_type == "image/png":
        upright.save(kept, "PNG", optimize=True)
    else:
        upright.convert("RGB").save(kept, "JPEG", quality=88, optimize=True)
    return kept
