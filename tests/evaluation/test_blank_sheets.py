"""Blank sheets of all products of a meeting: a few at once, more by a worker, of what the reader sees and no more."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.ballots import blanks
from evaluation.ballots.blanks import ask_for_blanks, blanks_of
from evaluation.meetings.agenda import reorder
from evaluation.meetings.boards import visible_items
from evaluation.meetings.declarations import declare
from evaluation.models import BlankBook, Meeting
from evaluation.tasks import make_blank_books
from ocop.tenancy.scope import tenant_scope
from tests.evaluation import makers
from tests.evaluation.test_ballot_papers import URL, text
from tests.papers.conftest import sent

TEA, RICE = "Chè Shan tuyết cổ thụ Mường So", "Gạo Séng cù Tân Phong"


@pytest.fixture
def address(meeting) -> str:
    return f"{URL}/meetings/{meeting.pk}/blank/"


@pytest.fixture
def many(monkeypatch):
    """Two products are many."""
    monkeypatch.setattr(blanks, "FEW", 1)


def bookmarks(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        return [it.title for it in outline.root]


def of(meeting, user):
    return blanks_of(meeting, user, visible_items(meeting, user))


def test_a_few_are_made_at_once_in_the_order_of_the_agenda(meeting, tea, rice, officer, address, signed_in):
    reorder(meeting, [rice.pk, tea.pk], by=officer)
    page = signed_in(officer).get(f"{URL}/meetings/{meeting.pk}/").text
    assert address in page
    content = signed_in(officer).get(address).content
    assert bookmarks(content) == [RICE, TEA]
    assert text(content).count("PHIẾU ĐÁNH GIÁ SẢN PHẨM") == 2
    assert not BlankBook.objects.exists()


def test_many_are_made_by_a_worker_and_kept(meeting, many, officer, address, lai_chau, run_task, signed_in):
    client, page = signed_in(officer), f"{URL}/meetings/{meeting.pk}/"
    assert client.get(address).status_code == 404
    assert "Lập tập phiếu trắng" in client.get(page).text
    assert client.post(address).url == page
    first = ask_for_blanks(meeting, by=officer)  # asked for twice it is one
    assert client.get(address).status_code == 404
    assert "đang được tạo" in client.get(page).text
    run_task(make_blank_books, lai_chau.pk)
    run_task(make_blank_books, lai_chau.pk)
    [book] = BlankBook.objects.select_related("file")
    assert (book, book.fault) == (first, "")
    assert bookmarks(sent(client.get(address))) == [TEA, RICE]
    assert f"Phiếu trắng của mọi sản phẩm, {book.file.pages} trang" in client.get(page).text


def test_another_agenda_has_no_book_until_it_is_asked_for(
    meeting, many, tea, rice, officer, run_task, lai_chau
):
    ask_for_blanks(meeting, by=officer)
    run_task(make_blank_books, lai_chau.pk)
    assert of(meeting, officer).book.file is not None
    reorder(meeting, [rice.pk, tea.pk], by=officer)
    assert of(meeting, officer).book is None
    ask_for_blanks(meeting, by=officer)
    assert BlankBook.objects.count() == 2


def test_who_is_recused_from_one_prints_the_others(
    meeting, many, tea, rice, officer, secretary, address, run_task, lai_chau, signed_in
):
    ask_for_blanks(meeting, by=officer)
    run_task(make_blank_books, lai_chau.pk)
    declare(meeting, {tea.pk: "Người nhà", rice.pk: ""}, by=secretary)
    said = text(signed_in(secretary).get(address).content)  # one is a few
    assert (RICE in said, TEA in said) == (True, False)
    assert of(meeting, secretary).book is None


def test_for_who_leads_or_plans_it_until_it_is_over(
    meeting, many, member, nobody, officer, address, signed_in
):
    assert signed_in(member).get(address).status_code == 403
    assert signed_in(member).post(address).status_code == 403
    assert signed_in(nobody).get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        ask_for_blanks(meeting, by=member)
    assert "Phiếu trắng" not in signed_in(member).get(f"{URL}/meetings/{meeting.pk}/").text
    Meeting.objects.filter(pk=meeting.pk).update(state="concluded")
    with pytest.raises(ValidationError, match="Phiên họp đã kết thúc"):
        ask_for_blanks(meeting, by=officer)
    assert signed_in(officer).get(address).status_code == 404
    assert "Phiên họp đã kết thúc" in signed_in(officer).post(address, follow=True).text


def test_without_products_there_is_nothing_to_print(
    meeting, officer, tea_item, rice_item, address, signed_in
):
    for item in (tea_item, rice_item):
        makers.remove_from_agenda(item, by=officer)
    assert signed_in(officer).get(address).status_code == 404
    with pytest.raises(ValidationError, match="chưa có sản phẩm nào"):
        ask_for_blanks(meeting, by=officer)


def test_what_cannot_be_made_says_why_and_is_tried_again(meeting, officer, lai_chau, run_task, tea, rice):
    book = ask_for_blanks(meeting, by=officer)
    BlankBook.objects.filter(pk=book.pk).update(assessments=[tea.pk, 0])
    run_task(make_blank_books, lai_chau.pk)
    with tenant_scope(lai_chau.pk):
        assert BlankBook.objects.get(pk=book.pk).fault.startswith("KeyError")
    BlankBook.objects.filter(pk=book.pk).update(assessments=[tea.pk, rice.pk])
    run_task(make_blank_books, lai_chau.pk)
    book.refresh_from_db()
    assert (book.file is not None, book.fault) == (True, "")
