"""Home: what waits for me?"""

import datetime as dt

import pytest
from django.utils import timezone

from evaluation.models import Council, Decision, Seat
from ocop.reports.charts import by_month, stacked
from ocop.reports.home import blocks_for
from products.advisory.extra_tests import ask_test
from products.advisory.surveys import start_survey
from products.coaching.log import mark_done, write_visit
from products.models import Producer
from products.workflow import EXTRA_TEST
from tests import factories
from tests.promotion.makers import make_certificate, make_product

DAY, HOME = dt.timedelta(days=1), "/lai-chau/"


def labels(user, on=None):
    """Each block of the page with the words of its tasks."""
    return {
        block.key: [task.label for task in block.tasks]
        for block in blocks_for(user, on=on or timezone.localdate())
    }


def test_the_officer_reads_what_waits_and_where_the_year_stands(officer, commune, make_plan):
    make_plan("Kế hoạch năm nay")
    factories.make_complete_dossier(commune, state="forwarded")
    found = labels(officer)
    year = timezone.localdate().year
    assert found["officer"] == [
        "Kiểm tra thành phần 1 hồ sơ xã vừa chuyển",
        f"Hoàn thiện dự thảo kế hoạch năm {year}",
    ]
    assert "overview" in found


def test_without_a_plan_the_officer_is_asked_for_one(officer):
    assert labels(officer)["officer"] == [f"Lập kế hoạch năm {timezone.localdate().year}"]


def test_the_commune_officer_reads_the_days_left(commune_officer, commune):
    factories.make_complete_dossier(commune, state="submitted", name="Chè")
    Producer.objects.create(unit=commune, kind="household", name="Hộ mới")
    (block,) = blocks_for(commune_officer, on=timezone.localdate())
    check, confirm = block.tasks
    assert (check.label, check.working, check.days) == ("Kiểm tra và báo cáo: Chè", True, 15)
    assert confirm.label == "Xác nhận 1 chủ thể vừa đăng ký"


def test_a_clock_that_ran_out_is_said(commune_officer, commune):
    factories.make_complete_dossier(commune, state="submitted", name="Chè")
    (block,) = blocks_for(commune_officer, on=timezone.localdate() + 60 * DAY)
    assert (block.tasks[0].status, block.tasks[0].days < 0) == ("look", True)


def test_the_producer_reads_what_she_owes_and_when_to_renew(province, commune):
    owner, today = factories.make_user("chuthe", "Lò Thị Xuân"), timezone.localdate()
    factories.make_complete_dossier(commune, owner=owner, name="Măng khô")
    product = make_product(commune, "Chè Shan", owner=owner)
    make_certificate(product, province, issued_on=today - 900 * DAY, expires_on=today + 150 * DAY)
    found = labels(owner)
    assert found == {"producer": ["Nộp hồ sơ phân hạng lại: Chè Shan", "Hoàn thiện và nộp hồ sơ: Măng khô"]}


def test_what_was_agreed_with_her_coach_stands_until_it_is_done(commune, commune_officer):
    owner, on = factories.make_user("chuthe.hen", "Lò Văn Hẹn"), timezone.localdate()
    firm = factories.make_producer(commune, name="Hộ Hẹn", owner=owner)
    step = {"kind": "quality", "on": on, "advice": "Gửi mẫu", "next_step": "Gửi mẫu kiểm nghiệm"}
    visit = write_visit(firm, step | {"next_on": on + 4 * DAY}, by=commune_officer)
    write_visit(firm, step | {"next_step": "Không hẹn ngày"}, by=commune_officer)
    ((task,),) = [it.tasks for it in blocks_for(owner, on=on)]
    assert (task.label, task.days) == ("Việc hẹn khi hướng dẫn: Gửi mẫu kiểm nghiệm", 4)
    mark_done(visit, by=owner)
    assert labels(owner)["producer"] == []


def test_what_she_filed_is_shown_where_it_is_and_asks_nothing_of_her(signed_in, commune):
    owner = factories.make_user("chuthe", "Lò Thị Xuân")
    factories.make_complete_dossier(commune, state="submitted", owner=owner, name="Măng khô")
    page = signed_in(owner).get(HOME).content.decode()
    assert labels(owner) == {"producer": []}
    assert ("Măng khô" in page, "Xã đang kiểm tra" in page) == (True, True)


def test_before_and_after_the_window_nothing_is_owed(province, commune):
    owner, today = factories.make_user("chuthe", "Lò Thị Xuân"), timezone.localdate()
    make_certificate(make_product(commune, "Chè", owner=owner), province, expires_on=today + 150 * DAY)
    asked = [labels(owner, today + shift * DAY)["producer"] for shift in (-31, -30, 30, 31)]
    assert [len(tasks) for tasks in asked] == [0, 1, 1, 0]


def test_the_leader_reads_what_waits_for_a_signature(leader, make_plan):
    make_plan("Kế hoạch năm nay")
    assert labels(leader)["leader"] == ["Ban hành: Kế hoạch năm nay"]


def test_the_advisory_team_reads_what_to_check(advisor, commune):
    factories.make_complete_dossier(commune, state="forwarded", name="Chè")
    assert labels(advisor) == {"advisor": ["Kiểm tra thành phần: Chè"]}


def test_the_advisory_team_and_the_officer_read_what_nobody_assesses_yet(advisor, officer, commune):
    factories.make_complete_dossier(commune, state="accepted", name="Chè")
    waiting = "Bắt đầu thẩm định 1 hồ sơ đã tiếp nhận"
    assert labels(advisor) == {"advisor": [waiting]}
    assert waiting in labels(officer)["officer"]


def test_a_seat_on_a_council_brings_its_block(officer, province, observer):
    today = timezone.localdate()
    council = Council.objects.create(
        unit=province, tier="province", regime="26/2026", name="Hội đồng tỉnh", starts_on=today
    )
    Seat.objects.create(council=council, user=observer, starts_on=today)
    assert list(labels(observer)) == ["observer", "council", "overview"]  # several roles, all her blocks


def test_the_administrator_reads_what_is_unwell(tenant_admin, nobody):
    assert labels(tenant_admin)["admin"] == ["2 xã, phường chưa có cán bộ", "1 người chưa có vai trò"]


@pytest.mark.parametrize(
    "who", ["officer", "leader", "commune_officer", "advisor", "tenant_admin", "observer", "nobody"]
)
def test_each_role_has_a_page(request, signed_in, who):
    page = signed_in(request.getfixturevalue(who)).get(HOME)
    assert page.status_code == 200
    assert ("Bạn chưa có vai trò nào ở đây" in page.content.decode()) is (who == "nobody")


def test_a_stranger_finds_nothing_of_this_province(signed_in, stranger, commune, client):
    factories.make_complete_dossier(commune, state="forwarded", name="Chè bí mật")
    page = signed_in(stranger).get(HOME).content.decode()
    assert "Chè bí mật" not in page
    assert client.get(HOME).status_code == 302


def test_the_team_and_the_producer_read_of_tests_and_visits(province, commune):
    team = factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)
    owner, today = factories.make_user("chuthe.che", "Lò Thị Xuân"), timezone.localdate()
    producer = factories.make_producer(commune, owner=owner)
    dossier = factories.make_complete_dossier(
        commune, state="accepted", name="Chè", owner=owner, producer=producer
    )
    given = {"parameters": "Chì", "reason": "Thiếu", "due_on": today + 3 * DAY}
    test = ask_test(dossier, given, by=team)
    start_survey(dossier, by=team, planned_on=today + 2 * DAY)
    (owes,) = [it for it in blocks_for(owner, on=today)[0].tasks if "kiểm nghiệm" in it.label]
    assert (owes.label, owes.days, owes.status) == ("Nộp kết quả kiểm nghiệm: Chè", 3, "look")
    EXTRA_TEST.take("bring", test, by=owner, data={"upload": factories.upload("phieu.pdf")})
    tasks = blocks_for(team, on=today)[0].tasks
    assert [(it.label, it.days) for it in tasks[1:]] == [
        ("Xem kết quả kiểm nghiệm: Chè", None),
        ("Khảo sát cơ sở: Chè", 2),
    ]
    assert "Nộp kết quả kiểm nghiệm: Chè" not in labels(owner)["producer"]


QUERIES = {"officer": 37, "commune_officer": 21, "leader": 27, "advisor": 19}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", sorted(QUERIES))
def test_home_costs_the_same_for_one_and_for_three(
    request, signed_in, commune, province, make_plan, issue, django_assert_num_queries, who, count
):
    issue(make_plan())
    for number in range(count):
        factories.make_complete_dossier(commune, state="forwarded", name=f"Chè {number}")
        factories.make_complete_dossier(commune, state="submitted", name=f"Gạo {number}")
        make_certificate(make_product(commune, f"Mật {number}"), province)
    browser = signed_in(request.getfixturevalue(who))
    with django_assert_num_queries(QUERIES[who]):
        browser.get(HOME)


def test_columns_stack_their_stars_and_end_on_the_axis():
    (first, second) = stacked({2025: {3: 1}, 2026: {3: 2, 4: 2}})
    assert [(bar.css, bar.y, bar.height) for bar in second.bars] == [
        ("f-star3", "98.0", "70.0"),
        ("f-star4", "28.0", "70.0"),
    ]
    assert (first.number, second.number, first.middle) == (1, 4, "25.00%")


def test_months_without_any_have_no_bar():
    empty, full = by_month([(dt.date(2026, 12, 1), 0, "f-soft"), (dt.date(2027, 1, 1), 2, "f-wrong")])
    assert (empty.bars, full.below, full.css) == ((), "2027", "t-wrong")


def test_what_is_too_long_for_home_opens_its_list(signed_in, province, officer, leader):
    for number in range(7):
        Decision.objects.create(unit=province, tier="province", title=f"Đợt {number}", created_by=officer)
    (block,) = [block for block in blocks_for(leader, on=timezone.localdate()) if block.key == "leader"]
    rest = block.tasks[-1]
    assert (len(block.tasks), rest.label, rest.count) == (6, "Còn 2 việc như vậy", 2)
    browser = signed_in(leader)
    assert browser.get(f"/lai-chau{rest.url}").context["page"].total == 7
    assert "7 việc đang chờ bạn" in browser.get(HOME).text


def test_the_count_of_what_runs_out_opens_exactly_that(signed_in, officer, commune):
    today = timezone.localdate()
    for name, days in (("Chè", -1), ("Gạo", 3), ("Măng", 30)):
        dossier = factories.make_complete_dossier(commune, state="submitted", name=name)
        dossier.clocks.update(due_on=today + days * DAY)
    (block,) = [block for block in blocks_for(officer, on=today) if block.key == "officer"]
    task = next(task for task in block.tasks if "thời hạn" in task.label)
    assert task.label == "2 hồ sơ sắp hết hoặc đã quá thời hạn"
    assert signed_in(officer).get(f"/lai-chau{task.url}").context["page"].total == 2
