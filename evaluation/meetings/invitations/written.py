"""The letter that asks for opinions in writing: who, about what, until when, how to answer, what comes afterwards.

It names no product, as the invitation: every member reads it, and any of them may still declare a conflict.
"""

from django.utils.translation import gettext as _

from evaluation.ballots.saving import until
from evaluation.meetings.invitations.people import members
from evaluation.models import Meeting
from ocop.papers.content import Block, PaperContent
from ocop.papers.models import Paper

KIND = "opinion_letter"


def request(meeting: Meeting) -> PaperContent:
    """What the letter prints; sent again with another deadline it says which one it replaces."""
    before: list[Block] = [{"p": _replaces(meeting.invitation)}] if meeting.invitation else []
    return {
        "issuer": meeting.council.name,
        "to": [_("Các thành viên %(council)s") % {"council": meeting.council.name}],
        "body": [
            *before,
            {
                "p": _("%(council)s lấy ý kiến bằng văn bản của các thành viên:")
                % {"council": meeting.council.name}
            },
            {"facts": facts(meeting)},
            {"p": _("Cách trả lời:")},
            {"list": how_to_answer()},
            {
                "p": _(
                    "Hết hạn, Hội đồng kết luận trên các phiếu đã nộp nếu đủ số phiếu theo Quy chế; sản phẩm có ý kiến "
                    "khác nhau hoặc có thành viên đề nghị họp được đưa ra phiên họp"
                )
            },
        ],
        "annexes": [{"title": _("Danh sách thành viên được lấy ý kiến"), **members(meeting)}],
        "recipients": [_("Như trên"), _("Lưu: VT")],
    }


def title() -> str:
    return _("lấy ý kiến bằng văn bản của các thành viên Hội đồng")


def facts(meeting: Meeting) -> list[list[str]]:
    return [
        # uncounted: who is recused from one reads the same paper
        [
            _("Nội dung"),
            _("phân hạng lại sản phẩm OCOP, theo danh sách mở cho từng thành viên trên hệ thống"),
        ],
        [_("Đợt"), str(meeting.round)],
        [_("Hạn gửi phiếu"), until(meeting)],
    ]


def how_to_answer() -> list[str]:
    return [
        _(
            "cam kết chấp hành Quy chế và khai báo xung đột lợi ích trên hệ thống; khai báo xong thì hồ sơ mở ra"
        ),
        _("chấm từng tiêu chí, ghi ý kiến và nộp phiếu trước hạn; phiếu đã nộp là ý kiến chính thức"),
        _("không có ý kiến thì nộp phiếu không cho ý kiến và ghi lý do"),
        _("thấy cần họp thì đề nghị họp ngay trên phiếu và ghi lý do"),
    ]


def _replaces(before: Paper) -> str:
    return _("Công văn này thay Công văn số %(symbol)s ngày %(day)s.") % {
        "symbol": before.symbol,
        "day": f"{before.dated_on:%d/%m/%Y}",
    }
