"""A declared conflict: from then on nothing shows the product, wherever one looks."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation.decisions.drafting import draft_decision
from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss
from evaluation.models import Assessment, Ballot, Decision, Declaration, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from products.models import Dossier, Exclusion
from tests import factories
from tests.evaluation import decision_makers, makers

URL = "/lai-chau"
TEA, RICE = "Chè Shan tuyết", "Gạo Séng cù"


def places(meeting, tea, ballot=None) -> list[str]:
    """Every page and API address of this room where the tea could be seen."""
    found = [
        "assessments/", "assessments/?q=che", f"assessments/{tea.pk}/", f"assessments/{tea.pk}/report/",
        f"assessments/{tea.pk}/feedback/",
        "meetings/", f"meetings/{meeting.pk}/", f"meetings/{meeting.pk}/board/", f"meetings/{meeting.pk}/agenda/",
        f"meetings/{meeting.pk}/declare/", f"meetings/{meeting.pk}/items/{tea.pk}/",
        f"meetings/{meeting.pk}/items/{tea.pk}/rescore/", "notices/",
        f"meetings/{meeting.pk}/assign/", f"meetings/{meeting.pk}/assign/?each=3&seed=abc", f"meetings/{meeting.pk}/guests/",
        f"meetings/{meeting.pk}/invitation/", f"meetings/{meeting.pk}/hearing/", f"councils/{meeting.council_id}/",
        f"meetings/{meeting.pk}/items/{tea.pk}/agreement/", f"meetings/{meeting.pk}/items/{tea.pk}/rounds/",
        f"meetings/{meeting.pk}/hall/", f"meetings/{meeting.pk}/hall/now/", f"meetings/{meeting.pk}/progress/",
        f"meetings/{meeting.pk}/minutes/", f"meetings/{meeting.pk}/totals/", f"meetings/{meeting.pk}/sheets/",
        f"meetings/{meeting.pk}/offline/", f"meetings/{meeting.pk}/offline/bundle/", f"meetings/{meeting.pk}/sync/",
        "api/assessments/", f"api/assessments/{tea.pk}/", f"api/assessments/{tea.pk}/steps/",
        f"api/meetings/{meeting.pk}/agenda/", f"api/meetings/{meeting.pk}/board/", "api/ballots/", "api/results/",
        "api/questions/", f"api/meetings/{meeting.pk}/assignment/", f"api/meetings/{meeting.pk}/guests/",
        f"api/meetings/{meeting.pk}/invitation/", f"api/meetings/{meeting.pk}/progress/",
        f"api/meetings/{meeting.pk}/items/{tea.pk}/alarms/", f"api/meetings/{meeting.pk}/items/{tea.pk}/rounds/",
    ]  # fmt: skip
    if ballot:
        found += [f"ballots/{ballot.pk}/", f"ballots/{ballot.pk}/1.1/", f"api/ballots/{ballot.pk}/"]
    return [f"{URL}/{place}" for place in found]


def seen(client, addresses) -> list[str]:
    """The addresses whose answer names the tea."""
    told = []
    for address in addresses:
        answer = client.get(address)
        if TEA in answer.text or "che shan" in answer.text:
            told.append(address)
    return told


def test_without_a_conflict_there_is_much_to_see(signed_in, running, tea, tea_item, member):
    """The test below would prove nothing if the tea were nowhere to be seen anyway."""
    ballot = makers.ballot_of(tea_item, member)
    assert len(seen(signed_in(member), places(running, tea, ballot))) >= 8


@pytest.mark.parametrize("who", [0, 2, 3])  # the chair, the secretary, a member
def test_who_is_in_conflict_sees_nothing_of_it(signed_in, meeting, tea, tea_item, rice, members, who):
    recused = members[who]
    declare(meeting, {tea.pk: "Vợ là thành viên hợp tác xã", rice.pk: ""}, by=recused)
    makers.all_declare(meeting, [user for user in members if user != recused])
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=members[2])
    MEETING.take("open", meeting, by=members[0])
    discuss(tea_item, by=members[1] if who == 0 else members[0])

    assert not Ballot.objects.filter(assessment=tea, seat__user=recused).exists()
    client = signed_in(recused)
    assert seen(client, places(meeting, tea)) == []
    assert RICE in client.get(f"{URL}/meetings/{meeting.pk}/").text
    assert not Assessment.objects.visible_to(recused).filter(pk=tea.pk).exists()
    assert not Dossier.objects.visible_to(recused).filter(pk=tea.dossier_id).exists()
    assert not recused.has_perm("evaluation.score_assessment", tea)
    assert client.get(f"{URL}/assessments/{tea.pk}/").status_code == 404
    assert [
        it["assessment"] for it in client.get(f"{URL}/api/meetings/{meeting.pk}/board/").json()["items"]
    ] == [rice.pk]


def test_an_officer_with_a_seat_is_shut_out_though_her_role_would_let_her_in(
    signed_in, province, members, officer, leader, tea, rice
):
    people = [*members[:8], officer]
    council = makers.make_council(province, people, officer=officer, leader=leader)
    meeting = makers.make_meeting(council, [tea, rice], by=officer)
    client = signed_in(officer)
    assert len(seen(client, places(meeting, tea))) >= 8
    declare(meeting, {tea.pk: "Em ruột là giám đốc"}, by=officer)
    assert seen(client, places(meeting, tea)) == []


def test_a_draft_decision_with_it_is_brought_to_its_end_by_others_and_public_once_issued(
    signed_in, province, members, officer, leader, advisor, tea, rice
):
    other = factories.make_user("tinh.ocop2", "Lò Thị Xuân", role="officer", unit=province)
    people = [*members[:8], officer]
    council = makers.make_council(province, people, officer=other, leader=leader)
    meeting = makers.make_meeting(council, [tea, rice], by=other)
    declare(meeting, {tea.pk: "Em ruột là giám đốc", rice.pk: ""}, by=officer)
    makers.all_declare(meeting, members[:8])
    makers.set_attendance(meeting, [seat.pk for seat in council.seats.all()], by=members[2])
    MEETING.take("open", meeting, by=members[0])
    for item, scoring in zip(meeting.agenda.order_by("pk"), (members[:8], people), strict=True):
        makers.score_all(item, scoring)
        ASSESSMENT.take("conclude", item.assessment, by=members[0])
    MEETING.take("conclude", meeting, by=members[0])
    decision = draft_decision(province, "province", by=other)
    client = signed_in(officer)
    own = [f"{URL}/decisions/", f"{URL}/decisions/{decision.pk}/", f"{URL}/", f"{URL}/api/decisions/",
           f"{URL}/papers/{decision.paper_id}/"]  # fmt: skip
    assert seen(client, own) == []
    assert client.get(own[1]).status_code == client.get(own[4]).status_code == 404
    assert not Decision.objects.visible_to(officer).exists()
    assert TEA in signed_in(other).get(own[1]).text
    decision_makers.issue(decision, by=decision_makers.let_sign(leader), on=timezone.localdate())
    assert client.get(own[1]).status_code == client.get(own[4]).status_code == 200


def test_the_deputy_leads_the_discussion_of_what_the_chair_is_out_of(
    meeting, tea, tea_item, rice, members, chair, deputy
):
    declare(meeting, {tea.pk: "Góp vốn", rice.pk: ""}, by=chair)
    makers.all_declare(meeting, members[1:])
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=members[2])
    MEETING.take("open", meeting, by=chair)
    makers.score_all(tea_item, members[1:])
    with pytest.raises(makers.PermissionDenied):
        ASSESSMENT.take("conclude", tea, by=chair)
    with pytest.raises(makers.PermissionDenied):
        ASSESSMENT.take("conclude", rice, by=deputy)
    ASSESSMENT.take("conclude", tea, by=deputy)
    result = Result.objects.get(assessment=tea)
    assert len(result.reasons["counted"]) == 8
    assert len(result.reasons["recused"]) == 1


def test_a_conflict_found_while_scoring_leaves_the_sheet_uncounted(
    running, tea, tea_item, members, member, chair
):
    makers.score_all(tea_item, members)
    declare(running, {tea.pk: "Nhận ra người nhà"}, by=member)
    ASSESSMENT.take("conclude", tea, by=chair)
    assert len(Result.objects.get(assessment=tea).reasons["counted"]) == 8


def test_once_concluded_it_is_too_late_to_declare(running, tea, tea_item, members, member, chair):
    makers.score_all(tea_item, members)
    ASSESSMENT.take("conclude", tea, by=chair)
    with pytest.raises(ValidationError):
        declare(running, {tea.pk: "Muộn"}, by=member)
    assert not Exclusion.objects.exists()


def test_the_minutes_name_the_product_and_the_notices_do_not(
    meeting, tea, rice, tea_item, rice_item, members, member, chair
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
    assert f"{member} không tham gia “{tea}”: Người nhà" in str(done.minutes.content)
    told = " ".join(Notice.objects.for_user(member).values_list("subject", flat=True))
    assert (TEA in told, RICE in told) == (False, True)
    assert TEA in " ".join(Notice.objects.for_user(chair).values_list("subject", flat=True))


def test_a_conflict_is_never_taken_back_by_its_holder(meeting, tea, member):
    declare(meeting, {tea.pk: "Người nhà"}, by=member)
    with pytest.raises(ValidationError):
        declare(meeting, {tea.pk: ""}, by=member)
    assert Declaration.objects.get(seat__user=member).has_conflict


def test_grants_come_with_the_agenda_and_the_declaration_and_go_with_them(
    meeting, tea, tea_item, member, officer
):
    assert member.has_perm("evaluation.score_assessment", tea)
    assert not Dossier.objects.visible_to(member).exists()
    declare(meeting, {tea.pk: ""}, by=member)
    assert list(Dossier.objects.visible_to(member)) == [tea.dossier]
    makers.remove_from_agenda(tea_item, by=officer)
    assert not member.has_perm("evaluation.score_assessment", tea)
    assert not Dossier.objects.visible_to(member).exists()
    assert Assessment.objects.get(pk=tea.pk).state == "checked"
