"""Pages of council work: who sees which, and what they refuse in words."""

import pytest
from django.urls import reverse

from evaluation.ballots.saving import save_mark
from evaluation.councils.making import draft_council
from evaluation.models import Assessment, Ballot, BallotState, Council, Meeting, MeetingState
from evaluation.workflow.ballot import BALLOT
from tests.evaluation import makers

URL = "/lai-chau"
YES = {"go": "1"}  # a form posts at least its token


def test_an_officer_begins_to_assess_an_accepted_dossier(signed_in, advisor, commune):
    dossier = makers.make_accepted_dossier(commune)
    client = signed_in(advisor)
    page = client.get(f"{URL}/assessments/")
    assert "Bắt đầu thẩm định" in page.text
    answer = client.post(f"{URL}/assessments/start/{dossier.pk}/")
    begun = Assessment.objects.get(dossier=dossier)
    assert answer["Location"] == f"{URL}/assessments/{begun.pk}/"
    assert client.get(answer["Location"]).status_code == 200


def test_the_check_is_refused_without_a_report_and_says_so(signed_in, advisor, commune):
    dossier = makers.make_accepted_dossier(commune)
    client = signed_in(advisor)
    client.post(f"{URL}/assessments/start/{dossier.pk}/")
    begun = Assessment.objects.get(dossier=dossier)
    refused = client.post(f"{URL}/assessments/{begun.pk}/steps/check/", YES)
    assert refused.status_code == 422
    assert "chưa có kết quả thẩm định" in refused.text
    client.post(
        f"{URL}/assessments/{begun.pk}/report/", {"findings": "Đủ", "proposal": "Trình", "proposed_stars": 4}
    )
    assert client.post(f"{URL}/assessments/{begun.pk}/steps/check/", YES).status_code == 302
    begun.refresh_from_db()
    assert begun.state == "checked"
    assert begun.team_report.paper.kind == "team_report"


def test_a_new_council_is_offered_the_newest_law_first(signed_in, officer):
    page = signed_in(officer).get(f"{URL}/councils/new/")
    offered = [code for code, _decision in page.context["form"].fields["regime"].choices]
    assert offered == ["26/2026", "148/2023-1489", "148/2023", "1048/2019"]


def test_a_council_is_drawn_up_seated_ruled_and_established(signed_in, officer, leader, province, members):
    client = signed_in(officer)
    form = {"unit": province.pk, "regime": "26/2026", "name": "Hội đồng", "starts_on": "01/06/2026"}
    council_url = client.post(f"{URL}/councils/new/", form)["Location"]
    council = Council.objects.get()
    for user, role in zip(members[:3], ["chair", "secretary", "member"], strict=True):
        seat = {"user": user.pk, "role": role, "agency": "Sở NN&MT", "votes": "on"}
        assert client.post(f"{council_url}seats/new/", seat)["Location"] == council_url
    second = client.post(
        f"{council_url}seats/new/", {"user": members[3].pk, "role": "chair", "agency": "X", "votes": "on"}
    )
    assert second.status_code == 422
    assert "đã có Chủ tịch" in second.text
    page = client.get(f"{council_url}rules/")
    form = page.context["form"]
    data = {name: value for name, value in form.initial.items() if name in form.fields and value is not False}
    assert client.post(f"{council_url}rules/", data | {"quorum": "2/3"})["Location"] == council_url
    assert client.get(council_url).status_code == 200
    assert (
        client.post(f"{council_url}steps/establish/", {"number": "1/QĐ", "on": "01/06/2026"}).status_code
        == 403
    )
    done = signed_in(leader).post(f"{council_url}steps/establish/", {"number": "1/QĐ", "on": "01/06/2026"})
    assert done["Location"] == council_url
    council.refresh_from_db()
    assert (council.state, council.decision_number, council.rules["quorum"]) == ("established", "1/QĐ", "2/3")


def test_a_council_without_chair_is_not_established_and_every_reason_is_said(
    signed_in, officer, leader, province
):
    drawn = draft_council(province, regime_code="26/2026", name="Hội đồng", starts_on=makers.DAY, by=officer)
    refused = signed_in(leader).post(
        f"{URL}/councils/{drawn.pk}/steps/establish/", {"number": "1", "on": "01/06/2026"}
    )
    assert refused.status_code == 422
    for reason in ("chưa có Chủ tịch", "chưa có Thư ký", "cần ít nhất 3"):
        assert reason in refused.text


def test_the_meeting_from_plan_to_open_on_pages(signed_in, officer, council, tea, members, secretary, chair):
    client = signed_in(officer)
    form = {
        "round": tea.dossier.round_id,
        "held_on": "23/11/2026",
        "from_time": "08:00",
        "place": "Hội trường",
    }
    agenda_url = client.post(f"{URL}/councils/{council.pk}/meetings/new/", form)["Location"]
    meeting = Meeting.objects.get()
    assert str(tea.dossier.product) in client.get(agenda_url).text
    client.post(agenda_url, {"assessment": [tea.pk]})
    assert [it.assessment_id for it in meeting.agenda.all()] == [tea.pk]
    base = f"{URL}/meetings/{meeting.pk}/"
    assert client.post(f"{base}steps/invite/", YES).status_code == 302

    early = signed_in(chair).post(f"{base}steps/open/", YES)
    assert early.status_code == 422
    assert "Mới có 0/9 thành viên chấm điểm, Quy chế cần ít nhất 7." in early.text
    assert "Chủ tịch có mặt" in early.text

    keys = [seat.pk for seat in council.seats.all()]
    assert signed_in(secretary).get(f"{base}attendance/").status_code == 200
    assert signed_in(secretary).post(f"{base}attendance/", {"seat": keys}).status_code == 302
    assert signed_in(secretary).post(f"{base}steps/open/", YES).status_code == 403
    assert signed_in(chair).post(f"{base}steps/open/", YES).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN
    assert Ballot.objects.count() == 9


def test_the_sheet_sends_who_has_not_declared_to_declare(
    signed_in, meeting, tea_item, members, member, chair, secretary
):
    makers.set_attendance(meeting, [s.pk for s in meeting.council.seats.all()], by=secretary)
    makers.MEETING.take("open", meeting, by=chair)
    ballot = makers.ballot_of(tea_item, member)
    client = signed_in(member)
    assert (
        client.get(f"{URL}/ballots/{ballot.pk}/1.1/")["Location"] == f"{URL}/meetings/{meeting.pk}/declare/"
    )
    page = client.get(f"{URL}/meetings/{meeting.pk}/declare/")
    assert "Chè Shan" in page.text
    answers = {f"choice-{item.assessment_id}": "none" for item in meeting.agenda.all()} | {"pledge": "1"}
    assert client.post(f"{URL}/meetings/{meeting.pk}/declare/", answers).status_code == 302
    assert client.get(f"{URL}/ballots/{ballot.pk}/1.1/").status_code == 200


def test_a_conflict_needs_its_ground(signed_in, meeting, tea, member):
    refused = signed_in(member).post(
        f"{URL}/meetings/{meeting.pk}/declare/", {f"choice-{tea.pk}": "conflict", "pledge": "1"}
    )
    assert refused.status_code == 422
    assert "Hãy ghi lý do" in refused.text


@pytest.fixture
def sheet(running, tea_item, member) -> Ballot:
    return makers.ballot_of(tea_item, member)


def test_a_plain_form_saves_one_criterion_and_goes_on(signed_in, sheet, member):
    client = signed_in(member)
    opened = client.get(f"{URL}/ballots/{sheet.pk}/")
    assert opened["Location"] == f"{URL}/ballots/{sheet.pk}/1.1/"
    page = client.get(opened["Location"])
    assert page.context["page"].tally["count"] == 32
    form = {"c-1-1": "3", "revision": "0", "key": "a", "note": "Rõ nguồn gốc", "go": "next"}
    answer = client.post(opened["Location"], form)
    assert answer["Location"] == f"{URL}/ballots/{sheet.pk}/1.2/"
    sheet.refresh_from_db()
    assert sheet.levels == {"1.1": {"p": 3, "r": 1, "note": "Rõ nguồn gốc"}}
    assert sheet.total == 3


def test_the_script_gets_the_servers_time_and_the_sums(signed_in, sheet, member):
    client = signed_in(member)
    form = {"c-1-5": "1", "revision": "0", "key": "a", "note": ""}
    answer = client.post(f"{URL}/ballots/{sheet.pk}/1.5/", form, headers={"accept": "application/json"})
    body = answer.json()
    assert (body["revision"], body["total"], body["stars"], body["answered"]) == (1, 1, 1, 1)
    assert len(body["saved_at"]) == 5
    again = client.post(f"{URL}/ballots/{sheet.pk}/1.5/", form, headers={"accept": "application/json"})
    assert again.json()["revision"] == 1


def test_a_stale_tab_is_answered_with_both_values(signed_in, sheet, member):
    save_mark(sheet, "1.1", 2, revision=0, key="phone", by=member)
    client = signed_in(member)
    form = {"c-1-1": "3", "revision": "0", "key": "desk"}
    answer = client.post(f"{URL}/ballots/{sheet.pk}/1.1/", form, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json() == {"mine": {"p": 3, "r": 2}, "theirs": {"p": 2, "r": 1}, "revision": 1}
    page = client.post(f"{URL}/ballots/{sheet.pk}/1.1/", form)
    assert page.status_code == 409
    assert "Đang lưu: 2 điểm. Bạn vừa chọn: 3 điểm." in page.text
    sheet.refresh_from_db()
    assert sheet.levels["1.1"]["p"] == 2


def test_an_impossible_level_is_refused_in_words(signed_in, sheet, member):
    answer = signed_in(member).post(
        f"{URL}/ballots/{sheet.pk}/1.1/", {"c-1-1": "7", "revision": "0", "key": "a"},
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json() == {"error": "Không có mức điểm này; các mức: 0, 1, 2, 3."}


def test_nobody_opens_the_sheet_of_another(
    signed_in, sheet, chair, secretary, members, officer, stranger, nobody
):
    for user in (chair, secretary, members[4], officer, nobody):
        assert signed_in(user).get(f"{URL}/ballots/{sheet.pk}/1.1/").status_code == 404
        assert signed_in(user).post(f"{URL}/ballots/{sheet.pk}/1.1/", {"c-1-1": "1"}).status_code == 404
    assert signed_in(stranger).get(f"{URL}/ballots/{sheet.pk}/").status_code == 404


def test_sealing_names_what_is_missing_and_counts_it_0_only_when_told(signed_in, sheet, member):
    save_mark(sheet, "1.1", 3, revision=0, key="a", by=member)
    client = signed_in(member)
    url = f"{URL}/ballots/{sheet.pk}/steps/seal/"
    assert client.get(url).status_code == 200
    refused = client.post(url, YES)
    assert refused.status_code == 422
    assert "Còn 31 tiêu chí chưa chấm: 1.2, 1.3" in refused.text
    assert client.post(url, {"unanswered": "on"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == (BallotState.SEALED, 3)
    page = client.get(f"{URL}/ballots/{sheet.pk}/1.1/")
    assert "Phiếu đã nộp lúc" in page.text
    assert (
        client.post(f"{URL}/ballots/{sheet.pk}/1.1/", {"c-1-1": "1", "revision": "1", "key": "b"}).status_code
        == 422
    )


def test_a_zero_that_is_not_printed_needs_its_reason(sheet, member):
    makers.fill(sheet, by=member)
    save_mark(sheet, "1.1", 0, revision=1, key="zero", by=member)
    with pytest.raises(makers.ValidationError) as refused:
        BALLOT.take("seal", sheet, by=member)
    assert refused.value.messages == ["Cho 0 điểm ngoài thang in sẵn thì phải ghi lý do: 1.1."]
    save_mark(sheet, "1.1", 0, revision=2, key="why", note="Không chứng minh được", by=member)
    assert BALLOT.take("seal", sheet, by=member).total == 97


def test_only_the_chair_reopens_and_says_why(signed_in, sheet, member, chair, secretary, members):
    makers.fill(sheet, by=member)
    BALLOT.take("seal", sheet, by=member)
    url = f"{URL}/ballots/{sheet.pk}/steps/reopen/"
    for user in (secretary, members[4], member, members[1]):
        assert signed_in(user).post(url, {"note": "vì"}).status_code == 403
    assert signed_in(chair).post(url, {"note": ""}).status_code == 422
    assert signed_in(chair).post(url, {"note": "Chấm nhầm sản phẩm"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.sealed_at) == (BallotState.OPEN, None)
    save_mark(sheet, "1.1", 2, revision=1, key="again", by=member)


@pytest.mark.parametrize("name", ["assessments", "councils", "meetings"])
def test_lists_open_for_everybody_and_show_only_what_is_theirs(signed_in, running, nobody, officer, name):
    assert "Hội đồng OCOP" not in signed_in(nobody).get(f"{URL}/{name}/").text.partition("<main")[2]
    page = signed_in(officer).get(f"{URL}/{name}/")
    assert page.status_code == 200
    assert ("Chè Shan" in page.text) == (name == "assessments")


def test_the_signed_out_are_asked_to_sign_in(client, running):
    for name in ("meetings", "councils", "assessments"):
        assert client.get(f"{URL}/{name}/")["Location"].startswith(f"{URL}/accounts/login/")
    assert reverse("evaluation:meeting", args=[running.pk])


def test_a_new_council_begins_under_the_law_in_force(signed_in, officer, province):
    form = signed_in(officer).get(f"{URL}/councils/new/").context["form"]
    assert (form["regime"].value(), form["unit"].value()) == ("26/2026", province.pk)


def test_nothing_is_being_scored_before_the_meeting_opens(signed_in, meeting, officer):
    page = signed_in(officer).get(f"{URL}/meetings/{meeting.pk}/").text
    assert ("Đang chấm" in page, "phiếu đã nộp" in page) == (False, False)
