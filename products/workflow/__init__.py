from products.workflow.dossier import DOSSIER
from products.workflow.producer import PRODUCER

__all__ = ["DOSSIER", "PRODUCER"]
