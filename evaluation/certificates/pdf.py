"""The certificate as printed: A4 landscape, a QR to the public page; made once by a worker, kept and hashed."""

import base64
import logging
from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation

from evaluation.models import Certificate
from ocop.audit.log import record
from ocop.files.store import keep_made
from ocop.papers.layout import date_line
from ocop.papers.letterhead import letterhead
from ocop.papers.pdf import CONTENT_TYPE, to_pdf
from ocop.papers.signing import lines
from ocop.regulations import RegulationsError
from ocop.tenancy.scope import tenant_scope
from products.law import regime

logger = logging.getLogger(__name__)
QUIET = 4  # modules of white round the code, as its standard asks: without them phones do not read it
STARS, STAR_WIDTH = 5, 22  # as drawn in the template
LONG, LONGER = 60, 110  # letters of a product's name from which it is set smaller
# What a bad template, odd data or a full disk raises; anything else is a bug and stops the task.
FAULTS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, TemplateDoesNotExist, TemplateSyntaxError,
    RegulationsError,
)  # fmt: skip


def public_url(certificate: Certificate) -> str:
    """What the QR holds: it must answer for as long as the paper lasts."""
    return f"{settings.SITE_URL}/{certificate.tenant.slug}/c/{certificate.uuid}/"


def certificate_html(certificate: Certificate) -> str:
    """Always in Vietnamese, whoever asks."""
    name = certificate.product_name
    values = {
        "certificate": certificate,
        "frame": _picture("img/certificate-frame.svg"),
        "emblem": _picture(
            "img/quoc-huy.svg"
        ),  # an operator's own file: the state's emblem is not ours to draw
        "qr": segno.make(public_url(certificate), error="m").svg_data_uri(border=QUIET, light="#fff"),
        "stars": [(number * STAR_WIDTH, number < certificate.stars) for number in range(STARS)],
        "size": "longer" if len(name) > LONGER else "long" if len(name) > LONG else "",
        "months": regime(certificate.regime).certificate.validity_months,
        "date_line": date_line(letterhead(certificate.unit).place, certificate.issued_on),
        "sign_lines": lines(certificate.signer_title),
    }
    with translation.override("vi"):
        return render_to_string("evaluation/certificates/print.html", values)


@cache
def _picture(name: str) -> str:
    """A picture as an address that holds it; "" where there is none."""
    path = finders.find(name)
    if path is None:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(Path(path).read_bytes()).decode()}"


def render_due(tenant_id: int) -> None:
    """Make the PDFs that wait, each in a transaction of its own and under its row's lock.

    Two workers never make the same; one killed half-way leaves the certificate as it was.
    """
    with tenant_scope(tenant_id):
        waiting = list(Certificate.objects.to_render().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        with tenant_scope(tenant_id):
            locked = Certificate.objects.to_render().select_for_update(skip_locked=True, of=("self",))
            if certificate := locked.select_related("unit__parent", "tenant").filter(pk=pk).first():
                _render(certificate)


def _render(certificate: Certificate) -> None:
    try:
        content = to_pdf(certificate_html(certificate))
        certificate.pdf = keep_made(
            content, f"{certificate.number.replace('/', '-')}.pdf", CONTENT_TYPE, pages=1
        )
    except FAULTS as error:
        logger.exception("Certificate %s was not made; the next sweep tries again", certificate.pk)
        certificate.fault = f"{type(error).__name__}: {error}"[:300]
        certificate.save(update_fields=["fault"])
        return
    certificate.fault = ""
    certificate.save(update_fields=["pdf", "fault"])
    record("certificate.render", certificate, by=None, data={"sha256": certificate.pdf.sha256})
