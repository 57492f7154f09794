from products.workflow.dossier import DOSSIER, TAKEN_HERE, out_of_place
from products.workflow.producer import PRODUCER

__all__ = ["DOSSIER", "PRODUCER", "TAKEN_HERE", "out_of_place"]
