"""Cases of loại proposed on one's own sheet, with the page one saw it on; the council decides."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from evaluation.ballots.proposals import propose_knock_out, take_back_proposal
from evaluation.meetings.conclusions import record_agreed
from evaluation.models import KnockOutProposal, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from ocop.files.store import keep_made
from products.models import EvidenceLink, EvidencePaper
from tests.evaluation import makers
from tests.factories import pdf

URL = "/lai-chau"
CODE, SEEN = "tap-chat-2", "Ảnh chụp lô 12 có tạp chất"


@pytest.fixture
def paper(tea):
    file = keep_made(pdf("Phiếu", 4), "phieu.pdf", "application/pdf", pages=4)
    producer = tea.dossier.product.producer
    made = EvidencePaper.objects.create(
        producer=producer, kind="story", title="Phiếu kiểm nghiệm", file=file, added_at=timezone.now()
    )
    EvidenceLink.objects.create(dossier=tea.dossier, paper=made, criterion="1.1")
    return made


@pytest.fixture
def sheet(running, tea_item, member):
    return makers.ballot_of(tea_item, member)


def test_it_is_hers_alone_until_all_have_sealed(
    signed_in, running, tea, tea_item, sheet, paper, member, members, chair, secretary
):
    form = {"code": CODE, "words": SEEN, "paper": paper.pk, "page": 3}
    assert signed_in(member).post(f"{URL}/ballots/{sheet.pk}/knock-outs/", form).status_code == 302
    assert SEEN in signed_in(member).get(f"{URL}/ballots/{sheet.pk}/knock-outs/").text
    product = f"{URL}/meetings/{running.pk}/items/{tea.pk}/"
    for user in (chair, secretary, members[4]):
        assert signed_in(user).get(f"{URL}/ballots/{sheet.pk}/knock-outs/").status_code == 404
        assert SEEN not in signed_in(user).get(product).text
    makers.score_all(tea_item, members)
    for user in (chair, secretary):
        page = signed_in(user).get(product)
        assert f"{member}: {SEEN}" in page.text
        assert f"{URL}/evidence/{paper.pk}/pages/3.png" in page.text
    assert SEEN not in signed_in(members[4]).get(product).text


def test_what_the_council_records_names_who_proposed(
    running, tea, rice, tea_item, rice_item, sheet, member, members, chair, secretary
):
    propose_knock_out(sheet, CODE, SEEN, by=member)
    for item in (tea_item, rice_item):
        makers.score_all(item, members)
    record_agreed(tea_item, by=secretary, agreed={}, knock_outs=[CODE])
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    assert Result.objects.get(assessment=tea).reasons["proposed"] == {CODE: [sheet.seat_id]}
    assert Result.objects.get(assessment=rice).reasons["proposed"] == {}
    minutes = MEETING.take("conclude", running, by=chair).minutes
    assert f"(người đề nghị: {member})" in str(minutes.content)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "khong-co"}, "code"),
        ({"words": "  "}, "words"),
        ({"page": 2, "paper": None}, "paper"),
        ({"page": 5}, "page"),
    ],
)
def test_bad_proposals_are_refused_at_their_field(sheet, paper, member, given, field):
    whole = {"code": CODE, "words": SEEN, "paper": paper, "page": 1} | given
    with pytest.raises(ValidationError) as refused:
        propose_knock_out(sheet, by=member, **whole)
    assert list(refused.value.message_dict) == [field]
    assert not KnockOutProposal.objects.exists()


def test_a_paper_of_another_dossier_is_none_of_this_one(sheet, rice_item, paper, member):
    EvidenceLink.objects.filter(paper=paper).update(dossier=rice_item.assessment.dossier)
    with pytest.raises(ValidationError) as refused:
        propose_knock_out(sheet, CODE, SEEN, by=member, paper=paper)
    assert refused.value.message_dict == {"paper": ["Giấy tờ này không thuộc hồ sơ của sản phẩm."]}


def test_said_again_it_is_replaced_and_after_the_seal_it_stands(sheet, member, members, tea_item):
    propose_knock_out(sheet, CODE, "Nghi ngờ", by=member)
    propose_knock_out(sheet, CODE, SEEN, by=member)
    assert [it.words for it in sheet.proposals.all()] == [SEEN]
    with pytest.raises(PermissionDenied):
        propose_knock_out(sheet, CODE, SEEN, by=members[4])
    makers.score_all(tea_item, [member])
    with pytest.raises(ValidationError):
        take_back_proposal(sheet, CODE, by=member)
    assert sheet.proposals.count() == 1


def test_the_api_takes_it_too_and_only_from_its_holder(signed_in, sheet, paper, member, chair):
    body = {"code": CODE, "words": SEEN, "paper": paper.pk, "page": 2}
    address = f"{URL}/api/ballots/{sheet.pk}/knock-outs/"
    made = signed_in(member).put(address, body, content_type="application/json")
    assert made.json() == body
    assert signed_in(member).get(address).json() == [body]
    assert signed_in(chair).get(address).status_code == 404
