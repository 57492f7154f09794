"""The minutes of the sections' meeting: a paper of their own, optional, numbered, cancelled with a reason."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from docx import Document

from ocop.audit.models import Entry
from ocop.papers.layout import paper_html
from ocop.papers.models import Paper, PaperState
from ocop.papers.workflow import PAPER
from products.desks.meeting import Said, meeting_of, write_meeting
from products.desks.minutes import draft_minutes, drop_minutes
from products.models import Dossier
from tests.factories import make_user

T = "/lai-chau"


@pytest.fixture
def met(make, commune_officer):
    dossier = make("submitted")
    _write(dossier, commune_officer)
    return dossier


def _write(dossier, by, *, seen=0, words="Vùng chè đủ."):
    return write_meeting(
        dossier, held_on=timezone.localdate(), chaired_by="Lò Văn Tướng", conclusion="Nhất trí.\nGửi tỉnh.",
        said=[Said("Kinh tế", "Lò Văn Bun", words)], by=by, seen=seen,
    )  # fmt: skip


def _number(paper, by):
    return PAPER.take("number", paper, by=by, data={"dated_on": timezone.localdate(), "signer_name": "Lò Văn Tướng"})  # fmt: skip


def test_they_say_who_met_what_was_said_and_who_signs(met, commune_officer, signed_in):
    tab = signed_in(commune_officer)
    answer = tab.post(f"{T}/dossiers/{met.pk}/sections-meeting/minutes/")
    paper = meeting_of(met).minutes
    assert answer.url == f"{T}/papers/{paper.pk}/"
    assert (paper.kind, paper.state, paper.unit) == ("sections_minutes", PaperState.DRAFT, met.unit)
    text = paper_html(paper, is_draft=True)
    for words in ("BIÊN BẢN", "/BB-UBND", "DỰ THẢO", "Lò Văn Bun", "Vùng chè đủ.", "Nhất trí.", met.code,
                  "NGƯỜI GHI BIÊN BẢN", commune_officer.get_full_name(), "CHỦ TRÌ", "Lò Văn Tướng"):  # fmt: skip
        assert words in text
    assert [it["p"] for it in paper.content["body"] if "p" in it] == ["Nhất trí.", "Gửi tỉnh."]
    assert tab.get(f"{answer.url}preview/").content.startswith(b"%PDF")
    word = Document(io.BytesIO(tab.get(f"{answer.url}word/").content))
    assert any("Nhất trí." in it.text for it in word.paragraphs)
    deeds = Entry.objects.about(met).filter(action="dossier.minutes")
    assert [(it.actor, it.unit) for it in deeds] == [(commune_officer, met.unit)]


def test_a_draft_follows_the_meeting_and_is_made_once(met, commune_officer):
    first = draft_minutes(met, by=commune_officer)
    assert draft_minutes(met, by=commune_officer) == first
    _write(met, commune_officer, seen=1, words="Thiếu vùng chè.")
    assert Paper.objects.get(pk=first.pk).content["body"][3]["table"]["rows"] == [
        ["1", "Kinh tế", "Lò Văn Bun", "Thiếu vùng chè."]
    ]
    assert Paper.objects.filter(kind="sections_minutes").count() == 1


def test_numbered_minutes_hold_the_meeting_until_they_are_cancelled(met, commune_officer, signed_in):
    paper = _number(draft_minutes(met, by=commune_officer), commune_officer)
    assert paper.symbol == "01/BB-UBND"
    with pytest.raises(ValidationError, match="đã có số 01/BB-UBND"):
        _write(met, commune_officer, seen=1)
    drop = f"{T}/dossiers/{met.pk}/sections-meeting/minutes/drop/"
    tab = signed_in(commune_officer)
    assert "Lý do" in tab.post(drop, {"note": " "}, follow=True).text
    assert meeting_of(met).minutes == paper
    assert "Đã hủy biên bản" in tab.post(drop, {"note": "Ghi sai tên"}, follow=True).text
    assert Paper.objects.get(pk=paper.pk).state == PaperState.CANCELLED
    with pytest.raises(ValidationError, match="chưa có biên bản"):
        drop_minutes(met, "Lần nữa", by=commune_officer)
    _write(met, commune_officer, seen=1)
    assert _number(draft_minutes(met, by=commune_officer), commune_officer).symbol == "02/BB-UBND"


def test_none_without_a_meeting_none_once_the_file_went_on_and_none_by_others(
    make, met, commune_officer, owner, other_commune, signed_in
):
    empty = make("submitted", name="Gạo")
    with pytest.raises(ValidationError, match="Chưa ghi cuộc họp"):
        draft_minutes(empty, by=commune_officer)
    with pytest.raises(PermissionDenied):
        draft_minutes(met, by=owner)
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    for path in ("minutes/", "minutes/drop/"):
        url = f"{T}/dossiers/{met.pk}/sections-meeting/{path}"
        assert signed_in(other).post(url, {"note": "x"}).status_code == 404
        assert signed_in(owner).post(url, {"note": "x"}).status_code == 403
    Dossier.objects.filter(pk=met.pk).update(state="forwarded")
    page = signed_in(commune_officer).post(f"{T}/dossiers/{met.pk}/sections-meeting/minutes/", follow=True)
    assert "không còn ở xã" in page.text
    assert meeting_of(met).minutes is None


def test_the_pages_link_them_for_those_who_may_open_them(met, commune_officer, owner, signed_in):
    link = f'href="{T}/papers/{draft_minutes(met, by=commune_officer).pk}/"'
    tab = signed_in(commune_officer)
    assert link in tab.get(f"{T}/dossiers/{met.pk}/sections-meeting/").text
    home = tab.get(f"{T}/dossiers/{met.pk}/").text
    assert link in home
    assert "Lập biên bản họp của xã" in home  # the deed in the history
    assert link not in signed_in(owner).get(f"{T}/dossiers/{met.pk}/").text
