"""What a login page answers, in our words: allauth brings no Vietnamese."""

from django.utils.translation import gettext_lazy as _

ERROR_MESSAGES = {
    "account_inactive": _("Tài khoản này đang bị khóa."),
    "email_password_mismatch": _("Thư điện tử hoặc mật khẩu không đúng."),
    "enter_current_password": _("Hãy nhập mật khẩu hiện tại."),
    "incorrect_code": _("Mã không đúng."),
    "incorrect_password": _("Mật khẩu không đúng."),
    "invalid_login": _("Đăng nhập không hợp lệ."),
    "invalid_or_expired_key": _("Mã không đúng hoặc đã hết hạn."),
    "invalid_password_reset": _("Liên kết đặt lại mật khẩu không còn dùng được."),
    "rate_limited": _("Bạn gửi quá nhanh; hãy đợi một lát."),
    "too_many_login_attempts": _("Đăng nhập sai quá nhiều lần; hãy thử lại sau ít phút."),
    "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
}
