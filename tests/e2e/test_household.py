"""A household with a cheap phone: from its registration to the receipt, at 360 px on a slow line that is cut three times."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import Dossier, DossierSection, EvidencePaper, Idea, SelfScore
from products.workflow import IDEA
from tests import factories
from tests.e2e.line import MOST, Line, Scales
from tests.e2e.papers import make_papers
from tests.e2e.scoring import CRITERIA, SET, level_for
from tests.e2e.test_cut_line import Sent, reach
from tests.e2e.test_phone import HERE, NOTHING_WAITS, on_the_device, phone, until
from tests.products.ideas import make_plan, make_window, mark_all

LOGIN, NAME, IDEA_NAME = "lo.thixuan", "Lò Thị Xuân", "Khăn piêu dệt tay Mường So"
SLOW = 60_000  # milliseconds a page may take over such a line on a busy machine
FACTS = {
    "Giới tính": "Nữ",
    "Dân tộc": "Thái",
    "Nơi thường trú": "Bản Khổng Lào, xã Mường So",
}
ANSWERS = {
    "Số mẫu sản phẩm gửi kèm": "5",
    "Quá trình hình thành và phát triển": "Nhà dệt từ đời bà.\nNăm 1998 mở tổ dệt, mười hai chị em.",
    "Tổ chức, bộ máy": "Một tổ trưởng, hai nhóm: dệt và nhuộm.",
    "Số lao động": "12",
    "Trong đó người địa phương": "12",
    "Vùng nguyên liệu": "Bông trồng tại bản, 2 ha, do các hộ trong tổ.",
    "Công nghệ, thiết bị": "Mười hai khung cửi gỗ.",
    "Chất lượng, bao bì, nhãn": "Hộp giấy, nhãn hai thứ tiếng.",
    "Sản lượng năm gần nhất": "900 chiếc",
    "Thị trường, kênh bán hàng": "Chợ phiên, ba cửa hàng ở thành phố.",
    "Doanh thu năm gần nhất (triệu đồng)": "240",
    "Lợi nhuận năm gần nhất (triệu đồng)": "80",
    "Mục tiêu": "Thêm một tổ dệt.",
    "Việc sẽ làm": "Mở điểm bán ở bản du lịch.",
}


@pytest.fixture
def year(cast):
    """The province has a plan with an open window of ideas, and a round that takes dossiers."""
    with tenant_scope(cast.tenant):
        commune = OrgUnit.objects.get(name="Xã Mường So")
        plan = make_plan(OrgUnit.objects.get(parent=None), officer=cast.officer, leader=cast.leader)
        make_window(plan, by=cast.officer)
        return factories.make_round(commune).name


def test_from_registration_to_receipt(cast, year, person, visitor, screens, tmp_path):
    papers = make_papers(tmp_path / "papers")
    household, commune = visitor(), person(cast.commune_officer)
    household.context.set_default_timeout(SLOW)
    phone(household)
    line, sent = Line(household), Sent(household.context)

    _register(household)
    commune.go(household.here())
    commune.press("Xác nhận chủ thể")
    commune.reads("Đã xác nhận")
    _idea(cast, household)
    dossier = _start(household, year)
    _sections(household, line, dossier)
    _self_score(household, line, dossier)
    _papers(household, line, dossier, papers, sent)
    _submit(household, dossier)
    _nothing_was_lost(cast)
    (screens / "household-received.txt").write_text(f"{line.received // 1000} KB\n")


def _register(household):
    household.go("producers/register/")
    household.fill({
        "Xã, phường": "Xã Mường So", "Loại hình": "Hộ sản xuất, hộ kinh doanh", "Tên chủ thể": f"Hộ {NAME}",
        "Số đăng ký kinh doanh": "23L8001122", "Điện thoại": "0912345678", "Địa chỉ": "Bản Khổng Lào, xã Mường So, tỉnh Lai Châu",
        "Người đại diện": NAME, "Họ và tên người đăng ký": NAME, "Tên đăng nhập": LOGIN, "Mật khẩu": factories.PASSWORD,
    })  # fmt: skip
    household.press("Gửi đăng ký")
    _reads(household, "Chờ xã xác nhận")


def _idea(cast, household):
    """Registered on the phone, chosen by the province, made a product by one press."""
    producer = household.here()
    household.follow("Đăng ký ý tưởng")
    household.fill({"Tên sản phẩm dự kiến": IDEA_NAME, "Sản phẩm là gì, làm từ gì": "Dệt tay trên khung gỗ, nhuộm chàm, thêu hai đầu.",
                    "Ngành, nhóm sản phẩm": "22. Vải, may mặc"})  # fmt: skip
    household.press("Gửi đăng ký")
    _reads(household, "Đã đăng ký")
    idea = household.here()
    with tenant_scope(cast.tenant):
        row = Idea.objects.get(name=IDEA_NAME)
        mark_all(row, by=cast.officer)
        IDEA.take("choose", Idea.objects.get(pk=row.pk), by=cast.officer)
    household.go(f"{producer}edit/")
    household.fill({"Ngày đăng ký": "14/03/2019", "Chức vụ người đại diện": "Chủ hộ"})
    household.press("Lưu")
    household.go(f"{producer}personal/")
    household.fill(FACTS)
    household.press("Lưu")
    household.go(idea)
    household.press("Tạo sản phẩm từ ý tưởng")
    household.go(idea)
    household.follow("Mở sản phẩm đã tạo từ ý tưởng này")
    household.follow("Sửa sản phẩm")
    household.fill({"Quy cách đóng gói": "Hộp một chiếc"})
    household.press("Lưu")


def _start(household, name):
    household.follow("Lập hồ sơ")
    household.pick("Đợt", name)
    household.press("Bắt đầu")
    _reads(household, "Việc cần làm")
    return household.here()


def _sections(household, line, dossier):
    """Question by question from the first section to the evidence, by one button; the line goes in the middle of the second section."""
    on_the_device(household, f"{dossier}sections/plan/")
    household.follow("Phiếu đăng ký")
    asked = list(ANSWERS)
    while True:
        _on(household)
        label = _question(household)
        if label is None:
            break
        if label == "Tổ chức, bộ máy":
            line.cut()
        if label in ANSWERS:
            household.fill({label: ANSWERS[label]})
            asked.remove(label)
        if line.is_cut:
            _reads(household, HERE)
        _go_on(household, label)
        if label == "Số lao động":
            assert household.box(
                "Trong đó người địa phương"
            ).is_visible()  # three questions on without a line
            line.back()
            until(household, NOTHING_WAITS)
    assert asked == []
    _reads(household, "Giấy tờ minh chứng")


def _question(household):
    """The label of the one question that is to be seen; None behind the last section."""
    shown = household.tab.locator(".asks .ask .field__label").locator("visible=true")
    if not household.tab.locator("form.asks").count():
        return None
    assert shown.count() == 1, shown.all_inner_texts()
    return re.sub(r"\s*\(không bắt buộc\)$", "", shown.inner_text())


def _on(household):
    """What the house has told already is shown once and gone on from."""
    link = household.tab.locator(".ask .ask__go").get_by_role("link", name="Tiếp tục").locator("visible=true")
    if link.count():
        link.click()


def _go_on(household, label):
    """Pressed; then another question stands there, or another page."""
    before = household.tab.url
    household.tab.get_by_role("button", name="Lưu và tiếp tục").locator("visible=true").click()
    household.tab.wait_for_url(lambda url: url != before)
    household.tab.wait_for_load_state()


def _self_score(household, line, dossier):
    """Criterion by criterion; the line goes at the third, and the next is there all the same."""
    household.go(f"{dossier}score/{CRITERIA[0].code}/")
    for number, criterion in enumerate(CRITERIA):
        tab = household.tab
        tab.wait_for_url(f"**/score/{criterion.code}/")
        if number == 2:
            on_the_device(household, f"{dossier}score/{CRITERIA[3].code}/")
            line.cut()
        tab.locator(f'input[name=points][value="{level_for(criterion)}"]').check()
        household.fill({"Giải trình": _reason(criterion)})
        if number == 3:
            _reads(household, HERE)
            line.back()
            until(household, NOTHING_WAITS)
        household.press("Lưu và sang tiêu chí sau")
    tab.wait_for_url("**/score/")
    _reads(household, "85 điểm tự chấm")


def _reason(criterion):
    return f"Xem giấy tờ, mục {criterion.code}."


def _papers(household, line, dossier, papers: Path, sent):
    """The paper without which it is rejected; a photo of a megabyte, cut off in its middle and gone on."""
    household.go(f"{dossier}evidence/?kind=business_registration")
    household.fill({"Ảnh chụp hoặc tệp": papers / "dang-ky-kinh-doanh.pdf", "Số": "23L8001122", "Nơi cấp": "Phòng Tài chính – Kế hoạch",
                    "Ngày cấp": "14/03/2019"})  # fmt: skip
    household.press("Tải lên")
    _reads(household, "Đã tải lên.")
    sent.pieces.clear()
    sent.taken.clear()
    photo = _heavy_photo(papers / "khung-cui.jpg")
    household.fill(
        {"Ảnh chụp hoặc tệp": photo, "Loại giấy tờ": "Câu chuyện sản phẩm", "Tên giấy tờ": "Khung cửi của tổ"}
    )
    row = household.tab.locator(".uploads li")
    reach(household.tab, row, 30)
    line.cut()
    expect(row).to_contain_text("mất mạng, có mạng sẽ gửi tiếp", timeout=SLOW)
    line.back()
    household.press("Tải lên")  # it waits for the file
    _reads(household, "Đã tải lên.", "Khung cửi của tổ")
    begins = [begin for begin, _length in sent.taken]
    assert begins == sorted(set(begins))  # no piece was taken twice
    assert sent.pieces.count(0) == 1  # and nothing was sent from zero
    assert sum(length for _begin, length in sent.taken) == photo.stat().st_size


def _heavy_photo(path: Path) -> Path:
    """As heavy as a phone's: noise packs badly."""
    noise = Image.frombytes("RGB", (900, 675), random.Random(26).randbytes(900 * 675 * 3))
    noise.save(path, quality=85)
    return path


def _submit(household, dossier):
    household.go(dossier)
    household.follow("Xem lại và nộp")
    household.follow("Nộp hồ sơ")
    household.tab.get_by_label(re.compile("Tôi cam đoan")).check()
    household.press("Nộp cho xã")
    _reads(household, "Giấy tiếp nhận hồ sơ", "PĐK-12-12003-")


def _nothing_was_lost(cast):
    with tenant_scope(cast.tenant):
        dossier = Dossier.objects.get()
        kept = {}
        for row in DossierSection.objects.filter(dossier=dossier):
            kept |= row.data
        levels = SelfScore.objects.get(dossier=dossier).levels
        assert kept["history"].splitlines() == ANSWERS["Quá trình hình thành và phát triển"].splitlines()
        assert (kept["organisation"], kept["workers"], kept["local_workers"]) == (
            ANSWERS["Tổ chức, bộ máy"],
            12,
            12,
        )
        assert {code: (it["p"], it["why"]) for code, it in levels.items()} == {
            it.code: (level_for(it), _reason(it)) for it in CRITERIA
        }
        assert EvidencePaper.objects.filter(title="Khung cửi của tổ").count() == 1


def _reads(household, *words):
    for each in words:
        expect(household.tab.locator("body")).to_contain_text(each, timeout=SLOW)


def test_no_first_view_is_heavier_than_a_hundred_kilobytes(cast, year, person, visitor, screens):
    """Every page of the way, for a browser that has nothing yet; what each weighs is written beside the pictures."""
    with tenant_scope(cast.tenant):
        commune = OrgUnit.objects.get(name="Xã Mường So")
        owner = User.objects.get(pk=factories.make_user(LOGIN, NAME).pk)
        draft = factories.make_complete_dossier(commune, name=IDEA_NAME, set_code=SET, owner=owner)
        filed = factories.make_complete_dossier(commune, name="Túi", set_code=SET, owner=owner, producer=draft.product.producer, state="submitted")  # fmt: skip
    producer, base = f"producers/{draft.product.producer_id}/", f"dossiers/{draft.pk}/"
    sections = ("registration", "general", "product", "production", "business", "plan")
    pages = ["", producer, f"{producer}edit/", f"{producer}personal/", f"{producer}ideas/new/", f"{producer}papers/",
             f"products/{draft.product_id}/", f"products/{draft.product_id}/edit/", f"products/{filed.product_id}/dossiers/new/", base,
             *(f"{base}sections/{it}/" for it in sections), f"{base}evidence/", f"{base}score/", f"{base}score/1.1/", f"{base}review/",
             f"{base}steps/submit/", f"dossiers/{filed.pk}/versions/1/"]  # fmt: skip
    found = _weigh(visitor(), ["accounts/login/", "producers/register/"]) | _weigh(person(owner), pages)
    told = [f"{size / 1000:6.1f} KB  {page or '(home)'}" for page, size in found.items()]
    (screens / "first-views.txt").write_text("\n".join(told) + "\n")
    assert {page: size for page, size in found.items() if size > MOST} == {}


def _weigh(somebody, pages):
    scales = Scales(phone(somebody))
    somebody.watch.meant |= {404}
    found = {}
    for page in pages:
        parts = scales.weigh(page)
        assert len(parts) > 8, (page, parts)  # the page, its styles, letters and scripts
        found[page] = sum(parts.values())
    return found
