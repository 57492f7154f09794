"""Chapter three: the dossier filled, its papers, its self-score, what is missing said and mended, filed."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.pages import Person
from tests.e2e.planning import ROUND
from tests.e2e.scoring import CRITERIA, level_for
from tests.factories import SECTION_VALUES

SECTIONS = {
    "Chủ thể": {"Quá trình hình thành và phát triển": "history", "Tổ chức, bộ máy": "organisation", "Số lao động": "workers",
                "Trong đó người địa phương": "local_workers"},
    "Nguyên liệu và sản xuất": {"Vùng nguyên liệu": "materials", "Công nghệ, thiết bị": "technology",
                                "Chất lượng, bao bì, nhãn": "quality", "Sản lượng năm gần nhất": "output"},
    "Thị trường và kết quả kinh doanh": {"Thị trường, kênh bán hàng": "market", "Doanh thu năm gần nhất (triệu đồng)": "revenue",
                                         "Lợi nhuận năm gần nhất (triệu đồng)": "profit"},
    "Kế hoạch phát triển": {"Mục tiêu": "goals", "Việc sẽ làm": "actions"},
}  # fmt: skip
TYPED = {key: value for section in SECTION_VALUES.values() for key, value in section.items()}


def file_dossier(producer: Person, papers: Path) -> str:
    """The dossier's address."""
    producer.follow("Lập hồ sơ")
    producer.pick("Đợt", ROUND)
    producer.look("03-start")
    producer.press("Bắt đầu")
    dossier = producer.here()
    producer.reads("Chưa nộp được, còn", "Còn 28 tiêu chí chưa tự chấm")
    producer.look("03-dossier-empty")
    _registration_saves_itself(producer)
    _sections(producer)
    _what_stands_elsewhere(producer, dossier)
    _papers(producer, dossier, papers)
    _self_score(producer, dossier, papers)
    submit(producer, dossier, "Nộp cho xã", refuse_first=True)
    return dossier


def _registration_saves_itself(producer: Person) -> None:
    """Wrong words are said beside the box; right ones survive a reload without a press of any button."""
    producer.follow("Phiếu đăng ký")
    with producer.refused():
        producer.fill({"Số mẫu sản phẩm gửi kèm": "năm chiếc"})
    producer.reads("Hãy ghi bằng số, ví dụ 1.200.")
    producer.look("03-section-refused")
    with producer.tab.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        producer.fill({"Số mẫu sản phẩm gửi kèm": 5})
    producer.reads(re.compile(r"Đã lưu \d\d:\d\d"))
    producer.tab.reload()
    assert producer.box("Số mẫu sản phẩm gửi kèm").input_value() == "5"
    producer.press("Lưu và tiếp tục")


def _sections(producer: Person) -> None:
    for title, boxes in SECTIONS.items():
        if title == "Nguyên liệu và sản xuất":
            expect(producer.tab.locator("h1")).to_have_text("Sản phẩm")
            producer.tab.get_by_label("Nhãn hiệu", exact=True).check()
            producer.look("03-section-product")
            producer.press("Lưu và tiếp tục")
        expect(producer.tab.locator("h1")).to_have_text(title)
        producer.fill({label: TYPED[key] for label, key in boxes.items()})
        producer.press("Lưu và tiếp tục")
    producer.reads("Giấy tờ minh chứng")


def _what_stands_elsewhere(producer: Person, dossier: str) -> None:
    producer.go(dossier)
    producer.follow(re.compile("Chưa có “Giới tính người đại diện”"))
    producer.fill({"Giới tính": "Nữ", "Dân tộc": "Thái", "Nơi thường trú": "Bản Khổng Lào, xã Mường So"})
    producer.look("03-personal")
    producer.press("Lưu")
    producer.go(dossier)
    producer.follow(re.compile("Chưa có “Mô tả”"))
    producer.fill(
        {"Quy cách đóng gói": "Hộp một chiếc", "Mô tả": "Dệt tay trên khung gỗ, nhuộm chàm, thêu hai đầu."}
    )
    producer.press("Lưu")


def _papers(producer: Person, dossier: str, papers: Path) -> None:
    """A paper without which the dossier is rejected: missed, refused as no paper, brought."""
    producer.go(dossier)
    producer.follow(re.compile("Thiếu “Giấy đăng ký kinh doanh” còn hiệu lực"))
    with producer.refused():
        producer.press("Tải lên")
    producer.reads("Ảnh chụp hoặc tệp: Hãy chọn tệp hoặc chụp ảnh giấy tờ.")
    producer.fill(
        {
            "Ảnh chụp hoặc tệp": papers / "phan-mem.pdf",
            "Số": "6200045678",
            "Nơi cấp": "Phòng Tài chính – Kế hoạch",
        }
    )
    producer.reads("Đây là chương trình hoặc tập lệnh, không phải giấy tờ.")
    producer.press("Tải lên")  # nothing goes without a file; the words stay
    producer.reads("Đây là chương trình hoặc tập lệnh, không phải giấy tờ.")
    producer.look("03-evidence-refused")
    producer.fill({"Ảnh chụp hoặc tệp": papers / "dang-ky-kinh-doanh.pdf", "Ngày cấp": "14/03/2019"})
    producer.press("Tải lên")
    producer.reads("Đã tải lên.")
    producer.follow("Giấy đăng ký kinh doanh")
    producer.look("03-paper")


def _self_score(producer: Person, dossier: str, papers: Path) -> None:
    """Each criterion with its reason; a photo tied to the one it proves."""
    producer.go(f"{dossier}score/")
    producer.follow(re.compile("Bao bì, nhãn sản phẩm"))
    producer.follow("Tải giấy tờ lên")
    producer.fill({"Loại giấy tờ": "Câu chuyện sản phẩm", "Ảnh chụp hoặc tệp": papers / "IMG_2041.jpg",
                   "Tên giấy tờ": "Ảnh hộp và nhãn song ngữ"})  # fmt: skip
    producer.look("03-evidence-tied")
    producer.press("Tải lên")
    producer.reads("Ảnh hộp và nhãn song ngữ")
    producer.look("03-criterion")
    producer.go(f"{dossier}score/{CRITERIA[0].code}/")
    for criterion in CRITERIA:
        producer.tab.wait_for_url(f"**/score/{criterion.code}/")
        producer.tab.locator(f'input[name=points][value="{level_for(criterion)}"]').check()
        producer.fill({"Giải trình": f"Xem giấy tờ kèm theo, mục {criterion.code}."})
        producer.press("Lưu và sang tiêu chí sau")
    producer.tab.wait_for_url("**/score/")
    producer.reads("85 điểm tự chấm", "4 sao")
    producer.look("03-score")


def submit(producer: Person, dossier: str, step: str, *, refuse_first: bool = False) -> None:
    """Everything read once more, promised, sent: a receipt."""
    producer.go(dossier)
    producer.look(f"03-dossier-{'ready' if refuse_first else 'mended'}")
    producer.follow("Xem lại và nộp")
    if refuse_first:
        producer.look("03-review")
    producer.follow("Nộp hồ sơ")
    if refuse_first:
        with producer.refused():
            producer.press(step)
        producer.reads("Hãy xác nhận lời cam đoan.")
        producer.look("03-submit-refused")
    producer.tab.get_by_label(re.compile("Tôi cam đoan")).check()
    producer.press(step)
    producer.reads("Giấy tiếp nhận hồ sơ", "PĐK-12-12003-", "SHA-256")
    if refuse_first:
        producer.look("03-receipt")
