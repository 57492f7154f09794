"""Who was invited to answer for the producer does so while her product is discussed; anything else stays shut."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.meetings.discussing import discuss, stop
from evaluation.meetings.guests import invite_guest
from evaluation.meetings.questions import ask
from evaluation.models import Guest, Meeting, Question
from evaluation.workflow.question import QUESTION
from products.models import Dossier, Exclusion, ProducerMember
from tests import factories
from tests.evaluation import makers

URL = "/lai-chau"
WHAT, ANSWER = "Bao nhiêu hộ liên kết?", "Mười hai hộ, có hợp đồng"


@pytest.fixture
def speaker(lai_chau):
    """Speaks for the co-operative, without an account of its own there."""
    return factories.make_user("giam.doc", "Lò Thị Xuân")


@pytest.fixture
def asked(running, tea_item, member, secretary) -> Question:
    question = ask(makers.ballot_of(tea_item, member), "1.5", WHAT, by=member)
    return QUESTION.take("pass_on", question, by=secretary)


@pytest.fixture
def invited(running, tea_item, speaker, secretary) -> Guest:
    return invite_guest(running, speaker, capacity="Giám đốc", item=tea_item, answers=True, by=secretary)


def address(question: Question) -> str:
    return f"{URL}/meetings/{question.meeting_id}/hearing/questions/{question.pk}/"


def hearing(client, meeting) -> str:
    return client.get(f"{URL}/meetings/{meeting.pk}/hearing/now/").text


def test_she_reads_the_question_and_answers_it_on_her_page(
    signed_in, running, tea_item, asked, invited, speaker, member, members, secretary
):
    client = signed_in(speaker)
    assert WHAT not in hearing(client, running)
    discuss(tea_item, by=secretary)
    texts = [hearing(client, running), client.get(address(asked)).text]
    assert [(WHAT in text, str(member) in text) for text in texts] == [(True, False)] * 2
    blank = client.post(address(asked), {"answer": "  "})
    assert (blank.status_code, "Hãy điền “Trả lời”." in blank.text) == (422, True)
    sent = client.post(address(asked), {"answer": ANSWER, "file": factories.upload("hop-dong.pdf")})
    assert sent.headers["Location"] == f"{URL}/meetings/{running.pk}/hearing/"
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.by_producer, asked.answered_by) == (
        "answered",
        ANSWER,
        True,
        speaker,
    )
    assert ANSWER in hearing(client, running)
    assert (
        ANSWER
        in signed_in(members[5]).get(f"{URL}/ballots/{makers.ballot_of(tea_item, members[5]).pk}/1.5/").text
    )


def test_an_answer_that_comes_too_late_is_refused_and_not_lost(
    signed_in, tea_item, rice_item, asked, invited, speaker, secretary
):
    discuss(tea_item, by=secretary)
    discuss(rice_item, by=secretary)
    client = signed_in(speaker)
    assert client.get(address(asked)).status_code == 404
    late = client.post(address(asked), {"answer": ANSWER})
    assert (late.status_code, ANSWER in late.text, WHAT in late.text) == (422, True, False)
    assert "Hội đồng đã chuyển sang phần khác" in late.text
    asked.refresh_from_db()
    assert asked.state == "passed"


def test_nothing_else_opens(signed_in, running, tea, tea_item, asked, invited, speaker, member, secretary):
    other = ask(makers.ballot_of(tea_item, member), "1.1", "Chưa chuyển", by=member)
    discuss(tea_item, by=secretary)
    client = signed_in(speaker)
    for place in (
        f"meetings/{running.pk}/", f"meetings/{running.pk}/items/{tea.pk}/", f"dossiers/{tea.dossier_id}/",
        f"dossiers/{tea.dossier_id}/questions/", f"questions/{other.pk}/steps/reply/",
    ):  # fmt: skip
        assert client.get(f"{URL}/{place}").status_code == 404
    assert client.get(address(other)).status_code == 404
    assert client.get(f"{URL}/questions/{asked.pk}/steps/answer/").status_code == 403
    assert list(Question.objects.visible_to(speaker)) == [asked]
    assert not Dossier.objects.visible_to(speaker).exists()
    stop(Meeting.objects.get(), by=secretary)
    assert not Question.objects.visible_to(speaker).exists()
    with pytest.raises(PermissionDenied):
        QUESTION.take("reply", asked, by=speaker, data={"answer": ANSWER})


def test_a_guest_who_only_listens_answers_nothing(signed_in, running, tea_item, asked, speaker, secretary):
    invite_guest(running, speaker, capacity="Chuyên gia chè", item=tea_item, by=secretary)
    discuss(tea_item, by=secretary)
    client = signed_in(speaker)
    assert WHAT not in hearing(client, running)
    assert client.post(address(asked), {"answer": ANSWER}).status_code == 404


def test_a_conflict_shuts_her_out_of_it(
    signed_in, tea, tea_item, running, asked, invited, speaker, secretary
):
    discuss(tea_item, by=secretary)
    Exclusion.objects.create(dossier=tea.dossier, user=speaker, ground="Góp vốn")
    client = signed_in(speaker)
    assert WHAT not in hearing(client, running)
    assert [
        client.get(address(asked)).status_code,
        client.post(address(asked), {"answer": "x"}).status_code,
    ] == [404] * 2
    assert not Question.objects.visible_to(speaker).exists()
    with pytest.raises(PermissionDenied):
        QUESTION.take("reply", asked, by=speaker, data={"answer": ANSWER})


def test_the_producers_people_always_may_and_nobody_for_a_whole_meeting(
    running, tea, tea_item, speaker, secretary
):
    with pytest.raises(ValidationError) as refused:
        invite_guest(running, speaker, capacity="Giám đốc", answers=True, by=secretary)
    assert refused.value.message_dict == {"answers": ["Trả lời thay chủ thể thì phải mời cho một sản phẩm."]}
    ProducerMember.objects.create(producer=tea.dossier.product.producer, user=speaker)
    assert invite_guest(running, speaker, capacity="Chủ thể", item=tea_item, by=secretary).answers


def test_three_questions_cost_no_more_than_one(
    signed_in, running, tea_item, asked, invited, speaker, member, secretary
):
    discuss(tea_item, by=secretary)
    client, counts = signed_in(speaker), []
    for more in ((), ("1.1", "1.2")):
        for code in more:
            QUESTION.take(
                "pass_on", ask(makers.ballot_of(tea_item, member), code, WHAT, by=member), by=secretary
            )
        with CaptureQueriesContext(connection) as queries:
            assert hearing(client, running).count(WHAT) == 1 + len(more)
        counts.append(len(queries))
    assert counts[0] == counts[1]
