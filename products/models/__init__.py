from products.models.binding import BoundDossier
from products.models.claim import Claim, ClaimState
from products.models.clock import Clock
from products.models.dossier import Dossier, DossierKind, DossierSection, DossierState, DossierUserPermission
from products.models.effort import Effort
from products.models.evidence import EvidenceLink, EvidencePaper
from products.models.exclusion import Exclusion
from products.models.forwarding import Forwarding, ForwardingItem
from products.models.guidance import Guidance
from products.models.invitation import Invitation
from products.models.meeting import SectionOpinion, SectionsMeeting
from products.models.producer import (
    MemberRole,
    Producer,
    ProducerKind,
    ProducerMember,
    ProducerPersonal,
    ProducerState,
)
from products.models.product import Product
from products.models.reading import PaperReading, ReadingState
from products.models.remark import StandardRemark
from products.models.review import CommuneReport, IntakeCheck, SupplementRequest, Verdict
from products.models.sample import Condition, MoveKind, Sample, SampleMove
from products.models.score import SelfScore
from products.models.version import DossierVersion

__all__ = [
    "BoundDossier",
    "Claim",
    "ClaimState",
    "Clock",
    "CommuneReport",
    "Condition",
    "Dossier",
    "DossierKind",
    "DossierSection",
    "DossierState",
    "DossierUserPermission",
    "DossierVersion",
    "Effort",
    "EvidenceLink",
    "EvidencePaper",
    "Exclusion",
    "Forwarding",
    "ForwardingItem",
    "Guidance",
    "IntakeCheck",
    "Invitation",
    "MemberRole",
    "MoveKind",
    "PaperReading",
    "Producer",
    "ProducerKind",
    "ProducerMember",
    "ProducerPersonal",
    "ProducerState",
    "Product",
    "ReadingState",
    "Sample",
    "SampleMove",
    "SectionOpinion",
    "SectionsMeeting",
    "SelfScore",
    "StandardRemark",
    "SupplementRequest",
    "Verdict",
]
