from evaluation.models.assessment import (
    Assessment,
    AssessmentState,
    AssessmentUserPermission,
    PublishedSet,
    TeamReport,
)
from evaluation.models.ballot import Ballot, BallotChange, BallotState
from evaluation.models.certificate import Certificate, CertificateState, CheckCount
from evaluation.models.council import Council, CouncilState, Seat, SeatRole
from evaluation.models.decision import Decision, DecisionItem, DecisionState, HandOver, HandOverState
from evaluation.models.legacy import LegacyImport, LegacyImportState
from evaluation.models.meeting import AgendaItem, Attendance, Declaration, Meeting, MeetingState
from evaluation.models.result import Result

__all__ = [
    "AgendaItem",
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
    "LegacyImport",
    "LegacyImportState",
    "Meeting",
    "MeetingState",
    "PublishedSet",
    "Result",
    "Seat",
    "SeatRole",
    "TeamReport",
]
