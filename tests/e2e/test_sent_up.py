"""From 90 points on: the province approves the result and sends it up; the ministry's answer is recorded."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.e2e.cast import day
from tests.e2e.papers import make_papers
from tests.evaluation.decision_makers import conclude_at

PRODUCT = "Chè Shan tuyết cổ thụ Mường So"


@pytest.fixture
def concluded(cast):
    """The council gave it 93 points."""
    with tenant_scope(cast.tenant):
        commune, province = OrgUnit.objects.get(name="Xã Mường So"), OrgUnit.objects.get(parent=None)
        dossier = factories.make_complete_dossier(commune, state="accepted", name=PRODUCT, set_code="QD26-11")
        conclude_at(dossier, province, points=93, stars=5, met=timezone.localdate() - dt.timedelta(days=3))


def test_a_product_of_five_stars_goes_up_and_comes_back(concluded, cast, person, tmp_path):
    papers, officer, leader = make_papers(tmp_path / "papers"), person(cast.officer), person(cast.leader)
    officer.go("decisions/")
    officer.press("Soạn dự thảo quyết định")
    officer.look("10-draft")
    leader.go(officer.here())
    leader.follow("Ký ban hành")
    leader.fill({"Ngày quyết định": day(0)})
    leader.press("Ký ban hành")
    leader.reads("Đã ban hành")
    leader.look("10-issued")

    officer.go("hand-overs/")
    officer.look("10-hand-overs")
    officer.follow(PRODUCT)
    officer.look("10-prepared")
    package = officer.here()
    officer.follow("Công văn chuyển hồ sơ")
    officer.follow("Cấp số, ngày")
    officer.fill({"Ngày văn bản": day(0), "Người ký": "Hà Trọng Hải"})
    officer.press("Cấp số, ngày")
    officer.go(package)
    officer.follow("Gửi hồ sơ")
    officer.press("Gửi hồ sơ")
    officer.reads("Số chuyển", "Đã gửi")
    officer.look("10-sent")
    officer.follow("Ghi nhận văn bản trả lời")
    with officer.refused():
        officer.press("Ghi nhận văn bản trả lời")
    officer.look("10-answer-refused")
    officer.fill({"Văn bản, quyết định số": "1234/QĐ-BNNMT", "Ngày văn bản": day(0), "Hạng sao": "5 sao", "Điểm": "92,25",
                  "Giấy chứng nhận số": "05/2026/OCOP-TW", "Bản quét văn bản": papers / "dang-ky-kinh-doanh.pdf"})  # fmt: skip
    officer.press("Ghi nhận văn bản trả lời")
    officer.reads("1234/QĐ-BNNMT", "92,25")
    officer.look("10-answered")
    officer.go("certificates/")
    officer.follow(PRODUCT)
    officer.reads("05/2026/OCOP-TW", re.compile("Đang có hiệu lực"))
    officer.look("10-certificate")
