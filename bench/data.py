"""One province with enough in it: the demo, 300 dossiers more, certificates that wait for their paper, scans.

The rows are written as they would lie there, without the steps that lead to them: they are to be read, not judged.
"""

import datetime as dt
import io
import uuid

import img2pdf
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from PIL import Image

from evaluation.models import Certificate
from ocop.files.store import keep_made
from ocop.orgs.text import sort_key, unaccented
from ocop.papers.models import Paper, PaperState
from ocop.tenancy.models import Tenant
from products.models import (
    Clock,
    CommuneReport,
    Dossier,
    DossierState,
    DossierVersion,
    EvidencePaper,
    Product,
)

SLUG = "lai-chau"
DOSSIERS = 300


def prepare() -> Tenant:
    """The database made and filled; answers the province that is measured."""
    for command in ("migrate", "load_places", "load_demo"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return Tenant.objects.get(slug=SLUG)


def tidy() -> None:
    """What autovacuum has long done where people work."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def add_dossiers(count: int = DOSSIERS) -> None:
    """Filed dossiers of the extra round, each with the commune's clock running."""
    like = Clock.objects.running().select_related("dossier__product").order_by("pk")[0]
    made = Product.objects.bulk_create(_product(like.dossier.product, n) for n in range(count))
    dossiers = Dossier.objects.bulk_create(_dossier(like.dossier, product) for product in made)
    Clock.objects.bulk_create(_clock(like, dossier, n) for n, dossier in enumerate(dossiers))


def add_reported(count: int) -> list[int]:
    """Dossiers of one commune that its report, already numbered, stands beside: they may be sent up. Their ids."""
    like = Dossier.objects.filter(state=DossierState.REPORTED).select_related("product").order_by("pk")[0]
    report, clock = like.commune_report, like.clocks.running().order_by("pk")[0]
    version = like.versions.latest("number")
    made = Product.objects.bulk_create(_product(like.product, n, "Trà Ô long") for n in range(count))
    rows = Dossier.objects.bulk_create(_dossier(like, product) for product in made)
    papers = Paper.objects.bulk_create(_numbered(report.paper, row, n) for n, row in enumerate(rows, start=1))
    CommuneReport.objects.bulk_create(
        CommuneReport(dossier=row, findings=report.findings, written_by_id=report.written_by_id, paper=paper)
        for row, paper in zip(rows, papers, strict=True)
    )
    DossierVersion.objects.bulk_create(
        DossierVersion(dossier=row, number=1, receipt=f"{row.pk}/PĐK", content=version.content,
                       digest=version.digest, submitted_by_id=version.submitted_by_id)
        for row in rows
    )  # fmt: skip
    Clock.objects.bulk_create(_clock(clock, row, n) for n, row in enumerate(rows))
    return [row.pk for row in rows]


def _numbered(like: Paper, dossier: Dossier, number: int) -> Paper:
    return Paper(
        unit_id=like.unit_id, kind=like.kind, state=PaperState.NUMBERED, title=like.title, content=like.content,
        about=f"dossier-{dossier.pk}", number=number, year=2000, symbol=f"{number}/BC-UBND",
        dated_on=timezone.localdate(), signer_name="Lò Văn Tướng",
    )  # fmt: skip


def _product(like: Product, number: int, words: str = "Chè Shan tuyết Mường So") -> Product:
    name = f"{words}, lô số {number}"
    return Product(
        producer_id=like.producer_id, unit_id=like.unit_id, name=name, sort_key=sort_key(name),
        name_ascii=unaccented(name), set_code=like.set_code, specification="Hộp 100 g",
    )  # fmt: skip


def _dossier(like: Dossier, product: Product) -> Dossier:
    return Dossier(
        product=product, round_id=like.round_id, unit_id=product.unit_id, kind=like.kind, regime=like.regime,
        set_code=like.set_code, state=like.state, created_by_id=like.created_by_id,
    )  # fmt: skip


def _clock(like: Clock, dossier: Dossier, number: int) -> Clock:
    return Clock(
        dossier=dossier, unit_id=like.unit_id, rule=like.rule, started_on=like.started_on,
        due_on=like.due_on + dt.timedelta(days=number % 20), calendar=like.calendar,
    )  # fmt: skip


def add_certificates(count: int) -> None:
    """Copies of one that was issued, numbered on, their PDF still to be made."""
    like = Certificate.objects.filter(is_recorded=False).order_by("pk")[0]
    kept = {it.attname: getattr(like, it.attname) for it in like._meta.concrete_fields}
    copies = []
    for _ in range(count):
        words = {"number": f"{uuid.uuid4().int}", "uuid": uuid.uuid4(), "created_at": timezone.now()}
        copy = Certificate(**kept | words | {"id": None, "dossier_id": None, "pdf_id": None})
        copy.prepare()
        copies.append(copy)
    Certificate.objects.bulk_create(copies)


def add_scanned_version(papers: int, pages: int) -> DossierVersion:
    """One more filing of a dossier, of so many scans: A4 at 150 dpi, each page another picture of about 600 kB."""
    like = DossierVersion.objects.select_related("dossier__product").order_by("pk")[0]
    listed = []
    for number in range(papers):
        file = keep_made(_scan(pages), f"ban-chup-{number}.pdf", "application/pdf", pages=pages)
        row = EvidencePaper.objects.create(
            producer_id=like.dossier.product.producer_id,
            kind="product_story",
            title=f"Bản chụp {number}",
            file=file,
        )
        kept = {"name": file.name, "sha256": file.sha256, "size": file.size}
        facts = {"id": row.pk, "kind": row.kind, "title": row.title, "number": "", "issuer": "", "file": kept}
        listed.append(facts | {"issued_on": None, "expires_on": None, "criteria": ["1.1"], "pages": {}})
    content = like.content | {"papers": listed}
    count = like.dossier.versions.count()
    return DossierVersion.objects.create(
        dossier=like.dossier, number=count + 1, receipt=f"{uuid.uuid4().hex[:8]}/PĐK", content=content,
        digest=uuid.uuid4().hex * 2, submitted_by=like.submitted_by,
    )  # fmt: skip


def _scan(pages: int) -> bytes:
    sheets = []
    for _ in range(pages):
        sheet = io.BytesIO()
        Image.effect_noise((1240, 1754), 30).convert("RGB").save(sheet, "JPEG", quality=60, dpi=(150, 150))
        sheets.append(sheet.getvalue())
    return img2pdf.convert(sheets)
