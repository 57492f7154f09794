"""A paper as a Word document: the same words as the PDF, the sheet of NĐ 30/2020, for who may read the paper."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from ocop.audit.models import Entry
from ocop.papers.drafting import draft_paper, issue_paper
from ocop.papers.kinds import KINDS
from ocop.papers.signing import Signer
from ocop.papers.word.paper import NOTE, to_docx
from ocop.papers.workflow import PAPER
from tests.papers.conftest import CONTENT

ON = dt.date(2026, 2, 5)


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def lines(document) -> list[str]:
    """Everything in the order of the pages, tables too."""
    found = list(document.element.body.iter(qn("w:p")))
    texts = ["".join(t.text or "" for t in it.iter(qn("w:t"))) for it in found]
    return [text for text in texts if text]


@pytest.fixture
def issued(province, leader):
    signer = Signer("Hà Trọng Hải", "Phó Chủ tịch", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    return issue_paper(
        province, "recognition_decision", "Về việc công nhận", CONTENT, by=leader, on=ON, signer=signer
    )


def test_the_words_are_those_of_the_pdf(issued):
    said = lines(opened(to_docx(issued, is_draft=False)))
    for printed in (
        "Số: 01/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Lai Châu, ngày 05 tháng 02 năm 2026",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Điều 1. Công nhận 02 sản phẩm OCOP (có Phụ lục kèm theo).",
        "Điều 2. Các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này./.",
        "- Lưu: VT, NNMT.",
        "KT. CHỦ TỊCHPHÓ CHỦ TỊCH",
        "Hà Trọng Hải",
        "Chè Shan tuyết <b>cổ thụ</b>",
        "(Kèm theo Quyết định số 01/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu)",
    ):
        assert printed in said, printed
    assert "DỰ THẢO" not in said


def test_the_sheet_is_that_of_the_decree(issued):
    document = opened(to_docx(issued, is_draft=False))
    page = document.sections[0]
    assert [round(it.mm) for it in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(it.mm) for it in margins] == [20, 20, 30, 15]
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    assert page.different_first_page_header_footer
    assert page.first_page_header.paragraphs[0].text == ""
    assert "PAGE" in page.header._element.xml
    assert page.footer.paragraphs[0].text == page.first_page_footer.paragraphs[0].text == NOTE


def test_heads_of_tables_are_repeated_and_rows_stay_whole(issued):
    table = opened(to_docx(issued, is_draft=False)).tables[-1]
    marks = [[it.tag for it in row._tr.trPr] for row in table.rows]
    assert marks == [[qn("w:tblHeader")], [qn("w:cantSplit")], [qn("w:cantSplit")]]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Chè Shan tuyết <b>cổ thụ</b>", "4 sao"]


def test_a_wide_annex_lies_across_and_says_what_its_signs_mean(province, officer):
    annex = CONTENT["annexes"][0] | {"wide": True, "notes": ["“–”: không có phiếu."]}
    paper = draft_paper(province, "plan", "Kế hoạch", {"annexes": [annex]}, by=officer)
    document = opened(to_docx(paper, is_draft=True))
    assert [it.orientation for it in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert lines(document)[0] == "DỰ THẢO"
    assert document.paragraphs[-1].text == "“–”: không có phiếu."


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written(kind, province, officer):
    content = {
        "to": ["Ủy ban nhân dân tỉnh", "Sở Nông nghiệp và Môi trường"], "grounds": ["Căn cứ Luật"],
        "articles": [["Một"], ["Hai"]],
        "body": [{"h": "I. Chung"}, {"facts": [["Tên", "Chè"]]}, {"list": ["a", "b"]}, {"table": CONTENT["annexes"][0]}],
    }  # fmt: skip
    paper = draft_paper(province, kind, "Trích yếu của văn bản", content, by=officer)
    said = lines(opened(to_docx(paper, is_draft=True)))
    assert any(line.endswith("Trích yếu của văn bản") for line in said)


def test_downloaded_by_who_may_read_it_and_written_down(draft, officer, nobody, stranger, leader, signed_in):
    address = f"/lai-chau/papers/{draft.pk}/word/"
    assert f'href="{address}"' in signed_in(officer).get(f"/lai-chau/papers/{draft.pk}/").text
    answer = signed_in(officer).get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="du-thao.docx"'
    assert "DỰ THẢO" in lines(opened(answer.content))
    assert Entry.objects.get(action="paper.word", object_id=draft.pk).actor == officer
    for person in (nobody, stranger):
        assert signed_in(person).get(address).status_code == 404
    PAPER.take("cancel", draft, by=leader, data={"note": "Nhầm"})
    assert signed_in(officer).get(address).status_code == 404
