"""Every list taken away as an Excel file: the rows of its page, by the same rights and filters, and nothing that runs."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.decisions.drafting import draft_decision
from ocop.audit.models import Entry
from ocop.spreadsheet import CONTENT_TYPE
from plans.models import Plan, PlanState
from products.models import Producer
from promotion.models import Event
from promotion.participations import add
from tests.evaluation import decision_makers
from tests.promotion import makers

T = "/lai-chau"
YEAR = timezone.localdate().year
# address, the head of a column that tells its rows apart, where the row has that
LISTS = [
    ("plans/", "Kế hoạch", "title"),
    ("plans/rounds/", "Đợt", "name"),
    ("producers/", "Chủ thể", "name"),
    ("products/", "Sản phẩm", "name"),
    ("dossiers/", "Sản phẩm", "product.name"),
    ("assessments/", "Sản phẩm", "dossier.product.name"),
    ("councils/", "Hội đồng", "name"),
    ("meetings/", "Hội đồng", "council.name"),
    ("decisions/", "Số", "number"),
    ("hand-overs/", "Số chuyển", "receipt"),
    ("certificates/", "Số giấy", "number"),
    ("papers/", "Trích yếu", "title"),
    ("events/", "Sự kiện", "name"),
]


@pytest.fixture
def year_of(province, commune, other_commune, officer, leader):
    """So many rows in every list; the first of them in Mường So, the others in Tân Phong."""

    def make(*numbers):
        for number in numbers:
            place, name = (other_commune if number else commune), f"Chè {number}"
            held = decision_makers.make_certificate(
                place, province, officer=officer, leader=leader, name=name
            )
            sent = decision_makers.make_concluded(
                place, province, points=92, stars=5, name=f"Mật ong {number}"
            )
            up = draft_decision(province, "province", by=officer, assessments=[sent])
            decision_makers.issue(up, by=leader)
            fair = Event.objects.create(
                unit=province,
                name=f"Hội chợ {number}",
                starts_on=timezone.localdate(),
                ends_on=timezone.localdate(),
            )
            add(fair, held, by=officer)
            Plan.objects.create(
                unit=province, year=2020 + number, title=f"Kế hoạch {number}", state=PlanState.ISSUED,
                number=f"{number}/KH", issued_on=dt.date(2026, 1, 5), created_by=officer,
            )  # fmt: skip

    return make


def table_of(answer):
    """The cells of the first sheet, heads included."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, CONTENT_TYPE)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def at(row, path):
    for name in path.split("."):
        row = getattr(row, name)
    return row


@pytest.mark.parametrize("who", ["officer", "commune_officer"])
def test_each_file_has_the_rows_of_its_page(year_of, signed_in, request, who):
    year_of(0, 1)
    tab = signed_in(request.getfixturevalue(who))
    for address, head, path in LISTS:
        page = tab.get(f"{T}/{address}").context["page"]
        cells = table_of(tab.get(f"{T}/{address}?format=xlsx"))
        column = cells[0].index(head)
        assert [row[column] for row in cells[1:]] == [at(row, path) or None for row in page.rows], address
        assert len(cells) - 1 == page.total, address


@pytest.mark.parametrize(
    ("who", "products"), [("officer", ["Chè 0", "Chè 1", "Mật ong 0", "Mật ong 1"]), ("commune_officer", ["Chè 0", "Mật ong 0"])]
)  # fmt: skip
def test_two_people_take_away_what_each_may_see(year_of, signed_in, request, who, products):
    year_of(0, 1)
    cells = table_of(signed_in(request.getfixturevalue(who)).get(f"{T}/products/?format=xlsx"))
    assert [row[0] for row in cells[1:]] == products


def test_who_may_not_read_the_list_gets_no_file(year_of, signed_in, nobody, client):
    year_of(0)
    assert len(table_of(signed_in(nobody).get(f"{T}/dossiers/?format=xlsx"))) == 1
    assert client.get(f"{T}/dossiers/?format=xlsx").status_code == 302


def test_the_filters_and_the_order_hold(year_of, signed_in, officer):
    year_of(0, 1)
    cells = table_of(signed_in(officer).get(f"{T}/dossiers/?q=che&sort=-product__sort_key&format=xlsx"))
    assert [row[0] for row in cells[1:]] == ["Chè 1", "Chè 0"]


def test_the_list_behind_a_figure(year_of, signed_in, officer):
    year_of(0, 1)
    cells = table_of(signed_in(officer).get(f"{T}/reports/measures/products_recognised/?format=xlsx"))
    assert cells[0] == ["Tên", "Ghi thêm", "Xã, phường, đơn vị", "Sao", "Ngày cấp"]
    assert [(row[0], row[3]) for row in cells[1:]] == [("Chè 1", 4), ("Chè 0", 4)]


def test_the_products_of_a_fair(year_of, signed_in, officer):
    year_of(0)
    cells = table_of(signed_in(officer).get(f"{T}/events/{Event.objects.get().pk}/?format=xlsx"))
    assert [(row[0], row[4], row[6]) for row in cells[1:]] == [("Chè 0", 4, "đủ điều kiện")]


def test_days_are_days_and_numbers_numbers(commune, province, signed_in, officer):
    makers.make_certificate(
        makers.make_product(commune, "Miến dong"), province, issued_on=dt.date(2026, 1, 5)
    )
    answer = signed_in(officer).get(f"{T}/certificates/?format=xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = {head.value: cell for head, cell in zip(page[1], page[2], strict=True)}
    day = cells["Ngày cấp"]
    assert (day.value.date(), day.is_date, day.number_format) == (dt.date(2026, 1, 5), True, "dd/mm/yyyy")
    assert (cells["Hạng sao"].value, cells["Tình trạng"].value) == (3, "Đang có hiệu lực")
    assert page.freeze_panes == "B2"
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="giay-chung-nhan-{today}.xlsx"'


@pytest.mark.parametrize(
    "name", ["=1+2", "+84912", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.vn"]
)
def test_a_name_that_looks_like_a_formula_stays_text(commune, signed_in, officer, name):
    Producer.objects.create(unit=commune, kind="company", name=name)
    answer = signed_in(officer).get(f"{T}/producers/?format=xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).active["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_a_list_too_long_for_one_file_says_so(commune, signed_in, officer, settings):
    settings.SPREADSHEET_ROWS = 2
    for number in range(3):
        makers.make_product(commune, f"Chè {number}")
    cells = table_of(signed_in(officer).get(f"{T}/products/?format=xlsx"))
    assert [row[0] for row in cells[1:]] == [
        "Chè 0", "Chè 1", "Danh sách có hơn 2 dòng; hãy lọc bớt rồi tải lại để có phần còn lại.",
    ]  # fmt: skip


def test_the_log_tells_who_took_what(commune, signed_in, officer):
    makers.make_product(commune, "Chè Shan")
    signed_in(officer).get(f"{T}/products/?q=che&sort=&format=xlsx")
    entry = Entry.objects.get(action="list.download")
    assert (entry.actor, entry.kind, entry.object_id, entry.title) == (
        officer,
        "products.product",
        None,
        "Sản phẩm",
    )
    assert entry.data == {"rows": 1, "asked": {"q": "che"}}


def test_one_row_costs_as_many_queries_as_three(year_of, signed_in, officer):
    tab = signed_in(officer)

    def counts():
        return {address: _queries_of(tab, f"{T}/{address}?format=xlsx") for address, _head, _path in LISTS}

    year_of(0)
    once = counts()
    year_of(1, 2)
    assert once == counts() == dict.fromkeys(once, 12)


def _queries_of(tab, address):
    tab.get(address)
    with CaptureQueriesContext(connection) as queries:
        tab.get(address)
    return len(queries)
