"""Handing a paper out: the producer gets her own as it is, everybody else a copy under her name; both are logged."""

import pikepdf
from django.db import models
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.audit.models import Entry
from ocop.files.links import LASTS
from ocop.files.models import StoredFile
from ocop.files.store import guard, serve
from ocop.orgs.models import OrgUnit, User
from products.models import EvidencePaper
from products.vault.pages import page_picture
from products.vault.watermark import can_mark, marked

LOOKED_AT = ("file.view", "file.download")
LATEST = 300  # entries that the log of one paper goes back


def hand_out(paper: EvidencePaper, *, by: User) -> HttpResponse:
    return hand_out_file(paper.file, about=paper, by=by, is_own=bool(paper.roles_of(by)))


def hand_out_file(file: StoredFile, *, about: models.Model, by: User, is_own: bool) -> HttpResponse:
    """The file. Clips, Word and Excel files cannot be marked; nor can a PDF that does not bear being written anew."""
    if is_own or not can_mark(file):
        return serve(file, about=about, by=by)
    try:
        with marked(file, mark_words(by)) as copy:
            answer = FileResponse(copy)
    except pikepdf.PdfError:
        return serve(file, about=about, by=by)
    record("file.download", about, by=by, data={"file": file.pk, "sha256": file.sha256, "marked": True})
    answer.headers["Content-Type"] = file.content_type
    guard(answer, file.name, inline=False)  # type: ignore[arg-type]
    return answer  # type: ignore[return-value]


def hand_out_page(
    file: StoredFile, number: int, kind: str, *, about: models.Model, unit: OrgUnit, by: User
) -> HttpResponse:
    """A page as PNG or JPEG. Its bytes never change: the reader's own browser keeps it as long as its address lasts."""
    seen = {"file": file.pk, "sha256": file.sha256, "page": number}
    record("file.view", about, by=by, unit=unit, data=seen)
    response = HttpResponse(page_picture(file, number, kind), content_type=f"image/{kind.lower()}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={LASTS}, immutable"
    return response


def mark_words(by: User) -> str:
    """Who takes it and when."""
    day = date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT")
    return _("%(who)s tải về %(day)s") % {"who": by.get_full_name(), "day": day}


def looked_at(paper: models.Model) -> list[Entry]:
    """Who saw and who took it, newest first: of one person and day the last time only."""
    latest = Entry.objects.about(paper).filter(action__in=LOOKED_AT)[:LATEST]
    once: dict[tuple, Entry] = {}
    for entry in latest:
        once.setdefault((entry.actor_id, entry.action, timezone.localdate(entry.at)), entry)
    return list(once.values())
