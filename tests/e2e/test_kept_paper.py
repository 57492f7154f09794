"""What is said about a paper: kept from the first letter, before its file is chosen and after, sent once with it and forgotten."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import EvidencePaper
from products.producers.members import add_member
from products.vault.papers import add_evidence
from tests import factories
from tests.e2e.pages import log_in
from tests.e2e.scoring import SET
from tests.e2e.test_cut_line import heavy_pdf
from tests.e2e.test_kept_file import HERE, KEPT, NOTHING_KEPT, a_file, ready
from tests.e2e.test_kept_forms import BACK, SOMETHING_WAITS
from tests.e2e.test_kept_forms import HERE as WORDS_HERE
from tests.e2e.test_phone import NOTHING_WAITS, RAW, SENDING, _log_out, on_the_device, phone, said, until

TITLE, NUMBER, ISSUER = "Phiếu kiểm nghiệm chàm", "21/PKN-2026", "Trung tâm kiểm nghiệm Lai Châu"
TYPED = {"Tên giấy tờ": TITLE, "Số": NUMBER, "Nơi cấp": ISSUER, "Ngày cấp": "14/03/2026", "Phạm vi": "Lô 7"}
FRONT = re.compile(r":\d+/$")


@pytest.fixture
def house(cast):
    """(the owner, another of her house, the dossier, the producer, a paper of the dossier)."""
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, name="Khăn piêu", set_code=SET, owner=owner)
        producer = dossier.product.producer
        other = factories.make_user("chuthe.may", "Vàng Thị Mẩy")
        add_member(producer, other, by=owner)
        facts = {
            "title": "Phiếu cũ",
            "number": "1/PKN",
            "issuer": ISSUER,
            "issued_on": dt.date(2025, 1, 2),
            "expires_on": None,
            "scope": "",
        }
        paper = add_evidence(
            dossier, kind="test_report", by=owner, upload=factories.upload("cu.pdf"), facts=facts
        )
        return User.objects.get(pk=owner.pk), User.objects.get(pk=other.pk), dossier.pk, producer.pk, paper.pk


def papers(cast, title=TITLE):
    """(number, issuer) of the papers of this name that stand."""
    with tenant_scope(cast.tenant):
        rows = EvidencePaper.objects.filter(title=title, withdrawn_at=None)
        return list(rows.values_list("number", "issuer"))


def stands(person, values):
    for label, value in values.items():
        expect(person.box(label)).to_have_value(value, timeout=SENDING)


def anew(person):
    """The tab is closed, another opened."""
    person.tab.close()
    person.tab = person.context.new_page()
    return phone(person)


def test_typed_before_its_file_it_outlives_the_tab_and_goes_with_it(cast, house, tablet):
    owner, _other, pk, _producer, _paper = house
    form = f"dossiers/{pk}/evidence/"
    household = ready(owner, pk, tablet)
    household.tab.get_by_label("Loại giấy tờ").select_option("test_report")
    household.fill(TYPED)
    said(household, WORDS_HERE)
    until(household, SOMETHING_WAITS)
    household.look("21-words-before-file")
    phone(household).press("Tải lên")  # without a file and without a line: asked for at once
    household.reads_not("có mạng thì sẽ tự gửi")
    assert household.tab.evaluate("document.activeElement.name") == "file"

    anew(household).go(form)  # still no line
    said(household, "Đang xem bản giữ trên máy này", BACK)
    stands(household, TYPED)
    household.look("21-put-back")
    phone(household).tab.locator("input[name=file]").set_input_files(a_file(heavy_pdf(60_000)))
    row = household.tab.locator(".uploads li")
    expect(row).to_contain_text(HERE, timeout=SENDING)
    expect(row).to_contain_text("0 KB trong 61 KB")
    until(household, NOTHING_WAITS)  # the words lie with the file, and there alone
    household.reads_not(BACK, WORDS_HERE)
    household.fill({"Số": "22/PKN-2026"})
    household.look("21-words-with-file")

    anew(household).go(form)
    expect(household.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    stands(household, TYPED | {"Số": "22/PKN-2026"})
    household.reads_not(BACK)
    household.press("Tải lên")
    expect(household.tab.locator(".uploads li")).to_contain_text("đã điền xong", timeout=SENDING)
    stands(household, dict.fromkeys(TYPED, ""))
    household.fill({"Tên giấy tờ": "Giấy thứ hai"})  # the next paper, before its file
    until(household, SOMETHING_WAITS)
    assert papers(cast) == []

    anew(household).cut(off=False)
    household.go("")  # a page that knows nothing of papers
    until(household, NOTHING_KEPT)
    assert papers(cast) == [("22/PKN-2026", ISSUER)]
    household.go(form)
    said(household, TITLE, BACK)
    stands(household, {"Tên giấy tờ": "Giấy thứ hai", "Số": ""})
    household.press("Bỏ phần đã gõ")
    expect(household.tab.locator("[data-back]")).to_have_count(0, timeout=SENDING)
    until(household, NOTHING_WAITS)
    household.calm()


def test_a_file_that_is_given_up_leaves_her_words(cast, house, tablet):
    owner, _other, pk, _producer, _paper = house
    household = ready(owner, pk, tablet)
    household.tab.locator("input[name=file]").set_input_files(a_file(heavy_pdf(60_000)))
    expect(household.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    household.fill(TYPED)
    household.tab.locator(".uploads li button").click()
    until(household, NOTHING_KEPT)
    until(household, SOMETHING_WAITS)
    anew(household).go(f"dossiers/{pk}/evidence/")
    said(household, BACK)
    stands(household, TYPED)
    household.calm()


def test_the_vault_s_form_on_a_phone_for_two(cast, house, tablet):
    """She types without a line and logs out; who comes next sees nothing; she finds it again and it becomes one paper."""
    owner, other, _pk, producer, _paper = house
    form = f"producers/{producer}/papers/new/"
    household = phone(tablet())
    log_in(household, owner)
    household.go(form)
    on_the_device(household, form)
    household.cut()
    household.fill(TYPED)
    until(household, SOMETHING_WAITS)
    anew(household).go(form)
    said(household, BACK)
    stands(household, TYPED)
    household.look("21-vault-put-back")
    phone(household).cut(off=False)
    household.go("")
    said(household, "Đang giữ trên máy này, chưa gửi:", "Thêm giấy tờ vào kho", NUMBER)
    _log_out(household)
    said(household, "Máy này đang giữ 1 mục chưa gửi.")
    household.press("Vẫn đăng xuất")
    household.tab.wait_for_url(FRONT)

    log_in(household, other)
    household.go(form)
    household.tab.wait_for_timeout(1500)
    stands(household, dict.fromkeys(TYPED, ""))
    household.reads_not(BACK)
    assert TITLE not in household.tab.evaluate(RAW)
    _log_out(household)
    household.tab.wait_for_url(FRONT)

    log_in(household, owner)
    household.go(form)
    said(household, BACK)
    stands(household, TYPED)
    household.tab.get_by_label("Loại giấy tờ").select_option("test_report")
    household.tab.locator("input[name=file]").set_input_files(a_file(heavy_pdf(60_000)))
    said(household, "đã nhận; điền thông tin rồi bấm Đưa vào kho")
    household.press("Đưa vào kho")
    said(household, "Đã đưa giấy tờ vào kho.")
    until(household, NOTHING_WAITS)
    until(household, NOTHING_KEPT)
    assert papers(cast) == [(NUMBER, ISSUER)]
    household.go(form)
    stands(household, dict.fromkeys(TYPED, ""))
    household.reads_not(BACK)
    household.calm()


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_other_facts_and_another_file_for_a_paper(cast, house, tablet, is_elsewhere):
    """Typed, a file chosen, the line cut, the tab closed, opened again and sent; `is_elsewhere`: meanwhile another changed the same box."""
    owner, _other, pk, _producer, paper = house
    form = f"dossiers/{pk}/evidence/{paper}/"
    household = phone(tablet())
    log_in(household, owner)
    household.go(form)
    household.fill({"Tên giấy tờ": TITLE})
    said(household, WORDS_HERE)
    household.cut()
    household.tab.locator("input[name=file]").set_input_files(a_file(heavy_pdf(60_000)))
    expect(household.tab.locator(".uploads li")).to_contain_text(HERE, timeout=SENDING)
    household.fill({"Số": NUMBER})
    until(household, NOTHING_WAITS)
    household.tab.close()
    household.tab = household.context.new_page()
    if is_elsewhere:
        with tenant_scope(cast.tenant):
            EvidencePaper.objects.filter(pk=paper).update(number="9/PKN", scope="Lô 1")
    phone(household).cut(off=False)
    household.go(form)
    stands(household, {"Tên giấy tờ": TITLE, "Số": NUMBER, "Nơi cấp": ISSUER, "Ngày cấp": "02/01/2025"})
    said(household, "đã nhận; điền thông tin rồi bấm Lưu")
    household.reads_not(BACK)
    household.look(f"21-edit-{is_elsewhere}")
    phone(household)
    if is_elsewhere:
        household.watch.meant.add(422)
        household.press("Lưu")
        said(household, "đang lưu: “9/PKN”")
        stands(household, {"Tên giấy tờ": TITLE, "Số": NUMBER, "Phạm vi": "Lô 1"})
        expect(household.tab.locator(".uploads li")).to_contain_text("đang lưu: “9/PKN”", timeout=SENDING)
    household.press("Lưu")
    said(household, "Đã lưu.")
    assert papers(cast) == [(NUMBER, ISSUER)]
    assert papers(cast, "Phiếu cũ") == []
    until(household, NOTHING_WAITS)
    until(household, NOTHING_KEPT)
    household.go("")
    household.tab.wait_for_timeout(500)
    expect(household.tab.locator("div[data-waiting]")).to_be_hidden()
    household.calm()


def test_words_on_their_way_to_the_device_are_not_said_to_be_unsent(cast, house, person):
    """With a line from beginning to end, nothing is left behind on the phone."""
    owner, _other, pk, _producer, _paper = house
    household = phone(person(owner))
    household.go(f"dossiers/{pk}/evidence/")
    household.fill(TYPED)
    household.tab.get_by_label("Loại giấy tờ").select_option("test_report")
    until(household, SOMETHING_WAITS)
    household.tab.locator("input[name=file]").set_input_files(a_file(heavy_pdf(3_000_000)))
    household.press("Tải lên")  # pressed before the file is there
    said(household, "Đã tải lên.")
    until(household, NOTHING_WAITS)
    files, parts, _raw = household.tab.evaluate(KEPT)
    assert (files, parts) == (0, 0)
    assert papers(cast) == [(NUMBER, ISSUER)]
    stands(household, dict.fromkeys(TYPED, ""))
    household.reads_not(BACK)
    household.calm()
