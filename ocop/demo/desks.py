"""What the desks of the demo keep and did together: standard remarks, a meeting of the sections, one batch sent up."""

import datetime as dt
from collections.abc import Iterable

from ocop.demo.clock import moment
from ocop.demo.dossiers import number_report
from ocop.orgs.models import User
from products.desks.forwarding import forward_all
from products.desks.meeting import Said, write_meeting
from products.desks.remarks import write_remark
from products.models import Dossier
from products.people import nearest_holders

REMARKS = (
    ("", "missing", "Bản chụp không đọc được, chụp lại cả bốn góc."),
    ("", "wrong", "Tên hoặc địa chỉ khác giấy đăng ký kinh doanh."),
    ("plan", "wrong", "Nêu rõ diện tích, sản lượng và thời gian thực hiện."),
    ("paper:test_report", "missing", "Phiếu kiểm nghiệm quá 12 tháng."),
    ("paper:material_origin", "missing", "Thiếu hợp đồng liên kết với hộ trồng."),
)
SAID = (
    Said("Phòng Kinh tế", "Lò Văn Bun", "Vùng nguyên liệu đủ cho hai vụ, có sổ ghi chép."),
    Said("Phòng Văn hóa - Xã hội", "Tẩn Thị Mảy", "Nghề có từ lâu đời, giữ được cách làm của bản."),
    Said("Hội Nông dân", "Vàng A Dơ", "Các hộ tham gia đều là người của xã."),
)


def make_remarks(officer: User) -> None:
    for item, verdict, text in REMARKS:
        write_remark(item=item, verdict=verdict, text=text, by=officer)


def meet(dossier: Dossier, on: dt.date) -> None:
    """The commune's sections about one dossier, before its report."""
    by = nearest_holders("products.report_dossier", dossier.unit)[0]
    write_meeting(
        dossier, held_on=on, chaired_by="Lò Văn Tướng, Chủ tịch", conclusion="Nhất trí đề nghị đánh giá.",
        said=SAID, by=by, at=moment(on, 11),
    )  # fmt: skip


def send_up_together(found: Iterable[Dossier], on: dt.date) -> None:
    """The reports get their numbers, then all go with one letter a commune."""
    rows = list(found)
    for row in rows:
        number_report(row, nearest_holders("products.forward_dossier", row.unit)[0], on)
    for unit in {row.unit for row in rows}:
        by = nearest_holders("products.forward_dossier", unit)[0]
        batch = forward_all([row.pk for row in rows if row.unit == unit], by=by, at=moment(on, 14))
        assert not batch.stayed, batch.stayed
