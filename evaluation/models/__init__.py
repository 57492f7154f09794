from evaluation.models.arrival import Arrival, ArrivalFile, ArrivalState
from evaluation.models.assessment import (
    Assessment,
    AssessmentState,
    AssessmentUserPermission,
    PublishedSet,
    TeamReport,
)
from evaluation.models.ballot import Ballot, BallotChange, BallotState
from evaluation.models.certificate import Certificate, CertificateState, CheckCount
from evaluation.models.council import Council, CouncilState, RulesVersion, Seat, SeatRole
from evaluation.models.decision import Decision, DecisionItem, DecisionState
from evaluation.models.hand_over import HandOver, HandOverState
from evaluation.models.legacy import LegacyImport, LegacyImportState
from evaluation.models.meeting import AgendaItem, Attendance, Declaration, Meeting, MeetingState
from evaluation.models.receipt import LateBatch, Receipt
from evaluation.models.result import Result

__all__ = [
    "AgendaItem",
    "Arrival",
    "ArrivalFile",
    "ArrivalState",
    "Assessment",
    "AssessmentState",
    "AssessmentUserPermission",
    "Attendance",
    "Ballot",
    "BallotChange",
    "BallotState",
    "Certificate",
    "CertificateState",
    "CheckCount",
    "Council",
    "CouncilState",
    "Decision",
    "DecisionItem",
    "DecisionState",
    "Declaration",
    "HandOver",
    "HandOverState",
    "LateBatch",
    "LegacyImport",
    "LegacyImportState",
    "Meeting",
    "MeetingState",
    "PublishedSet",
    "Receipt",
    "Result",
    "RulesVersion",
    "Seat",
    "SeatRole",
    "TeamReport",
]
