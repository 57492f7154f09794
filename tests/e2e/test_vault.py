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
