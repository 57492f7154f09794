"""The vault on a phone and on a desk: what there is, what runs out, used again, looked at page by page and second by second."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.models import EvidencePaper
from products.vault.papers import add_evidence, tie
from products.vault.pins import pin_page
from tests import factories
from tests.e2e.scoring import SET


@pytest.fixture
def household(cast):
    """(the producer, two drafts): a clip with a pinned second, papers of all ages."""
    with tenant_scope(cast.tenant):
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        first = factories.make_complete_dossier(
            commune, name="Khăn piêu dệt tay Mường So", set_code=SET, owner=owner
        )
        producer = first.product.producer
        second = factories.make_complete_dossier(
            commune, name="Túi thổ cẩm", set_code=SET, owner=owner, producer=producer
        )
        clip = factories.tie_clip(first)
        tie(first, clip, ["1.1"])
        pin_page(first, clip, "1.1", 7, by=owner)
        today = timezone.localdate()
        for title, days in (
            ("Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm", 20),
            ("Phiếu kiểm nghiệm", -3),
        ):
            facts = {
                "title": title,
                "number": f"{days + 50}/GCN-ATTP",
                "issuer": "Chi cục Quản lý chất lượng nông lâm sản và thủy sản tỉnh Lai Châu",
                "issued_on": today - dt.timedelta(days=700),
                "expires_on": today + dt.timedelta(days=days),
                "scope": "Cơ sở dệt bản Vàng Pheo",
            }
            add_evidence(
                first, kind="test_report", by=owner, upload=factories.upload(f"{days}.pdf"), facts=facts
            )
        return User.objects.get(pk=owner.pk), first.pk, second.pk, producer.pk


def test_a_paper_is_found_and_used_again(cast, household, person):
    owner, first, second, producer = household
    tab = person(owner)
    tab.go(f"producers/{producer}/papers/")
    tab.reads("Sắp hết hạn")
    tab.look("13-vault")
    row = tab.tab.locator("tr").filter(has_text="47/GCN-ATTP")
    row.get_by_text("Dùng cho hồ sơ").click()
    row.get_by_role("button", name="Túi thổ cẩm").click()
    tab.reads("Đã gắn giấy tờ vào hồ sơ.")
    with tenant_scope(cast.tenant):
        assert EvidencePaper.objects.get(title="Phiếu kiểm nghiệm").links.filter(dossier=second).exists()
    tab.go(f"dossiers/{first}/score/1.1/")
    tab.reads("clip 0:10, ghim giây 0:07")
    video = tab.tab.locator("video")
    video.evaluate(
        "it => new Promise(done => { if (it.readyState) done(); else it.onloadedmetadata = done; })"
    )
    assert video.evaluate("it => [Math.round(it.duration), Math.round(it.currentTime)]") == [10, 7]
    tab.look("13-clip")
    video.evaluate("it => new Promise(done => { it.onseeked = done; it.currentTime = 3; })")
    tab.press("Ghim giây này")
    tab.reads("Đã ghim giây 0:03.")


def test_a_paper_is_kept_before_a_dossier_asks_and_proves_without_a_second_upload(
    cast, household, person, tmp_path
):
    owner, first, _second, producer = household
    file = tmp_path / "nhan-hieu.pdf"
    file.write_bytes(factories.pdf("Nhãn hiệu", 2))
    tab = person(owner)
    tab.go(f"producers/{producer}/papers/")
    tab.follow("Thêm giấy tờ")
    tab.look("15-vault-add")
    with tab.refused():
        tab.press("Đưa vào kho")
    tab.reads("Hãy chọn tệp hoặc chụp ảnh giấy tờ.")
    tab.look("15-vault-add-refused")
    tab.fill({"Loại giấy tờ": "Sở hữu trí tuệ", "Ảnh chụp hoặc tệp": file, "Tên giấy tờ": "Giấy nhãn hiệu"})
    tab.reads("đã nhận; điền thông tin rồi bấm Đưa vào kho")
    tab.tab.get_by_role("button", name="Đưa vào kho").focus()
    tab.tab.keyboard.press("Enter")
    tab.reads("Đã đưa giấy tờ vào kho.")
    row = tab.tab.locator("tr").filter(has_text="Giấy nhãn hiệu")
    row.get_by_role("link", name="Sửa").click()
    tab.fill({"Số": "4-0418522-000"})
    tab.look("15-vault-edit")
    tab.press("Lưu")
    tab.go(f"dossiers/{first}/score/1.1/")
    tab.tab.get_by_text("Lấy giấy tờ đã có trong kho").focus()
    tab.tab.keyboard.press("Enter")
    tab.look("15-at-hand")
    tab.tab.get_by_role("button", name="Gắn Giấy nhãn hiệu").click()
    tab.reads("Đã gắn giấy tờ vào hồ sơ.", "Giấy nhãn hiệu")
    with tenant_scope(cast.tenant):
        paper = EvidencePaper.objects.get(number="4-0418522-000")
        assert [it.criterion for it in paper.links.all()] == ["1.1"]


def test_another_file_comes_in_pieces_and_an_old_address_shows_the_way_back(
    cast, household, person, tmp_path
):
    owner, first, _second, _producer = household
    with tenant_scope(cast.tenant):
        paper = EvidencePaper.objects.get(title="Phiếu kiểm nghiệm")
    file = tmp_path / "moi.pdf"
    file.write_bytes(factories.pdf("Bản mới", 3))
    tab = person(owner)
    tab.go(f"dossiers/{first}/evidence/{paper.pk}/")
    tab.fill({"Thay bằng tệp khác": file})
    tab.reads("đã nhận; điền thông tin rồi bấm Lưu")
    tab.look("15-replace")
    tab.press("Lưu")
    tab.reads("Đã lưu.")
    with tenant_scope(cast.tenant):
        new = EvidencePaper.objects.get(title="Phiếu kiểm nghiệm", withdrawn_at=None)
        assert (new.pk != paper.pk, new.file.pages) == (True, 3)
    with tab.refused(410):
        tab.go(f"evidence/{new.pk}/file/?key=1:qua-han")
        tab.reads("Liên kết đã hết hạn")
    tab.look("15-link-over")
    tab.follow("Mở lại giấy tờ")
    image = tab.tab.locator("img.viewer__page")
    image.evaluate("it => it.complete || new Promise(done => { it.onload = done; })")
    assert image.evaluate("it => it.naturalWidth") > 0
    tab.downloads("Tải tệp về")
