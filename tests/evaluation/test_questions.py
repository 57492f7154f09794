"""A member asks the producer through the secretary; who asked stays in the hall."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from evaluation.meetings.declarations import declare
from evaluation.meetings.questions import ask
from evaluation.models import Ballot, Question
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.question import QUESTION
from ocop.notices.models import Notice
from products.models import ProducerMember
from tests import factories
from tests.evaluation import makers

URL = "/lai-chau"
WHAT, ANSWER = "Hợp đồng còn hạn không?", "Còn đến tháng 12/2027"


@pytest.fixture
def owner(tea):
    user = factories.make_user("chuthe.che", "Lò Thị Xuân")
    producer = tea.dossier.product.producer
    ProducerMember.objects.create(producer=producer, user=user, role="owner", starts_on=timezone.localdate())
    return user


@pytest.fixture
def sheet(running, tea_item, member):
    return makers.ballot_of(tea_item, member)


@pytest.fixture
def asked(sheet, member, owner) -> Question:
    return ask(sheet, "1.5", WHAT, by=member)


def told(user) -> str:
    return " ".join(f"{it.subject} {it.body}" for it in Notice.objects.for_user(user))


def test_the_whole_way_of_a_question(signed_in, running, tea, sheet, member, members, secretary, owner):
    page = f"{URL}/ballots/{sheet.pk}/1.5/"
    assert f"{page}ask/" in signed_in(member).get(page).text
    assert signed_in(member).post(f"{page}ask/", {"text": ""}).status_code == 422
    assert signed_in(member).post(f"{page}ask/", {"text": WHAT}).status_code == 302
    question = Question.objects.get()
    product = f"{URL}/meetings/{running.pk}/items/{tea.pk}/"
    assert WHAT in signed_in(secretary).get(product).text
    assert "Có câu hỏi cho chủ thể" in told(secretary)
    assert signed_in(owner).get(f"{URL}/dossiers/{tea.dossier_id}/questions/").status_code == 404

    steps = f"{URL}/questions/{question.pk}/steps"
    assert signed_in(secretary).post(f"{steps}/pass_on/", {"go": "1"}).status_code == 302
    hers = signed_in(owner)
    assert "Hội đồng có 1 câu hỏi" in hers.get(f"{URL}/dossiers/{tea.dossier_id}/").text
    assert WHAT in hers.get(f"{URL}/dossiers/{tea.dossier_id}/questions/").text
    sent = {"answer": ANSWER, "file": factories.upload("hop-dong.pdf")}
    assert hers.post(f"{steps}/reply/", sent).status_code == 302
    other = Ballot.objects.get(assessment=tea, seat__user=members[5])
    shown = signed_in(members[5]).get(f"{URL}/ballots/{other.pk}/1.5/").text
    assert (WHAT in shown, ANSWER in shown, "hop-dong.pdf" in shown) == (True, True, True)
    assert "Đã trả lời câu hỏi" in told(members[5])
    answer = signed_in(members[5]).get(f"{URL}/questions/{question.pk}/file/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_producer_never_learns_who_asked(signed_in, asked, tea, member, secretary, owner):
    QUESTION.take("pass_on", asked, by=secretary)
    hers = signed_in(owner)
    pages = [f"dossiers/{tea.dossier_id}/questions/", f"questions/{asked.pk}/steps/reply/", "notices/"]
    texts = [hers.get(f"{URL}/{page}").text for page in pages]
    assert [str(member) in text for text in [*texts, told(owner)]] == [False] * 4
    assert [WHAT in text for text in [texts[0], told(owner)]] == [True, True]


def test_until_it_is_answered_it_is_between_her_and_who_leads(
    asked, member, members, chair, secretary, owner
):
    sees = [
        Question.objects.visible_to(user).exists() for user in (member, chair, secretary, members[5], owner)
    ]
    assert sees == [True, True, True, False, False]


def test_the_secretary_may_answer_it_herself_and_nobody_twice(asked, members, secretary, owner):
    with pytest.raises(PermissionDenied):
        QUESTION.take("answer", asked, by=members[5], data={"answer": ANSWER})
    with pytest.raises(PermissionDenied):
        QUESTION.take("reply", asked, by=owner, data={"answer": ANSWER})
    QUESTION.take("answer", asked, by=secretary, data={"answer": ANSWER})
    asked.refresh_from_db()
    assert (asked.by_producer, asked.answered_by) == (False, secretary)
    assert not Question.objects.visible_to(owner).exists()
    with pytest.raises(ValidationError):
        QUESTION.take("answer", asked, by=secretary, data={"answer": "Khác"})


def test_nothing_goes_on_once_the_product_is_concluded(
    asked, sheet, tea, tea_item, members, member, chair, secretary, owner
):
    QUESTION.take("pass_on", asked, by=secretary)
    makers.score_all(tea_item, members)
    ASSESSMENT.take("conclude", tea, by=chair)
    for take in (
        lambda: QUESTION.take("reply", asked, by=owner, data={"answer": ANSWER}),
        lambda: QUESTION.take("answer", asked, by=secretary, data={"answer": ANSWER}),
        lambda: ask(sheet, "1.5", WHAT, by=member),
    ):
        with pytest.raises(ValidationError) as refused:
            take()
        assert refused.value.messages == ["Hội đồng đã kết luận sản phẩm này."]


@pytest.mark.parametrize("who", [0, 2, 3])  # the chair, the secretary, who asked
def test_the_recused_find_no_trace(signed_in, running, asked, tea, sheet, members, secretary, who):
    if who != 2:
        QUESTION.take("answer", asked, by=secretary, data={"answer": ANSWER})
    recused = members[who]
    declare(running, {tea.pk: "Người nhà"}, by=recused)
    client = signed_in(recused)
    for place in (
        f"meetings/{running.pk}/items/{tea.pk}/", f"questions/{asked.pk}/file/", f"questions/{asked.pk}/steps/answer/",
        f"ballots/{sheet.pk}/1.5/ask/", f"ballots/{sheet.pk}/knock-outs/", f"dossiers/{tea.dossier_id}/questions/",
    ):  # fmt: skip
        assert client.get(f"{URL}/{place}").status_code == 404
    assert not Question.objects.visible_to(recused).exists()
    assert "Chè Shan" not in told(recused)


def test_the_api_asks_passes_on_and_answers_without_a_name(signed_in, sheet, member, secretary, owner):
    body = {"criterion": "1.5", "text": WHAT}
    made = signed_in(member).post(
        f"{URL}/api/ballots/{sheet.pk}/questions/", body, content_type="application/json"
    )
    assert made.status_code == 201, made.json()
    address = f"{URL}/api/questions/{made.json()['id']}"
    assert signed_in(owner).get(f"{address}/").status_code == 404
    assert signed_in(secretary).post(f"{address}/steps/pass_on/").status_code == 200
    assert signed_in(owner).post(f"{address}/steps/reply/", {"answer": "  "}).status_code == 400
    answered = signed_in(owner).post(f"{address}/steps/reply/", {"answer": ANSWER}).json()
    assert (answered["state"], answered["answer"], answered["by_producer"]) == ("answered", ANSWER, True)
    assert answered.keys().isdisjoint({"seat", "asked_by", "answered_by"})
