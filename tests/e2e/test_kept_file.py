"""A file chosen without a line: kept on the phone from that moment, sent once by whichever page is open, by nobody else."""

from __future__ import annotations

import hashlib
import re

import pytest
from playwright.sync_api import expect

from ocop.files.models import Upload
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import EvidencePaper
from products.producers.members import add_member
from tests import factories
from tests.e2e.pages import log_in
from tests.e2e.scoring import SET
from tests.e2e.test_capture import shoot
from tests.e2e.test_cut_line import Sent, heavy_pdf
from tests.e2e.test_phone import FRONT, SENDING, _log_out, on_the_device, phone, said, until

NAME, TITLE = "phiếu kiểm nghiệm.pdf", "Phiếu kiểm nghiệm chàm"
HERE = "đang giữ trên máy này, đóng trang không mất"
# What the device holds, without a key: rows of files, and how many parts.
KEPT = """async () => {
  if (!(await indexedDB.databases()).some((it) => it.name === "ocop-files")) return [0, 0, ""];
  const opened = await new Promise((done) => { const asked = indexedDB.open("ocop-files", 1); asked.onsuccess = () => done(asked.result); });
  const all = (room) => new Promise((done) => {
    const asked = opened.transaction(room).objectStore(room).getAll(); asked.onsuccess = () => done(asked.result); });
  const [files, parts] = [await all("files"), await all("parts")];
  opened.close();
  return [files.length, parts.length, [...files, ...parts].map((it) => it.name + new TextDecoder("latin1").decode(it.data)).join()];
}"""
HAS_KEY = """async () => {
  if (!(await indexedDB.databases()).some((it) => it.name === "ocop-drafts")) return false;
  const opened = await new Promise((done) => { const asked = indexedDB.open("ocop-drafts", 1); asked.onsuccess = () => done(asked.result); });
  const keys = await new Promise((done) => {
    const asked = opened.transaction("keys").objectStore("keys").count(); asked.onsuccess = () => done(asked.result); });
  opened.close();
  return keys > 0;
}"""
NOTHING_KEPT = f"async () => {{ const [files, parts] = await ({KEPT})(); return files + parts === 0; }}"


@pytest.fixture
def draft(cast):
    """(the owner, another of her house, the dossier)."""
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, name="Khăn piêu", set_code=SET, owner=owner)
        other = factories.make_user("chuthe.may", "Vàng Thị Mẩy")
        add_member(dossier.product.producer, other, by=owner)
        return User.objects.get(pk=owner.pk), User.objects.get(pk=other.pk), dossier.pk


def a_file(content: bytes) -> dict:
    return {"name": NAME, "mimeType": "application/pdf", "buffer": content}


def made(cast, title=TITLE):
    """(how often, the digests) of the papers of this name."""
    with tenant_scope(cast.tenant):
        return [it.file.sha256 for it in EvidencePaper.objects.filter(title=title).select_related("file")]


def begun(cast):
    """(by whom, how much the server has) of each file on its way."""
    with tenant_scope(cast.tenant):
        return list(Upload.objects.values_list("by", "received"))


def ready(owner, pk, tablet):
    """Her phone with the dossier's pages on it, the evidence page open, and then no line."""
    producer = phone(tablet())
    log_in(producer, owner)
    producer.go(f"dossiers/{pk}/")
    for path in ("evidence/", "review/"):
        on_the_device(producer, f"dossiers/{pk}/{path}")
    producer.go(f"dossiers/{pk}/evidence/")
    until(producer, HAS_KEY)
    producer.cut()
    return producer


def test_chosen_without_a_line_it_outlives_the_browser_and_becomes_one_paper(cast, draft, tablet):
    owner, _other, pk = draft
    content = heavy_pdf(2_500_000)
    producer = ready(owner, pk, tablet)
    producer.go(f"dossiers/{pk}/evidence/?kind=story&criterion=1.1")
    said(producer, "Đang xem bản giữ trên máy này")
    expect(producer.tab.get_by_label("Loại giấy tờ")).to_have_value("story")
    expect(producer.tab.locator("input[name=criteria][value='1.1']")).to_be_checked()
    producer.tab.locator("input[name=file]").set_input_files(a_file(content))
    row = producer.tab.locator(".uploads li")
    expect(row).to_contain_text(NAME)
    expect(row).to_contain_text(HERE, timeout=SENDING)
    expect(row).to_contain_text("2,5 MB")
    producer.fill({"Tên giấy tờ": TITLE})
    producer.tab.get_by_role("button", name="Tải lên", exact=True).click()
    expect(row).to_contain_text("đã điền xong, có mạng sẽ tự tải lên", timeout=SENDING)
    expect(producer.box("Tên giấy tờ")).to_have_value("")  # the form is free for the next paper
    producer.look("15-file-kept")
    files, parts, raw = producer.tab.evaluate(KEPT)
    assert (files, parts) == (1, 3)
    assert "%PDF" not in raw
    assert "phi" not in raw
    assert begun(cast) == []

    producer.go(f"dossiers/{pk}/review/")
    said(producer, "Đang xem bản giữ trên máy này", NAME, "2,5 MB", "chờ mạng")
    producer.look("15-review-kept")
    producer = phone(tablet(is_cut=True))  # the tab is closed, the battery was empty
    sent = Sent(producer.context)
    producer.go(f"dossiers/{pk}/")
    said(producer, NAME, "chờ mạng")
    producer.watch.meant |= {401, 403}
    producer.cut(off=False)
    link = producer.tab.get_by_role("link", name="Đăng nhập để gửi").first
    expect(link).to_be_visible(timeout=SENDING)
    assert made(cast) == []  # the login ended with the browser: nobody sends it
    log_in(producer, owner)
    producer.go("catalogue/")  # a page that knows nothing of dossiers
    until(producer, NOTHING_KEPT)
    assert made(cast) == [hashlib.sha256(content).hexdigest()]
    # A page that is left while a piece is on its way hears no answer to it: that one is not counted here.
    assert sum(length for _begin, length in sent.taken) <= len(content)
    assert sent.pieces.count(0) == 1
    producer.go(f"dossiers/{pk}/evidence/")
    said(producer, TITLE)
    expect(producer.tab.locator("[data-files-waiting]")).to_be_hidden()
    expect(producer.tab.locator(".uploads li")).to_have_count(0)
    producer.calm()


def test_a_phone_for_two_and_a_lost_answer(cast, draft, tablet):
    """She logs out with a file unsent; who comes next sees and sends nothing of it. The answer to the last request is lost: one paper."""
    owner, other, pk = draft
    content = heavy_pdf(300_000)
    producer = ready(owner, pk, tablet)
    producer.tab.get_by_label("Loại giấy tờ").select_option("story")
    producer.tab.locator("input[name=file]").set_input_files(a_file(content))
    expect(producer.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    producer.fill({"Tên giấy tờ": TITLE})
    producer.tab.get_by_role("button", name="Tải lên", exact=True).click()
    expect(producer.tab.locator(".uploads li")).to_contain_text("đã điền xong", timeout=SENDING)
    _log_out(producer)
    said(producer, "Máy này đang giữ 1 mục chưa gửi.")
    assert begun(cast) == []
    producer.press("Ở lại để gửi")

    producer = phone(
        tablet()
    )  # the session ended with the browser; another of the house logs in on the same phone
    log_in(producer, other)
    # a closing tab is told for a moment that there is a line: what it began then is hers
    before = begun(cast)
    assert {by for by, _received in before} <= {owner.pk}
    producer.go(f"dossiers/{pk}/evidence/")
    on_the_device(producer, f"dossiers/{pk}/evidence/")
    producer.reads_not(NAME)
    producer.tab.wait_for_timeout(2000)
    producer.go(f"dossiers/{pk}/")
    on_the_device(producer, f"dossiers/{pk}/")
    producer.reads_not(NAME)
    assert (begun(cast), made(cast)) == (before, [])
    _log_out(producer)
    producer.tab.wait_for_url(FRONT)  # nothing of hers waits: no question

    lost = []

    def lose(route):
        """The server does it, and the phone never hears of it."""
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            return route.abort("internetdisconnected")
        return route.fallback()

    producer.watch.is_cut = True
    producer.context.route(re.compile(rf"/dossiers/{pk}/evidence/$"), lose)
    log_in(producer, owner)
    producer.go(f"dossiers/{pk}/")
    until(producer, NOTHING_KEPT)
    assert len(lost) == 1
    assert made(cast) == [hashlib.sha256(content).hexdigest()]
    producer.calm()


def test_what_the_server_refuses_is_told_at_the_file_until_she_drops_it(cast, draft, tablet):
    owner, _other, pk = draft
    producer = ready(owner, pk, tablet)
    producer.tab.locator("input[name=file]").set_input_files(
        {"name": "phieu.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nnua chung"}
    )
    expect(producer.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    producer.tab.close()
    producer.tab = producer.context.new_page()
    phone(producer).cut(off=False)
    producer.go(f"dossiers/{pk}/")
    note = producer.tab.locator("[data-files-waiting]")
    expect(note.locator(".wrong")).to_contain_text("PDF", timeout=SENDING)
    producer.look("15-file-refused")
    phone(producer).go(f"dossiers/{pk}/evidence/")
    expect(producer.tab.locator(".uploads li .wrong")).to_contain_text("PDF", timeout=SENDING)
    producer.look("15-file-refused-form")
    phone(producer).go(f"dossiers/{pk}/review/")
    note.get_by_role("button", name="Bỏ tệp này").click()
    until(producer, NOTHING_KEPT)
    expect(note).to_be_hidden()
    producer.calm()


def test_facts_that_will_not_do_are_asked_again_with_the_file(cast, draft, tablet):
    """Sent from another page; the form that is opened then has the file, what she wrote and why not."""
    owner, _other, pk = draft
    content = heavy_pdf(100_000)
    producer = ready(owner, pk, tablet)
    producer.tab.locator("input[name=file]").set_input_files(a_file(content))
    producer.tab.get_by_label("Loại giấy tờ").select_option("story")
    producer.fill({"Tên giấy tờ": TITLE, "Ngày cấp": "hôm qua"})
    expect(producer.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    producer.tab.get_by_role("button", name="Tải lên", exact=True).click()
    expect(producer.tab.locator(".uploads li")).to_contain_text("đã điền xong", timeout=SENDING)
    producer.tab.close()
    producer.tab = producer.context.new_page()
    producer.watch.meant.add(422)
    phone(producer).cut(off=False)
    producer.go(f"dossiers/{pk}/")
    expect(producer.tab.locator("[data-files-waiting] .wrong")).to_contain_text("Ngày cấp:", timeout=SENDING)
    producer.follow(NAME)
    expect(producer.tab.locator(".uploads li")).to_contain_text("Ngày cấp:", timeout=SENDING)
    expect(producer.box("Tên giấy tờ")).to_have_value(TITLE)
    producer.look("15-file-unfit")
    phone(producer).fill({"Ngày cấp": "14/03/2025"})
    producer.tab.get_by_role("button", name="Tải lên", exact=True).click()
    said(producer, "Đã tải lên.")
    assert made(cast) == [hashlib.sha256(content).hexdigest()]
    until(producer, NOTHING_KEPT)
    producer.calm()


def test_a_full_phone_says_so(cast, draft, tablet):
    owner, _other, pk = draft
    producer = phone(tablet())
    producer.go("accounts/login/")
    origin = re.match(r"https?://[^/]+", producer.tab.url).group(0)
    session = producer.context.new_cdp_session(producer.tab)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 8_000_000})
    log_in(producer, owner)
    producer.go(f"dossiers/{pk}/evidence/")
    until(producer, HAS_KEY)
    producer.cut()
    producer.tab.locator("input[name=file]").set_input_files(a_file(heavy_pdf(16_000_000)))
    expect(producer.tab.locator(".uploads li")).to_contain_text(
        "máy hết chỗ nên không giữ được tệp", timeout=SENDING
    )
    producer.look("15-file-full")
    producer.watch.is_cut = True
    phone(producer).cut(off=False)
    expect(producer.tab.locator(".uploads li")).to_contain_text(
        "đã nhận; điền thông tin", timeout=SENDING
    )  # from the open page
    producer.calm()


def test_pages_photographed_one_by_one_lie_on_the_phone_before_they_are_a_file(cast, draft, tablet):
    owner, _other, pk = draft
    producer = ready(owner, pk, tablet)
    producer.tab.set_viewport_size({"width": 360, "height": 1400})
    shoot(producer.tab, "red")
    producer.press("Nắn thẳng và thêm trang")
    expect(pages_of(producer)).to_have_count(1)
    until(producer, f"async () => (await ({KEPT})())[1] === 1")
    producer.go(f"dossiers/{pk}/")
    said(producer, "1 trang đã chụp", "chưa ghép thành tệp")
    producer.look("15-shots")
    producer = phone(tablet(is_cut=True))
    producer.go(f"dossiers/{pk}/evidence/")
    expect(pages_of(producer)).to_have_count(1, timeout=SENDING)
    producer.press("Ghép các trang và gửi")
    expect(producer.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    until(
        producer,
        f"async () => {{ const [files, parts] = await ({KEPT})(); return files === 1 && parts === 1; }}",
    )
    assert begun(cast) == []
    producer.calm()


def pages_of(person):
    return person.tab.locator(".capture__pages li")
