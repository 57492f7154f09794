"""The sentences that the scripts on the device say; `{names}` are filled there."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """By the name that the scripts call them."""
    return {**_device(), **_taking(), **_sheet(), **_sending()}


def _device() -> dict[str, str]:
    return {
        "unable": _(
            "Trình duyệt này không giữ được phiếu khi không có mạng. Hãy dùng Chrome, Edge, Firefox hoặc Safari mới."
        ),
        "full": _("Máy chỉ còn chỗ cho {free} MB, không đủ để mang phiên họp theo. Hãy xóa bớt rồi thử lại."),
        "nearly_full": _("Máy sắp đầy: chỉ còn {free} MB cho trang này."),
        "fleeting": _(
            "Có vẻ trang đang mở ở chế độ riêng tư (ẩn danh): đóng cửa sổ là mất những gì chưa gửi. Hãy mở ở cửa sổ thường."
        ),
        "evictable": _(
            "Trình duyệt chưa hứa giữ dữ liệu: khi máy hết chỗ, nó có thể tự xóa phần chưa gửi. Hãy để trống bộ nhớ và "
            "gửi ngay khi có mạng."
        ),
        "not_kept": _("Máy không lưu được thay đổi này. Đừng đóng trang; hãy chép lại điểm ra giấy."),
    }


def _taking() -> dict[str, str]:
    return {
        "weak_pin": _("Mã PIN cần ít nhất 6 chữ số và không phải dãy dễ đoán như 111111 hay 123456."),
        "pins_differ": _("Hai lần nhập mã PIN không giống nhau."),
        "progress": _("{n}/{all} trang, clip minh chứng, đã tải {size} MB"),
        "line_down": _("Đường truyền bị đứt. Phần đã tải vẫn còn; bấm lại để tải tiếp."),
        "taken": _("Đã mang đủ. Có thể tắt mạng và chấm trên máy này."),
        "taken_but": _("Đã mang đủ phiếu; còn thiếu {n} trang, clip minh chứng. Bấm lại để tải tiếp."),
        "old_key": _("Phần chưa gửi trên máy này mở bằng mã PIN cũ: hãy mở, gửi xong rồi mang lại."),
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
        "kept": _("Đã giữ trên máy này"),
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
        "wrong_pin": _("Mã PIN không đúng."),
        "needs_login": _("Bạn đã đăng xuất trên máy này: cần có mạng và đăng nhập lại để mở."),
        "busy": _("Phiếu này đang mở ở một thẻ khác. Hãy dùng thẻ đó hoặc đóng nó."),
        "unreadable": _("Lần mang theo trước chưa xong. Khi có mạng, hãy mở trang “Mang phiên họp theo”."),
    }
