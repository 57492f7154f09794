"""A day without a network, in a real browser: taken along, scored, closed, opened again, sent; and the same law on both sides."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from PIL import Image
from playwright.sync_api import sync_playwright

from evaluation.ballots.opinions import save_opinion
from evaluation.ballots.saving import save_mark
from evaluation.ballots.sheets import read_tally
from evaluation.models import AgendaItem, Ballot, Receipt
from evaluation.offline.bundle import set_json
from evaluation.rules import level_of, read_rules
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from evaluation.workflow.meeting import MEETING
from ocop.cards import written
from ocop.files.store import keep_made
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import Mark
from ocop.tenancy.scope import tenant_scope
from products.law import law
from products.models import EvidenceLink, EvidencePaper, SelfScore
from tests import factories
from tests.evaluation import makers
from tests.worker import wait_until

BROWSER = os.environ.get("OCOP_TEST_BROWSER", "")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER in ("", "none"), reason="bin/test --no-browser"),
    pytest.mark.django_db(transaction=True),
]
PIN = "274913"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 30_000


@pytest.fixture
def hall(transactional_db: None) -> SimpleNamespace:
    """A committed meeting of four with two products; the tea has a claim and a paper of two pages."""
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province)
        leader = factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=province)
        members = makers.make_members(4)
        council = makers.make_council(province, members, officer=officer, leader=leader)
        tea = makers.make_checked(makers.make_accepted_dossier(commune), by=officer)
        rice = makers.make_checked(
            makers.make_accepted_dossier(commune, "Gạo Séng cù Tân Phong", set_code="QD26-03"), by=officer
        )
        _prove(tea.dossier)
        meeting = makers.make_meeting(council, [tea, rice], by=officer)
        makers.open_meeting(meeting, members)
    return SimpleNamespace(
        tenant=tenant, member=members[3], members=members, chair=members[0], officer=officer, meeting=meeting,
        tea=tea, rice=rice,
    )  # fmt: skip


def _prove(dossier: Any) -> None:
    producer = dossier.product.producer
    file = keep_made(factories.pdf("Giấy chứng nhận", pages=2), "giay.pdf", "application/pdf", pages=2)
    paper = EvidencePaper.objects.create(producer=producer, kind="business", title="Hợp đồng", file=file)
    red = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(red, "PNG")
    photo = keep_made(red.getvalue(), "anh.png", "image/png")
    EvidenceLink.objects.create(
        dossier=dossier,
        paper=EvidencePaper.objects.create(producer=producer, kind="business", title="Ảnh", file=photo),
        criterion="1.2",
    )
    EvidenceLink.objects.create(dossier=dossier, paper=paper, criterion="1.1", page=2)
    SelfScore.objects.create(
        dossier=dossier, levels={"1.1": {"p": 2, "r": 1, "why": "Liên kết với mười hai hộ trồng chè"}}
    )


@pytest.fixture(scope="session")
def static_root() -> None:
    """The server is one for the session: whitenoise asks for the folder before a test's own settings hold."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def device(
    static_root: None,
    live_server: Any,
    hall: SimpleNamespace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Device]:
    """Playwright's loop runs in the test's own thread, for this test alone: Django asks to be told that this is meant."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        made = Device(playwright, live_server.url, tmp_path / "tablet")
        yield made
        made.close()
        connections.close_all()  # those of the loop are others than those of the thread


class Device:
    """One tablet: its profile outlives the browser."""

    def __init__(self, playwright: Any, server: str, profile: Path) -> None:
        self.playwright, self.server, self.profile = playwright, server, profile
        self.context: Any = None

    def open(self, *, user: User | None = None, offline: bool = False, width: int = 768) -> Any:
        """A page of a browser on this profile, logged in as the user where one is named."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=BROWSER, args=ARGS, viewport={"width": width, "height": 1000},
            locale="vi-VN", service_workers="allow",
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.speak("vi")
        if user is not None:
            self.log_in(user)
        self.context.set_offline(offline)
        page = self.context.pages[0]
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def speak(self, language: str) -> None:
        """By the cookie: what a worker asks for carries no emulated locale."""
        cookie = {"name": "django_language", "value": language, "url": self.server}
        self.context.add_cookies([cookie])

    def log_in(self, user: User) -> None:
        client = Client()
        client.force_login(user, backend="ocop.orgs.backends.LoginBackend")
        cookie = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.server}])

    def log_out(self) -> None:
        self.context.clear_cookies()

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def at(self, place: str) -> str:
        return f"{self.server}/lai-chau/{place}"


def take_along(page: Any, device: Device, hall: SimpleNamespace) -> None:
    page.goto(device.at(f"meetings/{hall.meeting.pk}/offline/"))
    page.locator("#pin").fill(PIN)
    page.locator("#again").fill(PIN)
    page.get_by_role("button", name="Mang theo").click()
    page.get_by_text("Đã mang đủ.").wait_for()


def choose(page: Any, hall_item: Any, code: str, value: str, note: str = "") -> None:
    page.goto(page.url.split("#")[0] + f"#{hall_item.pk}/{code}")
    field = f"c-{code.replace('.', '-')}"
    page.locator(f'input[name="{field}"][value="{value}"]').check()
    if note:
        page.locator("#note").fill(note)
        page.locator("#note").blur()
    page.locator("[data-saved]", has_text="Đã giữ trên máy này").wait_for()


def write_opinion(page: Any, words: str) -> None:
    if not page.locator("#opinion").is_visible():
        page.locator("[data-opinion] summary").click()
    page.locator("#opinion").fill(words)
    page.locator("#opinion").blur()
    page.locator("[data-opinion-saved]", has_text="Đã giữ trên máy này").wait_for()


def unlock(page: Any) -> None:
    page.locator("#pin-code").fill(PIN)
    page.get_by_role("button", name="Mở phiếu").click()
    page.locator("[data-products] li").first.wait_for()


def log_in_over_the_page(page: Any, user: User) -> None:
    frame = page.frame_locator("#login iframe")
    frame.locator('input[name="login"]').fill(user.username)
    frame.locator('input[name="password"]').fill(factories.PASSWORD)
    frame.locator('input[name="password"]').press("Enter")


def is_accessible(page: Any) -> None:
    found = Axe().run(page).response["violations"]
    assert [(it["id"], [node["html"][:120] for node in it["nodes"]]) for it in found] == []


def sheet(hall: SimpleNamespace, assessment: Any) -> Ballot:
    item = AgendaItem.objects.get(meeting=hall.meeting, assessment=assessment)
    return makers.ballot_of(item, hall.member)


# The colour in the middle of a picture, as it is drawn.
PIXEL = """async (picture) => {
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  const brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0);
  return [...brush.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data];
}"""


def is_red(pixel: list[int]) -> bool:
    red, green, _blue, _alpha = pixel
    return red > 240 and green < 20


def test_a_day_without_a_network_survives_a_restart_and_is_sent(
    device: Device, hall: SimpleNamespace
) -> None:
    page = device.open(user=hall.member)
    take_along(page, device, hall)
    is_accessible(page)

    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    choose(page, hall.tea, "1.1", "3", note="Liên kết chặt")
    assert page.locator(".tally__num").inner_text() == "3"
    assert page.locator("[data-claim]").inner_text().startswith("Chủ thể tự chấm 2 điểm")
    assert page.locator(".claimed").count() == 1
    page.locator(".viewer__page").wait_for()
    assert page.locator("[data-page]").inner_text() == "Trang 2/2"
    assert page.locator(".viewer__page").evaluate("it => it.decode().then(() => it.naturalWidth)") > 500
    is_accessible(page)
    page.goto(page.url.split("#")[0] + f"#{hall.tea.pk}/1.2")
    page.locator(".viewer__page[alt='Trang 1 của Ảnh']").wait_for()
    assert is_red(page.locator(".viewer__page").evaluate(PIXEL))
    choose(page, hall.rice, "1.2", "1")
    assert "2 thay đổi chưa gửi" in page.locator("[data-status]").inner_text()
    write_opinion(page, "Gạo thơm, bao bì còn mỏng.")
    assert device.errors == []
    device.close()

    page = device.open(offline=True)
    page.goto(device.at("meetings/"))  # what she remembers; it cannot be had, so the page on the device comes
    page.get_by_text("3 thay đổi chưa gửi").wait_for()
    assert "Chè Shan" not in page.content()
    page.locator("#pin-code").fill("111222")
    page.get_by_role("button", name="Mở phiếu").click()
    page.get_by_text("Mã PIN không đúng.").wait_for()
    unlock(page)
    choose(page, hall.tea, "1.1", "2")
    choose(page, hall.tea, "1.2", "2")
    page.goto(page.url.split("#")[0] + "#")
    page.locator("[data-products]", has_text="2/32 tiêu chí đã chấm").wait_for()
    is_accessible(page)
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels == {}

    device.log_in(hall.member)
    device.context.set_offline(False)
    page.get_by_role("status").filter(has_text="Không có gì chờ gửi").wait_for()
    page.get_by_text("Máy chủ đã nhận").first.wait_for()
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels == {
            "1.1": {"p": 2, "r": 1, "note": "Liên kết chặt"}, "1.2": {"p": 2, "r": 1},
        }  # fmt: skip
        rice = sheet(hall, hall.rice)
        assert (rice.levels, rice.opinion) == ({"1.2": {"p": 1, "r": 1}}, "Gạo thơm, bao bì còn mỏng.")
        codes = set(Receipt.objects.values_list("code", flat=True))
    shown = page.locator("[data-products]").inner_text()
    assert len(codes) == 2
    assert all(code in shown for code in codes)
    assert device.errors == []


def test_a_login_that_ended_is_asked_for_over_the_page(device: Device, hall: SimpleNamespace) -> None:
    page = device.open(user=hall.member)
    take_along(page, device, hall)
    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    choose(page, hall.tea, "1.1", "3")
    device.log_out()
    device.context.set_offline(False)
    page.get_by_role("button", name="Đăng nhập để gửi").click()
    log_in_over_the_page(page, hall.member)
    page.get_by_role("status").filter(has_text="Không có gì chờ gửi").wait_for()
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels == {"1.1": {"p": 3, "r": 1}}


def test_two_devices_meet_in_words_and_sealing_forgets(device: Device, hall: SimpleNamespace) -> None:
    page = device.open(user=hall.member, width=360)
    take_along(page, device, hall)
    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    choose(page, hall.tea, "1.1", "3")
    with tenant_scope(hall.tenant.pk):  # meanwhile on her other device
        save_mark(sheet(hall, hall.tea), "1.1", 2, revision=0, key="other", by=hall.member, note="từ máy kia")
        save_mark(sheet(hall, hall.tea), "1.2", 2, revision=0, key="more", by=hall.member)
    device.context.set_offline(False)
    both = page.locator("[data-differ]")
    both.get_by_text("Tiêu chí này được sửa ở hai nơi.").wait_for()
    assert "Trên máy này: 3 điểm" in both.inner_text()
    assert "Trên máy chủ: 2 điểm. từ máy kia" in both.inner_text()
    is_accessible(page)
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels["1.1"]["p"] == 2
    both.get_by_role("button", name="Giữ của máy này").click()
    page.get_by_role("status").filter(has_text="Không có gì chờ gửi").wait_for()
    assert page.locator(".tally__num").inner_text() == "5"
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels["1.1"]["p"] == 3
        for assessment in (hall.tea, hall.rice):
            BALLOT.take("seal", sheet(hall, assessment), by=hall.member, data={"unanswered": True})
    page.goto(device.at(f"meetings/{hall.meeting.pk}/"))
    wait_until(lambda: page.evaluate("indexedDB.databases().then((it) => it.length)") == 1)
    wait_until(lambda: page.evaluate(KEPT, 0))


def test_two_devices_that_wrote_an_opinion_meet_in_words_and_both_may_stay(
    device: Device, hall: SimpleNamespace
) -> None:
    page = device.open(user=hall.member, width=360)
    take_along(page, device, hall)
    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    page.goto(page.url.split("#")[0] + f"#{hall.tea.pk}/1.1")
    write_opinion(page, "Từ máy")
    write_opinion(page, "Từ máy này.")
    page.goto(page.url.split("#")[0] + f"#{hall.rice.pk}/1.1")
    assert page.locator("#opinion").input_value() == ""
    page.goto(page.url.split("#")[0] + f"#{hall.tea.pk}/1.1")
    with tenant_scope(hall.tenant.pk):  # meanwhile on her other device
        save_opinion(sheet(hall, hall.tea), "Từ máy kia.", revision=0, key="other", by=hall.member)
    device.context.set_offline(False)
    both = page.locator("[data-opinions-differ]")
    both.get_by_text("Ý kiến này được sửa ở hai nơi.").wait_for()
    assert "Trên máy này: Từ máy này." in both.inner_text()
    assert "Trên máy chủ: Từ máy kia." in both.inner_text()
    is_accessible(page)
    page.goto(page.url.split("#")[0] + "#")
    page.get_by_text("Cần bạn chọn: ý kiến cuối phiếu.").wait_for()
    page.goto(page.url.split("#")[0] + f"#{hall.tea.pk}/1.1")
    both.get_by_role("button", name="Giữ cả hai").click()
    page.get_by_role("status").filter(has_text="Không có gì chờ gửi").wait_for()
    assert page.locator("#opinion").input_value() == "Từ máy kia.\nTừ máy này."
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).opinion == "Từ máy kia.\nTừ máy này."
        save_opinion(sheet(hall, hall.tea), "Viết lại.", revision=2, key="again", by=hall.member)
    page.evaluate("dispatchEvent(new Event('online'))")  # nothing of hers waits: what is there is taken over
    wait_until(lambda: page.locator("#opinion").input_value() == "Viết lại.")
    write_opinion(page, "Viết lại. Thêm một câu.")
    with tenant_scope(hall.tenant.pk):
        wait_until(lambda: sheet(hall, hall.tea).opinion == "Viết lại. Thêm một câu.")
    assert device.errors == []


def test_precedents_are_beside_the_criterion_without_a_network(device: Device, hall: SimpleNamespace) -> None:
    with tenant_scope(hall.tenant.pk):
        _conclude_three_teas(hall)
    page = device.open(user=hall.member)
    take_along(page, device, hall)
    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    page.goto(page.url.split("#")[0] + f"#{hall.tea.pk}/1.1")
    beside = page.locator("[data-precedents]")
    beside.get_by_text("Tiền lệ").click()
    beside.get_by_text("12 phiếu về 3 sản phẩm khác cùng bộ tiêu chí").wait_for()
    rows = [row.inner_text().split() for row in beside.locator("dl > div").all()]
    assert rows == [["0", "điểm", "0", "phiếu"], ["1", "điểm", "0", "phiếu"], ["2", "điểm", "0", "phiếu"], ["3", "điểm", "12", "phiếu"]]  # fmt: skip
    is_accessible(page)
    page.goto(page.url.split("#")[0] + f"#{hall.rice.pk}/1.1")
    page.locator("[data-name]", has_text="Gạo Séng cù").wait_for()
    assert beside.inner_text() == ""
    assert device.errors == []


def _conclude_three_teas(hall: SimpleNamespace) -> None:
    """Scored at their best by the same four in a meeting before."""
    council, commune = hall.meeting.council, OrgUnit.objects.get(name="Xã Mường So")
    teas = [
        makers.make_checked(makers.make_accepted_dossier(commune, name), by=hall.officer)
        for name in ("Chè dây", "Chè Ô long", "Trà gạo rang")
    ]
    before = makers.make_meeting(council, teas, by=hall.officer)
    makers.open_meeting(before, hall.members)
    for item in AgendaItem.objects.for_list().filter(meeting=before):
        makers.score_all(item, hall.members)
        ASSESSMENT.take("conclude", item.assessment, by=hall.chair)
    MEETING.take("conclude", before, by=hall.chair)


# How many sessions and records lie on the device.
KEPT = """(wanted) => new Promise((resolve) => {
  const request = indexedDB.open("ocop-offline", 1);
  request.onsuccess = () => {
    const store = request.result;
    const stores = store.transaction(["sessions", "records"]);
    const counts = ["sessions", "records"].map((name) => new Promise((done) => {
      stores.objectStore(name).count().onsuccess = ({ target }) => done(target.result);
    }));
    Promise.all(counts).then(([one, other]) => { store.close(); resolve(one + other === wanted); });
  };
})"""


def test_another_person_on_the_tablet_sees_that_something_waits_and_logging_out_keeps_it(
    device: Device, hall: SimpleNamespace
) -> None:
    page = device.open(user=hall.member)
    take_along(page, device, hall)
    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    choose(page, hall.tea, "1.1", "3")
    device.close()
    page = device.open(user=hall.chair)
    page.goto(device.at(f"meetings/{hall.meeting.pk}/offline/"))
    page.get_by_text("Máy này còn giữ 1 thay đổi chưa gửi của người khác.").wait_for()
    page.goto(device.at("offline/"))
    page.get_by_text("1 thay đổi chưa gửi").wait_for()
    assert "Chè Shan" not in page.content()
    assert str(hall.member) not in page.content()
    page.locator("#pin-code").fill(
        PIN
    )  # a PIN that was looked at over the shoulder sends nothing as somebody else
    page.get_by_role("button", name="Mở phiếu").click()
    page.get_by_text("Đang đăng nhập bằng tài khoản khác").wait_for()
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels == {}
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    device.log_out()
    device.log_in(hall.member)
    page.goto(device.at("meetings/"))
    assert asked == ["beforeunload"]

    page.locator(".mast__menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(device.server + "/")
    page.goto(device.at("offline/"))
    page.get_by_text("1 thay đổi chưa gửi").wait_for()
    page.get_by_role("button", name="Mở bằng tài khoản").wait_for()
    assert not page.locator(
        "#pin-code"
    ).is_visible()  # the key that lay here is forgotten, what is unsent is not
    page.get_by_role("button", name="Mở bằng tài khoản").click()
    log_in_over_the_page(page, hall.member)
    page.get_by_role("status").filter(has_text="Không có gì chờ gửi").wait_for()
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels == {"1.1": {"p": 3, "r": 1}}


def test_an_update_of_the_page_loses_nothing_and_the_old_page_still_sends(
    device: Device, hall: SimpleNamespace
) -> None:
    page = device.open(user=hall.member)
    take_along(page, device, hall)
    device.context.set_offline(True)
    page.get_by_role("link", name="Chấm trên máy này").click()
    unlock(page)
    choose(page, hall.tea, "1.1", "3")
    before = page.evaluate("caches.keys()")
    device.context.route("**/sync/", lambda route: route.abort())
    device.context.set_offline(False)
    # The page in another language is another page: to the worker it is a new version.
    device.speak("en")
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    wait_until(lambda: len(now := page.evaluate("caches.keys()")) == 1 and now != before)
    assert page.locator("html").get_attribute("lang") == "vi"
    device.context.unroute("**/sync/")
    page.get_by_role("button", name="Gửi ngay").click()
    page.get_by_role("status").filter(has_text="Không có gì chờ gửi").wait_for()
    choose(page, hall.tea, "1.2", "2")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("status").filter(has_text="Nothing waiting to be sent").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    with tenant_scope(hall.tenant.pk):
        assert sheet(hall, hall.tea).levels == {"1.1": {"p": 3, "r": 1}, "1.2": {"p": 2, "r": 1}}


STORAGE = """Object.defineProperty(navigator, "storage", { value: {
  estimate: async () => ({ quota: %d, usage: 0 }), persisted: async () => %s, persist: async () => %s,
} });"""


@pytest.mark.parametrize(
    ("quota", "persisted", "sentences", "may_take"),
    [
        (4_000_000, True, ["không đủ để mang phiên họp theo"], False),
        (300_000_000, False, ["chế độ riêng tư", "chưa hứa giữ dữ liệu"], True),
        (50_000_000_000, True, [], True),
    ],
)
def test_what_the_device_can_hold_is_said_before(
    device: Device, hall: SimpleNamespace, quota: int, persisted: bool, sentences: list[str], may_take: bool
) -> None:
    page = device.open(user=hall.member, width=360)
    word = str(persisted).lower()
    page.add_init_script(STORAGE % (quota, word, word))
    page.goto(device.at(f"meetings/{hall.meeting.pk}/offline/"))
    if may_take:
        page.locator("#pin").wait_for()
    else:
        page.locator("[data-words] .note").wait_for()
    said = page.locator("[data-words] .note").all_inner_texts()
    assert [sentence in text for sentence, text in zip(sentences, said, strict=True)] == [True] * len(said)
    assert page.locator("#pin").is_visible() == may_take


def test_the_device_reckons_every_set_as_the_server_does(device: Device, hall: SimpleNamespace) -> None:
    """Random sheets of every set under both readings of a missed gate."""
    page = device.open(user=hall.member)
    page.goto(device.at("offline/"))
    chance = random.Random(26)
    cases, expected = [], []
    with tenant_scope(hall.tenant.pk):
        ballot = sheet(hall, hall.tea)
        for of_set in law().sets.values():
            for cumulative, fall_back in ((True, "highest_held"), (False, "two_stars")):
                marks = {it.code: _some_mark(it, chance) for it in of_set.criteria}
                ballot.levels = {code: level_of(mark, 1, "") for code, mark in marks.items()}
                ballot.published.code = of_set.code
                ballot.meeting.rules = ballot.meeting.rules | {
                    "gates_cumulative": cumulative, "fall_back": fall_back,
                }  # fmt: skip
                policy = read_rules(ballot.meeting.rules).policy
                tally = read_tally(ballot)
                expected.append(
                    [tally["total"], tally["stars"], tally["answered"], sorted(tally["gates"]), tally["aim"]]
                )
                values = {code: written(mark) or "" for code, mark in marks.items()}
                told = {"gates_cumulative": policy.gates_cumulative, "fall_back": policy.fall_back}
                cases.append([set_json(of_set), told, values])
    given = json.loads(json.dumps(cases))
    reckoned = page.evaluate(RECKON, given)
    assert len(reckoned) == len(expected) >= 50
    assert reckoned == expected


RECKON = """async (cases) => {
  const { tally } = await import("/static/js/offline/law.js");
  return cases.map((one) => tally(...one)).map((it) => [it.total, it.stars, it.answered, Object.keys(it.gates).sort(), it.aim]);
}"""


def _some_mark(criterion: Any, chance: random.Random) -> Mark | None:
    """Mostly high, so that bands and gates are met; now and then none."""
    if chance.random() < 0.02:
        return None
    case = chance.choice(criterion.case_codes) if criterion.cases else None
    points = sorted(level.points for level in criterion.scale(case))
    return Mark(points[max(len(points) - 1 - int(chance.expovariate(1.6)), 0)], case)


def test_the_whole_sheet_keeps_what_could_not_be_sent_and_sends_it_later(
    device: Device, hall: SimpleNamespace
) -> None:
    page = device.open(user=hall.member)
    with tenant_scope(hall.tenant.pk):
        ballot = sheet(hall, hall.tea)
    page.goto(device.at(f"ballots/{ballot.pk}/grid/"))
    device.context.set_offline(True)
    row = page.locator('[data-row="1.1"]')
    row.locator('input[value="2"]').check()
    row.get_by_text("Chưa gửi được, đang giữ trên máy này").wait_for()
    device.context.set_offline(False)
    row.get_by_text("Đã lưu").wait_for()
    device.context.set_offline(True)
    row.locator('input[value="3"]').check()
    row.get_by_text("Chưa gửi được, đang giữ trên máy này").wait_for()
    device.close()

    page = device.open(user=hall.member)
    page.goto(device.at(f"ballots/{ballot.pk}/grid/"))
    page.locator('[data-row="1.1"]').get_by_text("Đã lưu").wait_for()
    assert page.locator('[data-row="1.1"] input:checked').get_attribute("value") == "3"
    with tenant_scope(hall.tenant.pk):
        ballot.refresh_from_db()
        assert (ballot.levels["1.1"]["p"], ballot.changes.count()) == (3, 2)
    assert device.errors == []
