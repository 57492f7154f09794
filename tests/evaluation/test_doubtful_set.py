"""A set whose source does not add up: history may be recorded under it, a council of today may not score by it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation.meetings.agenda import add_to_agenda, plan_meeting
from evaluation.models import Assessment, AssessmentState
from evaluation.publishing import publish_sets
from tests.evaluation import makers

SET = {
    "code": "QD26-90",
    "set_no": 90,
    "name": "Bộ thử",
    "category": "I",
    "sample_units": 5,
    "doubtful": [{"where": "B", "found": 20, "why": "cộng lại 20 điểm, ghi 25"}],
    "parts": {
        code: [{"code": number, "name": "Một", "points": points, "levels": [{0: "không"}, {points: "có"}]}]
        for code, number, points in (("A", "1", 40), ("B", "2", 20), ("C", "3", 35))
    },
}


@pytest.fixture
def law_dir(tmp_path: Path, settings, lai_chau) -> Path:
    """An operator's directory with one set in doubt, published."""
    (tmp_path / "26-2026" / "sets").mkdir(parents=True)
    (tmp_path / "26-2026" / "sets" / "90.yaml").write_text(yaml.safe_dump(SET, allow_unicode=True))
    settings.REGULATIONS_DIR = str(tmp_path)
    publish_sets("default")
    return tmp_path


@pytest.fixture
def waiting(law_dir, commune, advisor) -> Assessment:
    """Checked by the advisory team, under the set in doubt."""
    return makers.make_checked(makers.make_accepted_dossier(commune, set_code="QD26-90"), by=advisor)


def put_before(council, assessment, officer, *, held_at):
    meeting = plan_meeting(council, assessment.dossier.round, held_at=held_at, by=officer)
    add_to_agenda(meeting, [assessment], by=officer)
    assessment.refresh_from_db()
    return assessment.state


def test_a_council_of_today_is_refused_and_told_why(council, waiting, officer):
    with pytest.raises(ValidationError) as refused:
        put_before(council, waiting, officer, held_at=timezone.now())
    assert refused.value.messages == [
        (
            "Bộ tiêu chí QD26-90 còn nghi vấn (B: cộng lại 20 điểm, ghi 25); “Chè Shan tuyết cổ thụ Mường So” chỉ "
            "đưa ra Hội đồng được khi số liệu đã được xác nhận hoặc đính chính."
        )
    ]
    waiting.refresh_from_db()
    assert waiting.state == AssessmentState.CHECKED
    assert not waiting.agenda_items.exists()


def test_what_a_council_did_is_recorded(council, waiting, officer):
    held_at = timezone.now() - dt.timedelta(days=1)
    assert put_before(council, waiting, officer, held_at=held_at) == AssessmentState.SCHEDULED


def test_a_council_of_today_has_no_past_meetings(council, waiting, officer):
    type(council).objects.update(decision_on=timezone.localdate())
    council.refresh_from_db()
    with pytest.raises(ValidationError, match="còn nghi vấn"):
        put_before(council, waiting, officer, held_at=timezone.now() - dt.timedelta(days=1))


def test_a_confirmed_set_goes_before_the_council(
    council, law_dir, commune, advisor, officer, settings, tmp_path_factory
):
    """The operator's word comes with the next start, which reads the directory anew."""
    again = tmp_path_factory.mktemp("law") / "again"
    law_dir.rename(again)
    (again / "26-2026" / "confirmed.yaml").write_text("QD26-90: Công văn số 12/NNMT-OCOP ngày 03/08/2026\n")
    settings.REGULATIONS_DIR = str(again)
    waiting = makers.make_checked(makers.make_accepted_dossier(commune, set_code="QD26-90"), by=advisor)
    assert put_before(council, waiting, officer, held_at=timezone.now()) == AssessmentState.SCHEDULED
