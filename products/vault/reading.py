"""The pre-check of a paper: a worker reads it, the producer sees what it proposes and what to look at again."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ocop.files import text
from ocop.tenancy.scope import active_tenant_id, tenant_scope
from ocop.tenancy.tasks import kick
from products.models import EvidencePaper, PaperReading, ReadingState
from products.vault.addresses import is_elsewhere
from products.vault.proposing import is_anothers, propose

PROPOSED = ("number", "issuer", "issued_on", "expires_on")


def ask_for_reading(paper: EvidencePaper) -> None:
    """A row for the worker; nothing is lost where none runs."""
    PaperReading.objects.create(paper=paper)
    kick("products.read_papers", active_tenant_id())


def read_waiting(tenant_id: int) -> None:
    """Each in a transaction of its own, under its lock; the attempt is counted before, so that a killed worker counts."""
    with tenant_scope(tenant_id):
        keys = list(PaperReading.objects.waiting().order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        with tenant_scope(tenant_id):
            PaperReading.objects.waiting().filter(pk=pk).update(attempts=F("attempts") + 1)
        with tenant_scope(tenant_id):
            rows = PaperReading.objects.filter(pk=pk, outcome=ReadingState.WAITING)
            rows = rows.select_for_update(skip_locked=True, of=("self",)).select_related(
                "paper__file", "paper__producer__unit__place"
            )
            if (row := rows.first()) is not None:
                _read(row)


def _read(row: PaperReading) -> None:
    got = text.read(row.paper.file)
    found, producer = propose(got.words), row.paper.producer
    row.outcome = ReadingState.READ if got.was_read else ReadingState.UNREAD
    row.number, row.issuer, row.owner = found.number[:80], found.issuer[:200], found.owner[:200]
    row.issued_on, row.expires_on, row.address = found.issued_on, found.expires_on, found.address[:300]
    told = {
        "blurred": got.is_blurred,
        "turned": got.is_turned,
        "anothers": is_anothers(found.owner, (producer.name, producer.representative)),
        "elsewhere": is_elsewhere(row.address, producer),
    }
    row.warnings = [code for code, is_so in told.items() if is_so]
    row.save(update_fields=["outcome", "warnings", "owner", "address", *PROPOSED])


def proposed(paper: EvidencePaper, row: PaperReading) -> dict[str, Any]:
    """What the machine read and the producer has not written: by field."""
    return {name: getattr(row, name) for name in PROPOSED if getattr(row, name) and not getattr(paper, name)}


def differing(paper: EvidencePaper, row: PaperReading) -> dict[str, Any]:
    """What the machine read otherwise than the producer wrote: by field."""
    pairs = {name: (getattr(row, name), getattr(paper, name)) for name in PROPOSED}
    return {name: read for name, (read, written) in pairs.items() if read and written and read != written}


def reading_of(paper: EvidencePaper) -> PaperReading | None:
    return PaperReading.objects.filter(paper=paper).first()


def warnings_of(row: PaperReading) -> list[str]:
    """In words."""
    sentences = {
        "blurred": _("Ảnh mờ, khó đọc. Nên chụp lại: giữ chắc máy, đủ sáng."),
        "turned": _("Trang nằm ngang hoặc ngược. Nên xoay lại rồi tải lên."),
        "anothers": _("Giấy mang tên “%(owner)s”, khác tên chủ thể. Hãy xem có đúng giấy của mình không.")
        % {"owner": row.owner},
        "elsewhere": _(
            "Giấy ghi địa chỉ “%(address)s”, khác địa chỉ của chủ thể. Hãy xem lại giấy, hoặc sửa thông tin chủ thể."
        )
        % {"address": row.address},
    }
    return [sentences[code] for code in row.warnings]
