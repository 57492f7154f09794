"""The log of one thing as its page tells it: what was done, by whom, when, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.audit.models import Entry
from ocop.orgs.roles import ROLES
from ocop.workflow import Workflow

# What is done besides the steps of a workflow.
DEEDS = {
    "make": _("Gửi yêu cầu"),
    "register": _("Đăng ký"),
    "merge": _("Gộp dòng trùng"),
    "merged_away": _("Được gộp vào dòng khác"),
    "keep_apart": _("Ghi là không trùng"),
    "look_again": _("Xem lại cặp nghi trùng"),
    "create": _("Ghi vào sổ"),
    "change": _("Sửa thông tin"),
    "size": _("Khai quy mô"),
    "ask": _("Gửi đề nghị sửa thông tin"),
    "correct": _("Sửa theo đề nghị của chủ thể"),
    "draft": _("Soạn thảo"),
    "redraft": _("Sửa dự thảo"),
    "issue": _("Ban hành"),
    "render": _("Tạo tệp"),
    "signed_file": _("Ghi mã băm bản đã ký"),
    "download": _("Tải tệp về"),
    "word": _("Tải bản Word để làm việc"),
    "view": _("Xem tệp"),
    "export": _("Xin dữ liệu của mình"),
    "exported": _("Gom dữ liệu của chủ thể"),
    "bind": _("Yêu cầu đóng quyển"),
    "bound": _("Đóng quyển hồ sơ"),
    "write": _("Ghi"),
    "start": _("Bắt đầu thẩm định"),
    "report": _("Viết báo cáo thẩm định"),
    "agree": _("Ghi kết quả thảo luận"),
    "recuse": _("Khai báo xung đột lợi ích"),
    "rescore": _("Chấm lại sau thảo luận"),
    "call": _("Đề nghị họp"),
    "uncall": _("Rút đề nghị họp"),
    "seat": _("Thêm thành viên"),
    "unseat": _("Bỏ thành viên"),
    "replace": _("Thay thành viên"),
    "rules": _("Sửa Quy chế"),
    "remove": _("Đưa sản phẩm ra"),
    "drop": _("Bỏ dự thảo"),
    "record": _("Ghi vào sổ"),
    "sectors": _("Phân lĩnh vực"),
    "delegate": _("Ủy quyền"),
    "appoint": _("Cử vào Tổ tư vấn"),
    "dismiss": _("Thôi tham gia Tổ tư vấn"),
    "discuss": _("Đưa ra thảo luận"),
    "prepare": _("Chuẩn bị hồ sơ gửi"),
    "brought": _("Nhận trả lời của cấp trên"),
    "hand_over": _("Bàn giao công việc"),
    "receive": _("Nhận bàn giao"),
    "handed_over": _("Bàn giao cho người khác"),
    "forward": _("Chuyển hồ sơ theo văn bản đề nghị"),
    "request": _("Yêu cầu kiểm nghiệm thêm"),
    "photo": _("Thêm ảnh"),
    "photo_removed": _("Bỏ ảnh"),
    "begin": _("Bắt đầu khảo sát"),
    "confirm": _("Kết luận về giấy tờ"),
    "arrive": _("Nhận hồ sơ cấp dưới gửi"),
}


@dataclass(frozen=True)
class Event:
    """One line of the timeline component."""

    at: datetime
    title: Any
    who: str
    text: str = ""
    now: bool = False
    bad: bool = False


def events(entries: Iterable[Entry], *workflows: Workflow) -> list[Event]:
    """Entries in words: a step by its label, another deed by `DEEDS`."""
    labels = DEEDS | {name: step.label for workflow in workflows for name, step in workflow.items()}
    return [
        Event(entry.at, labels.get(entry.action.partition(".")[2], entry.action), who_did(entry), entry.note)
        for entry in entries
    ]


def who_did(entry: Entry) -> str:
    """Name and role."""
    role = ROLES.get(entry.role)
    return f"{entry.actor_name}, {role.label}" if role else entry.actor_name
