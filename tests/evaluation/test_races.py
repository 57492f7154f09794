"""Two people, or one in two tabs, at the same moment, on a real PostgreSQL with real commits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from evaluation.ballots.saving import Conflict, Saved, save_mark
from evaluation.decisions.drafting import draft_decision
from evaluation.meetings.agreements import agree_on
from evaluation.meetings.digests import meeting_digest
from evaluation.meetings.nudges import nudge
from evaluation.models import AgendaItem, Ballot, BallotChange, Decision, Meeting, Result, Seal
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.evaluation import makers
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


class Hall:
    """A meeting of four that is committed; each thread reads it anew."""

    def __init__(self, tenant: Tenant, members: list[int], meeting: int) -> None:
        self.tenant, self.members, self.meeting_pk = tenant, members, meeting

    def user(self, n: int) -> User:
        return User.objects.get(pk=self.members[n])

    @property
    def item(self) -> AgendaItem:
        return AgendaItem.objects.for_list().get(meeting=self.meeting_pk)

    def sheet(self, n: int) -> Ballot:
        return makers.ballot_of(self.item, self.user(n))

    def at_once(self, *deeds: Callable[[], Any]) -> list[Any]:
        return at_once(self.tenant.pk, *deeds, refusals=(Conflict, ValidationError))


@pytest.fixture
def hall(transactional_db: None) -> Hall:
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("tinh.ocop", "Thắm", role="officer", unit=province)
        leader = factories.make_user("tinh.lanhdao", "Hải", role="leader", unit=province)
        members = makers.make_members(4)
        council = makers.make_council(province, members, officer=officer, leader=leader)
        tea = makers.make_checked(makers.make_accepted_dossier(commune), by=officer)
        meeting = makers.make_meeting(council, [tea], by=officer)
        makers.open_meeting(meeting, members)
    return Hall(tenant, [user.pk for user in members], meeting.pk)


def test_two_tabs_on_one_criterion_one_is_told_of_the_other(hall):
    def save(points: int) -> Callable[[], Saved]:
        return lambda: save_mark(
            hall.sheet(0), "1.1", points, revision=0, key=f"tab-{points}", by=hall.user(0)
        )

    answers = hall.at_once(save(2), save(3))
    won = [it for it in answers if isinstance(it, Saved)]
    lost = [it for it in answers if isinstance(it, Conflict)]
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0].theirs == won[0].level
    with tenant_scope(hall.tenant.pk):
        assert hall.sheet(0).levels == {"1.1": won[0].level}
        assert BallotChange.objects.count() == 1


def test_two_tabs_on_two_criteria_both_are_kept(hall):
    codes = ["1.1", "1.2", "1.3", "1.4"]
    answers = hall.at_once(
        *(
            lambda code=code: save_mark(hall.sheet(0), code, 1, revision=0, key=code, by=hall.user(0))
            for code in codes
        )
    )
    assert all(isinstance(it, Saved) for it in answers)
    with tenant_scope(hall.tenant.pk):
        assert (sorted(hall.sheet(0).levels), hall.sheet(0).total) == (codes, 4)


def test_a_doubled_send_is_one_save(hall):
    answers = hall.at_once(
        *(
            lambda: save_mark(hall.sheet(0), "1.1", 3, revision=0, key="same", by=hall.user(0))
            for _ in range(3)
        )
    )
    assert [it.revision for it in answers] == [1, 1, 1]
    with tenant_scope(hall.tenant.pk):
        assert BallotChange.objects.count() == 1


def test_sealing_while_saving_leaves_a_sheet_whose_total_is_its_points(hall):
    with tenant_scope(hall.tenant.pk):
        makers.fill(hall.sheet(0), by=hall.user(0))
    sealed, saved = hall.at_once(
        lambda: BALLOT.take("seal", hall.sheet(0), by=hall.user(0)),
        lambda: save_mark(hall.sheet(0), "1.1", 1, revision=1, key="late", by=hall.user(0)),
    )
    assert isinstance(sealed, Ballot)
    with tenant_scope(hall.tenant.pk):
        sheet = hall.sheet(0)
        expected = (98, 1) if isinstance(saved, Saved) else (100, 0)
        assert (sheet.state, sheet.total, BallotChange.objects.count()) == ("sealed", *expected)
        assert sheet.total == sum(level["p"] for level in sheet.levels.values())


def test_two_clicks_on_conclude_write_one_result(hall):
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
    answers = hall.at_once(
        *(lambda: ASSESSMENT.take("conclude", hall.item.assessment, by=hall.user(0)) for _ in range(2))
    )
    assert sorted(type(it).__name__ for it in answers) == ["Assessment", "ValidationError"]
    with tenant_scope(hall.tenant.pk):
        assert Result.objects.count() == 1


def test_concluding_while_a_sheet_is_reopened_counts_it_whole_or_waits(hall):
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
    concluded, reopened = hall.at_once(
        lambda: ASSESSMENT.take("conclude", hall.item.assessment, by=hall.user(0)),
        lambda: BALLOT.take("reopen", hall.sheet(1), by=hall.user(0), data={"note": "vội"}),
    )
    assert isinstance(concluded, ValidationError) != isinstance(reopened, ValidationError)
    with tenant_scope(hall.tenant.pk):
        counted = [len(it.reasons["counted"]) for it in Result.objects.all()]
        assert counted == ([] if isinstance(concluded, ValidationError) else [4])


def test_the_end_of_the_meeting_taken_twice_makes_one_digest_and_one_paper(hall):
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
        ASSESSMENT.take("conclude", hall.item.assessment, by=hall.user(0))

    def end() -> Meeting:
        return MEETING.take("conclude", Meeting.objects.get(pk=hall.meeting_pk), by=hall.user(0))

    answers = hall.at_once(end, end)
    assert sorted(type(it).__name__ for it in answers) == ["Meeting", "ValidationError"]
    with tenant_scope(hall.tenant.pk):
        meeting = Meeting.objects.get(pk=hall.meeting_pk)
        assert meeting.digest == meeting_digest(meeting)
        assert Paper.objects.filter(kind="council_minutes").count() == 1


def test_two_chairs_close_at_once_one_wins_and_the_other_reads_who_did(hall):
    """The chair from elsewhere, and the deputy who leads as the chair is not marked as here."""
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
        ASSESSMENT.take("conclude", hall.item.assessment, by=hall.user(0))
        meeting = Meeting.objects.get(pk=hall.meeting_pk)
        here = [seat.pk for seat in meeting.council.seats.exclude(role="chair")]
        makers.set_attendance(meeting, here, by=hall.user(2))
        names = [str(hall.user(n)) for n in (0, 1)]

    def close(n: int) -> Callable[[], Meeting]:
        return lambda: MEETING.take("conclude", Meeting.objects.get(pk=hall.meeting_pk), by=hall.user(n))

    answers = hall.at_once(close(0), close(1))
    won = next(n for n, it in enumerate(answers) if isinstance(it, Meeting))
    assert isinstance(answers[1 - won], ValidationError)
    assert f"{names[won]} đã làm trước bạn" in answers[1 - won].messages[0]
    with tenant_scope(hall.tenant.pk):
        seal = Seal.objects.get(meeting=hall.meeting_pk)
        assert (str(seal.sealed_by), seal.digest) == (names[won], meeting_digest(seal.meeting))


def test_while_the_meeting_goes_on_a_result_is_taken_back_and_not_decided_on(hall):
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
        ASSESSMENT.take("conclude", hall.item.assessment, by=hall.user(0))
        officer = User.objects.get(username="tinh.ocop")
        unit, tier = hall.item.assessment.unit, hall.item.assessment.tier
    taken, drafted = hall.at_once(
        lambda: ASSESSMENT.take("reconsider", hall.item.assessment, by=hall.user(0), data={"note": "Sót"}),
        lambda: draft_decision(unit, tier, by=officer),
    )
    assert (type(taken).__name__, type(drafted).__name__) == ("Assessment", "ValidationError")
    with tenant_scope(hall.tenant.pk):
        assert (Result.objects.count(), Decision.objects.count()) == (0, 0)


def test_a_meeting_is_reopened_or_decided_on_never_both(hall):
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
        ASSESSMENT.take("conclude", hall.item.assessment, by=hall.user(0))
        MEETING.take("conclude", Meeting.objects.get(pk=hall.meeting_pk), by=hall.user(0))
        officer = User.objects.get(username="tinh.ocop")
        unit, tier = hall.item.assessment.unit, hall.item.assessment.tier
        meeting = Meeting.objects.get(pk=hall.meeting_pk)
    reopened, drafted = hall.at_once(
        lambda: MEETING.take("reopen", meeting, by=hall.user(0), data={"note": "Sót ý kiến"}),
        lambda: draft_decision(unit, tier, by=officer),
    )
    assert isinstance(reopened, ValidationError) != isinstance(drafted, ValidationError)
    with tenant_scope(hall.tenant.pk):
        state = Meeting.objects.get(pk=hall.meeting_pk).state
        assert (state, Decision.objects.count()) in [("open", 0), ("concluded", 1)]


def test_two_levels_agreed_on_at_once_are_both_kept(hall):
    with tenant_scope(hall.tenant.pk):
        makers.score_all(hall.item, [hall.user(n) for n in range(4)])
    hall.at_once(
        lambda: agree_on(hall.item, "1.5", 0, by=hall.user(0)),
        lambda: agree_on(hall.item, "1.1", 1, by=hall.user(2)),
    )
    with tenant_scope(hall.tenant.pk):
        assert hall.item.agreed == {"1.1": 1, "1.5": 0}


def test_two_reminders_at_once_are_one(hall):
    def remind() -> int:
        meeting = Meeting.objects.select_related("council__unit").get(pk=hall.meeting_pk)
        return nudge(meeting, meeting.council.seats.get(user=hall.user(3)), by=hall.user(2))

    answers = hall.at_once(remind, remind)
    assert sorted(type(it).__name__ for it in answers) == ["ValidationError", "int"]
