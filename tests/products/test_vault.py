"""The vault of a producer: listed by whoever may see it, told before a paper runs out, used again."""

import datetime as dt
import io

import openpyxl
import pytest
import time_machine

from ocop.notices.models import Notice
from products.models import EvidencePaper
from products.tasks import remind_of_deadlines
from products.vault.alerts import alert_days
from products.vault.expiry import remind_of_papers
from products.vault.papers import add_evidence
from tests.factories import pdf, upload

T = "/lai-chau"
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def add(draft, owner):
    def added(title, expires_on=None, **facts):
        facts = {"title": title, "expires_on": expires_on, **facts}
        return add_evidence(
            draft, kind="test_report", by=owner, upload=upload("a.pdf", pdf(title)), facts=facts
        )

    return added


def _titles(page):
    return [row.title for row in page.context["page"].rows]


def test_what_ends_soonest_stands_first_with_its_state(draft, add, owner, signed_in):
    EvidencePaper.objects.all().update(expires_on=None)
    add("Còn lâu", TODAY + dt.timedelta(days=400))
    add("Hết rồi", TODAY - dt.timedelta(days=1))
    add("Sắp hết", TODAY + dt.timedelta(days=90))
    page = signed_in(owner).get(f"{T}/producers/{draft.product.producer_id}/papers/")
    assert _titles(page)[:3] == ["Hết rồi", "Sắp hết", "Còn lâu"]
    assert [row.word for row in page.context["page"].rows][:4] == [
        "Đã hết hạn", "Sắp hết hạn", "Còn giá trị", "Không ghi hạn",
    ]  # fmt: skip
    assert draft.product.name in page.content.decode()


def test_it_is_narrowed_by_words_kind_and_state(draft, add, owner, signed_in):
    add(
        "Phiếu vi sinh", TODAY + dt.timedelta(days=9), number="77/KN", issuer="Quatest 1", scope="Lô tháng 11"
    )
    tab, url = signed_in(owner), f"{T}/producers/{draft.product.producer_id}/papers/"
    for query in ("q=quatest", "q=77/kn", "q=tháng+11", "kind=test_report&state=soon", "state=soon"):
        assert _titles(tab.get(f"{url}?{query}")) == ["Phiếu vi sinh"], query
    assert _titles(tab.get(f"{url}?state=expired")) == []
    assert tab.get(f"{url}?state=nonsense").status_code == 200


def test_who_sees_what(
    draft, make, add, owner, other_owner, stranger, nobody, commune_officer, advisor, signed_in
):
    add("Của bản nháp")
    filed = make("forwarded", name="Chè khác")
    url = f"{T}/producers/{draft.product.producer_id}/papers/"
    for user in (other_owner, stranger, nobody):
        assert signed_in(user).get(url).status_code == 404
    assert "Của bản nháp" in _titles(signed_in(owner).get(url))
    assert "Của bản nháp" in _titles(signed_in(commune_officer).get(url))
    assert "Của bản nháp" not in _titles(signed_in(advisor).get(url))  # a draft is not yet the team's
    hers = filed.evidence.order_by().values_list("paper__title", flat=True).distinct()
    assert sorted(_titles(signed_in(advisor).get(url))) == sorted(hers)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(
    make, producer, owner, signed_in, rows, django_assert_num_queries
):
    for number in range(rows):
        make("submitted", name=f"Chè {number}")
    tab, url = signed_in(owner), f"{T}/producers/{producer.pk}/papers/"
    tab.get(url)
    with django_assert_num_queries(19):
        assert tab.get(url).status_code == 200


def test_it_is_taken_away_as_a_table(draft, add, owner, signed_in):
    add("Phiếu vi sinh", TODAY, number="77/KN")
    answer = signed_in(owner).get(f"{T}/producers/{draft.product.producer_id}/papers/?state=soon&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0][:3] == ("Giấy tờ", "Loại giấy tờ", "Số")
    assert [row[0] for row in rows[1:]] == ["Phiếu vi sinh"]
    assert rows[1][7:9] == ("Sắp hết hạn", draft.product.name)


def test_a_paper_is_taken_into_a_draft_from_here(
    draft, make, add, owner, commune_officer, advisor, signed_in
):
    paper, other, filed = (
        add("Phiếu vi sinh"),
        make("draft", name="Chè đen"),
        make("submitted", name="Chè xanh"),
    )
    url = f"{T}/producers/{draft.product.producer_id}/papers/"
    page = signed_in(owner).get(url).content.decode()
    assert f"/dossiers/{other.pk}/evidence/{paper.pk}/reuse/" in page
    assert f"/dossiers/{filed.pk}/evidence/{paper.pk}/reuse/" not in page  # filed: nothing goes in any more
    assert "/reuse/" in signed_in(commune_officer).get(url).content.decode()
    assert "/reuse/" not in signed_in(advisor).get(url).content.decode()


# ── told before it runs out ──


def _told(user):
    return sorted(Notice.objects.filter(user=user, kind="paper.expiry").values_list("key", flat=True))


def test_each_milestone_once_and_a_missed_day_is_made_up(add, owner, commune_officer):
    paper = add("Phiếu vi sinh", dt.date(2027, 2, 20), number="77/KN")  # 90 days
    key = f"paper-{paper.pk}-20270220"
    remind_of_papers(dt.date(2026, 11, 21))
    assert _told(owner) == []
    for _ in range(2):
        remind_of_papers(dt.date(2026, 11, 22))
        remind_of_papers(dt.date(2026, 12, 1))
    assert _told(owner) == [f"{key}-90"]
    remind_of_papers(dt.date(2027, 2, 18))  # the sweep was down at 30
    assert _told(owner) == [f"{key}-7", f"{key}-90"]
    remind_of_papers(dt.date(2027, 2, 21))
    notice = Notice.objects.get(key=f"{key}--1")
    assert notice.subject == "Giấy tờ đã hết hạn: Phiếu vi sinh"
    assert notice.body.startswith("Phiếu vi sinh số 77/KN có giá trị đến 20/02/2027.")
    assert _told(commune_officer) == []


def test_a_new_date_is_told_anew_and_old_history_is_not(draft, add, owner):
    paper = add("Phiếu vi sinh", TODAY + dt.timedelta(days=5))
    remind_of_papers(TODAY)
    EvidencePaper.objects.filter(pk=paper.pk).update(expires_on=TODAY + dt.timedelta(days=6))
    remind_of_papers(TODAY)
    assert len(_told(owner)) == 2
    add("Từ lâu", TODAY - dt.timedelta(days=31))
    gone = add("Đã bỏ", TODAY + dt.timedelta(days=5))
    EvidencePaper.objects.filter(pk=gone.pk).update(withdrawn_at=dt.datetime.now(dt.UTC))
    remind_of_papers(TODAY)
    assert len(_told(owner)) == 2


def test_the_daily_sweep_tells(lai_chau, add, owner, run_task):
    add("Phiếu vi sinh", TODAY + dt.timedelta(days=5))
    run_task(remind_of_deadlines, lai_chau.pk)
    run_task(remind_of_deadlines, lai_chau.pk)
    assert len(_told(owner)) == 1


# ── the tenant's own days ──


def test_an_officer_writes_the_days_and_they_hold(add, draft, owner, officer, commune_officer, signed_in):
    url, vault = f"{T}/desk/paper-alerts/", f"{T}/producers/{draft.product.producer_id}/papers/"
    for user in (owner, commune_officer):
        assert signed_in(user).get(url).status_code == 403
        assert url not in signed_in(user).get(vault).content.decode()
    tab = signed_in(officer)
    assert 'value="90, 30, 7"' in tab.get(url).content.decode()
    assert url in tab.get(f"{T}/desk/").content.decode()
    answer = tab.post(url, {"days": "14; 120 14"}, follow=True)
    assert 'value="120, 14"' in answer.content.decode()
    paper = add("Phiếu vi sinh", TODAY + dt.timedelta(days=110))
    page = signed_in(owner).get(vault).content.decode()
    assert "Chủ thể được nhắc trước khi giấy hết hạn 120, 14 ngày." in page
    assert "Sắp hết hạn" in page
    key = f"paper-{paper.pk}-{paper.expires_on:%Y%m%d}"
    for day in (TODAY - dt.timedelta(days=11), TODAY, TODAY + dt.timedelta(days=80)):
        remind_of_papers(day)
    assert _told(owner) == [f"{key}-120"]
    remind_of_papers(TODAY + dt.timedelta(days=96))
    remind_of_papers(TODAY + dt.timedelta(days=111))
    assert _told(owner) == [f"{key}--1", f"{key}-120", f"{key}-14"]


def test_two_officers_who_write_the_days_read_each_other(officer, signed_in):
    url, tab = f"{T}/desk/paper-alerts/", signed_in(officer)
    seen = tab.get(url).context["form"]["seen"].initial
    assert tab.post(url, {"days": "60, 7", "seen": seen}).status_code == 302
    assert tab.post(url, {"days": "60; 7", "seen": seen}).status_code == 302  # the same days
    clash = tab.post(url, {"days": "45", "seen": seen})
    assert (clash.status_code, alert_days()) == (422, (60, 7))
    assert "đang lưu: “60, 7”" in clash.content.decode()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("", "Ô này còn trống, hãy điền hoặc chọn."),
        (", ;", "Hãy ghi từ 1 đến 6 mốc ngày."),
        ("ba mươi", "Hãy ghi các mốc bằng chữ số, cách nhau bằng dấu phẩy."),
        ("-7", "Hãy ghi các mốc bằng chữ số, cách nhau bằng dấu phẩy."),
        ("²", "Hãy ghi các mốc bằng chữ số, cách nhau bằng dấu phẩy."),
        ("0", "Mỗi mốc từ 1 đến 365 ngày."),
        ("366, 7", "Mỗi mốc từ 1 đến 365 ngày."),
        ("1 2 3 4 5 6 7", "Hãy ghi từ 1 đến 6 mốc ngày."),
    ],
)
def test_days_that_cannot_stand_are_said_at_the_field(officer, signed_in, days, sentence):
    page = signed_in(officer).post(f"{T}/desk/paper-alerts/", {"days": days})
    assert page.status_code == 422
    assert page.context["form"].errors["days"] == [sentence]
    assert alert_days() == (90, 30, 7)
