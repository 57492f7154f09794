"""Chapter four: the commune and the province check item by item, ask, are answered, report and accept."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.cast import day
from tests.e2e.filing import submit
from tests.e2e.pages import Person

PLAN = "Kế hoạch phát triển"
STORY = "Câu chuyện sản phẩm"


def commune_reports(commune: Person, producer: Person, dossier: str) -> None:
    commune.go("")
    commune.follow(re.compile("Kiểm tra và báo cáo"))
    commune.look("04-commune-dossier")
    commune.follow("Kiểm tra từng mục")
    commune.look("04-check")
    judge(commune, {PLAN: "Chưa nói bán ở đâu, bao giờ."})
    commune.reads("đã kiểm tra 10 trong 10 mục", "“Kế hoạch phát triển” chưa đạt")
    _ask(commune)
    _answer(producer, dossier)
    commune.go(f"{dossier}check/")
    judge(commune)
    _findings(commune)
    _number(commune, dossier)
    commune.go(dossier)
    commune.press("Chuyển hồ sơ lên")
    commune.reads("Cấp trên tiếp nhận")


def judge(checker: Person, wrong: dict[str, str] | None = None) -> None:
    """Every item right, but for those with a reason."""
    for card in checker.tab.locator(".card").all():
        reason = (wrong or {}).get(card.get_by_role("heading").inner_text())
        card.get_by_label("Chưa đúng" if reason else "Đạt", exact=True).check()
        card.get_by_label(re.compile("Nhận xét")).fill(reason or "")
    checker.press("Lưu kết quả kiểm tra")
    checker.reads("Đã lưu kết quả kiểm tra.")


def _ask(commune: Person) -> None:
    commune.follow("Yêu cầu bổ sung")
    with commune.refused():
        commune.press("Yêu cầu bổ sung")
    commune.reads("Hãy điền “Bổ sung trước hết ngày”.")
    commune.look("04-ask-refused")
    commune.fill({"Bổ sung trước hết ngày": day(10), "Lưu ý chung": "Gọi cho xã nếu cần giúp."})
    commune.press("Yêu cầu bổ sung")
    commune.reads("Chờ bổ sung theo yêu cầu của xã")


def _answer(producer: Person, dossier: str) -> None:
    producer.go("")
    producer.look("04-producer-home")
    producer.follow(re.compile("Bổ sung hồ sơ"))
    producer.reads("Chưa nói bán ở đâu, bao giờ.")
    producer.look("04-producer-asked")
    producer.follow(PLAN)
    producer.look("04-section-asked")
    producer.fill({"Việc sẽ làm": "Mở hai điểm bán ở sân bay Nội Bài và chợ đêm Lai Châu trong quý 2."})
    producer.press("Lưu")
    submit(producer, dossier, "Nộp lại cho xã")


def _findings(commune: Person) -> None:
    commune.follow("Nhận xét của xã")
    commune.reads("Chưa ghi nhận xét “Sử dụng lao động địa phương”.")
    commune.look("04-findings")
    for box in commune.tab.locator("textarea").all():
        box.fill("Đúng như hồ sơ, xã đã đến xem.")
    commune.press("Lưu")
    commune.press("Lập báo cáo")
    commune.reads("Báo cáo của xã chưa có số: cấp số ở trang văn bản trước khi chuyển.")
    commune.look("04-forward-blocked")


def _number(commune: Person, dossier: str) -> None:
    """Mẫu 03 gets its number; a worker makes the file."""
    commune.go(dossier)
    commune.follow("dự thảo, chưa có số")
    commune.look("04-report-draft")
    commune.follow("Cấp số, ngày")
    commune.fill({"Ngày văn bản": day(0), "Người ký": "Lò Văn Tướng", "Chức vụ người ký": "Chủ tịch"})
    commune.press("Cấp số, ngày")
    made_by_worker(commune, "Tải tệp về máy")
    commune.look("04-report")
    assert "01-BC-UBND" in commune.downloads("Tải tệp về máy").name


def made_by_worker(person: Person, link: str) -> None:
    """Look again until the file is there."""
    found = person.tab.get_by_role("link", name=link)
    for _again in range(60):
        if found.count():
            return
        person.tab.wait_for_timeout(500)
        person.tab.reload()
    expect(found).to_be_visible()


def province_accepts(advisor: Person, officer: Person, producer: Person, dossier: str, papers: Path) -> None:
    advisor.look("05-advisor-home")
    advisor.follow(re.compile("Kiểm tra thành phần"))
    advisor.follow("Kiểm tra từng mục")
    judge(advisor, {STORY: "Ảnh mờ, không đọc được nhãn."})
    advisor.follow("Trả lại để bổ sung")
    advisor.fill({"Bổ sung trước hết ngày": day(7), "Lưu ý chung": "Chụp lại ngoài trời."})
    advisor.look("05-return")
    advisor.press("Trả lại để bổ sung")
    _bring_again(producer, dossier, papers)
    advisor.go(f"{dossier}check/")
    judge(advisor)
    officer.go("")
    officer.look("05-officer-home")
    officer.go(dossier)
    officer.press("Tiếp nhận vào đánh giá")
    officer.reads("Đang đánh giá")


def _bring_again(producer: Person, dossier: str, papers: Path) -> None:
    producer.go(f"{dossier}evidence/")
    producer.reads("Cần bổ sung: Ảnh mờ, không đọc được nhãn.")
    producer.look("05-evidence-asked")
    producer.follow(re.compile("^Bỏ Ảnh hộp"))
    producer.look("05-remove")
    producer.press("Bỏ giấy tờ")
    producer.fill(
        {
            "Loại giấy tờ": STORY,
            "Ảnh chụp hoặc tệp": papers / "IMG_2041.jpg",
            "Tên giấy tờ": "Ảnh hộp, chụp lại",
        }
    )
    producer.tab.get_by_text("Gắn cho tiêu chí nào").click()
    producer.fill({"2.2 Bao bì, nhãn sản phẩm": True})
    producer.press("Tải lên")
    producer.reads("Đã tải lên.")  # the form waits for the file
    submit(producer, dossier, "Nộp bổ sung")


def team_reports(advisor: Person) -> None:
    advisor.go("")
    advisor.follow("Bắt đầu thẩm định 1 hồ sơ đã tiếp nhận")
    advisor.press("Bắt đầu thẩm định")
    advisor.reads("Báo cáo của Tổ tư vấn chưa có đề xuất.")
    advisor.follow("Viết báo cáo")
    advisor.fill({"Kết quả thẩm định": "Hồ sơ đủ, đã khảo sát hai tổ dệt.", "Đề xuất": "Đưa ra Hội đồng.",
                  "Hạng sao đề xuất": "4 sao"})  # fmt: skip
    advisor.look("05-team-report")
    advisor.press("Lưu báo cáo")
    advisor.press("Trình Hội đồng")
    advisor.reads("Chờ Hội đồng")
    advisor.look("05-assessment")
