"""What the lists of this room give away: what their rows and pages show."""

from django.utils.translation import gettext_lazy as _

from ocop.spreadsheet import Column, Sheet
from products.law import set_name
from products.vault.home import WORDS, dossiers_using, kind_name

PRODUCERS = Sheet(
    _("Chủ thể"),
    (
        Column(_("Chủ thể"), "name", 50),
        Column(_("Loại hình"), "get_kind_display", 28),
        Column(_("Xã, phường"), "unit.name", 24),
        Column(_("Số đăng ký kinh doanh"), "registration_number"),
        Column(_("Ngày đăng ký"), "registered_on", 14),
        Column(_("Địa chỉ"), "address", 40),
        Column(_("Người đại diện"), "representative", 24),
        Column(_("Trạng thái"), "get_state_display"),
    ),
)
PRODUCTS = Sheet(
    _("Sản phẩm"),
    (
        Column(_("Sản phẩm"), "name", 40),
        Column(_("Chủ thể"), "producer.name", 50),
        Column(_("Xã, phường"), "unit.name", 24),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.set_code), 36),
        Column(_("Quy cách"), "specification", 24),
        Column(_("Ngày khai"), "created_at"),
    ),
)
DOSSIERS = Sheet(
    _("Hồ sơ"),
    (
        Column(_("Sản phẩm"), "product.name", 40),
        Column(_("Chủ thể"), "product.producer.name", 50),
        Column(_("Xã, phường"), "unit.name", 24),
        Column(_("Mã sản phẩm"), "code"),
        Column(_("Đợt"), "round.name", 24),
        Column(_("Loại đánh giá"), "get_kind_display", 26),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.set_code), 36),
        Column(_("Hạng sao phấn đấu"), "star_aim", 10),
        Column(_("Đang ở"), "get_state_display", 30),
        Column(_("Hạn"), "due_on", 14),
        Column(_("Ngày lập"), "created_at"),
    ),
)
PAPERS = Sheet(
    _("Kho giấy tờ"),
    (
        Column(_("Giấy tờ"), "title", 44),
        Column(_("Loại giấy tờ"), lambda row: kind_name(row.kind), 36),
        Column(_("Số"), "number"),
        Column(_("Nơi cấp"), "issuer", 30),
        Column(_("Ngày cấp"), "issued_on", 14),
        Column(_("Có giá trị đến"), "expires_on", 14),
        Column(_("Phạm vi"), "scope", 30),
        Column(_("Tình trạng"), lambda row: str(WORDS[row.standing])),
        Column(_("Dùng trong"), lambda row: ", ".join(it.product.name for it in dossiers_using(row)), 40),
        Column(_("Ngày thêm"), "added_at"),
    ),
)
OFFICE_PAPERS = Sheet(
    _("Giấy tờ của ngành"),
    (
        Column(_("Giấy tờ"), "title", 44),
        Column(_("Loại giấy tờ"), lambda row: kind_name(row.kind), 36),
        Column(_("Số"), "number"),
        Column(_("Chủ thể"), "producer.name", 44),
        Column(_("Xã, phường"), "producer.unit.name", 24),
        Column(_("Nơi cấp"), "issuer", 30),
        Column(_("Ngày cấp"), "issued_on", 14),
        Column(_("Có giá trị đến"), "expires_on", 14),
        Column(_("Kết luận"), lambda row: row.said.words if row.said else "", 44),
        Column(_("Ghi chú"), lambda row: row.said.note if row.said else "", 44),
    ),
)
COACHING = Sheet(
    _("Nhật ký hướng dẫn"),
    (
        Column(_("Ngày"), "on", 14),
        Column(_("Việc"), "get_kind_display", 24),
        Column(_("Người hướng dẫn"), "coach.get_full_name", 28),
        Column(_("Người cùng tham gia"), "others", 28),
        Column(_("Nội dung hướng dẫn"), "advice", 60),
        Column(_("Ảnh hoặc bản quét"), lambda row: row.file.name if row.file else "", 28),
        Column(_("Việc tiếp theo"), "next_step", 40),
        Column(_("Trước ngày"), "next_on", 14),
        Column(_("Đã làm"), "done_at", 18),
    ),
)
POTENTIALS = Sheet(
    _("Sản phẩm tiềm năng"),
    (
        Column(_("Xã, phường"), "unit.name", 24),
        Column(_("Sản phẩm"), "name", 40),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.set_code), 36),
        Column(_("Chủ thể"), "producer_name", 40),
        Column(_("Loại hình"), "get_producer_kind_display", 24),
        Column(_("Điện thoại"), "phone", 16),
        Column(_("Quy mô"), "scale", 30),
        Column(_("Điểm riêng, lợi thế"), "strengths", 50),
        Column(_("Ý tưởng"), lambda row: row.idea.get_state_display() if row.idea else "", 22),
    ),
)
PIPELINE = Sheet(
    _("Sản phẩm dự kiến"),
    (
        Column(_("Sản phẩm"), "product.name", 40),
        Column(_("Chủ thể"), "product.producer.name", 50),
        Column(_("Xã, phường"), "unit.name", 24),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.set_code), 36),
        Column(_("Hạng sao phấn đấu"), "star_aim", 10),
        Column(_("Đang ở"), "get_state_display", 30),
        Column(_("Đợt"), "round.name", 24),
        Column(_("Xã đề nghị đến hết"), "round.cutoff_on", 14),
    ),
)
IDEAS = Sheet(
    _("Ý tưởng sản phẩm"),
    (
        Column(_("Ý tưởng"), "name", 40),
        Column(_("Chủ thể"), "producer.name", 50),
        Column(_("Điện thoại"), "producer.phone", 16),
        Column(_("Xã, phường"), "unit.name", 24),
        Column(_("Năm"), "window.plan.year", 8),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.set_code), 36),
        Column(_("Trạng thái"), "get_state_display", 22),
        Column(_("Điểm xét chọn"), "points", 10),
        Column(_("Hạng sao dự kiến"), "stars", 10),
        Column(_("Sản phẩm là gì"), "description", 50),
        Column(_("Điểm riêng, lợi thế"), "strengths", 50),
        Column(_("Quy mô hiện nay"), "scale", 30),
        Column(_("Ngày đăng ký"), "created_at"),
    ),
)
