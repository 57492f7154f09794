from products.workflow.claim import CLAIM
from products.workflow.correction import CORRECTION
from products.workflow.dossier import DOSSIER, TAKEN_HERE, out_of_place
from products.workflow.idea import IDEA
from products.workflow.potential import POTENTIAL_IMPORT
from products.workflow.producer import PRODUCER

__all__ = [
    "CLAIM",
    "CORRECTION",
    "DOSSIER",
    "IDEA",
    "POTENTIAL_IMPORT",
    "PRODUCER",
    "TAKEN_HERE",
    "out_of_place",
]
