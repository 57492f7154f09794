"""The board, the screen of the hall, what stands there once all have sealed, and the reminders."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.councils.rules import set_rules
from evaluation.meetings.agreements import agree_on
from evaluation.meetings.clocks import Clock
from evaluation.meetings.conclusions import rescore
from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss, stop
from evaluation.meetings.nudges import nudge
from evaluation.meetings.rounds import read_rounds
from evaluation.meetings.standing import read_standing
from evaluation.models import Meeting
from evaluation.rules import CouncilRules, read_rules
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.notices.models import Notice
from tests.evaluation import makers

URL = "/lai-chau"
TEA = "Chè Shan tuyết"


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def place(running):
    return lambda end="": f"{URL}/meetings/{running.pk}/{end}"


# ── the screen of the hall ──


def test_the_hall_shows_what_is_discussed_the_count_and_the_clock(
    signed_in, running, tea_item, members, secretary, officer, place
):
    rules = read_rules(running.rules)
    Meeting.objects.filter(pk=running.pk).update(rules={**running.rules, "minutes_each": 10})
    assert rules.minutes_each == 0
    makers.score_all(tea_item, members[:7])
    discuss(tea_item, by=secretary, at=timezone.now() - dt.timedelta(minutes=4))
    page = words(signed_in(secretary).get(place("hall/")))
    assert TEA in page
    assert "2 chưa nộp, trong 9 phiếu" in page
    assert "Có mặt 9/9" in page
    assert re.search(r"Thời gian còn lại (6:00|5:5\d)", page)
    stop(running, by=secretary)
    page = words(signed_in(secretary).get(place("hall/now/")))
    assert (TEA in page, "Giải lao" in page) == (False, True)


def test_the_hall_names_no_missing_sheet_no_list_and_no_points(
    signed_in, running, tea_item, rice_item, members, secretary, chair, place
):
    makers.set_attendance(running, [seat.pk for seat in running.council.seats.all()][:8], by=secretary)
    discuss(tea_item, by=secretary)
    makers.score_all(tea_item, members[:8], lose=1)
    page = words(signed_in(chair).get(place("hall/")))
    assert "Phiếu Đã đủ" in page
    assert str(members[8]) not in page  # she is away and owes a sheet
    assert ("Gạo Séng cù" in page, "99" in page) == (False, False)
    ASSESSMENT.take("conclude", tea_item.assessment, by=chair)
    page = words(signed_in(chair).get(place("hall/now/")))
    assert ("Đã kết luận" in page, "99" in page, "sao" in page) == (True, False, False)


def test_who_does_not_lead_does_not_open_the_hall(signed_in, running, member, nobody, place):
    for end in ("hall/", "hall/now/", "progress/"):
        assert signed_in(member).get(place(end)).status_code == 403
        assert signed_in(nobody).get(place(end)).status_code == 404


def test_the_projector_of_a_recused_secretary_shows_a_pause(
    signed_in, running, tea, tea_item, secretary, chair, place
):
    declare(running, {tea.pk: "Vợ là thành viên hợp tác xã"}, by=secretary)
    discuss(tea_item, by=chair)
    page = words(signed_in(secretary).get(place("hall/")))
    assert (TEA in page, "Giải lao" in page) == (False, True)
    assert TEA in words(signed_in(chair).get(place("hall/")))


def test_the_clock_is_the_servers(running):
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)

    def clock(seconds: int, minutes: int = 10) -> Clock:
        return Clock(noon, noon + dt.timedelta(seconds=seconds), minutes)

    assert [clock(n).face for n in (0, 355, 600, 630)] == ["10:00", "4:05", "0:00", "+0:30"]
    assert [clock(n).is_over for n in (600, 601)] == [False, True]
    assert (clock(65, 0).face, clock(65, 0).until) == ("1:05", None)


# ── cheap for fifteen people every three seconds ──


@pytest.mark.parametrize("address", ["board/", "hall/now/"])
def test_what_did_not_change_costs_six_reads(signed_in, running, chair, place, address):
    client = signed_in(chair)
    tag = client.get(place(address))["ETag"]
    with CaptureQueriesContext(connection) as queries:
        again = client.get(place(address), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    reads = [it for it in queries.captured_queries if " FROM " in it["sql"]]
    assert len(reads) == 6
    assert len(queries) == 10  # and the scope of the tenant: savepoint, key, key, release


def test_each_thing_the_board_shows_changes_its_tag(
    signed_in, running, tea, tea_item, rice_item, members, chair, secretary, member, place
):
    client, seats = signed_in(secretary), [seat.pk for seat in running.council.seats.all()]
    makers.score_all(tea_item, members[:8])

    def seal(n: int) -> None:
        makers.score_all(tea_item, members[n : n + 1])

    def reopen() -> None:
        BALLOT.take("reopen", makers.ballot_of(tea_item, member), by=chair, data={"note": "Nhầm"})

    deeds = [
        lambda: discuss(tea_item, by=secretary),
        lambda: stop(running, by=secretary),
        lambda: makers.set_attendance(running, [*seats[:3], *seats[4:]], by=secretary),
        lambda: makers.set_attendance(running, [*seats[:4], *seats[5:]], by=secretary),
        lambda: makers.set_attendance(running, seats, by=secretary),
        lambda: seal(8),
        lambda: agree_on(tea_item, "1.5", 2, by=secretary),
        lambda: agree_on(tea_item, "1.5", None, by=secretary),
        reopen,
        lambda: BALLOT.take("seal", makers.ballot_of(tea_item, member), by=member),
        lambda: ASSESSMENT.take("conclude", tea, by=chair),
        lambda: ASSESSMENT.take("reconsider", tea, by=chair, data={"note": "Sót minh chứng"}),
        lambda: declare(running, {tea.pk: "Người nhà"}, by=members[8]),
    ]
    tags = [client.get(place("board/"))["ETag"]]
    for deed in deeds:
        deed()
        tags.append(client.get(place("board/"))["ETag"])
    assert [n for n, (a, b) in enumerate(pairwise(tags)) if a == b] == []


# ── once all have sealed ──


def item_page(client, running, tea):
    return client.get(f"{URL}/meetings/{running.pk}/items/{tea.pk}/")


def test_the_leaders_read_names_at_the_points_and_the_members_only_numbers(
    signed_in, running, tea, tea_item, members, chair, member
):
    makers.score_all(tea_item, members, lose=[0] * 8 + [2])
    led, read = (words(item_page(signed_in(user), running, tea)) for user in (chair, member))
    for page in (led, read):
        assert "Trung vị 100" in page
        assert "chênh 2 điểm" in page
        assert "8 phiếu" in page
    assert f"({members[8]})" in led
    assert f"({members[8]})" not in read


def test_the_distances_to_the_next_band_and_the_one_below(signed_in, running, tea, tea_item, members, member):
    makers.score_all(tea_item, members, lose=[10] * 8 + [11])
    page = words(item_page(signed_in(member), running, tea))
    assert "89,88 điểm" in page
    assert "Lên khung 5 sao còn thiếu 0,12" in page
    assert "Trên ngưỡng khung 4 sao hơn 19,88" in page
    assert "Điểm trung bình 89,88 chỉ thiếu 0,11 điểm để vào khung 5 sao." in page


def test_the_decimals_are_those_of_the_rules(signed_in, running, tea, tea_item, members, chair):
    Meeting.objects.filter(pk=running.pk).update(rules={**running.rules, "decimals": 1})
    makers.score_all(tea_item, members, lose=[10] * 8 + [11])
    assert "89,8 điểm" in words(item_page(signed_in(chair), running, tea))
    assert "89,8" in words(signed_in(chair).get(f"{URL}/meetings/{running.pk}/board/"))
    ASSESSMENT.take("conclude", tea, by=chair)
    assert Notice.objects.filter(subject__contains="89,8 điểm").count() == 9


def test_who_is_far_from_all_is_shown_to_chair_and_secretary_only(
    signed_in, running, tea, tea_item, members, chair, secretary, member
):
    makers.score_all(tea_item, members[:8])
    low = makers.ballot_of(tea_item, members[8])
    low.levels = {code: {**level, "p": 0} if "case" not in level else {"p": 0, "r": 1}
                  for code, level in makers.ballot_of(tea_item, chair).levels.items()}  # fmt: skip
    for level in low.levels.values():
        level["note"] = "Không có minh chứng"
    low.total = 0
    low.save(update_fields=["levels", "total"])
    BALLOT.take("seal", low, by=members[8])
    said = f"Phiếu của {members[8]} thấp hơn các phiếu khác"
    seen = [said in words(item_page(signed_in(user), running, tea)) for user in (chair, secretary, member)]
    assert seen == [True, True, False]


# ── rounds ──


def test_the_rounds_stand_side_by_side_once_the_new_one_is_sealed(
    signed_in, running, tea, tea_item, members, chair, member
):
    place = f"{URL}/meetings/{running.pk}/items/{tea.pk}/rounds/"
    makers.score_all(tea_item, members, lose=[0] * 8 + [11])
    assert signed_in(chair).get(place).status_code == 404  # one round is no comparison
    again = rescore(tea_item, by=chair, note="Chênh 11 điểm")
    assert signed_in(chair).get(place).status_code == 404  # blind until all have sealed again
    for user in members[:8]:
        BALLOT.take("seal", makers.ballot_of(again, user), by=user)
    late = makers.ballot_of(again, members[8])
    makers.fill(late, by=members[8], lose=3)
    BALLOT.take("seal", late, by=members[8])
    compared = read_rounds(read_standing(again))
    assert [(it.totals, it.change) for it in compared.members()][-2:] == [((100, 100), 0), ((89, 97), 8)]
    assert sum(it.change for it in compared.moved) * 9 == 8
    led, read = (words(signed_in(user).get(place)) for user in (chair, member))
    assert f"{members[8]} 89 97 +8" in led
    assert f"{members[8]}: " in led
    assert f"{members[8]}: " not in read


# ── consensus ──


def test_levels_are_agreed_on_one_by_one_and_stand_beside_the_mean(
    signed_in, running, tea, tea_item, rice, rice_item, members, chair, secretary, member
):
    place = f"{URL}/meetings/{running.pk}/items/{tea.pk}/agreement/"
    assert "Điểm chỉ mở khi" in words(signed_in(secretary).get(place))
    makers.score_all(tea_item, members)
    makers.score_all(rice_item, members)
    client = signed_in(secretary)
    page = client.get(place).text
    codes = re.findall(r'name="criterion"\s+value="([^"]+)"', page)
    gated = {it.code for it in read_standing(tea_item).criteria_set.criteria if it.gates}
    assert gated <= set(codes)
    assert client.post(place, {"criterion": "1.5", "points": "0"}).status_code == 302
    assert client.post(place, {"criterion": "1.5", "points": "99"}).status_code == 302  # refused in words
    assert "không có mức 99 điểm" in words(client.get(place))
    tea_item.refresh_from_db()
    assert tea_item.agreed == {"1.5": 0}
    assert signed_in(member).get(place).status_code == 403
    assert "thống nhất 1.5: 0" in words(signed_in(member).get(f"{URL}/meetings/{running.pk}/board/"))
    for assessment in (tea, rice):
        ASSESSMENT.take("conclude", assessment, by=chair)
    assert "tiêu chí 1.5: 0 điểm" in words(item_page(signed_in(member), running, tea))
    done = MEETING.take("conclude", running, by=chair)
    assert f"{tea}, tiêu chí 1.5: trung bình " in str(done.minutes.content)


def test_the_discussion_saved_beside_them_keeps_the_levels(
    signed_in, running, tea, tea_item, members, secretary
):
    makers.score_all(tea_item, members)
    agree_on(tea_item, "1.5", 0, by=secretary)
    signed_in(secretary).post(f"{URL}/meetings/{running.pk}/items/{tea.pk}/agree/", {"discussion": "Hết hạn"})
    tea_item.refresh_from_db()
    assert (tea_item.agreed, tea_item.discussion) == ({"1.5": 0}, "Hết hạn")


# ── progress and reminders ──


def test_progress_names_who_owes_what_and_never_points(
    signed_in, running, tea_item, members, secretary, place
):
    makers.score_all(tea_item, members[:3], lose=1)
    page = words(signed_in(secretary).get(place("progress/")))
    assert page.count("Nhắc nộp 2 phiếu") == 6
    assert page.count("Nhắc nộp 1 phiếu") == 3
    assert "99" not in page
    board = words(signed_in(secretary).get(place("board/")))
    assert f"Chưa nộp: {members[3]}, {members[4]}" in board
    assert "Chưa nộp:" not in words(signed_in(members[0 + 3]).get(place("board/")))


def test_a_reminder_goes_out_once_in_ten_minutes(running, tea_item, members, secretary, member, chair):
    seat = running.council.seats.get(user=member)
    assert nudge(running, seat, by=secretary) == 2
    with pytest.raises(ValidationError, match=r"mỗi người chỉ nhắc một lần trong 10 phút"):
        nudge(running, seat, by=secretary)
    told = Notice.objects.for_user(member).filter(subject="Thư ký nhắc: bạn còn 2 phiếu chưa nộp")
    told.update(created_at=timezone.now() - dt.timedelta(minutes=11))
    makers.score_all(tea_item, [member])
    assert nudge(running, seat, by=secretary) == 1
    with pytest.raises(PermissionDenied):
        nudge(running, seat, by=member)


def test_who_owes_nothing_is_not_reminded(signed_in, running, tea_item, rice_item, members, secretary, place):
    for item in (tea_item, rice_item):
        makers.score_all(item, members[:1])
    seat = running.council.seats.get(user=members[0])
    page = signed_in(secretary).post(place(f"progress/{seat.pk}/nudge/"), follow=True)
    assert f"{members[0]} không còn phiếu nào phải nộp." in words(page)
    assert not Notice.objects.filter(subject__startswith="Thư ký nhắc").exists()


def test_the_rules_of_the_hall_are_frozen_with_the_meeting(running, officer):
    rules = read_rules(running.council.rules)
    set_rules(running.council, CouncilRules(rules.policy, minutes_each=15), by=officer, basis="15/QĐ-UBND")
    running.refresh_from_db()
    assert read_rules(running.rules).minutes_each == 0
