"""The printed certificate: made once, its words right, its QR read by a scanner and answered by the public page."""

from __future__ import annotations

import subprocess

import pytest
from django.test import Client

from evaluation.certificates.pdf import public_url
from evaluation.models import Certificate
from evaluation.tasks import render_certificates
from ocop.audit.models import Entry
from ocop.files.models import StoredFile
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import no_tenant, tenant_scope
from tests import factories
from tests.evaluation import decision_makers as makers
from tests.worker import real_worker, wait_until

LONG = "Bộ sản phẩm quà tặng chè Shan tuyết cổ thụ, chè đen, chè vàng và bánh khẩu sén Mường So hộp gỗ thông khắc hoa văn Thái trắng"


@pytest.fixture
def certificate(commune, province, officer, leader):
    return makers.make_certificate(commune, province, officer=officer, leader=leader)


def printed(certificate: Certificate, tmp_path, dpi: int = 110):
    with certificate.pdf.open() as stored:
        (tmp_path / "c.pdf").write_bytes(stored.read())
    words = subprocess.run(
        ["pdftotext", "-layout", "c.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    )
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "c.pdf", "page"], cwd=tmp_path, check=True)
    return " ".join(words.stdout.decode().split()), sorted(tmp_path.glob("page*.png"))


def test_one_page_with_the_words_of_the_decision(certificate, lai_chau, run_task, tmp_path):
    run_task(render_certificates, lai_chau.pk)
    certificate.refresh_from_db()
    words, pages = printed(certificate, tmp_path)
    assert len(pages) == 1
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "GIẤY CHỨNG NHẬN",
        "Chè Shan tuyết cổ thụ Mường So", "SẢN PHẨM OCOP ĐẠT HẠNG 4 SAO", "01/2026/OCOP-LC",
        "số 01/QĐ-UBND ngày 20/11/2026", "từ 20/11/2026 đến 20/11/2029",
        "Lai Châu, ngày 20 tháng 11 năm 2026", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hà Trọng Hải",
    ):  # fmt: skip
        assert said in words, said


@pytest.mark.parametrize("dpi", [72, 100, 150])
def test_the_qr_is_read_and_its_address_answers(certificate, lai_chau, run_task, tmp_path, dpi):
    run_task(render_certificates, lai_chau.pk)
    certificate.refresh_from_db()
    _words, (page,) = printed(certificate, tmp_path, dpi)
    done = subprocess.run(["zbarimg", "--quiet", "--raw", page], capture_output=True, check=True)
    address = done.stdout.decode().strip()
    assert address == public_url(certificate) == f"http://127.0.0.1:8000/lai-chau/c/{certificate.uuid}/"
    with no_tenant():
        answer = Client().get(address.removeprefix("http://127.0.0.1:8000"))
    assert answer.status_code == 200
    assert "Đang có hiệu lực" in answer.content.decode()


def test_the_longest_names_stay_on_one_page(commune, province, officer, leader, lai_chau, run_task, tmp_path):
    certificate = makers.make_certificate(commune, province, officer=officer, leader=leader, name=LONG)
    run_task(render_certificates, lai_chau.pk)
    certificate.refresh_from_db()
    words, pages = printed(certificate, tmp_path)
    assert len(pages) == 1
    assert LONG in words
    done = subprocess.run(["zbarimg", "--quiet", "--raw", pages[0]], capture_output=True, check=True)
    assert str(certificate.uuid) in done.stdout.decode()


def test_running_twice_makes_one_file_and_a_broken_one_says_why_and_is_tried_again(
    certificate, lai_chau, run_task, settings
):
    Certificate.objects.filter(pk=certificate.pk).update(regime="không có")
    run_task(render_certificates, lai_chau.pk)
    certificate.refresh_from_db()
    assert (certificate.pdf, certificate.fault) == (None, "KeyError: 'không có'")

    Certificate.objects.filter(pk=certificate.pk).update(regime="26/2026")
    run_task(render_certificates, lai_chau.pk)
    run_task(render_certificates, lai_chau.pk)
    certificate.refresh_from_db()
    assert certificate.fault == ""
    assert StoredFile.objects.count() == 1
    assert Entry.objects.filter(action="certificate.render").count() == 1


@pytest.mark.slow
def test_the_commit_of_the_decision_has_real_workers_make_each_certificate_once(transactional_db, tmp_path):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province = OrgUnit.objects.get(parent=None)
        officer = factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province)
        leader = factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=province)
    with real_worker(tmp_path, concurrency=2):
        with tenant_scope(tenant.pk):
            commune = OrgUnit.objects.get(name="Xã Mường So")
            for n in range(3):
                makers.make_concluded(commune, province, points=84, stars=4, name=f"Chè số {n}")
            makers.let_sign(leader)
            makers.issue(makers.draft_decision(province, "province", by=officer), by=leader)
        render_certificates.delay(tenant.pk)  # a second one at the same rows

        def all_made() -> bool:
            with tenant_scope(tenant.pk):
                return not Certificate.objects.filter(pdf=None).exists()

        wait_until(all_made)
    with tenant_scope(tenant.pk):
        made = Certificate.objects.order_by("number")
        assert [one.number for one in made] == ["01/2026/OCOP-LC", "02/2026/OCOP-LC", "03/2026/OCOP-LC"]
        assert Entry.objects.filter(action="certificate.render").count() == 3
        assert len({one.pdf.sha256 for one in made}) == 3
