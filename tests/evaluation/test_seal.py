"""The seal of a meeting: printed, recomputed, broken with a reason, kept for ever."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from evaluation.decisions.drafting import drop_draft
from evaluation.meetings.declarations import declare
from evaluation.meetings.digests import meeting_digest, seal_code
from evaluation.meetings.seals import differing
from evaluation.models import Ballot, FormerResult, Meeting, Reopening, Result, Seal
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from tests.evaluation import decision_makers, makers
from tests.evaluation.test_board import words

URL = "/lai-chau"
WHY = {"note": "Bỏ sót phiếu kiểm nghiệm của chè"}


def verify(*names) -> str:
    out = io.StringIO()
    call_command("verify_meeting", *map(str, names), stdout=out)
    return out.getvalue()


@pytest.fixture
def finished(running, tea, rice, tea_item, rice_item, members, chair) -> Meeting:
    for item in (tea_item, rice_item):
        makers.score_all(item, members, lose=1)
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    return MEETING.take("conclude", running, by=chair)


def close_again(meeting: Meeting, tea, members, chair) -> Meeting:
    """Reopened, the tea reconsidered: one sheet opened, changed, sealed; concluded and closed."""
    meeting = MEETING.take("reopen", meeting, by=chair, data=WHY)
    ASSESSMENT.take("reconsider", tea, by=chair, data={"note": "Có phiếu kiểm nghiệm mới"})
    ballot = Ballot.objects.get(assessment=tea, seat__user=members[3])
    ballot = BALLOT.take("reopen", ballot, by=chair, data={"note": "Xem phiếu kiểm nghiệm"})
    makers.fill(ballot, by=members[3], lose=2)
    BALLOT.take("seal", ballot, by=members[3])
    ASSESSMENT.take("conclude", tea, by=chair)
    return MEETING.take("conclude", meeting, by=chair)


def test_the_code_is_the_head_of_the_digest_in_groups():
    assert seal_code("0123456789abcdef" * 4) == "0123 4567 89AB CDEF 0123 4567"


def test_closing_prints_the_code_and_keeps_a_seal(signed_in, finished, chair, member):
    seal = Seal.objects.get(meeting=finished)
    assert (seal.number, seal.digest, seal.sealed_by, seal.minutes) == (
        1, meeting_digest(finished), chair, finished.minutes,
    )  # fmt: skip
    assert len(seal.sheets) == 18
    code = seal_code(seal.digest)
    assert code in str(finished.minutes.content)
    assert code in words(signed_in(member).get(f"{URL}/meetings/{finished.pk}/"))


def test_a_seal_and_what_follows_it_are_written_once(finished, tea, members, chair):
    close_again(finished, tea, members, chair)
    for model in (Seal, Reopening, FormerResult):
        for deed in ("UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed.format(model._meta.db_table))


def test_reopening_needs_a_reason_the_chair_and_that_nothing_rests_on_it(finished, chair, secretary, member):
    with pytest.raises(ValidationError) as refused:
        MEETING.take("reopen", finished, by=chair)
    assert refused.value.message_dict == {"note": ["Hãy điền “Lý do mở lại”."]}
    for user in (secretary, member):
        with pytest.raises(PermissionDenied):
            MEETING.take("reopen", finished, by=user, data=WHY)


def test_a_meeting_on_which_a_decision_rests_stays_closed(finished, tea, chair, officer, leader, province):
    draft = decision_makers.draft_decision(province, tea.tier, by=officer)
    assert draft.items.count() == 2
    with pytest.raises(ValidationError) as refused:
        MEETING.take("reopen", finished, by=chair, data=WHY)
    assert refused.value.messages == [
        "Kết luận đang nằm trong một dự thảo quyết định: đưa ra khỏi dự thảo trước."
    ]


def test_reopened_the_old_seal_stays_and_all_members_learn_of_it(signed_in, finished, chair, members, member):
    reopened = MEETING.take("reopen", finished, by=chair, data=WHY)
    assert (reopened.state, reopened.digest, reopened.minutes) == ("open", "", None)
    seal = Seal.objects.get(meeting=finished)
    assert (seal.is_broken, seal.reopening.reason, seal.reopening.reopened_by) == (True, WHY["note"], chair)
    told = Notice.objects.filter(subject__startswith="Phiên họp đã kết thúc được mở lại")
    assert sorted(told.values_list("user", flat=True)) == sorted(user.pk for user in members)
    page = words(signed_in(member).get(f"{URL}/meetings/{finished.pk}/"))
    assert seal_code(seal.digest) in page
    assert f"Lý do: {WHY['note']}" in page
    assert Result.objects.filter(meeting=finished).count() == 2  # until the council reconsiders one


def test_the_former_result_is_kept_and_the_second_minutes_name_the_first_seal(
    signed_in, finished, tea, members, chair, member
):
    first = Seal.objects.get(meeting=finished)
    again = close_again(finished, tea, members, chair)
    second = Seal.objects.get(meeting=finished, number=2)
    assert second.digest == again.digest != first.digest
    former = FormerResult.objects.get(assessment=tea)
    now = Result.objects.get(assessment=tea)
    assert (former.mean, now.mean * 9) == (99, 99 * 9 - 1)
    minutes = str(again.minutes.content)
    assert again.minutes != first.minutes
    assert f"Lần 1: {seal_code(first.digest)}" in minutes
    assert WHY["note"] in minutes
    assert f"{tea}: 99 điểm" in minutes
    page = words(signed_in(member).get(f"{URL}/meetings/{finished.pk}/items/{tea.pk}/"))
    assert "99 điểm" in page.partition("Kết luận cũ")[2]
    for part in ("phiên họp đã kết thúc, chờ ký", "Kết luận: Chè"):
        assert Notice.objects.for_user(member).filter(subject__istartswith=part).count() == 2


def test_a_conclusion_is_taken_back_or_decided_on_never_both(finished, tea, chair, officer, province):
    with pytest.raises(ValidationError) as refused:
        ASSESSMENT.take("reconsider", tea, by=chair, data={"note": "Muộn"})
    assert refused.value.messages == ["Phiên họp đã kết thúc: mở lại phiên họp trước."]
    draft = decision_makers.draft_decision(province, tea.tier, by=officer)
    with pytest.raises(ValidationError, match="dự thảo quyết định"):
        MEETING.take("reopen", finished, by=chair, data=WHY)
    drop_draft(draft, by=officer)
    MEETING.take("reopen", finished, by=chair, data=WHY)
    with pytest.raises(ValidationError, match="chưa kết thúc"):
        decision_makers.draft_decision(province, tea.tier, by=officer)
    ASSESSMENT.take("reconsider", tea, by=chair, data={"note": "Sót một phiếu"})
    assert not Result.objects.filter(assessment=tea).exists()


def test_who_is_recused_learns_that_it_was_reopened_but_no_word_that_may_name_the_product(
    signed_in, meeting, tea, rice, tea_item, rice_item, members, member, chair
):
    declare(meeting, {tea.pk: "Người nhà", rice.pk: ""}, by=member)
    others = [user for user in members if user != member]
    makers.all_declare(meeting, others)
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=members[2])
    MEETING.take("open", meeting, by=chair)
    makers.score_all(tea_item, others)
    makers.score_all(rice_item, members)
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    done = MEETING.take("conclude", meeting, by=chair)
    MEETING.take("reopen", done, by=chair, data={"note": f"Xem lại {tea}"})
    ASSESSMENT.take("reconsider", tea, by=chair, data={"note": "Có số liệu mới"})
    client = signed_in(member)
    for place in (f"meetings/{meeting.pk}/", "notices/"):
        page = client.get(f"{URL}/{place}").text
        assert ("được mở lại" in page or "mở lại phiên họp" in page, str(tea) in page) == (True, False)
    for place in ("rounds/", "agreement/", ""):
        assert client.get(f"{URL}/meetings/{meeting.pk}/items/{tea.pk}/{place}").status_code == 404
    told = "".join(Notice.objects.for_user(member).values_list("body", flat=True))
    assert str(tea) not in told


def test_verify_meeting_says_ok_and_lists_the_seals(finished, tea, members, chair):
    code = seal_code(finished.digest)
    assert f"ok      {code} {finished.digest}" in verify("lai-chau", finished.pk)
    again = close_again(finished, tea, members, chair)
    said = verify("lai-chau", again.pk)
    assert f"seal 1  {code}" in said
    assert WHY["note"] in said
    assert f"ok      {seal_code(again.digest)}" in said
    with pytest.raises(CommandError, match="No tenant"):
        verify("lai-chua", again.pk)
    with pytest.raises(CommandError, match="No meeting"):
        verify("lai-chau", 0)


def test_verify_meeting_ends_with_1_where_the_digest_was_bent(finished):
    Meeting.objects.filter(pk=finished.pk).update(digest="0" * 64)
    out = io.StringIO()
    with pytest.raises(SystemExit) as found:
        call_command("verify_meeting", "lai-chau", str(finished.pk), stdout=out)
    assert found.value.code == 1
    assert f"DIFFERS the meeting says {seal_code('0' * 64)}" in out.getvalue()


def test_what_differs_is_named_sheet_by_sheet(finished, tea, member):
    seal = Seal.objects.get(meeting=finished)
    assert differing(seal) == []
    bent = Ballot.objects.for_page().get(assessment=tea, seat__user=member)
    seal.digest, seal.sheets[str(bent.pk)] = "1" * 64, "0" * 64
    assert differing(seal) == [f"{bent}: điểm khác lúc niêm phong"]
    seal.sheets = {**seal.sheets, "0": "0" * 64}
    del seal.sheets[str(bent.pk)]
    assert differing(seal) == ["0: không còn phiếu đã nộp", f"{bent}: phiếu có sau niêm phong"]
