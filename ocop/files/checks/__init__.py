"""Is this file what it says, and safe to keep? Answers with the bytes to keep, or a sentence."""

from collections.abc import Callable, Iterable
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.files.checks.checked import Checked
from ocop.files.checks.clips import check_clip
from ocop.files.checks.office import check_office
from ocop.files.checks.pdf import check_pdf
from ocop.files.checks.pictures import check_picture
from ocop.files.checks.sniffing import sniff
from ocop.files.kinds import CLIP, MEGABYTE, OFFICE, PDF, PICTURE, SCANS, FileKind
from ocop.files.scanner import demand_clean

CHECKS: dict[str, Callable[[IO[bytes], FileKind], Checked]] = {
    PDF: check_pdf,
    PICTURE: check_picture,
    OFFICE: check_office,
    CLIP: check_clip,
}


def check(upload: IO[bytes], size: int, families: Iterable[str] = SCANS) -> Checked:
    """Sniff, measure, look for viruses and clean; ValidationError says what is wrong and how to mend it."""
    if size == 0:
        raise ValidationError(_("Tệp rỗng. Hãy chọn lại tệp."), code="empty")
    kind = sniff(upload, families)
    if size > kind.largest:
        raise ValidationError(
            _("Tệp nặng %(size)s MB, lớn hơn mức %(largest)s MB của loại %(kind)s. Hãy nén hoặc tách tệp."),
            code="large",
            params={"size": size // MEGABYTE + 1, "largest": kind.largest // MEGABYTE, "kind": kind.label},
        )
    demand_clean(upload)
    return CHECKS[kind.family](upload, kind)
