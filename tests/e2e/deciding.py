"""Chapter six: the decision, the certificate, what anybody can check, the fair, the reminder."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path

from django.utils import timezone

from evaluation.models import Certificate
from evaluation.tasks import sweep_expiry
from ocop.tenancy.scope import tenant_scope
from tests.e2e.cast import Cast, day
from tests.e2e.checking import made_by_worker
from tests.e2e.council import OTHER
from tests.e2e.pages import Person
from tests.e2e.registering import PRODUCT

NUMBER = "01/2026/OCOP-LC"


def decide(officer: Person, leader: Person) -> None:
    officer.go("")
    officer.follow("Lập quyết định cho 1 sản phẩm đã kết luận")
    officer.look("07-waiting")
    officer.press("Soạn dự thảo quyết định")
    officer.reads("Khi ký ban hành", "giấy chứng nhận được cấp")
    officer.look("07-draft")
    leader.go("")
    leader.look("07-leader-home")
    leader.follow(re.compile("^Ký quyết định"))
    leader.follow("Ký ban hành")
    leader.look("07-issue")
    leader.fill({"Ngày quyết định": day(0), "Số": 321})
    leader.press("Ký ban hành")
    leader.reads("321/QĐ-UBND", "1 giấy chứng nhận được cấp")
    leader.look("07-issued")
    _double_number(officer)


def _double_number(officer: Person) -> None:
    officer.go("papers/")
    officer.look("07-papers")
    officer.follow(re.compile("thành lập Hội đồng"))
    officer.follow("Cấp số, ngày")
    officer.fill({"Ngày văn bản": day(0), "Số": 321, "Người ký": "Tống Thanh Hải"})
    with officer.refused():
        officer.press("Cấp số, ngày")
    officer.reads("đã cấp cho văn bản “Về việc công nhận kết quả đánh giá")
    officer.look("07-number-taken")


def certificate(producer: Person) -> str:
    """Made by the worker, downloaded by the producer; the address that a phone reads off it."""
    producer.go("certificates/")
    producer.look("08-producer-certificates")
    producer.follow(PRODUCT)
    made_by_worker(producer, "Tải giấy chứng nhận về máy")
    producer.look("08-certificate")
    return read_code(producer.downloads("Tải giấy chứng nhận về máy"))


def read_code(pdf: Path) -> str:
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    command = ["zbarimg", "-q", "--raw", pdf.with_suffix(".png")]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def anybody_checks(visitor: Person, address: str) -> None:
    visitor.tab.goto(address)
    visitor.reads("Đang có hiệu lực", PRODUCT, "Sản phẩm OCOP 4 sao")
    visitor.look("08-public")
    visitor.follow("Tra cứu giấy chứng nhận khác theo số")
    visitor.fill({"Số giấy chứng nhận": f" {NUMBER.lower()}"})
    visitor.press("Tra cứu")
    visitor.reads("Đang có hiệu lực", PRODUCT)
    visitor.look("08-check")
    visitor.fill({"Số giấy chứng nhận": "99/2026/OCOP-LC"})
    visitor.press("Tra cứu")
    visitor.reads("Số này không có trong sổ.")
    visitor.look("08-check-unknown")
    visitor.go("catalogue/")
    visitor.fill({"Tìm sản phẩm, chủ thể, số giấy": "khan pieu muong so"})
    visitor.press("Lọc")
    visitor.look("08-catalogue")
    visitor.follow(PRODUCT)
    visitor.reads("Đang có hiệu lực")
    visitor.look("08-catalogue-product")


def fair(officer: Person, papers: Path) -> None:
    """An old paper certificate enters the register; at the fair only what is valid."""
    officer.go("certificates/record/")
    officer.fill({"Tên sản phẩm hoặc chủ thể": "tan phong"})
    officer.press("Tìm")
    officer.follow(OTHER)
    officer.fill({"Cơ quan cấp": "Tỉnh Lai Châu", "Số giấy chứng nhận": "07/GCN-2022", "Hạng sao": "3 sao",
                  "Ngày cấp": "15/12/2022", "Ngày hết hạn": "14/12/2025",
                  "Bản quét giấy chứng nhận": papers / "dang-ky-kinh-doanh.pdf"})  # fmt: skip
    officer.look("09-legacy")
    officer.press("Ghi vào sổ")
    officer.reads("Đã hết hạn", "Hết hạn từ ngày 15/12/2025.")
    officer.look("09-expired")
    officer.go("events/new/")
    officer.fill({"Tên sự kiện": "Hội chợ OCOP Tây Bắc", "Địa điểm": "Quảng trường Nhân dân", "Từ ngày": day(10),
                  "Đến hết ngày": day(14)})  # fmt: skip
    officer.press("Lưu")
    officer.fill({"Số giấy chứng nhận hoặc tên sản phẩm": f"{NUMBER}\n07/GCN-2022\nRượu không có"})
    officer.press("Kiểm tra")
    officer.reads(
        "Giấy chứng nhận đã hết hạn ngày 14/12/2025.", "Không tìm thấy giấy chứng nhận hoặc sản phẩm này."
    )
    officer.look("09-fair-check")
    officer.press("Thêm 1 sản phẩm đủ điều kiện")
    officer.reads("Sản phẩm tham gia 1", PRODUCT)
    officer.look("09-fair")


def reminded(cast: Cast, producer: Person) -> None:
    """Two and a half years on: beat's sweep, on the worker, tells her that the renewal window is open."""
    ends = timezone.localdate() + dt.timedelta(days=150)
    with tenant_scope(cast.tenant):
        Certificate.objects.filter(number=NUMBER).update(
            issued_on=ends - dt.timedelta(days=1096), expires_on=ends
        )
    sweep_expiry.delay()
    for _again in range(60):
        producer.go("notices/")
        if producer.tab.get_by_text(f"Giấy chứng nhận còn 150 ngày: {PRODUCT}").count():
            break
        producer.tab.wait_for_timeout(500)
    producer.reads(f"Giấy chứng nhận còn 150 ngày: {PRODUCT}", "Được công nhận OCOP 4 sao", "Cần bổ sung hồ sơ",
                   "Xã đã chuyển hồ sơ lên")  # fmt: skip
    producer.look("09-notices")
    producer.go("")
    producer.reads(f"Nộp hồ sơ phân hạng lại: {PRODUCT}", f"{day(-30)} – {day(30)}")
    producer.look("09-producer-renewal")
