"""A household's phone: one question at a time, what is typed without a line, two devices, one phone for two people."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.dossiers.filling import save_section
from products.models import Dossier, DossierSection
from products.producers.members import add_member
from products.workflow import DOSSIER
from tests import factories
from tests.e2e.pages import log_in
from tests.e2e.scoring import SET

PHONE = {"width": 360, "height": 740}
HISTORY, ORGANISATION = "Quá trình hình thành và phát triển", "Tổ chức, bộ máy"
TYPED = "Tổ dệt có từ năm 1998, mười hai chị em.\nBa chị biết nhuộm chàm."
HERE = "Chưa gửi được, đang giữ trên máy này"
FRONT = re.compile(r":\d+/$")  # where logging out leads
SENDING = 30_000  # milliseconds until a browser notices by itself that the line is back, on a busy machine
# The emulated cut does not always reach a worker that starts anew: one page for each browser that begins without a line,
# and no picture between two pages.


@pytest.fixture
def draft(cast):
    """(the owner, another of her house, the dossier): nothing of the part about the producer is filled in."""
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, name="Khăn piêu", set_code=SET, owner=owner)
        DossierSection.objects.filter(dossier=dossier, key="general").delete()
        other = factories.make_user("chuthe.may", "Vàng Thị Mẩy")
        add_member(dossier.product.producer, other, by=owner)
        return User.objects.get(pk=owner.pk), User.objects.get(pk=other.pk), dossier.pk


def kept_by_the_server(cast, pk):
    with tenant_scope(cast.tenant):
        row = DossierSection.objects.filter(dossier=pk, key="general").first()
        return row.data if row else {}


def on_the_device(person, path):
    """Wait until the worker holds this page."""
    holds = "async (it) => Boolean(await caches.match(it, {cacheName: 'ocop-pages /lai-chau/'}))"
    until(person, holds, f"/lai-chau/{path}")


def until(person, asks, about=None):
    """Wait until the page answers true."""
    for _ in range(SENDING // 100):
        if person.tab.evaluate(asks, about):
            return
        person.tab.wait_for_timeout(100)
    pytest.fail(f"never came true: {asks} {about}")


def said(person, *words):
    """The page says this, however busy the machine is."""
    for each in words:
        expect(person.tab.locator("body")).to_contain_text(each, timeout=SENDING)


def phone(person):
    person.tab.set_viewport_size(PHONE)
    return person


def visible(person):
    """The labels of the questions that are to be seen."""
    return person.tab.locator(".ask .field__label").locator("visible=true").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False])
def test_one_question_at_a_time(cast, draft, person, scripts):
    owner, _other, pk = draft
    producer = person(owner, scripts=scripts)
    producer.go(f"dossiers/{pk}/sections/general/")
    assert len(visible(producer)) == 4  # on a desk the section is one page
    phone(producer)
    assert visible(producer) == []
    said(producer, "Đã có sẵn")
    producer.follow("Tiếp tục")
    _asked(producer, HISTORY)
    producer.fill({HISTORY: TYPED})
    producer.press("Lưu và tiếp tục")
    _asked(producer, ORGANISATION)
    producer.follow("Quay lại")
    _asked(producer, HISTORY)
    assert producer.box(HISTORY).input_value().splitlines() == TYPED.splitlines()
    producer.press("Lưu và tiếp tục")
    _asked(producer, ORGANISATION)
    producer.fill({ORGANISATION: "Giám đốc, kế toán, hai tổ trưởng."})
    producer.press("Lưu và tiếp tục")
    _asked(producer, "Số lao động")
    producer.watch.meant.add(422)
    producer.fill({"Số lao động": "mười hai"})
    producer.press("Lưu và tiếp tục")
    said(producer, "Còn 1 chỗ cần sửa")
    _asked(producer, "Số lao động")
    producer.look(f"14-wrong-{'with' if scripts else 'without'}")
    phone(producer)
    producer.fill({"Số lao động": "12"})
    producer.box("Số lao động").press("Enter")  # as the phone's own "Go" does
    if scripts:
        _asked(producer, "Trong đó người địa phương")
    else:
        said(producer, "Đã lưu")
        producer.go(f"dossiers/{pk}/sections/general/#hoi-local_workers")
    producer.fill({"Trong đó người địa phương": "10"})
    producer.press("Lưu và tiếp tục")
    expect(producer.tab.locator("h1")).to_have_text("Sản phẩm", timeout=SENDING)
    kept = kept_by_the_server(cast, pk)
    assert (kept["history"].splitlines(), kept["workers"], kept["local_workers"]) == (
        TYPED.splitlines(),
        12,
        10,
    )


def _asked(person, label):
    """This question is the one to be seen, and no other."""
    expect(person.box(label)).to_be_visible(timeout=SENDING)
    assert visible(person) == [label]


def test_what_is_typed_without_a_line_outlives_the_browser(cast, draft, tablet):
    owner, _other, pk = draft
    section = f"dossiers/{pk}/sections/general/"
    producer = phone(tablet())
    log_in(producer, owner)
    producer.go(f"dossiers/{pk}/")
    for path in (
        f"dossiers/{pk}/",
        section,
        f"dossiers/{pk}/sections/plan/",
    ):  # named by the task list, never opened
        on_the_device(producer, path)
    producer.cut()
    producer.go(f"{section}#hoi-history")
    said(producer, "Đang xem bản giữ trên máy này")
    producer.fill({HISTORY: TYPED})
    said(producer, HERE)
    producer.press("Lưu và tiếp tục")
    _asked(producer, ORGANISATION)
    producer.fill({ORGANISATION: "Hai tổ trưởng."})
    said(producer, HERE)
    producer.go(f"dossiers/{pk}/")
    said(producer, "Đang giữ trên máy này, chưa gửi:", "(2)")
    producer.go("products/")  # never opened here
    said(
        producer, "Không có mạng, hoặc trang vừa mở chưa có trên máy này.", "Kế hoạch phát triển · Khăn piêu"
    )
    producer.look("14-away")
    producer = phone(tablet(is_cut=True))  # the battery was empty
    producer.go(f"{section}#hoi-history")
    expect(producer.box(HISTORY)).to_have_value(TYPED, timeout=SENDING)
    said(producer, HERE)
    producer.look("14-no-line")
    assert kept_by_the_server(cast, pk) == {}
    producer.watch.meant |= {401, 403}
    producer.cut(off=False)
    _sign_in_where_it_ended(producer, owner)
    expect(producer.tab.locator(".ask .saved").first).to_have_text(re.compile("Đã lưu"), timeout=SENDING)
    until(producer, NOTHING_WAITS)
    kept = kept_by_the_server(cast, pk)
    assert (kept["history"].splitlines(), kept["organisation"]) == (TYPED.splitlines(), "Hai tổ trưởng.")
    producer.calm()


NOTHING_WAITS = """async () => {
  const opened = await new Promise((done) => { const asked = indexedDB.open("ocop-drafts", 1); asked.onsuccess = () => done(asked.result); });
  const rows = await new Promise((done) => {
    const asked = opened.transaction("drafts").objectStore("drafts").getAll(); asked.onsuccess = () => done(asked.result); });
  opened.close();
  return rows.every((it) => !it.waiting);
}"""
RAW = NOTHING_WAITS.replace(
    "rows.every((it) => !it.waiting)", "rows.map((it) => new TextDecoder().decode(it.data)).join()"
)


def _sign_in_where_it_ended(person, user):
    """The browser forgot the login when it was closed: the page says so beside the box and leads there and back."""
    link = person.tab.get_by_role("link", name="Đăng nhập để gửi").first
    expect(link).to_be_visible(timeout=SENDING)
    link.click()
    person.fill({"Tên đăng nhập hoặc thư điện tử": user.username, "Mật khẩu": factories.PASSWORD})
    person.press("Đăng nhập")


def test_two_devices_and_a_phone_for_two(cast, draft, tablet):
    """Another device wrote in between: both texts are shown. She logs out with hers unsent; who comes next sees nothing of it."""
    owner, other, pk = draft
    section = f"dossiers/{pk}/sections/general/#hoi-history"
    producer = phone(tablet())
    log_in(producer, owner)
    producer.go(section)
    on_the_device(producer, f"dossiers/{pk}/sections/general/")
    producer.cut()
    producer.fill({HISTORY: TYPED})
    said(producer, HERE)
    with tenant_scope(cast.tenant):
        row = Dossier.objects.get(pk=pk)
        save_section(row, "general", {"history": "Viết trên máy khác."}, by=owner, seen=0)
    producer.watch.meant.add(409)
    producer.cut(off=False)
    clash = producer.tab.get_by_role("alert").filter(has_text="Nơi khác vừa sửa mục này")
    expect(clash).to_contain_text("Viết trên máy khác.", timeout=SENDING)
    expect(clash).to_contain_text(TYPED.splitlines()[1])
    producer.look("14-clash")
    assert kept_by_the_server(cast, pk)["history"] == "Viết trên máy khác."

    phone(producer)
    _log_out(producer)
    said(producer, "Máy này đang giữ 1 mục chưa gửi.")
    producer.look("14-unsent")
    phone(producer).press("Ở lại để gửi")
    _log_out(producer)
    producer.press("Vẫn đăng xuất")
    producer.tab.wait_for_url(FRONT)
    producer.go("accounts/login/")
    assert producer.tab.evaluate("caches.has('ocop-pages /lai-chau/')") is False
    log_in(producer, other)
    producer.go(section)
    expect(producer.box(HISTORY)).to_have_value("Viết trên máy khác.", timeout=SENDING)
    on_the_device(producer, f"dossiers/{pk}/sections/general/")
    producer.reads_not("Ba chị biết nhuộm chàm", HERE)
    assert "nhuộm" not in producer.tab.evaluate(RAW)
    _log_out(producer)
    producer.tab.wait_for_url(FRONT)  # nothing of hers waits: no question

    log_in(producer, owner)
    producer.go(section)
    expect(clash).to_contain_text(TYPED.splitlines()[1], timeout=SENDING)
    expect(producer.box(HISTORY)).to_have_value(TYPED, timeout=SENDING)
    producer.press("Giữ bản của tôi")
    expect(clash).to_be_hidden(timeout=SENDING)
    until(producer, NOTHING_WAITS)
    assert kept_by_the_server(cast, pk)["history"].splitlines() == TYPED.splitlines()
    producer.calm()


def test_what_came_too_late_is_shown_until_she_throws_it_away(cast, draft, tablet):
    """The dossier was taken back on another device while she typed without a line."""
    owner, _other, pk = draft
    producer = phone(tablet())
    log_in(producer, owner)
    producer.go(f"dossiers/{pk}/sections/general/#hoi-history")
    on_the_device(producer, f"dossiers/{pk}/")
    producer.cut()
    producer.fill({HISTORY: TYPED})
    said(producer, HERE)
    with tenant_scope(cast.tenant):
        DOSSIER.take("withdraw", Dossier.objects.get(pk=pk), by=owner, data={"note": "Nhầm đợt"})
    producer.watch.meant.add(422)
    producer.cut(off=False)
    producer.go(f"dossiers/{pk}/")
    said(producer, "Hồ sơ đã nộp nên không sửa được nữa.", "Ba chị biết nhuộm chàm.")
    producer.look("14-too-late")
    phone(producer).press("Bỏ phần này")
    until(producer, NOTHING_WAITS)
    producer.reads_not("Ba chị biết nhuộm chàm.")
    assert kept_by_the_server(cast, pk) == {}


def _log_out(person):
    person.tab.locator(".mast__menu summary").click()
    person.press("Đăng xuất")
