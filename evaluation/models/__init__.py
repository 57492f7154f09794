from evaluation.models.arrival import Arrival, ArrivalFile, ArrivalState
from evaluation.models.assessment import (
    Assessment,
    AssessmentState,
    AssessmentUserPermission,
    PublishedSet,
    TeamReport,
)
from evaluation.models.ballot import OPINION, Ballot, BallotChange, BallotState, KnockOutProposal
from evaluation.models.ballot_book import BallotBook
from evaluation.models.blank_book import BlankBook
from evaluation.models.certificate import Certificate, CertificateState, CheckCount
from evaluation.models.council import Council, CouncilState, RulesVersion, Seat, SeatRole
from evaluation.models.decision import Decision, DecisionItem, DecisionState
from evaluation.models.guest import Guest
from evaluation.models.hand_over import HandOver, HandOverState
from evaluation.models.legacy import LegacyImport
from evaluation.models.meeting import (
    AgendaItem,
    Assignment,
    Attendance,
    Declaration,
    Meeting,
    MeetingMode,
    MeetingState,
    Pledge,
)
from evaluation.models.minutes_note import MinutesNote
from evaluation.models.question import Question, QuestionState
from evaluation.models.receipt import LateBatch, Receipt
from evaluation.models.result import FormerResult, Result
from evaluation.models.seal import Reopening, Seal
from evaluation.models.written import MeetingCall, Referral

__all__ = [
    "OPINION",
    "AgendaItem",
    "Arrival",
    "ArrivalFile",
    "ArrivalState",
    "Assessment",
    "AssessmentState",
    "AssessmentUserPermission",
    "Assignment",
    "Attendance",
    "Ballot",
    "BallotBook",
    "BallotChange",
    "BallotState",
    "BlankBook",
    "Certificate",
    "CertificateState",
    "CheckCount",
    "Council",
    "CouncilState",
    "Decision",
    "DecisionItem",
    "DecisionState",
    "Declaration",
    "FormerResult",
    "Guest",
    "HandOver",
    "HandOverState",
    "KnockOutProposal",
    "LateBatch",
    "LegacyImport",
    "Meeting",
    "MeetingCall",
    "MeetingMode",
    "MeetingState",
    "MinutesNote",
    "Pledge",
    "PublishedSet",
    "Question",
    "QuestionState",
    "Receipt",
    "Referral",
    "Reopening",
    "Result",
    "RulesVersion",
    "Seal",
    "Seat",
    "SeatRole",
    "TeamReport",
]
