"""The rules' refusals in words."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from promotion.rules import Refusal

SENTENCES = {
    "revoked": gettext_lazy("Giấy chứng nhận đã bị thu hồi ngày %(day)s."),
    "replaced": gettext_lazy("Giấy chứng nhận đã được thay bằng giấy khác."),
    "stars": gettext_lazy("Sản phẩm đạt %(stars)s sao, sự kiện nhận từ %(least)s sao."),
    "not_yet": gettext_lazy("Giấy chứng nhận cấp ngày %(day)s, sau ngày khai mạc %(starts)s."),
    "expired": gettext_lazy("Giấy chứng nhận đã hết hạn ngày %(day)s."),
    "expires_during": gettext_lazy("Giấy chứng nhận hết hạn ngày %(day)s, trước ngày bế mạc %(ends)s."),
}


def sentence(refusal: Refusal) -> str:
    """One refusal as the officer reads it."""
    values = {
        name: date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
        for name, value in refusal.values.items()
    }
    return str(SENTENCES[refusal.code]) % values


STANDINGS = {
    "valid": (gettext_lazy("Đang có hiệu lực"), "live"),
    "soon": (gettext_lazy("Sắp hết hạn"), "back"),
    "expired": (gettext_lazy("Đã hết hạn"), "over"),
    "revoked": (gettext_lazy("Đã thu hồi"), "wrong"),
    "replaced": (gettext_lazy("Đã được thay thế"), "over"),
    "future": (gettext_lazy("Chưa có hiệu lực"), ""),
}
