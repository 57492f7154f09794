"""Forms that are sent by a button: what is typed into them outlives the tab, the line, the login and another's change."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.desks.checking import checks_at
from products.making import change_product, make_product
from products.models import Producer, Product, SectionsMeeting
from products.producers.members import add_member
from tests import factories
from tests.e2e.cast import day
from tests.e2e.pages import log_in
from tests.e2e.scoring import SET
from tests.e2e.test_phone import NOTHING_WAITS, RAW, SENDING, _log_out, phone, said, until

NAME, ABOUT, PACK = "Tên sản phẩm", "Mô tả", "Quy cách đóng gói"
TEA = "Chè Shan tuyết bản Vàng Pheo"
TYPED = "Hái tay ở độ cao 1.400 m,\nsao trong chảo gang."
HERE = "Đang giữ trên máy này, chưa gửi."
BACK = "Đã đưa lại những gì bạn gõ lúc"
LOST = "nhưng máy chưa nhận được trả lời"
FRONT = re.compile(r":\d+/$")


@pytest.fixture
def house(cast):
    """(the owner, another of her house, the producer's key, the key of a product)."""
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        producer = factories.make_producer(OrgUnit.objects.get(name="Xã Mường So"), owner=owner)
        other = factories.make_user("chuthe.may", "Vàng Thị Mẩy")
        add_member(producer, other, by=owner)
        product = make_product(
            producer,
            name="Khăn piêu",
            set_code=SET,
            specification="1 chiếc",
            description="Dệt tay.",
            by=owner,
        )
        return User.objects.get(pk=owner.pk), User.objects.get(pk=other.pk), producer.pk, product.pk


def named(cast, name):
    with tenant_scope(cast.tenant):
        return list(Product.objects.filter(name=name).values_list("description", flat=True))


def typed_in(person, values):
    person.fill(values)
    said(person, HERE)
    until(person, SOMETHING_WAITS)


SOMETHING_WAITS = NOTHING_WAITS.replace("rows.every((it) => !it.waiting)", "rows.some((it) => it.waiting)")


def test_what_is_typed_outlives_the_tab_and_is_gone_once_it_has_arrived(cast, house, tablet):
    owner, _other, producer, _product = house
    form = f"producers/{producer}/products/new/"
    household = phone(tablet())
    log_in(household, owner)
    household.go(form)
    typed_in(household, {NAME: TEA, ABOUT: TYPED})
    household.watch.meant.add(401)
    household = phone(tablet())  # the battery was empty, and the login gone with it
    household.watch.meant.add(401)
    household.go(form)
    household.fill({"Tên đăng nhập hoặc thư điện tử": owner.username, "Mật khẩu": factories.PASSWORD})
    household.press("Đăng nhập")
    said(household, BACK)
    expect(household.box(NAME)).to_have_value(TEA)
    expect(household.box(ABOUT)).to_have_value(TYPED)
    household.look("19-put-back")
    phone(household)
    with household.refused():
        household.press("Lưu")  # without a group: it is not taken, and stays
    said(household, HERE)
    household.look("19-not-taken")
    household.go("")
    said(household, "Đang giữ trên máy này, chưa gửi:", "Sản phẩm mới", TYPED.splitlines()[1])
    household.look("19-home")
    phone(household).follow("Sản phẩm mới")
    said(household, BACK)
    expect(household.box(ABOUT)).to_have_value(TYPED)
    household.fill({"Ngành, nhóm sản phẩm": "22. Vải, may mặc"})
    household.press("Lưu")
    expect(household.tab.locator("h1")).to_have_text(TEA, timeout=SENDING)
    until(household, NOTHING_WAITS)
    assert [it.splitlines() for it in named(cast, TEA)] == [TYPED.splitlines()]
    household.go(form)
    expect(household.box(NAME)).to_have_value("")
    household.reads_not(BACK)
    household.calm()


def test_pressed_without_a_line_it_goes_by_itself_once(cast, house, person):
    owner, _other, producer, _product = house
    household = phone(person(owner))
    household.go(f"producers/{producer}/products/new/")
    typed_in(household, {NAME: TEA, "Ngành, nhóm sản phẩm": "22. Vải, may mặc"})
    household.cut()
    household.press("Lưu")
    said(household, "Chưa có mạng nên chưa gửi; đang giữ trên máy này.")
    household.look("19-no-line")
    assert named(cast, TEA) == []
    household.cut(off=False)
    expect(household.tab.locator("h1")).to_have_text(TEA, timeout=SENDING)
    until(household, NOTHING_WAITS)
    assert named(cast, TEA) == [""]


def _swallow_the_answer(person):
    """The server gets what is sent; its answer is lost on the way."""

    def lose(route):
        if route.request.method != "POST":
            return route.fallback()
        route.fetch(max_redirects=0)
        person.context.clear_cookies(name="form-sent")
        return route.abort("internetdisconnected")

    person.watch.is_cut = True
    person.context.route("**/products/new/", lose)


def test_an_answer_that_was_lost_makes_no_twin(cast, house, person):
    owner, _other, producer, _product = house
    form = f"producers/{producer}/products/new/"
    household = phone(person(owner))
    household.go(form)
    typed_in(household, {NAME: TEA, "Ngành, nhóm sản phẩm": "22. Vải, may mặc"})
    _swallow_the_answer(household)
    household.press("Lưu")
    household.tab.wait_for_url("chrome-error://**")
    assert named(cast, TEA) == [""]
    household.context.unroute("**/products/new/")
    household.go(form)
    said(household, LOST)
    expect(household.box(NAME)).to_have_value(TEA)
    household.look("19-lost")
    phone(household).press("Lưu")
    expect(household.tab.locator("h1")).to_have_text(TEA, timeout=SENDING)
    household.reads_not("đã có")
    until(household, NOTHING_WAITS)
    assert named(cast, TEA) == [""]


def test_another_wrote_meanwhile_and_a_phone_for_two(cast, house, person):
    owner, other, _producer, pk = house
    form = f"products/{pk}/edit/"
    household = phone(person(owner))
    household.go(form)
    typed_in(household, {ABOUT: TYPED})
    with tenant_scope(cast.tenant):
        change_product(Product.objects.get(pk=pk), {"description": "Viết trên máy khác.", "specification": "2 chiếc"}, by=owner)  # fmt: skip
    household.go("")
    _log_out(household)
    said(household, "Máy này đang giữ 1 mục chưa gửi.")
    household.press("Vẫn đăng xuất")
    household.tab.wait_for_url(FRONT)

    log_in(household, other)
    household.go(form)
    expect(household.box(ABOUT)).to_have_value("Viết trên máy khác.")
    household.reads_not(BACK)
    assert "chảo gang" not in household.tab.evaluate(RAW)
    _log_out(household)
    household.tab.wait_for_url(FRONT)

    log_in(household, owner)
    household.go(form)
    said(household, BACK, "Nơi khác vừa sửa mục này sau khi bạn gõ")
    expect(household.box(ABOUT)).to_have_value(TYPED)
    expect(household.box(PACK)).to_have_value("2 chiếc")
    household.look("19-changed-elsewhere")
    with household.refused():
        phone(household).press("Lưu")
    said(household, "đang lưu: “Viết trên máy khác.”")
    expect(household.box(ABOUT)).to_have_value(TYPED)
    household.look("19-both")
    phone(household).press("Lưu")
    expect(household.tab.locator("h1")).to_have_text("Khăn piêu", timeout=SENDING)
    until(household, NOTHING_WAITS)
    with tenant_scope(cast.tenant):
        kept = Product.objects.get(pk=pk)
    assert (kept.description.splitlines(), kept.specification) == (TYPED.splitlines(), "2 chiếc")


def test_she_lets_go_of_it(cast, house, person):
    owner, _other, _producer, pk = house
    household = phone(person(owner))
    household.go(f"products/{pk}/edit/")
    typed_in(household, {ABOUT: TYPED})
    household.go(f"products/{pk}/edit/")
    said(household, BACK)
    household.press("Bỏ phần đã gõ")
    expect(household.tab.locator("[data-back]")).to_have_count(0, timeout=SENDING)
    expect(household.box(ABOUT)).to_have_value("Dệt tay.")
    until(household, NOTHING_WAITS)
    typed_in(household, {ABOUT: TYPED})
    household.go("")
    said(household, "Sửa sản phẩm", TYPED.splitlines()[1])
    household.press("Bỏ phần này")
    until(household, NOTHING_WAITS)
    household.reads_not("Sửa sản phẩm")


def test_who_has_no_account_yet_keeps_it_in_the_tab_alone(cast, visitor):
    somebody = phone(visitor())
    somebody.go("producers/register/")
    somebody.fill({
        "Tên chủ thể": "Hộ bà Mẩy", "Số đăng ký kinh doanh": "012345678901", "Địa chỉ": "Bản Vàng Pheo",
        "Tên đăng nhập": "may.vang", "Mật khẩu": factories.PASSWORD,
    })  # fmt: skip
    said(somebody, "Đang giữ trong thẻ này của trình duyệt, chưa gửi")
    everything = "JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})"
    until(somebody, f"() => ({everything}).includes('may.vang')")
    kept = somebody.tab.evaluate(everything)
    assert (factories.PASSWORD in kept, "012345678901" in kept, "Bản Vàng Pheo" in kept) == (
        False,
        False,
        True,
    )
    somebody.go("")
    somebody.go("producers/register/")
    said(somebody, BACK)
    expect(somebody.box("Địa chỉ")).to_have_value("Bản Vàng Pheo")
    expect(somebody.box("Mật khẩu")).to_have_value("")
    somebody.look("19-register")
    another = visitor()  # another tab, as another person's
    another.go("producers/register/")
    another.reads_not(BACK)
    phone(somebody).fill({
        "Xã, phường": "Xã Mường So", "Loại hình": "Hộ sản xuất, hộ kinh doanh", "Họ và tên người đăng ký": "Vàng Thị Mẩy",
        "Điện thoại": "0987654321", "Mật khẩu": factories.PASSWORD,
    })  # fmt: skip
    somebody.press("Gửi đăng ký")
    said(somebody, "Đã gửi tới Xã Mường So.")
    until(somebody, "() => !Object.keys(sessionStorage).some((it) => it.startsWith('ocop-kept'))")
    with tenant_scope(cast.tenant):
        assert Producer.objects.get().address == "Bản Vàng Pheo"


def test_an_officer_s_rows_and_findings(cast, person):
    """The commune's meeting with a row that she added, and the verdicts of the check."""
    with tenant_scope(cast.tenant):
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, state="submitted", name="Khăn piêu", set_code=SET)
    officer = person(cast.commune_officer)
    meeting = f"dossiers/{dossier.pk}/sections-meeting/"
    officer.go(meeting)
    officer.press("Thêm người dự")
    rows = officer.tab.locator("[data-rows] > li")
    expect(rows).to_have_count(4)
    officer.fill({"Bộ phận": "Kinh tế", "Người dự": "Vàng A Sử"}, within=rows.last)
    officer.fill({"Người chủ trì": "Lò Văn Páo"})
    until(officer, SOMETHING_WAITS)
    said(officer, HERE)
    officer.go(f"dossiers/{dossier.pk}/check/")
    note = officer.tab.locator('[name="plan-note"]')
    note.fill("Thiếu số liệu năm 2027.")
    said(officer, HERE)
    officer.go("")
    officer.go(meeting)
    said(officer, BACK)
    expect(rows).to_have_count(4)
    expect(officer.box("Người dự", within=rows.last)).to_have_value("Vàng A Sử")
    officer.look("19-meeting")
    officer.fill({"Ngày họp": day(0)})
    officer.press("Lưu cuộc họp")
    said(officer, "Đã lưu cuộc họp.")
    with tenant_scope(cast.tenant):
        kept = SectionsMeeting.objects.get(dossier=dossier)
        assert [(it.section, it.name) for it in kept.opinions.all()] == [("Kinh tế", "Vàng A Sử")]
    officer.go(f"dossiers/{dossier.pk}/check/")
    said(officer, BACK)
    expect(note).to_have_value("Thiếu số liệu năm 2027.")
    officer.tab.locator('[name="plan-verdict"][value="wrong"]').check()
    officer.press("Lưu kết quả kiểm tra")
    said(officer, "Đã lưu kết quả kiểm tra.")
    until(officer, NOTHING_WAITS)
    expect(officer.tab.locator("[data-back]")).to_have_count(0)
    with tenant_scope(cast.tenant):
        assert checks_at(dossier, commune)["plan"].note == "Thiếu số liệu năm 2027."


def test_without_scripts_it_is_sent_as_before(cast, house, person):
    owner, _other, producer, _product = house
    household = person(owner, scripts=False)
    household.go(f"producers/{producer}/products/new/")
    household.fill({NAME: TEA, "Ngành, nhóm sản phẩm": "22. Vải, may mặc"})
    household.press("Lưu")
    household.reads("Đã lưu.")
    assert named(cast, TEA) == [""]
