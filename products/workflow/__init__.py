from products.workflow.claim import CLAIM
from products.workflow.dossier import DOSSIER, TAKEN_HERE, out_of_place
from products.workflow.producer import PRODUCER

__all__ = ["CLAIM", "DOSSIER", "PRODUCER", "TAKEN_HERE", "out_of_place"]
