"""What people have in their phones: a PDF, a photo lying on its side, a program that calls itself a PDF."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from tests import factories

LYING = 6  # EXIF's word for a phone held upright


def make_papers(folder: Path) -> Path:
    folder.mkdir()
    (folder / "dang-ky-kinh-doanh.pdf").write_bytes(
        factories.pdf("Giấy chứng nhận đăng ký hợp tác xã", pages=2)
    )
    (folder / "phan-mem.pdf").write_bytes(b"MZ" + bytes(2000))
    _photo().save(folder / "IMG_2041.jpg", quality=80, exif=_exif())
    return folder


def _photo() -> Image.Image:
    """A box with its label on a table."""
    photo = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    draw = ImageDraw.Draw(photo)
    draw.rectangle((300, 200, 1300, 1000), fill="#7a3b2e")
    draw.rectangle((500, 400, 1100, 800), fill="#f4ead2")
    draw.text((560, 560), "KHAN PIEU MUONG SO", fill="#2b2118", font_size=48)
    return photo


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = LYING
    return exif
