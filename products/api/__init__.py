"""The API of products: the same functions as the pages."""

from products.api.claims import ClaimViewSet
from products.api.dossiers import DossierViewSet
from products.api.evidence import EvidenceViewSet
from products.api.producers import ProducerViewSet
from products.api.products import ProductViewSet
from products.api.uploads import UploadViewSet

ROUTES: list[tuple[str, type]] = [
    ("producers", ProducerViewSet),
    ("claims", ClaimViewSet),
    ("products", ProductViewSet),
    ("dossiers", DossierViewSet),
    ("evidence", EvidenceViewSet),
    ("uploads", UploadViewSet),
]
