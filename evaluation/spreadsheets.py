"""What the lists of this room give away; nothing of a ballot or a result that is not announced."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.certificates.validity import standing
from evaluation.certificates.words import told
from evaluation.models import Certificate
from ocop.spreadsheet import Column, Sheet
from products.law import set_name


def _standing(certificate: Certificate) -> object:
    return told(standing(certificate, timezone.localdate())).word


ASSESSMENTS = Sheet(
    _("Lượt đánh giá"),
    (
        Column(_("Sản phẩm"), "dossier.product.name", 40),
        Column(_("Chủ thể"), "dossier.product.producer.name", 50),
        Column(_("Nơi nộp"), "dossier.unit.name", 24),
        Column(_("Mã sản phẩm"), "dossier.code"),
        Column(_("Cơ quan đánh giá"), "unit.name", 28),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.published.code), 36),
        Column(_("Trạng thái"), "get_state_display", 28),
        Column(_("Bắt đầu"), "created_at"),
    ),
)
COUNCILS = Sheet(
    _("Hội đồng"),
    (
        Column(_("Hội đồng"), "name", 60),
        Column(_("Cơ quan"), "unit.name", 28),
        Column(_("Từ ngày"), "starts_on", 14),
        Column(_("Đến hết ngày"), "ends_on", 14),
        Column(_("Quyết định thành lập"), "decision_number"),
        Column(_("Ngày quyết định"), "decision_on", 14),
        Column(_("Theo quyết định"), "regime"),
        Column(_("Trạng thái"), "get_state_display"),
    ),
)
MEETINGS = Sheet(
    _("Phiên họp"),
    (
        Column(_("Thời gian"), "held_at"),
        Column(_("Hình thức"), "get_mode_display", 28),
        Column(_("Hạn gửi phiếu"), "deadline"),
        Column(_("Địa điểm"), "place", 40),
        Column(_("Hội đồng"), "council.name", 60),
        Column(_("Cơ quan"), "council.unit.name", 28),
        Column(_("Đợt"), "round.name", 24),
        Column(_("Trạng thái"), "get_state_display"),
    ),
)
DECISIONS = Sheet(
    _("Quyết định"),
    (
        Column(_("Quyết định"), "title", 60),
        Column(_("Cơ quan"), "unit.name", 28),
        Column(_("Số"), "number"),
        Column(_("Ngày"), "dated_on", 14),
        Column(_("Tình trạng"), "get_state_display"),
    ),
)
ARRIVALS = Sheet(
    _("Hồ sơ cấp dưới chuyển lên"),
    (
        Column(_("Sản phẩm"), "product_name", 40),
        Column(_("Chủ thể"), lambda row: row.package["dossier"]["producer"], 50),
        Column(_("Nơi gửi"), "from_name", 28),
        Column(_("Số chuyển"), "receipt"),
        Column(_("Ngày đến"), "arrived_at"),
        Column(_("Tình trạng"), "get_state_display"),
    ),
)
HAND_OVERS = Sheet(
    _("Hồ sơ chuyển cấp trên"),
    (
        Column(_("Sản phẩm"), "assessment.dossier.product.name", 40),
        Column(_("Chủ thể"), "assessment.dossier.product.producer.name", 50),
        Column(_("Cơ quan chuyển"), "unit.name", 28),
        Column(_("Số chuyển"), "receipt"),
        Column(_("Ngày chuyển"), "sent_at"),
        Column(_("Tình trạng"), "get_state_display"),
        Column(_("Số văn bản trả lời"), "answer_number"),
        Column(_("Ngày trả lời"), "answered_on", 14),
        Column(_("Hạng sao được công nhận"), "answer_stars", 12),
    ),
)
CERTIFICATES = Sheet(
    _("Giấy chứng nhận"),
    (
        Column(_("Sản phẩm"), "product_name", 40),
        Column(_("Chủ thể"), "producer_name", 50),
        Column(_("Xã, phường"), "product.unit.name", 24),
        Column(_("Số giấy"), "number"),
        Column(_("Mã sản phẩm"), "code"),
        Column(_("Hạng sao"), "stars", 10),
        Column(_("Bộ tiêu chí"), lambda row: set_name(row.set_code), 36),
        Column(_("Cơ quan cấp"), "issuer_name", 30),
        Column(_("Theo quyết định số"), "decision_number"),
        Column(_("Ngày cấp"), "issued_on", 14),
        Column(_("Hiệu lực đến hết"), "last_day", 14),
        Column(_("Tình trạng"), _standing),
        Column(_("Ngày thu hồi"), "revoked_on", 14),
    ),
)
