"""The sentences that every room's scripts on a device say; `{names}` are filled there."""

from django.utils.translation import gettext as _


def common() -> dict[str, str]:
    """By the name that the scripts call them: of the device, of its PIN, of a login that ended."""
    return {
        "nearly_full": _("Máy sắp đầy: chỉ còn {free} cho trang này."),
        "fleeting": _(
            "Có vẻ trang đang mở ở chế độ riêng tư (ẩn danh): đóng cửa sổ là mất những gì chưa gửi. Hãy mở ở cửa sổ thường."
        ),
        "evictable": _(
            "Trình duyệt chưa hứa giữ dữ liệu: khi máy hết chỗ, nó có thể tự xóa phần chưa gửi. Hãy để trống bộ nhớ và "
            "gửi ngay khi có mạng."
        ),
        "weak_pin": _("Mã PIN cần ít nhất 6 chữ số và không phải dãy dễ đoán như 111111 hay 123456."),
        "pins_differ": _("Hai lần nhập mã PIN không giống nhau."),
        "old_key": _("Phần chưa gửi trên máy này mở bằng mã PIN cũ: hãy mở, gửi xong rồi mang lại."),
        "wrong_pin": _("Mã PIN không đúng."),
        "needs_login": _("Bạn đã đăng xuất trên máy này: cần có mạng và đăng nhập lại để mở."),
        "kept": _("Đã giữ trên máy này"),
    }
