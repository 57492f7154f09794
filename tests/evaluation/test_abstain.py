"""A member abstains on one product: her sheet is sealed without points, and only the minutes say why."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from evaluation.councils.rules import set_rules
from evaluation.meetings.conclusions import rescore
from evaluation.meetings.standing import read_standing
from evaluation.models import AgendaItem, Ballot, Result
from evaluation.rules import CouncilRules, read_rules
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.audit.models import Entry
from tests.evaluation import makers

URL = "/lai-chau"
WHY = "Không đủ chuyên môn về chè cổ thụ"


def abstain(item, user):
    return BALLOT.take("abstain", makers.ballot_of(item, user), by=user, data={"abstention": WHY})


def test_her_sheet_is_sealed_and_bends_no_mean(running, tea, tea_item, members, chair):
    makers.score_all(tea_item, members[:8], lose=2)
    assert read_standing(tea_item).missing != []
    done = abstain(tea_item, members[8])
    assert (done.state, done.is_sealed, done.counts) == ("abstained", True, False)
    standing = read_standing(tea_item)
    assert (len(standing.sealed), standing.missing, standing.is_revealed) == (8, [], True)
    ASSESSMENT.take("conclude", tea, by=chair)
    result = Result.objects.get(assessment=tea)
    assert (result.mean, len(result.reasons["counted"])) == (98, 8)
    assert result.reasons["abstained"] == [done.seat_id]


def test_a_reason_is_asked_for_and_she_must_be_here(running, tea_item, member, members):
    sheet = makers.ballot_of(tea_item, member)
    with pytest.raises(ValidationError) as refused:
        BALLOT.take("abstain", sheet, by=member, data={"abstention": "  "})
    assert refused.value.message_dict == {"abstention": ["Hãy điền “Lý do không cho ý kiến”."]}
    makers.set_attendance(
        running, [it.pk for it in running.council.seats.exclude(user=member)], by=members[2]
    )
    with pytest.raises(ValidationError) as refused:
        abstain(tea_item, member)
    assert refused.value.messages == ["Thư ký chưa ghi bạn có mặt tại phiên họp."]


def test_a_council_whose_rules_do_not_know_it_refuses(council, officer, meeting, members, tea_item, member):
    policy = read_rules(council.rules).policy
    set_rules(council, CouncilRules(policy, may_abstain=False), by=officer, basis="Quy chế số 2")
    meeting.council.refresh_from_db()
    makers.open_meeting(meeting, members)
    with pytest.raises(ValidationError) as refused:
        abstain(tea_item, member)
    assert refused.value.messages == ["Quy chế của Hội đồng không cho phép không cho ý kiến về một sản phẩm."]


def test_too_few_sheets_with_points_are_refused_in_words(running, tea, tea_item, members, chair):
    makers.score_all(tea_item, members[:4])
    for user in members[4:]:
        abstain(tea_item, user)
    with pytest.raises(ValidationError) as refused:
        ASSESSMENT.take("conclude", tea, by=chair)
    assert "Chỉ có 4 phiếu cho điểm, 5 phiếu không cho ý kiến" in refused.value.messages[0]


def test_a_product_on_which_everybody_abstains_has_a_page_and_no_points(
    signed_in, running, tea, tea_item, members, chair
):
    for user in members:
        abstain(tea_item, user)
    page = signed_in(chair).get(f"{URL}/meetings/{running.pk}/items/{tea.pk}/")
    assert "Không có phiếu nào cho điểm." in page.text


def test_only_the_minutes_name_her_reason(signed_in, running, tea, rice, tea_item, rice_item, members, chair):
    makers.score_all(tea_item, members[:8])
    her = abstain(tea_item, members[8])
    makers.score_all(rice_item, members)
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    done = MEETING.take("conclude", running, by=chair)
    assert f"{members[8]} không cho ý kiến về “{tea}”: {WHY}" in str(done.minutes.content)
    assert not Entry.objects.filter(note__contains=WHY).exists()
    client = signed_in(members[3])
    assert client.get(f"{URL}/ballots/{her.pk}/1.1/").status_code == 404
    assert client.get(f"{URL}/api/ballots/{her.pk}/").status_code == 404
    for place in (f"meetings/{running.pk}/", f"meetings/{running.pk}/items/{tea.pk}/", "api/ballots/"):
        assert WHY not in client.get(f"{URL}/{place}").text
    assert WHY in signed_in(members[8]).get(f"{URL}/ballots/{her.pk}/1.1/").text


def test_the_chair_opens_it_again_and_a_new_round_asks_her_too(running, tea_item, members, chair):
    makers.score_all(tea_item, members[:8], lose=[0] * 7 + [15])
    her = abstain(tea_item, members[8])
    again = BALLOT.take("reopen", her, by=chair, data={"note": "Đã nghe giải trình"})
    assert (again.state, again.abstention, again.sealed_at) == ("open", "", None)
    abstain(tea_item, members[8])
    rescore(tea_item, by=chair, note="Chênh 15 điểm")
    fresh = AgendaItem.objects.for_list().get(pk=tea_item.pk)
    assert Ballot.objects.filter(assessment=tea_item.assessment_id, attempt=fresh.attempt).count() == 9
    assert makers.ballot_of(fresh, members[8]).state == "open"


def test_the_database_keeps_it_as_it_is(running, tea_item, member):
    her = abstain(tea_item, member)
    for change in ({"abstention": "Khác"}, {"levels": {"1.1": {"p": 0}}}, {"abstention": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.filter(pk=her.pk).update(**change)


def test_the_page_offers_it_and_takes_it(signed_in, running, tea_item, member):
    client, sheet = signed_in(member), makers.ballot_of(tea_item, member)
    address = f"{URL}/ballots/{sheet.pk}/steps/abstain/"
    assert address in client.get(f"{URL}/ballots/{sheet.pk}/1.1/").text
    assert client.post(address, {"abstention": ""}).status_code == 422
    assert client.post(address, {"abstention": WHY}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.abstention == WHY
