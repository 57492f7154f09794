"""Words for the columns and models that the admin shows and the models do not name.

Their own pages say them in templates; a `verbose_name` for each would be a migration a room, to no other end.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from ocop.tenancy.models import TenantModel

COLUMNS = {
    "added_at": _("thêm lúc"),
    "after": _("sau"),
    "answered_at": _("trả lời lúc"),
    "asked_at": _("yêu cầu lúc"),
    "assessment": _("lượt đánh giá"),
    "attempt": _("lần chấm"),
    "attempts": _("số lần gửi"),
    "before": _("trước"),
    "by": _("người thực hiện"),
    "certificate": _("giấy chứng nhận"),
    "concluded_at": _("kết thúc lúc"),
    "content_type": _("loại tệp"),
    "council": _("hội đồng"),
    "created_at": _("tạo lúc"),
    "created_by": _("người tạo"),
    "data": _("chi tiết"),
    "decision": _("quyết định"),
    "digest": _("mã băm"),
    "done_at": _("ghi xong lúc"),
    "dossier": _("hồ sơ"),
    "due_at": _("gửi từ lúc"),
    "ends_on": _("đến hết ngày"),
    "extension_ground": _("lý do gia hạn"),
    "fault": _("lỗi gần nhất"),
    "faults": _("lỗi trong tệp"),
    "file": _("tệp"),
    "gave_up": _("thôi không gửi nữa"),
    "is_recorded": _("ghi lại từ giấy"),
    "kind": _("loại"),
    "last": _("số cuối"),
    "last_error": _("lỗi gần nhất"),
    "letter": _("công văn chuyển"),
    "meeting": _("phiên họp"),
    "message_id": _("mã thư"),
    "minutes": _("biên bản"),
    "object_id": _("mã"),
    "opened_at": _("khai mạc lúc"),
    "order": _("thứ tự"),
    "outcome": _("kết quả"),
    "paper": _("văn bản"),
    "parent": _("đơn vị cấp trên"),
    "paused_on": _("tạm dừng ngày"),
    "pdf": _("tệp PDF"),
    "place": _("địa bàn"),
    "plan": _("kế hoạch"),
    "previous": _("hồ sơ trước"),
    "producer": _("chủ thể"),
    "product": _("sản phẩm"),
    "published": _("bộ tiêu chí đã công bố"),
    "read_at": _("đọc lúc"),
    "regime": _("theo quyết định"),
    "replaced_by": _("thay bằng"),
    "request_id": _("mã yêu cầu"),
    "rescored": _("số lần chấm lại"),
    "revoked_decision": _("quyết định thu hồi số"),
    "revoked_ground": _("căn cứ thu hồi"),
    "revoked_on": _("thu hồi ngày"),
    "revoked_reason": _("lý do thu hồi"),
    "round": _("đợt đánh giá"),
    "rule": _("thời hạn"),
    "saved_at": _("lưu lúc"),
    "sealed_at": _("nộp lúc"),
    "seat": _("ghế hội đồng"),
    "sent_at": _("gửi lúc"),
    "sent_by": _("người gửi"),
    "set_code": _("bộ tiêu chí"),
    "sha256": _("mã băm SHA-256"),
    "signed_by": _("người ký"),
    "signed_file": _("bản đã ký"),
    "since": _("từ lúc"),
    "starts_on": _("từ ngày"),
    "state": _("trạng thái"),
    "stopped_on": _("kết thúc ngày"),
    "submitted_at": _("nộp lúc"),
    "summary": _("đã ghi"),
    "tier": _("cấp"),
    "to": _("người nhận"),
    "to_tier": _("chuyển lên cấp"),
    "to_unit": _("đơn vị nhận"),
    "unit": _("đơn vị"),
    "until": _("đến lúc"),
    "uploaded_by": _("người tải lên"),
    "user": _("người"),
    "uuid": _("mã tra cứu"),
    "year": _("năm"),
}
MODELS = {
    "evaluation.agendaitem": _("sản phẩm trong chương trình"),
    "evaluation.decisionitem": _("sản phẩm trong quyết định"),
    "notices.noticemail": _("thư đã gửi, chờ gửi"),
    "papers.numberseries": _("sổ cấp số văn bản"),
    "products.clock": _("thời hạn"),
    "products.dossierversion": _("lần nộp"),
    "products.exclusion": _("xung đột lợi ích đã khai"),
    "products.producermember": _("người của chủ thể"),
    "products.supplementrequest": _("yêu cầu bổ sung"),
    "promotion.participation": _("sản phẩm tham gia"),
}


def say() -> None:
    """Give each its word; what a model names itself stays."""
    for model in apps.get_models():
        if not issubclass(model, TenantModel):
            continue
        for field in model._meta.fields:
            if field.name in COLUMNS and field.verbose_name == field.name.replace("_", " "):
                field.verbose_name = COLUMNS[field.name]
        if model._meta.label_lower in MODELS:
            name = MODELS[model._meta.label_lower]
            model._meta.verbose_name = model._meta.verbose_name_plural = name
