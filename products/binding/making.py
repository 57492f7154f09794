"""The worker's half: a filing is bound outside any transaction, which says how far it is and survives a kill.

A worker takes a binding for two minutes and says so again with every few pages; one that is killed is followed by
the next after that time. What it keeps, it keeps in one transaction at the end.
"""

import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from django.db import transaction
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.utils import timezone

from ocop.audit.log import record
from ocop.files.store import forget, keep_made
from ocop.orgs.models import User
from ocop.papers.pdf import CONTENT_TYPE
from ocop.tenancy.scope import active_tenant_id, tenant_scope
from ocop.tenancy.tasks import kick
from ocop.written import in_vietnamese
from products.advisory.results import accepted_results, bound_results
from products.binding.archive import pack
from products.binding.filing import Filing, filing_of, words_on
from products.binding.pages import bind
from products.models import BoundDossier, DossierVersion, PaperConfirmation
from products.models.binding import LEASE

logger = logging.getLogger(__name__)
ZIP = "application/zip"
FILES = {"pdf": "pdf", "zip": "archive"}  # as it is asked for: the field that holds it
# What odd files, a bad template or a full disk raises; anything else is a bug and stops the task.
FAULTS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, TemplateDoesNotExist, TemplateSyntaxError,
    pikepdf.PdfError,
)  # fmt: skip


@transaction.atomic
def ask_for_book(version: DossierVersion, *, by: User) -> BoundDossier:
    """Asked for twice it is the same one; a worker makes it after the commit. Who asks sees the dossier."""
    bound, is_new = BoundDossier.objects.get_or_create(version=version, defaults={"asked_by": by})
    if is_new or _is_sent_back(bound):
        record("dossier.bind", version.dossier, by=by, data={"version": version.number})
    kick("products.bind_dossiers", active_tenant_id())
    return bound


def is_behind(bound: BoundDossier) -> bool:
    """Something that belongs into it came since it was made; of a version with its dossier."""
    return lacks_results(bound) or lacks_words(bound)


def lacks_results(bound: BoundDossier) -> bool:
    """A result of an extra test was accepted since it was made."""
    return bound.is_made and bound.results != [it.pk for it in accepted_results(bound.version.dossier)]


def lacks_words(bound: BoundDossier) -> bool:
    """What offices say of its papers is not what it says."""
    words = words_on(bound.version, bound_results(bound.version.dossier)) if bound.is_made else {}
    return bound.is_made and bound.words != _keys(words)


def _keys(words: Mapping[int, PaperConfirmation]) -> list[int]:
    return sorted(it.pk for it in words.values())


def _is_sent_back(bound: BoundDossier) -> bool:
    """Whether it waits for the worker again, its old files gone; of two who click at once by the first alone."""
    fresh = BoundDossier.objects.select_for_update(of=("self",)).select_related(
        "pdf", "archive", "version__dossier"
    )
    kept = fresh.get(pk=bound.pk)
    if not is_behind(kept):
        return False
    old = [file for file in (kept.pdf, kept.archive) if file is not None]
    bound.pdf = bound.archive = None
    bound.pages = bound.pages_done = 0
    bound.save(update_fields=["pdf", "archive", "pages", "pages_done"])
    for file in old:
        forget(file)
    return True


def bind_due(tenant_id: int) -> None:
    """Make what waits in this tenant, one after the other."""
    with tenant_scope(tenant_id):
        waiting = list(BoundDossier.objects.to_make().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        if _take(tenant_id, pk):
            _make(tenant_id, pk)


def _take(tenant_id: int, pk: int) -> bool:
    """One UPDATE decides between two workers."""
    with tenant_scope(tenant_id):
        return bool(
            BoundDossier.objects.to_make().filter(pk=pk).update(busy_until=timezone.now() + LEASE, fault="")
        )


@in_vietnamese()
def _make(tenant_id: int, pk: int) -> None:
    with tenant_scope(tenant_id):
        bound = BoundDossier.objects.select_related("version__submitted_by", "version__dossier__unit").get(
            pk=pk
        )
        filing = filing_of(bound.version)

    def told(done: int, of: int) -> None:
        with tenant_scope(tenant_id):
            until = timezone.now() + LEASE
            BoundDossier.objects.filter(pk=pk).update(pages_done=done, pages=of, busy_until=until)

    try:
        with tempfile.TemporaryDirectory(prefix="ocop-bind-") as folder:
            book, pages = bind(filing, Path(folder), told)
            archive = Path(folder) / "archive.zip"
            pack(filing, book, archive)
            with tenant_scope(tenant_id):
                _keep(pk, filing, book, archive, pages)
    except FAULTS as error:
        logger.exception("Dossier version %s was not bound; the next sweep tries again", bound.version_id)
        with tenant_scope(tenant_id):
            fault = f"{type(error).__name__}: {error}"[:300]
            BoundDossier.objects.filter(pk=pk).update(fault=fault, busy_until=None)


def _keep(pk: int, filing: Filing, book: Path, archive: Path, pages: int) -> None:
    """Once: where a slower worker comes to the end second, its files are let go."""
    bound = BoundDossier.objects.select_for_update(of=("self",)).get(pk=pk)
    if bound.pdf_id is not None:
        return
    name = f"ho-so-{filing.filed.dossier['code'] or filing.filed.dossier['id']}-lan-{filing.version.number}"
    with book.open("rb") as content:
        bound.pdf = keep_made(content, f"{name}.pdf", CONTENT_TYPE, pages=pages)
    with archive.open("rb") as content:
        bound.archive = keep_made(content, f"{name}.zip", ZIP)
    bound.pages = bound.pages_done = pages
    bound.busy_until = None
    bound.results = [it.facts["id"] for it in filing.results]
    bound.words = _keys(filing.words)
    bound.save(update_fields=["pdf", "archive", "pages", "pages_done", "busy_until", "results", "words"])
    data = {"version": filing.version.number, "sha256": bound.pdf.sha256}
    record("dossier.bound", filing.version.dossier, by=None, data=data)
