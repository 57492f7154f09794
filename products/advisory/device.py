"""The surveys' page on the device and the worker that keeps it: the same for everybody, without a word about anybody."""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ocop.device.keys import device_key
from ocop.device.worker import worker_of
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id
from products.advisory.filling import choices
from products.advisory.surveys import LONGEST_NOTE

MODULES = [f"js/offline/{name}.js" for name in ("keys", "login", "page", "queue", "store", "survey_app", "survey_bag", "survey_photos",
                                                "survey_server", "survey_sheet", "sync", "vault")]  # fmt: skip


def surveys_key(user: User) -> str:
    """The key of what this surveyor takes along."""
    return device_key("surveys", str(user.pk))


def shell_html(language: str | None = None) -> str:
    """The page that works without a line; rendered without a request, so that it tells nothing of who asked."""
    asked = language if language in dict(settings.LANGUAGES) else get_language()
    with override(asked):
        return _drawn(get_script_prefix(), active_tenant_id(), asked)


def worker_js() -> str:
    return _worker(get_script_prefix(), active_tenant_id(), get_language())


def _draw(prefix: str, tenant: int, language: str | None) -> str:
    context = {
        "base": prefix,
        "tenant_id": str(tenant),
        "modules": MODULES,
        "words": words(),
        "choices": choices(),
        "most": LONGEST_NOTE,
    }
    return render_to_string("products/advisory/device/shell.html", context)


def _write_worker(prefix: str, tenant: int, language: str | None) -> str:
    page, address = _drawn(prefix, tenant, language), reverse("products:survey_device")
    return worker_of(page, address=address, base=reverse("products:surveys"), language=language)


_drawn = _draw if settings.DEBUG else lru_cache(maxsize=256)(_draw)
_worker = _write_worker if settings.DEBUG else lru_cache(maxsize=256)(_write_worker)


def words() -> dict[str, str]:
    """The sentences that the scripts say, by the name they call them; `{names}` are filled there."""
    return {**_device(), **_taking(), **_sheet(), **_sending()}


def _device() -> dict[str, str]:
    return {
        "unable": _(
            "Trình duyệt này không giữ được khảo sát khi không có mạng. Hãy dùng Chrome, Edge, Firefox hoặc Safari mới."
        ),
        "full": _("Máy chỉ còn chỗ cho {free} MB, không đủ để ghi khảo sát. Hãy xóa bớt rồi thử lại."),
        "nearly_full": _("Máy sắp đầy: chỉ còn {free} MB cho trang này."),
        "fleeting": _(
            "Có vẻ trang đang mở ở chế độ riêng tư (ẩn danh): đóng cửa sổ là mất những gì chưa gửi. Hãy mở ở cửa sổ thường."
        ),
        "evictable": _(
            "Trình duyệt chưa hứa giữ dữ liệu: khi máy hết chỗ, nó có thể tự xóa phần chưa gửi. Hãy để trống bộ nhớ và "
            "gửi ngay khi có mạng."
        ),
        "not_kept": _("Máy không lưu được phần vừa ghi. Đừng đóng trang; hãy chép lại ra giấy."),
    }


def _taking() -> dict[str, str]:
    return {
        "weak_pin": _("Mã PIN cần ít nhất 6 chữ số và không phải dãy dễ đoán như 111111 hay 123456."),
        "pins_differ": _("Hai lần nhập mã PIN không giống nhau."),
        "line_down": _("Đường truyền bị đứt. Bấm lại để mang tiếp."),
        "taken": _("Đã mang đủ. Có thể tắt mạng và ghi khảo sát trên máy này."),
        "old_key": _("Phần chưa gửi trên máy này mở bằng mã PIN cũ: hãy mở, gửi xong rồi mang lại."),
        "is_here": _("Khảo sát đã ở trên máy này, {n} phần chưa gửi. Mang lại để cập nhật."),
        "others_wait": _("Máy này còn giữ {n} phần chưa gửi của người khác. Chỉ người đó mở được."),
    }


def _sheet() -> dict[str, str]:
    return {
        "answered": _("{n}/{all} mục đã trả lời"),
        "photos": _("{n} ảnh"),
        "kept": _("Đã giữ trên máy này"),
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
        "wrong_pin": _("Mã PIN không đúng."),
        "needs_login": _("Bạn đã đăng xuất trên máy này: cần có mạng và đăng nhập lại để mở."),
        "busy": _("Khảo sát này đang mở ở một thẻ khác. Hãy dùng thẻ đó hoặc đóng nó."),
        "unreadable": _("Lần mang theo trước chưa xong. Khi có mạng, hãy mở trang “Mang khảo sát theo”."),
    }
