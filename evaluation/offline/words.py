"""The sentences that the scripts on the device say; `{names}` are filled there."""

from django.utils.translation import gettext as _

from ocop.device.words import common


def words() -> dict[str, str]:
    """By the name that the scripts call them."""
    return {**common(), **_device(), **_taking(), **_sheet(), **_sending()}


def _device() -> dict[str, str]:
    return {
        "unable": _(
            "Trình duyệt này không giữ được phiếu khi không có mạng. Hãy dùng Chrome, Edge, Firefox hoặc Safari mới."
        ),
        "full": _("Máy chỉ còn chỗ cho {free}, không đủ để mang phiên họp theo. Hãy xóa bớt rồi thử lại."),
        "not_kept": _("Máy không lưu được thay đổi này. Đừng đóng trang; hãy chép lại điểm ra giấy."),
    }


def _taking() -> dict[str, str]:
    return {
        "progress": _("{n}/{all} trang, clip minh chứng, đã tải {size}"),
        "line_down": _("Đường truyền bị đứt. Phần đã tải vẫn còn; bấm lại để tải tiếp."),
        "taken": _("Đã mang đủ. Có thể tắt mạng và chấm trên máy này."),
        "taken_but": _("Đã mang đủ phiếu; còn thiếu {n} trang, clip minh chứng. Bấm lại để tải tiếp."),
        "is_here": _("Phiên họp đã ở trên máy này, {n} thay đổi chưa gửi. Mang lại để cập nhật."),
        "is_half": _("Lần trước chưa tải xong; {n} thay đổi chưa gửi vẫn được giữ. Nhập mã PIN để tải tiếp."),
        "others_wait": _("Máy này còn giữ {n} thay đổi chưa gửi của người khác. Chỉ người đó mở được."),
    }


def _sheet() -> dict[str, str]:
    return {
        "answered": _("{n}/{all} tiêu chí đã chấm"),
        "points": _("{n} điểm"),
        "jump": _("Tiêu chí {n}/{all}, còn {left}"),
        "done": _("đã chấm"),
        "todo": _("chưa chấm"),
        "gate": _("dưới ngưỡng {star} sao"),
        "stars": _("{n} sao"),
        "below": _("{codes} dưới ngưỡng {star} sao."),
        "left": _("Còn {n} tiêu chí, tối đa thêm {points} điểm."),
        "pages": _("{n} trang"),
        "clip": _("clip {time}"),
        "page_of": _("Trang {n}/{all}"),
        "page_alt": _("Trang {n} của {title}"),
        "differs": _("Cần bạn chọn: tiêu chí {codes}."),
        "opinions_differ": _("Cần bạn chọn: ý kiến cuối phiếu."),
    }


def _sending() -> dict[str, str]:
    return {
        "waits": _("{n} thay đổi chưa gửi"),
        "waits_none": _("Không có gì chờ gửi"),
        "received": _("Máy chủ đã nhận {at}, mã {code}"),
        "still_here": _("{n} thay đổi chưa gửi, đang giữ trên máy này"),
        "trouble": _("Máy chủ chưa nhận được, {n} thay đổi vẫn giữ trên máy này"),
        "other_account": _("Đang đăng nhập bằng tài khoản khác; {n} thay đổi vẫn giữ trên máy này"),
        "login_ended": _("Phiên đăng nhập đã hết; phần chấm vẫn giữ trên máy này."),
        "wait": _("{words} Phần chấm vẫn giữ trên máy này."),
        "late": _(
            "{n} thay đổi đến sau khi phiếu đã đóng: được giữ riêng cho Chủ tịch xem, không tính vào phiếu."
        ),
        "gone": _("{n} thay đổi thuộc phiếu không còn trong phần việc của bạn, đã bỏ."),
        "busy": _("Phiếu này đang mở ở một thẻ khác. Hãy dùng thẻ đó hoặc đóng nó."),
        "unreadable": _("Lần mang theo trước chưa xong. Khi có mạng, hãy mở trang “Mang phiên họp theo”."),
    }
