"""Sheets on paper: the annex's layout, the chosen levels ticked, a blank one, all of a sealed meeting in one file."""

from __future__ import annotations

import hashlib
import io
import subprocess

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied

from evaluation.ballots.books import ask_for_book, book_of
from evaluation.ballots.printing import filled
from evaluation.ballots.word import LINES_TO_WRITE, NOTE, ROOM_TO_WRITE
from evaluation.meetings.declarations import declare
from evaluation.meetings.seals import seals_of
from evaluation.models import Ballot, BallotBook
from evaluation.tasks import make_ballot_books
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from products.law import criteria_set
from tests.evaluation import makers
from tests.papers.conftest import sent
from tests.papers.test_word import lines, opened

URL = "/lai-chau"
TEA = "Chè Shan tuyết cổ thụ Mường So"


def text(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def printed(ballot) -> list[tuple[str, str, str]]:
    return [(it.kind, it.text, str(it.points)) for it in filled(ballot).lines if it.is_chosen]


@pytest.fixture
def three(members):
    """A council small enough to print."""
    return members[:3]


@pytest.fixture
def council(province, three, officer, leader):
    return makers.make_council(province, three, officer=officer, leader=leader)


@pytest.fixture
def members_open(meeting, three):
    return makers.open_meeting(meeting, three)


@pytest.fixture
def sealed(members_open, tea, rice, tea_item, rice_item, three, chair):
    for item in (tea_item, rice_item):
        makers.score_all(item, three, lose=[0, 1, 2])
        ASSESSMENT.take("conclude", item.assessment, by=chair)
    return MEETING.take("conclude", members_open, by=chair)


def test_every_printed_level_stands_on_it_in_order_and_one_of_each_criterion_is_ticked(
    members_open, tea_item, three
):
    ballot = makers.ballot_of(tea_item, three[0])
    makers.fill(ballot, by=three[0], lose=4)
    of_set = criteria_set("QD26-11")
    lines = filled(ballot).lines
    heads = [it.text.split(". ")[0] for it in lines if it.kind == "criterion"]
    assert heads == [it.code for it in of_set.criteria]
    levels = [it.points for it in lines if it.kind == "level"]
    assert levels == [level.points for it in of_set.criteria for scale in it.scales for level in scale]
    chosen = [it.points for it in lines if it.is_chosen]
    assert (len(chosen), sum(chosen)) == (len(of_set.criteria), 96)
    assert [it.points for it in lines if it.kind == "part"] == [40, 25, 35]
    assert any(it.text.endswith(" ***") for it in lines if it.kind == "level")


def test_nothing_applies_is_a_line_of_its_own_with_the_words_why(members_open, tea_item, three):
    ballot = makers.ballot_of(tea_item, three[0])
    ballot.levels = {"1.1": {"p": 0, "r": 1, "note": "Nguyên liệu ngoài tỉnh"}}
    at = [it.text for it in filled(ballot).lines]
    assert printed(ballot) == [("level", "Không đạt mức nào", "0")]
    assert "Nhận xét: Nguyên liệu ngoài tỉnh" in at


def test_printed_once_it_is_sealed_for_its_holder_and_for_others_after_the_meeting(
    signed_in, members_open, tea_item, rice_item, three, chair, nobody
):
    ballot = makers.ballot_of(tea_item, three[2])
    address = f"{URL}/ballots/{ballot.pk}/print/"
    assert signed_in(three[2]).get(address).status_code == 404  # open
    for item in (tea_item, rice_item):
        makers.score_all(item, three, lose=1)
    said = text(signed_in(three[2]).get(address).content)
    for words in (
        "PHIẾU ĐÁNH GIÁ SẢN PHẨM", "Chè Shan tuyết cổ thụ Mường So", "PHẦN A: Sản phẩm và sức mạnh cộng đồng",
        "TỔNG ĐIỂM (trên 100) 99", str(three[2]), "Phụ lục của Quyết định số 26/2026/QĐ-TTg",
    ):  # fmt: skip
        assert words in said, words
    assert signed_in(chair).get(address).status_code == 404  # blind
    for item in (tea_item, rice_item):
        ASSESSMENT.take("conclude", item.assessment, by=chair)
    MEETING.take("conclude", members_open, by=chair)
    assert signed_in(chair).get(address).status_code == 200
    assert signed_in(nobody).get(address).status_code == 404


def test_a_blank_sheet_has_the_product_and_no_points(signed_in, meeting, tea, tea_item, officer, three):
    makers.all_declare(meeting, three)
    address = f"{URL}/meetings/{meeting.pk}/items/{tea.pk}/blank/"
    said = text(signed_in(officer).get(address).content)
    assert ("Chè Shan tuyết cổ thụ Mường So" in said, "Cộng phần" in said) == (True, False)
    makers.set_attendance(meeting, [], by=officer)
    declare(meeting, {tea.pk: "Người nhà"}, by=three[2])
    assert signed_in(three[2]).get(address).status_code == 404


def test_all_sheets_in_one_file_with_bookmarks_made_by_a_worker_and_kept(
    sealed, officer, chair, three, lai_chau, run_task, signed_in
):
    assert signed_in(chair).post(f"{URL}/meetings/{sealed.pk}/sheets/").status_code == 302
    ask_for_book(sealed, by=officer)  # asked for twice it is one
    assert signed_in(chair).get(f"{URL}/meetings/{sealed.pk}/sheets/").status_code == 404
    run_task(make_ballot_books, lai_chau.pk)
    run_task(make_ballot_books, lai_chau.pk)
    [book] = BallotBook.objects.select_related("file")
    content = sent(signed_in(chair).get(f"{URL}/meetings/{sealed.pk}/sheets/"))
    assert hashlib.sha256(content).hexdigest() == book.file.sha256
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        assert [it.title for it in outline.root] == [
            "Chè Shan tuyết cổ thụ Mường So",
            "Gạo Séng cù Tân Phong",
        ]
        assert [[it.title for it in product.children] for product in outline.root] == [
            [str(it) for it in three]
        ] * 2
        assert len(opened.pages) == book.file.pages
    assert (
        f"Toàn bộ phiếu, {book.file.pages} trang" in signed_in(chair).get(f"{URL}/meetings/{sealed.pk}/").text
    )


def test_the_book_is_for_nobody_who_is_recused_and_asked_for_by_who_leads(
    meeting, tea, rice, tea_item, rice_item, three, chair, deputy, secretary, signed_in
):
    declare(meeting, {tea.pk: "Người nhà", rice.pk: ""}, by=secretary)
    makers.all_declare(meeting, three[:2])
    makers.set_attendance(meeting, [seat.pk for seat in meeting.council.seats.all()], by=secretary)
    running = MEETING.take("open", meeting, by=chair)
    with pytest.raises(PermissionDenied):
        ask_for_book(running, by=chair)
    makers.score_all(tea_item, three[:2])
    makers.score_all(rice_item, three)
    for item in (tea_item, rice_item):
        ASSESSMENT.take("conclude", item.assessment, by=chair)
    done = MEETING.take("conclude", running, by=chair)
    with pytest.raises(PermissionDenied):
        ask_for_book(done, by=secretary)
    ask_for_book(done, by=chair)
    assert (book_of(done, secretary), book_of(done, chair) is not None) == (None, True)
    assert "Tập phiếu" not in signed_in(secretary).get(f"{URL}/meetings/{done.pk}/").text
    reopened = MEETING.take("reopen", done, by=chair, data={"note": "Sót"})
    assert book_of(reopened, chair) is None
    assert seals_of(done)[0].book is not None


def test_who_abstained_is_in_no_book_and_prints_nothing(members_open, tea_item, three, signed_in):
    ballot = makers.ballot_of(tea_item, three[2])
    BALLOT.take("abstain", ballot, by=three[2], data={"abstention": "Không đúng chuyên môn"})
    assert signed_in(three[2]).get(f"{URL}/ballots/{ballot.pk}/print/").status_code == 404
    assert Ballot.objects.get(pk=ballot.pk).is_sealed


def test_the_word_copy_has_the_rows_of_the_printed_sheet(signed_in, members_open, tea_item, three, nobody):
    ballot = makers.ballot_of(tea_item, three[2])
    address = f"{URL}/ballots/{ballot.pk}/word/"
    assert signed_in(three[2]).get(address).status_code == 404  # open
    makers.score_all(tea_item, three, lose=1)
    document = opened(signed_in(three[2]).get(address).content)
    table = max(document.tables, key=lambda it: len(it.rows))
    sheet = filled(makers.ballot_of(tea_item, three[2]))
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1:-1] == [[it.text, str(it.points), "X" if it.is_chosen else ""] for it in sheet.lines]
    assert rows[-1] == ["TỔNG ĐIỂM (trên 100)", "99", ""]
    assert document.sections[0].footer.paragraphs[0].text == f"{sheet.foot}\n{NOTE}"
    said = lines(document)
    for words in (TEA, str(three[2]), "Ý kiến của người đánh giá: không.", "NGƯỜI ĐÁNH GIÁ"):
        assert words in said, words
    assert signed_in(nobody).get(address).status_code == 404
    assert signed_in(three[1]).get(address).status_code == 404  # another's, before the meeting is over


def test_a_blank_word_copy_has_room_to_write(signed_in, meeting, tea, officer, three, nobody):
    makers.all_declare(meeting, three)
    address = f"{URL}/meetings/{meeting.pk}/items/{tea.pk}/blank/word/"
    response = signed_in(officer).get(address)
    assert response.headers["Content-Disposition"] == f'attachment; filename="phieu-trang-{tea.pk}.docx"'
    said = lines(opened(response.content))
    assert (TEA in said, "X" in said, NOTE in said) == (True, False, False)
    assert said.count(ROOM_TO_WRITE) == LINES_TO_WRITE
    assert signed_in(nobody).get(address).status_code == 404
