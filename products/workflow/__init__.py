from products.workflow.claim import CLAIM
from products.workflow.correction import CORRECTION
from products.workflow.dossier import DOSSIER, TAKEN_HERE, out_of_place
from products.workflow.extra_test import EXTRA_TEST
from products.workflow.idea import IDEA, IDEA_ITSELF
from products.workflow.potential import POTENTIAL_IMPORT
from products.workflow.producer import PRODUCER
from products.workflow.survey import SURVEY

__all__ = [
    "CLAIM",
    "CORRECTION",
    "DOSSIER",
    "EXTRA_TEST",
    "IDEA",
    "IDEA_ITSELF",
    "POTENTIAL_IMPORT",
    "PRODUCER",
    "SURVEY",
    "TAKEN_HERE",
    "out_of_place",
]
