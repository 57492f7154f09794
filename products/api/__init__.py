"""The API of products: the same functions as the pages."""

from products.api.advisory import ExtraTestViewSet, SurveyViewSet
from products.api.business_plans import BusinessPlanViewSet
from products.api.claims import ClaimViewSet
from products.api.coaching import CoachingViewSet
from products.api.corrections import CorrectionViewSet
from products.api.dossiers import DossierViewSet
from products.api.doubles import DoubleViewSet
from products.api.evidence import EvidenceViewSet
from products.api.ideas import IdeaViewSet
from products.api.inventory import PotentialImportViewSet, PotentialViewSet
from products.api.paper_offices import PaperOfficeViewSet
from products.api.producers import ProducerViewSet
from products.api.products import ProductViewSet
from products.api.uploads import UploadViewSet

ROUTES: list[tuple[str, type]] = [
    ("producers", ProducerViewSet),
    ("claims", ClaimViewSet),
    ("doubles", DoubleViewSet),
    ("corrections", CorrectionViewSet),
    ("extra-tests", ExtraTestViewSet),
    ("surveys", SurveyViewSet),
    ("ideas", IdeaViewSet),
    ("potentials", PotentialViewSet),
    ("potential-imports", PotentialImportViewSet),
    ("business-plans", BusinessPlanViewSet),
    ("coaching", CoachingViewSet),
    ("products", ProductViewSet),
    ("dossiers", DossierViewSet),
    ("evidence", EvidenceViewSet),
    ("uploads", UploadViewSet),
    ("paper-offices", PaperOfficeViewSet),
]
