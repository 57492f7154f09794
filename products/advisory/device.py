"""The surveys' page on the device, the sentences its scripts say, the key of what lies there."""

from typing import Any

from django.utils.translation import gettext as _

from ocop.device.keys import device_key
from ocop.device.shell import Shell
from ocop.device.words import common
from ocop.orgs.models import User
from products.advisory.filling import choices
from products.advisory.surveys import LONGEST_NOTE


def surveys_key(user: User) -> str:
    """The key of what this surveyor takes along."""
    return device_key("surveys", str(user.pk))


def words() -> dict[str, str]:
    """The sentences that the scripts say, by the name they call them; `{names}` are filled there."""
    return {**common(), **_device(), **_taking(), **_sheet(), **_sending()}


def _device() -> dict[str, str]:
    return {
        "unable": _(
            "Trình duyệt này không giữ được khảo sát khi không có mạng. Hãy dùng Chrome, Edge, Firefox hoặc Safari mới."
        ),
        "full": _("Máy chỉ còn chỗ cho {free}, không đủ để ghi khảo sát. Hãy xóa bớt rồi thử lại."),
        "not_kept": _("Máy không lưu được phần vừa ghi. Đừng đóng trang; hãy chép lại ra giấy."),
    }


def _taking() -> dict[str, str]:
    return {
        "line_down": _("Đường truyền bị đứt. Bấm lại để mang tiếp."),
        "taken": _("Đã mang đủ. Có thể tắt mạng và ghi khảo sát trên máy này."),
        "is_here": _("Khảo sát đã ở trên máy này, {n} phần chưa gửi. Mang lại để cập nhật."),
        "others_wait": _("Máy này còn giữ {n} phần chưa gửi của người khác. Chỉ người đó mở được."),
    }


def _sheet() -> dict[str, str]:
    return {
        "answered": _("{n}/{all} mục đã trả lời"),
        "photos": _("{n} ảnh"),
        "differs": _("Cần bạn chọn: mục {codes}."),
        "photo_waits": _("Chưa gửi"),
        "photo_sent": _("Máy chủ đã nhận"),
        "photo_refused": _("Máy chủ không nhận: {words}"),
        "photo_bad": _("Không đọc được ảnh này. Hãy chụp lại."),
        "photo_of": _("Ảnh {n}"),
        "no_place": _("Chưa lấy được vị trí; ảnh được giữ không kèm vị trí."),
        "place": _("Vị trí {lat}, {lon} (± {m} m)"),
    }


def _sending() -> dict[str, str]:
    return {
        "waits": _("{n} phần chưa gửi"),
        "waits_none": _("Không có gì chờ gửi"),
        "received": _("Máy chủ đã nhận lúc {at}"),
        "still_here": _("Không có mạng: {n} phần chưa gửi, đang giữ trên máy này"),
        "trouble": _("Máy chủ chưa nhận được, {n} phần vẫn giữ trên máy này"),
        "other_account": _("Đang đăng nhập bằng tài khoản khác; {n} phần vẫn giữ trên máy này"),
        "login_ended": _("Phiên đăng nhập đã hết; phần đã ghi vẫn giữ trên máy này."),
        "wait": _("{words} Phần chưa gửi vẫn giữ trên máy này."),
        "gone": _("{n} phần thuộc cuộc khảo sát không còn trong phần việc của bạn, đã bỏ."),
        "busy": _("Khảo sát này đang mở ở một thẻ khác. Hãy dùng thẻ đó hoặc đóng nó."),
        "unreadable": _("Lần mang theo trước chưa xong. Khi có mạng, hãy mở trang “Mang khảo sát theo”."),
    }


def _told() -> dict[str, Any]:
    return {"words": words(), "choices": choices(), "most": LONGEST_NOTE}


SHELL = Shell(
    "products/advisory/device/shell.html",
    (
        "door", "keys", "line", "login", "page", "queue", "sender", "store", "survey_app", "survey_bag", "survey_photos", "survey_server",
        "survey_sheet", "sync", "vault",
    ),
    address="products:survey_device",
    back="products:survey_device_back",
    told=_told,
    below="products:surveys",
)  # fmt: skip
