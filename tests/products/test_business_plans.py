"""A business plan saves itself field by field, is reckoned, printed, and read where Mẫu 02 asks what came of it."""

import io

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from ocop.audit.models import Entry
from products.ideas.plan_parts import doubts, parts, table
from products.ideas.planning import part_of, save_part, start_plan
from products.models import BusinessPlan, Idea, Product
from products.workflow import IDEA
from tests.products.ideas import make_idea, make_plan, make_window, mark_all, two_rules

T = "/lai-chau"


@pytest.fixture
def idea(province, officer, leader, producer, owner):
    make_window(make_plan(province, officer=officer, leader=leader), by=officer, rules=two_rules())
    return make_idea(producer, by=owner)


@pytest.fixture
def plan(idea, owner):
    return start_plan(idea, by=owner)


def fill(plan, *, by, **values):
    """Each value into the part that asks for it."""
    for part in parts(plan.first_year):
        mine = {it.key: values[it.key] for it in part.fields if it.key in values}
        if mine:
            saved = save_part(plan, part, mine, by=by)
            assert saved.is_whole
    plan.refresh_from_db()


FIGURES = {"material_unit": "kg", "output_unit": "gói", "labour_1": "5", "local_labour_1": "4", "revenue_1": "1.200",
           "costs_1": "900", "own_1": "100", "loan_1": "150", "output_1": "3.000"}  # fmt: skip


def test_two_taps_begin_one_plan_and_nothing_is_asked_twice(idea, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/ideas/{idea.pk}/business-plan/"
    first = tab.post(url)
    assert tab.post(url)["Location"] == first["Location"]
    plan = BusinessPlan.objects.get()
    assert (plan.first_year, plan.data) == (idea.window.plan.year, {"product": idea.description})
    assert tab.get(first["Location"]).status_code == 200
    assert Entry.objects.about(plan).get().action == "businessplan.start"


def test_a_field_saves_itself_and_a_stale_tab_is_shown_both(plan, owner, commune_officer, signed_in):
    url, script = f"{T}/business-plans/{plan.pk}/year-1/", {"HTTP_ACCEPT": "application/json"}
    one, other = signed_in(owner), signed_in(commune_officer)
    given = {"field": "revenue_1", "r:revenue_1": "0"}
    assert one.post(url, given | {"revenue_1": "1.200"}, **script).json()["revision"] == 1
    clash = other.post(url, given | {"revenue_1": "900"}, **script)
    assert (clash.status_code, clash.json()["clashes"][0]["theirs"]) == (409, 1200)
    wrong = one.post(url, {"field": "costs_1", "costs_1": "nhiều", "r:costs_1": "0"}, **script)
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == {"costs_1": ["Hãy ghi bằng số, ví dụ 1.200."]}
    plan.refresh_from_db()
    assert plan.data["revenue_1"] == 1200
    assert "costs_1" not in plan.data
    assert one.post(url, {"revenue_1": "1.300", "r:revenue_1": "1", "next": "1"})["Location"].endswith(
        "/year-2/"
    )
    assert one.get(f"{T}/business-plans/{plan.pk}/year-9/").status_code == 404


def test_profit_and_investment_are_reckoned_and_odd_figures_are_said(plan, owner):
    fill(plan, by=owner, **FIGURES)
    lines = {str(it.label): (str(it.unit), it.values) for it in table(plan.data, plan.first_year)}
    assert lines["Lợi nhuận"] == ("triệu đồng", (None, 300, None, None))
    assert lines["Vốn đầu tư"] == ("triệu đồng", (None, 250, None, None))
    assert lines["Sản lượng"] == ("gói", (None, 3000, None, None))
    assert doubts(plan.data, plan.first_year) == []
    fill(plan, by=owner, local_labour_1="9", costs_1="2.000")
    year = plan.first_year
    assert doubts(plan.data, year) == [
        f"Năm {year}: lao động địa phương (9) nhiều hơn tổng lao động (5).",
        f"Năm {year}: chi phí lớn hơn doanh thu; hãy nêu cách bù lỗ ở phần rủi ro.",
    ]


def test_it_is_printed_as_pdf_and_word_with_the_producers_own_head(plan, owner, signed_in):
    fill(plan, by=owner, **FIGURES, customers="Cửa hàng đặc sản")
    tab = signed_in(owner)
    printed = tab.get(f"{T}/business-plans/{plan.pk}/paper.pdf")
    assert printed["Content-Type"] == "application/pdf"
    told = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(printed.content))
    assert "PHƯƠNG ÁN" in told
    assert "/PA-HTX" in told
    assert "1.200" in told
    word = Document(io.BytesIO(tab.get(f"{T}/business-plans/{plan.pk}/paper.docx").content))
    text = "\n".join(it.text for it in word.paragraphs)
    assert "Khách hàng, nơi bán: Cửa hàng đặc sản" in text
    cells = [cell.text for table_ in word.tables for row in table_.rows for cell in row.cells]
    assert any("HỢP TÁC XÃ MƯỜNG SO" in it for it in cells)
    assert "1.200" in cells
    assert [it.data["as"] for it in Entry.objects.about(plan).filter(action="businessplan.download")] == [
        "docx",
        "pdf",
    ]


def test_it_goes_with_the_idea_to_the_product_and_is_read_in_the_dossier(
    plan, idea, owner, officer, found, signed_in
):
    fill(plan, by=owner, **FIGURES)
    mark_all(idea, by=officer)
    IDEA.take("choose", idea, by=officer)
    IDEA.take("make_product", idea, by=owner)
    product = Product.objects.get()
    plan.refresh_from_db()
    assert (plan.idea_id, plan.product_id) == (idea.pk, product.pk)
    tab = signed_in(owner)
    assert f"/business-plans/{plan.pk}/" in tab.get(f"{T}/products/{product.pk}/").content.decode()
    assert tab.post(f"{T}/products/{product.pk}/business-plan/")["Location"].endswith(
        f"/business-plans/{plan.pk}/"
    )
    started = tab.post(
        f"{T}/products/{product.pk}/dossiers/new/", {"kind": "first", "round": found.pk, "star_aim": 3}
    )
    for section in ("production", "business"):
        page = tab.get(f"{started['Location']}sections/{section}/").content.decode()
        assert f"/business-plans/{plan.pk}/" in page
        assert "1.200" in page
    assert (
        f"/business-plans/{plan.pk}/"
        not in tab.get(f"{started['Location']}sections/general/").content.decode()
    )


def test_it_goes_on_into_the_next_year(plan, idea, province, owner, officer, leader):
    mark_all(idea, by=officer)
    IDEA.take("decline", idea, by=officer, data={"note": "Chưa đủ"})
    after = make_plan(province, officer=officer, leader=leader, year=plan.first_year + 1, number="06/KH-UBND")
    make_window(after, by=officer, rules=two_rules())
    IDEA.take("carry", idea, by=owner)
    plan.refresh_from_db()
    assert plan.idea == Idea.objects.get(previous=idea)


def test_others_neither_see_nor_write_it(plan, other_owner, other_commune, advisor, stranger, signed_in):
    from_elsewhere = [other_owner, stranger]
    for who in from_elsewhere:
        for page in ("", "paper.pdf", "paper.docx", "year-1/"):
            assert signed_in(who).get(f"{T}/business-plans/{plan.pk}/{page}").status_code == 404
    assert signed_in(advisor).get(f"{T}/business-plans/{plan.pk}/").status_code == 200
    assert signed_in(advisor).get(f"{T}/business-plans/{plan.pk}/year-1/").status_code == 403
    with pytest.raises(PermissionDenied):
        save_part(plan, part_of(plan, "year-1"), {"revenue_1": "1"}, by=advisor)
