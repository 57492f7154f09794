"""The inbox of a desk: the legal clock sorts it, each row says what it waits for, nobody else's is in it."""

import datetime as dt

import pytest
from django.utils import timezone

from products.desks.checking import save_check
from products.desks.inbox import on_desk, with_waiting
from products.desks.reporting import save_finding
from products.models import Clock
from tests.factories import check_all, make_complete_dossier, make_round, make_user, number_report

T = "/lai-chau"


def _rows(user, on=None):
    return with_waiting(list(on_desk(user).order_by("due", "pk")), on or timezone.localdate())


def _names(user):
    return [row.product.name for row in _rows(user)]


def test_what_runs_out_first_stands_first(make, commune_officer):
    today = timezone.localdate()
    make("submitted", name="Mới nộp", on=today)
    make("submitted", name="Sắp hết", on=today - dt.timedelta(days=14))
    make("submitted", name="Quá hạn", on=today - dt.timedelta(days=28))
    make("commune_returned", name="Chờ bổ sung", on=today)  # asked for in ten days
    assert _names(commune_officer) == ["Quá hạn", "Sắp hết", "Chờ bổ sung", "Mới nộp"]
    assert [row.days < 0 for row in _rows(commune_officer)] == [True, False, False, False]


def test_days_are_working_days_around_a_tet_that_moves(make, commune, commune_officer):
    """Tết 2027 falls on 06/02: five weekdays and more are off, and the fifteen days end later than by the week."""
    found = make_round(commune, on=dt.date(2027, 1, 25), name="Đợt 1 năm 2027")
    make("submitted", found=found, on=dt.date(2027, 1, 25))
    (row,) = _rows(commune_officer, dt.date(2027, 2, 1))
    assert row.due_on > dt.date(2027, 1, 25) + dt.timedelta(weeks=3)
    assert (row.due_on, row.working, row.days) == (dt.date(2027, 2, 22), True, 10)


def test_each_row_says_what_it_waits_for(make, commune_officer):
    def waits(dossier):
        return next(row.waits[0] for row in _rows(commune_officer) if row.pk == dossier.pk)

    dossier = make("submitted")
    assert waits(dossier) == "kiểm tra từng mục"
    check_all(dossier, commune_officer)
    assert waits(dossier) == "còn 4 nhận xét chưa ghi"
    save_finding(dossier, "idea_origin", "Từ tổ nghề.", by=commune_officer)
    assert waits(dossier) == "còn 3 nhận xét chưa ghi"
    for code in ("local_material", "local_labour", "local_identity"):
        save_finding(dossier, code, "Đúng.", by=commune_officer)
    assert waits(dossier) == "lập báo cáo"
    save_check(dossier, "plan", "wrong", by=commune_officer, note="Thiếu số liệu")
    assert waits(dossier) == "1 mục chưa đạt: yêu cầu bổ sung"


def test_a_report_without_number_waits_for_it(make, commune_officer):
    dossier = make("reported")
    assert _rows(commune_officer)[0].waits[0] == "cấp số báo cáo"
    number_report(dossier, commune_officer)
    assert _rows(commune_officer)[0].waits == ["chuyển lên cấp trên", "chưa nhận sản phẩm mẫu"]


def test_what_the_producer_has_says_until_when(make, commune_officer):
    today = timezone.localdate()
    make("commune_returned", on=today)
    (row,) = _rows(commune_officer)
    until = today + dt.timedelta(days=10)
    assert (row.waits, row.days) == ([f"chủ thể bổ sung đến hết {until:%d/%m/%Y}"], 10)


def test_every_desk_has_its_own(make, commune_officer, officer, other_commune):
    make("submitted", name="Ở xã")
    make("forwarded", name="Ở tỉnh")
    make("draft", name="Đang soạn")
    make("accepted", name="Đang đánh giá")
    make_complete_dossier(other_commune, state="submitted", name="Xã khác")
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    assert (_names(commune_officer), _names(officer), _names(other)) == (["Ở xã"], ["Ở tỉnh"], ["Xã khác"])


def test_the_other_province_and_the_producer_find_nothing(make, owner, signed_in, stranger):
    make("submitted", name="Chè riêng")
    assert "Chè riêng" not in signed_in(owner).get(f"{T}/desk/").text
    assert "Chè riêng" not in signed_in(stranger).get(f"{T}/desk/").content.decode()


def test_the_page_narrows_sorts_and_downloads(make, commune_officer, signed_in):
    make("submitted", name="Chè Shan")
    make("commune_returned", name="Gạo Séng Cù")
    tab = signed_in(commune_officer)
    page = tab.get(f"{T}/desk/?what=asked").context["page"]
    assert [row.product.name for row in page.rows] == ["Gạo Séng Cù"]
    page = tab.get(f"{T}/desk/?sort=-product__sort_key").context["page"]
    assert [row.product.name for row in page.rows] == ["Gạo Séng Cù", "Chè Shan"]
    assert tab.get(f"{T}/desk/?format=xlsx").headers["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_asks_as_often_for_one_as_for_three(
    make, commune_officer, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        make(("submitted", "reported", "commune_returned")[number], name=f"Chè {number}")
    tab = signed_in(commune_officer)
    tab.get(f"{T}/desk/")
    with django_assert_num_queries(17):
        assert tab.get(f"{T}/desk/").status_code == 200


def test_a_clock_that_stands_or_stopped_counts_for_nobody(make, commune_officer):
    make("commune_returned")
    assert Clock.objects.running().count() == 0
    assert _rows(commune_officer)[0].due_on is None
