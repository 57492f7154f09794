"""Labels for a lot: one for each unit, with the code that leads to the dossier's table of custody."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from ocop.papers.pdf import to_pdf
from ocop.written import in_vietnamese
from products.models import Sample


@in_vietnamese()
def labels_pdf(lot: Sample, count: int) -> bytes:
    """A4, 2 × 5 labels a page; what is printed names the product by its code, as tasters may be blind to the maker."""
    address = f"{settings.SITE_URL}{reverse('products:samples', args=[lot.dossier_id])}"
    code = segno.make(address, error="m").svg_data_uri(border=2, light="#fff")
    context = {"lot": lot, "dossier": lot.dossier, "qr": code, "numbers": range(1, count + 1), "count": count}
    return to_pdf(render_to_string("papers/sample_labels.html", context))
