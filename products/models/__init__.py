from products.models.alerts import PaperAlerts
from products.models.apart import Apart
from products.models.belongings import Belongings
from products.models.binding import BoundDossier
from products.models.business_plan import BusinessPlan
from products.models.claim import Claim, ClaimState
from products.models.clock import Clock
from products.models.coaching import CoachingKind, CoachingVisit
from products.models.confirmation import PaperConfirmation, PaperVerdict, said
from products.models.correction import Correction, CorrectionState
from products.models.dossier import Dossier, DossierKind, DossierSection, DossierState, DossierUserPermission
from products.models.effort import Effort
from products.models.evidence import EvidenceLink, EvidencePaper
from products.models.exclusion import Exclusion
from products.models.extra_test import ExtraTest, ExtraTestClock, ExtraTestResult, ExtraTestState, Payer
from products.models.forwarding import Forwarding, ForwardingItem
from products.models.guidance import Guidance
from products.models.idea import Idea, IdeaState, Screening
from products.models.invitation import Invitation
from products.models.meeting import SectionOpinion, SectionsMeeting
from products.models.merge import Merge, MergeKind
from products.models.office import PaperOffice
from products.models.potential import Potential, PotentialImport
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
from products.models.selection import Chooser, IdeaWindow, SelectionRule
from products.models.size import ProducerSize
from products.models.survey import Survey, SurveyAnswer, SurveyChange, SurveyList, SurveyPhoto, SurveyState
from products.models.version import DossierVersion

__all__ = [
    "Apart",
    "Belongings",
    "BoundDossier",
    "BusinessPlan",
    "Chooser",
    "Claim",
    "ClaimState",
    "Clock",
    "CoachingKind",
    "CoachingVisit",
    "CommuneReport",
    "Condition",
    "Correction",
    "CorrectionState",
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
    "ExtraTest",
    "ExtraTestClock",
    "ExtraTestResult",
    "ExtraTestState",
    "Forwarding",
    "ForwardingItem",
    "Guidance",
    "Idea",
    "IdeaState",
    "IdeaWindow",
    "IntakeCheck",
    "Invitation",
    "MemberRole",
    "Merge",
    "MergeKind",
    "MoveKind",
    "PaperAlerts",
    "PaperConfirmation",
    "PaperOffice",
    "PaperReading",
    "PaperVerdict",
    "Payer",
    "Potential",
    "PotentialImport",
    "Producer",
    "ProducerKind",
    "ProducerMember",
    "ProducerPersonal",
    "ProducerSize",
    "ProducerState",
    "Product",
    "ReadingState",
    "Sample",
    "SampleMove",
    "Screening",
    "SectionOpinion",
    "SectionsMeeting",
    "SelectionRule",
    "SelfScore",
    "StandardRemark",
    "SupplementRequest",
    "Survey",
    "SurveyAnswer",
    "SurveyChange",
    "SurveyList",
    "SurveyPhoto",
    "SurveyState",
    "Verdict",
    "said",
]
