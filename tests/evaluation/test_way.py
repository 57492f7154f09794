"""The whole way of a product through the council, by domain functions alone."""

from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from evaluation.meetings.digests import meeting_digest
from evaluation.models import AssessmentState, CouncilState, MeetingState, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.papers.models import Paper
from tests.evaluation import makers


def test_from_accepted_to_concluded(running, tea_item, rice_item, members, chair, tea, rice):
    makers.score_all(tea_item, members, lose=[0, 0, 0, 0, 1, 1, 1, 2, 2])
    makers.score_all(rice_item, members, lose=25)
    concluded = ASSESSMENT.take("conclude", tea, by=chair)
    ASSESSMENT.take("conclude", rice, by=chair)
    done = MEETING.take("conclude", running, by=chair)

    assert concluded.state == AssessmentState.CONCLUDED
    result = Result.objects.get(assessment=tea)
    assert (result.mean, result.spread, result.band, result.stars) == (100 - Fraction(7, 9), 2, 5, 5)
    assert Result.objects.get(assessment=rice).mean == 75
    assert done.state == MeetingState.CONCLUDED
    assert done.digest == meeting_digest(done)
    assert len(done.digest) == 64
    minutes = Paper.objects.get(kind="council_minutes")
    assert done.minutes == minutes
    assert done.digest in str(minutes.content)


def test_the_council_was_established_by_a_decision_with_its_paper(council):
    assert (council.state, council.decision_number) == (CouncilState.ESTABLISHED, "812/QĐ-UBND")
    assert council.paper.kind == "council_decision"
    assert len(council.paper.content["annexes"][0]["rows"]) == 9


def test_nothing_is_concluded_while_a_sheet_is_missing(running, tea_item, members, chair, tea):
    makers.score_all(tea_item, members[:8])
    with pytest.raises(ValidationError) as refused:
        ASSESSMENT.take("conclude", tea, by=chair)
    assert refused.value.messages == ["Chưa nộp phiếu: Lý Thị Na."]
