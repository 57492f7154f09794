"""After the decision the producer reads why, criterion by criterion, and the shortest way up; of the sheets nothing."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.ballots.saving import reckon
from evaluation.decisions.drafting import draft_decision
from evaluation.decisions.feedback import read_feedback
from evaluation.meetings.agreements import agree_on
from evaluation.models import Assessment, FormerResult, Result
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from plans.models import Round
from products.models import Exclusion, ProducerMember, SelfScore
from tests import factories
from tests.evaluation import decision_makers, makers

URL = "/lai-chau"
WORDS = "Ý kiến riêng của người chấm"


@pytest.fixture
def members(lai_chau):
    return makers.make_members(4)


@pytest.fixture
def owner(tea):
    user = factories.make_user("chuthe.che", "Lò Thị Xuân")
    producer = tea.dossier.product.producer
    ProducerMember.objects.create(producer=producer, user=user, role="owner", starts_on=timezone.localdate())
    SelfScore.objects.update_or_create(dossier=tea.dossier, defaults={"levels": {"1.1": {"p": 3}}})
    return user


def scored(item, members, *, lose: list[int]) -> Assessment:
    """Sheets with words of their own, an agreed level, concluded."""
    for user, each in zip(members, lose, strict=True):
        sheet = makers.ballot_of(item, user)
        makers.fill(sheet, by=user, lose=each)
        sheet.levels["1.1"] |= {"p": 2 if user == members[3] else 3, "note": WORDS}
        reckon(sheet)
        sheet.save(update_fields=["levels", "total", "stars"])
        BALLOT.take("seal", sheet, by=user)
    agree_on(item, "1.1", 2, by=members[0])
    return ASSESSMENT.take("conclude", item.assessment, by=members[0])


@pytest.fixture
def concluded(running, tea_item, rice_item, members):
    """Tea: 71, 71, 71 and 70 points; rice: nothing lost. The meeting is over."""
    scored(tea_item, members, lose=[29, 29, 29, 29])
    makers.score_all(rice_item, members)
    ASSESSMENT.take("conclude", rice_item.assessment, by=members[0])
    return MEETING.take("conclude", running, by=members[0])


@pytest.fixture
def decided(concluded, tea, owner, province, officer, leader):
    """Issued: the tea alone."""
    decision = draft_decision(province, tea.tier, by=officer, assessments=[tea])
    decision_makers.let_sign(leader)
    return decision_makers.issue(decision, by=leader, on=timezone.localdate())


def page(tea) -> str:
    return f"{URL}/assessments/{tea.pk}/feedback/"


def test_nobody_reads_it_before_the_decision(signed_in, concluded, tea, owner, officer, members):
    assert [signed_in(user).get(page(tea)).status_code for user in (owner, officer, members[0])] == [404] * 3


def test_the_notice_leads_to_every_criterion_and_the_way_up(signed_in, decided, tea, owner):
    told = Notice.objects.filter(user=owner, kind="result").get()
    assert f"{URL}/{told.url}" == page(tea)
    text = signed_in(owner).get(page(tea)).text
    assert decided.number in text
    assert "70,75 điểm" in text
    result = Result.objects.get(assessment=tea)
    told = read_feedback(result)
    line = told.parts[0].lines[0]
    assert (line.criterion.code, str(line.mean), line.agreed, line.claim) == ("1.1", "11/4", 2, 3)
    assert told.way is not None
    assert told.way.star == result.stars + 1
    assert f"Đường ngắn nhất tới {told.way.star} sao" in text
    assert [it.text in text for it in told.way.raises] == [True] * len(told.way.raises)


def test_the_dossier_leads_there_too(signed_in, decided, tea, owner):
    text = signed_in(owner).get(f"{URL}/dossiers/{tea.dossier_id}/").text
    assert f"{URL}/assessments/{tea.pk}/feedback/" in text


def test_no_sheet_no_name_and_no_word_of_the_discussion(signed_in, decided, tea, owner, members):
    Result.objects.filter(assessment=tea).update(
        reasons=Result.objects.get(assessment=tea).reasons | {"discussion": "Anh Trung đề nghị hạ"}
    )
    text = signed_in(owner).get(page(tea)).text
    assert [word in text for word in (*map(str, members), WORDS, "Anh Trung", "chênh lệch")] == [False] * 7


def test_who_is_recused_and_who_has_no_business_find_nothing(
    signed_in, decided, tea, owner, members, commune_officer, rice
):
    stranger = factories.make_user("nguoi.la", "Người Lạ")
    assert signed_in(stranger).get(page(tea)).status_code == 404
    assert signed_in(members[3]).get(page(tea)).status_code == 200
    Exclusion.objects.create(dossier=tea.dossier, user=members[3], ground="Góp vốn")
    assert signed_in(members[3]).get(page(tea)).status_code == 404
    assert signed_in(owner).get(page(rice)).status_code == 404


def test_below_the_recognised_stars_it_says_the_way_to_them_and_the_next_round(
    signed_in, running, tea, tea_item, rice_item, members, owner, province, officer, leader
):
    scored(tea_item, members, lose=[60, 60, 60, 59])
    makers.remove_from_agenda(rice_item, by=officer)
    MEETING.take("conclude", running, by=members[0])
    decision = draft_decision(province, tea.tier, by=officer)
    decision_makers.let_sign(leader)
    decision_makers.issue(decision, by=leader, on=timezone.localdate())
    today = timezone.localdate()
    Round.objects.create(
        unit=province, year=today.year, name="Đợt bổ sung", regime="26/2026", is_extra=True, basis="Kế hoạch 5",
        opens_on=today, cutoff_on=today, ends_on=today + dt.timedelta(days=30),
    )  # fmt: skip
    text = signed_in(owner).get(page(tea)).text
    assert "Không công nhận" in text
    assert "Đường ngắn nhất tới 3 sao" in text
    assert f"Đợt nộp tiếp theo: Đợt bổ sung, xã đề nghị đến hết ngày {today:%d/%m/%Y}." in text


def test_a_knocked_out_product_is_told_that_points_alone_do_not_help(decided, tea):
    code = next(iter(makers.criteria_set("QD26-11").knock_outs))
    result = Result.objects.get(assessment=tea)
    Result.objects.filter(pk=result.pk).update(reasons=result.reasons | {"knock_outs": [code]})
    told = read_feedback(Result.objects.get(pk=result.pk))
    assert ([it.code for it in told.knock_outs], told.way) == ([code], None)


def test_a_result_of_before_without_means_says_what_it_has(signed_in, commune, province, officer, leader):
    decision_makers.make_certificate(commune, province, officer=officer, leader=leader)
    old = Assessment.objects.get()
    text = signed_in(officer).get(page(old)).text
    assert "84 điểm" in text
    assert "Tiêu chí 1.1 còn thấp" in text
    assert "Đường ngắn nhất" not in text


def test_three_results_of_a_dossier_cost_no_more_than_one(signed_in, decided, tea, owner):
    client, counts = signed_in(owner), []
    for turn in (1, 2, 3):
        if turn > 1:
            again = Assessment.objects.create(
                dossier=tea.dossier,
                tier=tea.tier,
                unit=tea.unit,
                turn=turn,
                published=tea.published,
                state="decided",
            )
            result = Result.objects.get(assessment=tea)
            result.pk, result.assessment = None, again
            result.save(force_insert=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{URL}/dossiers/{tea.dossier_id}/").text.count("/feedback/") == turn
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert not FormerResult.objects.exists()
