"""A member who scores a whole meeting without a line: taken along, opened by the PIN, sent in the evening."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from ocop.orgs.models import User
from products.law import criteria_set
from tests.e2e.pages import Person
from tests.factories import PASSWORD

PIN = "274913"
SENDING = 30_000  # milliseconds that a day's changes may take on a busy machine


def take_along(member: Person, meeting: str) -> None:
    """With the one clip, of which the size is said."""
    member.go(meeting)
    member.follow("Mang phiên họp theo, chấm khi không có mạng")
    member.fill({"Chọn mã PIN cho lần này (ít nhất 6 chữ số)": PIN, "Nhập lại mã PIN": PIN})
    member.box("Mang cả clip").check()
    member.look("away-1-take-along")
    member.press("Mang theo")
    member.reads("Đã mang đủ.")


def unlock(member: Person) -> None:
    """What she remembers is another address: it cannot be had, and the page on the device comes."""
    member.go("meetings/")
    member.fill({"Mã PIN đã chọn khi mang theo": PIN})
    member.press("Mở phiếu")
    expect(member.tab.locator("[data-products] li").first).to_be_visible()


def play(member: Person, product: str) -> None:
    """The clip that was taken along, from the second that is pinned."""
    member.tab.get_by_role("link", name=product).click()
    member.tab.locator("[data-papers] a").filter(has_text="clip 0:10").click()
    video = member.tab.locator("video.viewer__clip")
    expect(video).to_be_visible()
    video.evaluate(
        "it => new Promise(done => { if (it.readyState) done(); else it.onloadedmetadata = done; })"
    )
    assert video.evaluate("it => [Math.round(it.duration), Math.round(it.currentTime)]") == [10, 7]
    member.look("away-2-clip")
    member.tab.evaluate("location.hash = ''")


def score(member: Person, product: str, set_code: str, opinion: str) -> None:
    """A digit chooses the top level, N goes on; at the end her words about the whole."""
    member.tab.get_by_role("link", name=product).click()
    for criterion in criteria_set(set_code).criteria:
        expect(member.tab.locator("[data-card]")).to_contain_text(criterion.name)
        member.tab.keyboard.press(str(criterion.levels[-1].points))
        expect(member.tab.locator(".saved[data-saved]")).to_contain_text("Đã giữ trên máy này")
        member.tab.keyboard.press("n")
    expect(member.tab.locator("[data-tally]")).to_contain_text("100/100")
    member.fill({"Ý kiến của người đánh giá": opinion})
    member.box("Ý kiến của người đánh giá").blur()
    expect(member.tab.locator("[data-opinion-saved]")).to_contain_text("Đã giữ trên máy này")


def send(member: Person, user: User) -> None:
    """The line is back, the login ended with the browser: it is asked for over the page, which stays as it is."""
    member.cut(off=False)
    member.watch.meant.add(401)
    member.press("Gửi ngay")
    member.press("Đăng nhập để gửi")
    frame = member.tab.frame_locator("#login iframe")
    frame.locator("input[name=login]").fill(user.username)
    frame.locator("input[name=password]").fill(PASSWORD)
    frame.locator("input[name=password]").press("Enter")


def receipts(member: Person) -> list[str]:
    """The codes that the device shows once everything was received."""
    nothing_left = member.tab.get_by_role("status").filter(has_text="Không có gì chờ gửi")
    expect(nothing_left).to_be_visible(timeout=SENDING)
    member.tab.evaluate("location.hash = ''")
    shown = member.tab.locator("[data-products] li")
    for line in shown.all():
        expect(line).to_contain_text("Máy chủ đã nhận")
    member.look("away-3-received")
    return re.findall(r"mã ([A-Z2-7-]{19})", " ".join(shown.all_inner_texts()))
