"""Fairs: only what holds its stars on every day of them comes in."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from evaluation.models import Certificate
from ocop.audit.models import Entry
from ocop.keyset import page_of
from promotion.models import Event, Participation
from promotion.participations import add, check_lines
from tests.promotion.makers import make_certificate, make_product, revoked

EVENTS, API = "/lai-chau/events/", "/lai-chau/api/events/"
DAY = dt.timedelta(days=1)
JSON = {"content_type": "application/json"}


@pytest.fixture
def fair(province):
    today = timezone.localdate()
    return Event.objects.create(
        unit=province, name="Hội chợ OCOP Lai Châu", starts_on=today + 10 * DAY, ends_on=today + 15 * DAY
    )


@pytest.fixture
def tea(province, commune):
    return make_certificate(make_product(commune, "Chè Shan tuyết"), province, number="07/GCN-2026")


@pytest.fixture
def wine(province, commune):
    return revoked(
        make_product(commune, "Rượu ngô"), province, on=timezone.localdate() - DAY, number="08/GCN-2026"
    )


@pytest.fixture
def honey(province, commune):
    """It ends while the fair is on."""
    last = timezone.localdate() + 12 * DAY
    return make_certificate(make_product(commune, "Mật ong"), province, number="09/GCN-2026", expires_on=last)


def test_an_officer_makes_a_fair_and_changes_it(signed_in, officer, province):
    posted = {"unit": province.pk, "name": "Hội chợ", "place": "Tân Phong", "starts_on": "01/12/2026", "ends_on": "05/12/2026",
              "least_stars": "3"}  # fmt: skip
    browser = signed_in(officer)
    answer = browser.post(f"{EVENTS}new/", posted)
    made = Event.objects.get()
    assert answer.headers["Location"] == f"{EVENTS}{made.pk}/"
    browser.post(f"{EVENTS}{made.pk}/edit/", posted | {"least_stars": "4"})
    assert Event.objects.get().least_stars == 4
    assert [entry.action for entry in Entry.objects.about(made)] == ["event.change", "event.create"]


@pytest.mark.parametrize(
    ("fault", "field", "words"),
    [
        ({"ends_on": "30/11/2026"}, "__all__", "Ngày bế mạc không thể trước ngày khai mạc."),
        ({"name": ""}, "name", "Ô này còn trống, hãy điền hoặc chọn."),
    ],
)
def test_a_fair_that_cannot_be_says_why(signed_in, officer, province, fault, field, words):
    posted = {
        "unit": province.pk,
        "name": "Hội chợ",
        "starts_on": "01/12/2026",
        "ends_on": "05/12/2026",
        "least_stars": "3",
    }
    answer = signed_in(officer).post(f"{EVENTS}new/", posted | fault)
    assert (answer.status_code, answer.context["form"].errors[field]) == (422, [words])
    assert Event.objects.count() == 0


def test_a_pasted_list_is_answered_line_by_line(signed_in, officer, fair, tea, wine, honey):
    text = "7/gcn-2026\nruou ngo\n\nMật ong\nKhông có thật"
    page = signed_in(officer).post(f"{EVENTS}{fair.pk}/check/", {"lines": text})
    ends, last = fair.ends_on.strftime("%d/%m/%Y"), honey.last_day.strftime("%d/%m/%Y")
    gone = wine.revoked_on.strftime("%d/%m/%Y")
    assert [(line.text, line.certificate, line.problems) for line in page.context["lines"]] == [
        ("7/gcn-2026", tea, []),
        ("ruou ngo", wine, [f"Giấy chứng nhận đã bị thu hồi ngày {gone}."]),
        ("Mật ong", honey, [f"Giấy chứng nhận hết hạn ngày {last}, trước ngày bế mạc {ends}."]),
        ("Không có thật", None, ["Không tìm thấy giấy chứng nhận hoặc sản phẩm này."]),
    ]
    assert "Thêm 1 sản phẩm đủ điều kiện" in page.content.decode()


def test_two_products_of_one_name_ask_for_the_number(province, commune, officer, fair, tea):
    make_certificate(make_product(commune, "Chè Shan tuyết"), province)
    (line,) = check_lines(fair, "che shan tuyet", by=officer)
    assert (line.may_come, line.problems) == (
        False,
        ["Có nhiều sản phẩm cùng tên: hãy dùng số giấy chứng nhận."],
    )


def test_of_two_certificates_of_a_product_the_one_that_holds_is_taken(province, officer, fair, tea):
    later = make_certificate(
        tea.product, province, issued_on=timezone.localdate(), expires_on=timezone.localdate() + DAY
    )
    (line,) = check_lines(fair, "Chè Shan tuyết", by=officer)
    assert (line.certificate, line.may_come, later.pk > tea.pk) == (tea, True, True)


def test_the_good_come_in_and_the_others_are_refused_in_words(signed_in, officer, fair, tea, wine):
    browser = signed_in(officer)
    page = browser.post(
        f"{EVENTS}{fair.pk}/add/", {"certificate": [tea.pk, wine.pk, "x"]}, follow=True
    ).content.decode()
    assert list(fair.participations.values_list("certificate", flat=True)) == [tea.pk]
    assert "Đã thêm 1 sản phẩm." in page
    assert "Rượu ngô: Giấy chứng nhận đã bị thu hồi ngày" in page
    again = browser.post(f"{EVENTS}{fair.pk}/add/", {"certificate": [tea.pk]}, follow=True).content.decode()
    assert "Chè Shan tuyết đã có trong danh sách." in again


def test_it_is_asked_again_when_it_is_added(officer, fair, tea):
    (line,) = check_lines(fair, "07/GCN-2026", by=officer)
    assert line.may_come
    Certificate.objects.filter(pk=tea.pk).update(
        state="revoked", revoked_on=timezone.localdate(), revoked_ground="a"
    )
    with pytest.raises(ValidationError, match="đã bị thu hồi"):
        add(fair, line.certificate, by=officer)
    assert Participation.objects.count() == 0


def test_what_was_revoked_since_is_shown_as_such(signed_in, officer, fair, tea):
    add(fair, tea, by=officer)
    Certificate.objects.filter(pk=tea.pk).update(
        state="revoked", revoked_on=timezone.localdate(), revoked_ground="a"
    )
    assert "không còn đủ" in signed_in(officer).get(f"{EVENTS}{fair.pk}/").content.decode()


def test_a_product_is_taken_off_the_list_and_the_log_keeps_it(signed_in, officer, fair, tea):
    made = add(fair, tea, by=officer)
    signed_in(officer).post(f"{EVENTS}{fair.pk}/remove/{made.pk}/")
    assert fair.participations.count() == 0
    assert [(e.action, e.data["certificate"]) for e in Entry.objects.about(fair)] == [
        ("event.remove", "07/GCN-2026"), ("event.add", "07/GCN-2026")
    ]  # fmt: skip


def test_who_sees_and_who_changes(
    signed_in, client, fair, tea, officer, observer, commune_officer, nobody, stranger
):
    people = (officer, observer, commune_officer, nobody, stranger)
    seen = [signed_in(who).get(f"{EVENTS}{fair.pk}/").status_code for who in people]
    added = [
        signed_in(who).post(f"{EVENTS}{fair.pk}/add/", {"certificate": tea.pk}).status_code
        for who in people[1:]
    ]
    api = [
        signed_in(who).post(f"{API}{fair.pk}/participations/", {"certificate": tea.pk}, **JSON).status_code
        for who in people[1:]
    ]
    assert (seen, added) == ([200, 200, 404, 404, 404], [403, 404, 404, 404])
    assert api == [403, 404, 404, 404]
    assert client.get(f"{EVENTS}{fair.pk}/").status_code == 302
    with pytest.raises(PermissionDenied):
        add(fair, tea, by=observer)
    assert Participation.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_fair_cost_the_same_for_one_and_for_three(
    signed_in, officer, province, commune, fair, django_assert_num_queries, count
):
    for number in range(count):
        add(fair, make_certificate(make_product(commune, f"Chè {number}"), province), by=officer)
        if number:
            Event.objects.create(
                unit=province, name=f"Hội chợ {number}", starts_on=fair.starts_on, ends_on=fair.ends_on
            )
    browser = signed_in(officer)
    with django_assert_num_queries(13):
        assert len(browser.get(EVENTS).context["page"].rows) == count
    with django_assert_num_queries(14):
        assert len(browser.get(f"{EVENTS}{fair.pk}/").context["rows"]) == count


def test_the_api_makes_checks_adds_and_removes(signed_in, officer, province, tea, wine, fair):
    browser = signed_in(officer)
    body = {"unit": province.pk, "name": "Hội chợ xuân", "starts_on": "2026-12-10", "ends_on": "2026-12-01"}
    fault = browser.post(API, body, **JSON)
    assert fault.json() == {"errors": {"__all__": ["Ngày bế mạc không thể trước ngày khai mạc."]}}
    made = browser.post(API, body | {"ends_on": "2026-12-12"}, **JSON)
    assert made.status_code == 201
    lines = browser.post(f"{API}{fair.pk}/check/", {"lines": ["07/GCN-2026", "Rượu ngô"]}, **JSON).json()
    assert [(line["certificate"], line["may_come"]) for line in lines] == [(tea.pk, True), (wine.pk, False)]
    refused = browser.post(f"{API}{fair.pk}/participations/", {"certificate": wine.pk}, **JSON)
    assert (refused.status_code, "đã bị thu hồi" in str(refused.json())) == (400, True)
    added = browser.post(f"{API}{fair.pk}/participations/", {"certificate": tea.pk}, **JSON)
    assert (added.status_code, added.json()["problems"]) == (201, [])
    gone = browser.delete(f"{API}{fair.pk}/participations/{added.json()['id']}/")
    assert (gone.status_code, browser.get(f"{API}{fair.pk}/participations/").json()) == (204, [])


def test_a_cursor_that_is_gone_shows_the_start(fair):
    page = page_of(Event.objects.all(), {"after": "999999"}, order="-starts_on")
    assert (page.rows, page.before, page.after) == ([fair], "", "")
