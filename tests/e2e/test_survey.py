"""A surveyor on a phone in the hills: taken along, written and photographed without a line, sent once when it is back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.advisory.surveys import save_answer, start_survey
from products.models import Survey, SurveyAnswer, SurveyChange, SurveyPhoto
from tests import factories
from tests.e2e.pages import Person, log_in

PIN = "280641"
SENDING = 60_000
PLACE = {"latitude": 22.38641, "longitude": 103.45802, "accuracy": 12}


@pytest.fixture
def story(cast):
    with tenant_scope(cast.tenant):
        province = OrgUnit.objects.get(parent=None)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        advisor = factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)
        second = factories.make_user("to.hai", "Lê Văn Hai", role="advisory_member", unit=province)
        dossier = factories.make_complete_dossier(commune, state="accepted")
        found = start_survey(dossier, by=advisor, purpose="Nguồn chè")
    return cast, found, advisor, second


def photograph(folder: Path) -> Path:
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Phone of Tư"
    Image.new("RGB", (1600, 1200), "seagreen").save(kept, "JPEG", exif=exif)
    path = folder / "anh.jpg"
    path.write_bytes(kept.getvalue())
    return path


def test_a_survey_without_a_line_loses_nothing_and_doubles_nothing(story, tablet, tmp_path):
    cast, found, advisor, second = story
    phone = tablet()
    log_in(phone, advisor)
    _take_along(phone, found)
    phone = tablet(is_cut=True)  # the browser was closed on the way, and there is no line
    _unlock(phone)
    _write(phone, found, photograph(tmp_path))
    with tenant_scope(cast.tenant):
        assert not SurveyChange.objects.exists()
        save_answer(found, "2", "no", note="Đóng cửa hôm qua", revision=0, key="other", by=second)
    phone = tablet(is_cut=True)  # closed once more with everything unsent
    _unlock(phone)
    expect(phone.tab.locator("[data-surveys] li").first).to_contain_text("phần chưa gửi")
    _send(phone, advisor)
    with tenant_scope(cast.tenant):
        kept = {it.item: (it.value, it.note, str(it.by)) for it in SurveyAnswer.objects.filter(survey=found)}
        assert kept["1"] == ("yes", "Nhà xưởng mới", "Trần Thị Tư")
        assert kept["2"] == ("no", "Đóng cửa hôm qua", "Lê Văn Hai")  # she is asked, nothing is overwritten
        assert kept["people"][1] == "Trần Thị Tư\nLò Văn Bun"
        photo = SurveyPhoto.objects.get()
        assert (photo.place, photo.item, str(photo.by)) == (
            "22.38641, 103.45802 (± 12 m)",
            "1",
            "Trần Thị Tư",
        )
        assert SurveyChange.objects.values("key").distinct().count() == SurveyChange.objects.count()
    _choose_both(phone)
    with tenant_scope(cast.tenant):
        both = SurveyAnswer.objects.get(survey=found, item="2")
        assert both.note == "Đóng cửa hôm qua\nĐang làm"
        assert SurveyPhoto.objects.count() == 1
    _sign(phone, found)
    with tenant_scope(cast.tenant):
        assert Survey.objects.get().state == "signed"


def _take_along(phone: Person, found: Survey) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(PLACE)
    phone.go("desk/")
    phone.follow("Khảo sát cơ sở")
    phone.look("survey-1-list")
    phone.follow("Mang theo")
    phone.fill({"Chọn mã PIN cho lần này (ít nhất 6 chữ số)": PIN, "Nhập lại mã PIN": PIN})
    phone.look("survey-2-take")
    phone.press("Mang theo")
    expect(phone.tab.locator("[data-words]")).to_contain_text("Đã mang đủ", timeout=SENDING)
    phone.go(f"surveys/{found.pk}/")
    phone.look("survey-3-page")
    phone.go("surveys/device/")
    expect(phone.tab.locator("[data-surveys] li")).to_have_count(1)


def _unlock(phone: Person) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(PLACE)
    phone.go("surveys/")  # no line: it leads to the page that is here
    phone.reads("Máy này đang giữ khảo sát")
    phone.fill({"Mã PIN đã chọn khi mang theo": PIN})
    phone.press("Mở khảo sát")
    expect(phone.tab.locator("[data-surveys] li")).to_have_count(1)


def _write(phone: Person, found: Survey, photo: Path) -> None:
    phone.tab.locator("[data-surveys] a").click()
    phone.tab.get_by_label("Ghi vị trí vào ảnh").check()
    phone.tab.get_by_label("Ngày khảo sát").fill("2026-11-20")
    phone.tab.get_by_label("Những người tham gia").fill("Trần Thị Tư\nLò Văn Bun")
    phone.tab.get_by_label("Những người tham gia").blur()
    for it in found.checklist:
        card = phone.tab.locator(f'[data-items] [data-code="{it["code"]}"]')
        card.get_by_label("Có", exact=True).check()
        expect(card.locator("[data-saved]")).to_have_text("Đã giữ trên máy này")
    first, second = (phone.tab.locator(f'[data-items] [data-code="{n}"]') for n in "12")
    for card, words in ((first, "Nhà xưởng mới"), (second, "Đang làm")):
        card.locator("textarea").fill(words)
        card.locator("textarea").blur()
    first.locator("input[type=file]").set_input_files(photo)
    expect(first.locator("[data-photos] li")).to_contain_text("Chưa gửi")
    expect(first.locator("[data-photos] li")).to_contain_text("22.38641, 103.45802")
    phone.tab.get_by_label("Kết luận").fill("Đúng như hồ sơ.")
    phone.tab.get_by_label("Kết luận").blur()
    phone.look("survey-4-device")
    expect(phone.tab.locator("[data-status]")).to_contain_text("phần chưa gửi")


def _send(phone: Person, user) -> None:
    """The line is back, the login ended with the browser: it is asked for over the page."""
    phone.cut(off=False)
    phone.watch.meant.add(401)
    phone.press("Gửi ngay")
    phone.press("Đăng nhập để gửi")
    frame = phone.tab.frame_locator("#login iframe")
    frame.locator("input[name=login]").fill(user.username)
    frame.locator("input[name=password]").fill(factories.PASSWORD)
    frame.locator("input[name=password]").press("Enter")
    expect(phone.tab.locator("[data-status]")).to_have_text(
        "1 phần chưa gửi", timeout=SENDING
    )  # the one she is asked about
    phone.look("survey-5-asked")


def _choose_both(phone: Person) -> None:
    phone.tab.locator("[data-surveys] a").click()
    card = phone.tab.locator('[data-items] [data-code="2"]')
    expect(card).to_contain_text("Mục này được ghi ở hai nơi.")
    expect(card).to_contain_text("Lê Văn Hai vừa ghi mục này.")
    phone.look("survey-6-differ")
    card.get_by_role("button", name="Giữ cả hai").click()
    expect(phone.tab.locator("[data-status]")).to_contain_text("Máy chủ đã nhận", timeout=SENDING)
    expect(phone.tab.locator('[data-items] [data-code="1"] [data-photos] li')).to_contain_text(
        "Máy chủ đã nhận"
    )


def _sign(phone: Person, found: Survey) -> None:
    phone.go(f"surveys/{found.pk}/")
    phone.look("survey-7-ready")
    phone.press("Ký biên bản khảo sát")
    phone.reads("Đã ký")
    phone.look("survey-8-signed")
    phone.go("surveys/device/")
    phone.reads("phần đã mang theo đã được xóa")
