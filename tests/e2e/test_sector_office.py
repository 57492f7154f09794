"""A paper that is an office's own: whose a kind is, looked at once, read by everybody who rests on it, online and not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evaluation.models import AgendaItem
from ocop.orgs.models import OrgUnit, UnitKind, User
from ocop.tenancy.scope import tenant_scope
from products.models import Dossier, EvidencePaper
from products.vault.confirming import confirm
from products.vault.papers import change_evidence
from tests import factories
from tests.e2e import away
from tests.e2e.away import PIN
from tests.e2e.pages import Person, log_in
from tests.evaluation import makers

KIND = "production_eligibility"
TITLE = "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"
OFFICE = "Ban Dân tộc và Tôn giáo"  # by its name it confirms no such paper
OTHER = "Sở Khoa học và Công nghệ"
REASON = "Số 15/2026 không có trong sổ cấp."


@dataclass(frozen=True)
class Offices:
    """One dossier that is with its producer again, and who looks at its papers."""

    dossier: int
    paper: int
    owner: User
    first: User
    second: User
    of_another_kind: User
    of_another_province: User


def officer_of(office: OrgUnit, username: str, name: str) -> User:
    return factories.make_user(username, name, role="sector_officer", unit=office)


def department(name: str) -> OrgUnit:
    return factories.make_unit(name, UnitKind.DEPARTMENT, parent=OrgUnit.objects.get(parent=None))


@pytest.fixture
def offices(cast) -> Offices:
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, state="returned", owner=owner)
        paper = paper_of(dossier)
        facts = {"title": TITLE, "number": "15/2026/GCN", "issuer": OFFICE}
        change_evidence(dossier, paper, by=owner, facts=facts)
        office, other = department(OFFICE), department(OTHER)
        first = officer_of(office, "ban.dantoc", "Đinh Thị Lan")
        second = officer_of(office, "ban.dantoc2", "Lù Văn Chung")
        of_another_kind = officer_of(other, "so.khcn", "Trần Văn Hòa")
    elsewhere = factories.make_tenant("thai-nguyen", "Tỉnh Thái Nguyên", code="19")
    with tenant_scope(elsewhere.pk):
        factories.make_unit("Tỉnh Thái Nguyên", UnitKind.PROVINCE)
        there = officer_of(department("Sở Y tế"), "tn.yte", "Ma Thị Hiền")
    return Offices(dossier.pk, paper.pk, owner, first, second, of_another_kind, there)


def paper_of(dossier: Dossier) -> EvidencePaper:
    return EvidencePaper.objects.filter(links__dossier=dossier, kind=KIND).distinct().get()


def test_an_office_confirms_its_papers_once(cast, offices, person, visitor, tmp_path):
    _say_whose_it_is(person(cast.officer))
    paper = f"evidence/{offices.paper}/"
    first, second, owner = person(offices.first), person(offices.second), person(offices.owner)
    _find(first)
    second.go(paper)  # open before her colleague writes
    _write_not_genuine(first)
    _is_told_of_the_other(second)
    owner.go(f"dossiers/{offices.dossier}/evidence/")
    owner.reads(f"{OFFICE}: không phải giấy đã cấp", REASON)
    owner.look("28-producer")
    again = _replace(owner, offices, cast.tenant, tmp_path)
    _look_at_the_new_one(first, cast.tenant, again)
    owner.go(f"dossiers/{offices.dossier}/evidence/")
    owner.reads(f"{OFFICE} đã xác nhận ngày {timezone.localdate():%d/%m/%Y}")
    owner.reads_not(REASON)
    _is_not_for(person(offices.of_another_kind), paper, f"evidence/{again}/")
    _is_not_for(_signed_in_elsewhere(visitor(), offices.of_another_province), paper, f"evidence/{again}/")


@dataclass(frozen=True)
class Sitting:
    """A meeting that is open, one of its members, and the paper that her product rests on."""

    meeting: int
    member: User
    ballot: int
    assessment: int
    paper: int
    code: str
    officer: User


@pytest.fixture
def sitting(cast) -> Sitting:
    with tenant_scope(cast.tenant):
        commune, province = OrgUnit.objects.get(name="Xã Mường So"), OrgUnit.objects.get(parent=None)
        dossier = factories.make_complete_dossier(commune, state="accepted", set_code="QD26-11")
        paper = paper_of(dossier)
        members = makers.make_members()
        council = makers.make_council(province, members, officer=cast.officer, leader=cast.leader)
        assessment = makers.make_checked(dossier, by=cast.advisor)
        meeting = makers.open_meeting(makers.make_meeting(council, [assessment], by=cast.officer), members)
        item = AgendaItem.objects.get(meeting=meeting)
        officer = officer_of(department("Sở Nông nghiệp và Môi trường"), "so.nn", "Đinh Thị Lan")
        confirm(paper, "unclear", note="Đang tra sổ cấp.", revision=paper.revision, seen=None, by=officer)
        code = paper.links.exclude(criterion="").order_by("criterion")[0].criterion
        return Sitting(
            meeting.pk, members[5], makers.ballot_of(item, members[5]).pk, assessment.pk, paper.pk, code, officer
        )  # fmt: skip


def test_a_member_of_the_council_reads_the_word_online_and_without_a_line(cast, sitting, person, tablet):
    online = person(sitting.member)
    online.go(f"ballots/{sitting.ballot}/{sitting.code}/?paper={sitting.paper}")
    online.reads("Sở Nông nghiệp và Môi trường chưa xác định được", "Đang tra sổ cấp.")
    online.look("28-sheet")
    member = tablet()
    log_in(member, sitting.member)
    member.go(f"meetings/{sitting.meeting}/offline/")
    member.fill({"Chọn mã PIN cho lần này (ít nhất 6 chữ số)": PIN, "Nhập lại mã PIN": PIN})
    member.press("Mang theo")
    member.reads("Đã mang đủ.")
    member.go("offline/")
    _open_on_device(member, sitting)
    member.reads("Sở Nông nghiệp và Môi trường chưa xác định được", "theo máy chủ lúc")
    with tenant_scope(cast.tenant):
        paper = EvidencePaper.objects.get(pk=sitting.paper)
        before = paper.confirmations.get()
        confirm(
            paper, "not_genuine", note=REASON, revision=paper.revision, seen=before.pk, by=sitting.officer
        )
    member.tab.reload()  # with a line the device hears what was said meanwhile
    _open_on_device(member, sitting)
    member.reads("Sở Nông nghiệp và Môi trường: không phải giấy đã cấp", REASON)
    away_again = tablet(is_cut=True)
    away.unlock(away_again)
    _open_on_device(away_again, sitting)
    said = away_again.tab.locator("[data-said]")
    expect(said).to_contain_text("Sở Nông nghiệp và Môi trường: không phải giấy đã cấp")
    expect(said).to_contain_text("theo máy chủ lúc")
    away_again.look("28-device")


def _open_on_device(member: Person, sitting: Sitting) -> None:
    """To the criterion that the paper proves; whoever is logged in with a line needs no PIN."""
    expect(member.tab.locator("[data-products] li, #sheet [data-card] form").first).to_be_visible()
    member.tab.evaluate(f"location.hash = '{sitting.assessment}/{sitting.code}'")
    member.tab.locator(f'[data-papers] a[data-paper="{sitting.paper}"]').click()


def _say_whose_it_is(officer: Person) -> None:
    """The province writes it over what the office's name gives."""
    officer.go("desk/")
    officer.follow("Cơ quan xác nhận")
    officer.reads(OFFICE, OTHER)
    officer.look("28-offices")
    officer.follow(OFFICE)
    kind = "Giấy chứng nhận cơ sở đủ điều kiện sản xuất"
    officer.tab.get_by_role("checkbox").and_(officer.tab.locator(f"[value={KIND}]")).check()
    officer.look("28-office")
    officer.press("Lưu")
    officer.reads("Đã lưu.")
    expect(officer.tab.locator("tr").filter(has_text=OFFICE)).to_contain_text(kind)


def _find(officer: Person) -> None:
    """From her home page to the file in the viewer."""
    officer.go("")
    officer.follow("Xác nhận 1 giấy tờ")
    officer.reads("Giấy tờ của ngành", "Chờ xác nhận")
    officer.look("28-list")
    officer.follow(TITLE)
    page = officer.tab.locator("img.viewer__page")
    page.scroll_into_view_if_needed()
    expect(page).to_be_visible()
    page.evaluate("it => it.decode()")
    assert page.evaluate("it => it.naturalWidth > 400")
    officer.reads("15/2026/GCN")
    officer.look("28-paper")


def _write_not_genuine(officer: Person) -> None:
    """Without a reason it is not taken; her choice stays on the page."""
    officer.tab.get_by_label("Không phải giấy đã cấp").check()
    with officer.refused():
        officer.press("Ghi kết luận")
    officer.reads("Hãy ghi lý do để chủ thể biết phải làm gì.")
    officer.look("28-no-reason")
    expect(officer.tab.get_by_label("Không phải giấy đã cấp")).to_be_checked()
    officer.fill({"Ghi chú": REASON})
    officer.press("Ghi kết luận")
    officer.reads("Đã ghi kết luận.", f"{OFFICE}: không phải giấy đã cấp", REASON)
    officer.look("28-said")


def _is_told_of_the_other(second: Person) -> None:
    """Her page is older than the word: nothing of hers is written over it."""
    second.tab.get_by_label("Đúng là giấy đã cấp").check()
    with second.refused():
        second.press("Ghi kết luận")
    second.reads("Đinh Thị Lan vừa ghi: “Không phải giấy đã cấp”. Hãy xem lại rồi ghi nếu cần sửa.")
    second.look("28-second")


def _replace(owner: Person, offices: Offices, tenant: int, folder: Path) -> int:
    """Another file is another paper; its number."""
    file = folder / "giay-moi.pdf"
    file.write_bytes(factories.pdf("Giấy chứng nhận mới", 2))
    owner.go(f"dossiers/{offices.dossier}/evidence/{offices.paper}/")
    owner.fill({"Thay bằng tệp khác": file})
    owner.reads("đã nhận; điền thông tin rồi bấm Lưu")
    owner.press("Lưu")
    owner.reads("Đã lưu.")
    owner.go(f"dossiers/{offices.dossier}/evidence/")
    owner.reads_not(f"{OFFICE}: không phải giấy đã cấp")
    with tenant_scope(tenant):
        return EvidencePaper.objects.get(title=TITLE, withdrawn_at=None).pk


def _look_at_the_new_one(officer: Person, tenant: int, again: int) -> None:
    officer.go("evidence/")
    officer.follow(TITLE)
    assert officer.here().startswith(f"evidence/{again}/")
    officer.reads_not(REASON)
    officer.tab.get_by_label("Đúng là giấy đã cấp").check()
    officer.press("Ghi kết luận")
    officer.reads(f"{OFFICE} đã xác nhận ngày")
    officer.go("evidence/")
    officer.reads("Không có giấy tờ nào.")
    officer.look("28-none")
    with tenant_scope(tenant):
        words = EvidencePaper.objects.get(pk=again).confirmations.get()
        assert (words.verdict, words.unit.name) == ("genuine", OFFICE)


def _is_not_for(guesser: Person, *papers: str) -> None:
    """Neither the page nor the file."""
    for paper in papers:
        for address in (paper, f"{paper}file/"):
            with guesser.refused(404):
                guesser.go(address)


def _signed_in_elsewhere(stranger: Person, user: User) -> Person:
    """Signed in at her own province, she types this one's addresses."""
    stranger.tenant = "thai-nguyen"
    log_in(stranger, user)
    stranger.tenant = "lai-chau"
    return stranger
