"""Chapter one: the plan of the year, and an extra round with its basis."""

from __future__ import annotations

import re

from django.utils import timezone

from tests.e2e.cast import day
from tests.e2e.pages import Person

ROUND = "Đợt bổ sung cuối năm"
RECOGNISED = "Sản phẩm được công nhận trong năm (mới, nâng hạng, phân hạng lại)"


def plan_and_round(officer: Person, leader: Person) -> None:
    title = f"Kế hoạch thực hiện Chương trình OCOP tỉnh Lai Châu năm {timezone.localdate().year}"
    officer.look("01-officer-home-empty")
    _draft(officer, title)
    _issue(leader, officer.here())
    _extra_round(officer, title)


def _draft(officer: Person, title: str) -> None:
    officer.follow(re.compile("^Lập kế hoạch năm"))
    with officer.refused():
        officer.press("Lưu dự thảo")
    officer.reads("Tên kế hoạch: Ô này còn trống, hãy điền hoặc chọn.")
    officer.look("01-plan-refused")
    officer.fill(
        {
            "Tên kế hoạch": title,
            "Căn cứ": "Quyết định số 26/2026/QĐ-TTg ngày 22/05/2026",
            "Mục đích, yêu cầu": "Nâng chất lượng sản phẩm đã có, thêm sản phẩm mới.",
        }
    )
    rows = officer.tab.locator("ol.rows > li")
    officer.fill(
        {"Chỉ tiêu": "Sản phẩm từ 3 sao", "Cách đo": RECOGNISED, "Ít nhất / từ": 10, "đến": 12},
        within=rows.nth(0),
    )
    officer.fill({"Chỉ tiêu": "Trong đó từ 4 sao", "Cách đo": RECOGNISED, "Hạng sao": "4 sao", "Ít nhất / từ": 2},
                 within=rows.nth(1))  # fmt: skip
    officer.look("01-plan-typed")
    officer.press("Lưu dự thảo")
    officer.reads("Dự thảo", "Sản phẩm từ 3 sao")


def _issue(leader: Person, plan: str) -> None:
    leader.go(plan)
    leader.follow("Ban hành kế hoạch")
    leader.fill({"Số, ký hiệu": "12/KH-UBND", "Ngày ban hành": day(-60), "Người ký": "Tống Thanh Hải"})
    leader.look("01-plan-issue")
    leader.press("Ban hành kế hoạch")
    leader.reads("Đã ban hành", "0/10–12")
    leader.look("01-plan-issued")


def _extra_round(officer: Person, plan: str) -> None:
    officer.go("plans/rounds/")
    officer.follow("Mở đợt bổ sung")
    officer.fill({"Theo kế hoạch": plan, "Tên đợt": ROUND, "Nhận hồ sơ từ ngày": day(-5),
                  "Xã đề nghị đến hết ngày": day(30), "Kết thúc đến hết ngày": day(90)})  # fmt: skip
    with officer.refused():
        officer.press("Mở đợt")
    officer.reads("Căn cứ mở đợt: Ô này còn trống, hãy điền hoặc chọn.")
    officer.look("01-round-refused")
    officer.fill({"Căn cứ mở đợt": "Kế hoạch số 12/KH-UBND, mục III"})
    officer.press("Mở đợt")
    officer.reads("Đã mở đợt và báo các xã, phường.")
    officer.look("01-round")
