"""An extra test in the browser: asked for by the team, answered by the producer, judged, told to the council."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from evaluation.assessments.starting import start_assessment
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.models import ExtraTest
from tests import factories


@pytest.fixture
def story(cast):
    with tenant_scope(cast.tenant):
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        advisor = factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)
        owner = factories.make_user("chuthe.che", "Lò Thị Xuân")
        producer = factories.make_producer(commune, owner=owner)
        dossier = factories.make_complete_dossier(commune, state="accepted", producer=producer, owner=owner)
        assessment = start_assessment(dossier, by=advisor)
    return cast, dossier, assessment, advisor, owner


def test_asked_answered_and_judged(story, person, tmp_path):
    cast, dossier, assessment, advisor, owner = story
    team, producer = person(advisor), person(owner)
    team.go(f"dossiers/{dossier.pk}/")
    team.follow("Yêu cầu kiểm nghiệm thêm")
    with team.refused():
        team.press("Gửi yêu cầu")
    team.look("test-1-empty")
    due = timezone.localdate() + dt.timedelta(days=14)
    team.fill({"Chỉ tiêu cần kiểm nghiệm": "Chì, cadimi", "Lý do": "Phiếu cũ thiếu kim loại nặng",
               "Có kết quả trước hết ngày": f"{due:%d/%m/%Y}", "Nơi kiểm nghiệm": "Quatest 1"})  # fmt: skip
    team.press("Gửi yêu cầu")
    team.reads("Chờ kết quả", "còn 14 ngày")
    producer.go(f"dossiers/{dossier.pk}/")
    producer.reads("Kiểm nghiệm: Chì, cadimi", "Lý do: Phiếu cũ thiếu kim loại nặng", "còn 14 ngày")
    producer.look("test-2-producer")
    producer.follow("Nộp kết quả Chì, cadimi")
    paper = Path(tmp_path / "phieu.pdf")
    paper.write_bytes(factories.pdf("Phiếu kết quả", pages=1))
    producer.fill({"Ảnh chụp hoặc tệp phiếu kết quả": paper, "Số phiếu": "KN-77"})
    producer.look("test-3-result")
    producer.press("Nộp kết quả")
    producer.reads("Có kết quả, chờ xem")
    with tenant_scope(cast.tenant):
        test = ExtraTest.objects.get()
    team.go(f"extra-tests/{test.pk}/")
    team.follow("Chấp nhận kết quả")
    team.fill({"Kết quả cho thấy": "Dưới mức giới hạn."})
    team.press("Chấp nhận kết quả")
    team.look("test-4-judged")
    team.go(f"assessments/{assessment.pk}/")
    team.reads("Dưới mức giới hạn.")
    team.look("test-5-assessment")
    officer = person(cast.officer)
    officer.go("desk/test-clocks/")
    officer.look("test-6-clocks")
    officer.follow("Phân hạng lại")
    officer.fill({"Ngừng tính trong lúc chờ kết quả": True, "Căn cứ": "Điều 9 Quy chế"})
    officer.press("Lưu")
    officer.reads("Điều 9 Quy chế (tỉnh quy định)")
    officer.go("surveys/lists/")
    officer.look("test-7-lists")
