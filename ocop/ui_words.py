"""The words, icons and kinds that the components give to standings, seals, notes and messages."""

from django.utils.translation import gettext_lazy as _

ALL = _("Bỏ điều kiện lọc")
# A task's standing: its mark, the mark's icon, the word beside it, the kind of that word.
TASK = {
    "todo": ("", "todo", _("Chưa làm"), ""),
    "doing": ("now", "half", _("Đang làm"), "move"),
    "done": ("done", "done", _("Xong"), "good"),
    "look": ("look", "warn", _("Cần xem lại"), "wrong"),
}
STOP = {"done": ("is-done", _("xong")), "here": ("is-here", _("đang ở đây")), "next": ("", _("chưa tới"))}
SEAL = {
    "valid": ("", "seal", _("Đang có hiệu lực")),
    "soon": ("seal--soon", "clock", _("Sắp hết hạn")),
    "expired": ("seal--over", "todo", _("Đã hết hạn")),
    "revoked": ("seal--wrong", "stop", _("Đã thu hồi")),
    "unknown": ("seal--over", "find", _("Không tìm thấy giấy chứng nhận")),
}
NOTE = {"": "info", "soon": "clock", "wrong": "warn"}
MESSAGE = {"error": ("note", "wrong"), "warning": ("note", "soon")}  # what stays; the rest is a toast
ROAD = _("Con đường của hồ sơ")
