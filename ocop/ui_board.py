"""The board: every component once, with the long names it must bear; served at /ui/ while DEBUG is on."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

LONG = "Hợp tác xã Sản xuất, kinh doanh và dịch vụ nông nghiệp tổng hợp Mường So"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=ZONE)
GROUPS = [
    ("tea", "Chè tươi, chè chế biến"),
    ("rice", "Gạo, ngũ cốc"),
    ("honey", "Mật ong, các sản phẩm từ mật ong"),
]
PEOPLE = [("woman", "Đại diện pháp luật là nữ"), ("kin", "Đồng bào dân tộc thiểu số")]


class BoardForm(forms.Form):
    producer = forms.CharField(
        label="Tên chủ thể", help_text="Đúng như giấy đăng ký kinh doanh", required=True
    )
    issued_on = forms.DateField(label="Ngày cấp giấy")
    story = forms.CharField(
        label="Câu chuyện sản phẩm", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    group = forms.ChoiceField(label="Nhóm sản phẩm", choices=GROUPS)
    revenue = forms.DecimalField(label="Doanh thu năm trước (triệu đồng)", localize=True)
    kind = forms.ChoiceField(
        label="Lần đánh giá",
        widget=forms.RadioSelect,
        choices=[("first", "Đăng ký lần đầu"), ("up", "Nâng hạng"), ("again", "Phân hạng lại")],
    )
    people = forms.MultipleChoiceField(
        label="Người đại diện", widget=forms.CheckboxSelectMultiple, choices=PEOPLE, required=False
    )
    agreed = forms.BooleanField(label="Tôi cam kết hồ sơ đúng sự thật")

    def clean_issued_on(self) -> date:
        if self.cleaned_data["issued_on"] > date(2026, 3, 12):
            raise forms.ValidationError("Ngày cấp phải trước ngày hết hạn 12/03/2026.")
        return self.cleaned_data["issued_on"]


class BoardUpload(forms.Form):
    papers = forms.FileField(label="Chụp hoặc chọn tệp", required=False)


class BoardFilters(forms.Form):
    q = forms.CharField(label="Tìm sản phẩm, chủ thể, mã", required=False)
    at = forms.ChoiceField(
        label="Đang ở",
        required=False,
        choices=[("", "Mọi bước"), ("council", "Hội đồng tỉnh"), ("back", "Chờ bổ sung")],
    )
    group = forms.ChoiceField(label="Nhóm sản phẩm", required=False, choices=[("", "Mọi nhóm"), *GROUPS])


TYPED = {
    "producer": LONG,
    "issued_on": "21/03/2026",
    "story": "Ở độ cao trên 1.400 mét, những cây chè Shan thân mốc trắng…",
    "group": "tea",
    "revenue": "1.234,5",
    "kind": "up",
    "people": ["woman"],
    "agreed": "on",
}
COLUMNS = [
    {"label": "Sản phẩm", "sort": "name"},
    {"label": "Chủ thể"},
    {"label": "Đang ở"},
    {"label": "Sao"},
    {"label": "Thời hạn", "sort": "due"},
    {"label": "Doanh thu", "end": True},
]
ROW = ("name", "code", "producer", "at", "kind", "stars", "days", "working", "revenue")
ROWS = [
    (
        "Chè Shan tuyết cổ thụ Mường So, hộp 200 g",
        "12-03549-04-2026",
        LONG,
        "Hội đồng tỉnh",
        "move",
        3,
        -2,
        False,
        1234567,
    ),
    ("Gạo séng cù Mường Than, túi 5 kg", "12-03595-02-2026", LONG, "Chờ bổ sung", "back", 4, 3, False, 98000),
    ("Mật ong hoa bạc hà", "12-03478-01-2026", "Hộ Lù A Sinh", "Xã báo cáo", "move", None, 9, True, 45),
    (
        "Khăn piêu thêu tay",
        "12-03637-03-2026",
        "Tổ hợp tác Nà Luồng",
        "Dự thảo quyết định",
        "good",
        5,
        36,
        False,
        5120,
    ),
]
TASKS = [
    {"status": "done", "label": "Chủ thể và giấy đăng ký kinh doanh", "url": "#"},
    {
        "status": "doing",
        "label": "Báo cáo tự đánh giá (Mẫu 02)",
        "url": "#",
        "sub": "Đã chấm 28 trong 32 tiêu chí",
    },
    {"status": "look", "label": "Giấy tờ minh chứng", "url": "#", "sub": "11 trong 15 loại; giấy ATTP bị mờ"},
    {"status": "todo", "label": "Năm mẫu sản phẩm", "url": "#", "sub": "Giao cho xã cùng hồ sơ giấy"},
]
WAITING = [
    {"status": "look", "label": "Trình kết luận kiểm tra giấy chứng nhận số 41/2024", "url": "#", "days": -2},
    {
        "status": "todo",
        "label": "Kiểm tra thành phần 4 hồ sơ xã vừa chuyển",
        "url": "#",
        "days": 3,
        "working": True,
    },
    {"status": "todo", "label": "Nộp báo cáo Chương trình OCOP năm 2026", "url": "#", "days": 23},
]
STOPS = [
    {"name": "Ý tưởng", "status": "done"},
    {"name": "Hồ sơ", "status": "done", "note": "03/11"},
    {"name": "Xã", "status": "done", "note": "14/11"},
    {"name": "Hội đồng", "status": "here", "note": "đang chấm"},
    {"name": "Chứng nhận", "status": "next"},
]
EVENTS = [
    {"at": datetime(2026, 11, 22, 8, 12, tzinfo=ZONE), "title": "Hội đồng tỉnh nhận hồ sơ", "now": True,
     "who": "Thư ký hội đồng", "text": "Họp ngày 18/12"},
    {"at": datetime(2026, 11, 14, 16, 40, tzinfo=ZONE), "title": "Trả lại để bổ sung", "bad": True,
     "text": "Giấy chứng nhận ATTP chụp mờ. Chủ thể đã bổ sung sau 2 ngày."},
    {"at": datetime(2026, 11, 3, 9, 5, tzinfo=ZONE), "title": "Xã Mường So chuyển hồ sơ", "who": LONG},
]  # fmt: skip
CARD = {
    "code": "1.5",
    "title": "Liên kết chuỗi trong sản xuất",
    "where": "Phần A · 1. Tổ chức sản xuất",
    "max": 3,
    "help": "Tính tỷ lệ trên tổng sản lượng tiêu thụ của 12 tháng gần nhất.",
    "levels": [
        {"points": 0, "text": "Không có liên kết hoặc có liên kết nhưng không rõ ràng"},
        {"points": 1, "text": "Có hợp đồng liên kết từ 50% đến dưới 75% sản lượng tiêu thụ"},
        {"points": 2, "text": "Có hợp đồng liên kết trên 75% sản lượng tiêu thụ", "gates": [4]},
        {"points": 3, "gates": [5], "text": "Có hợp đồng liên kết trên 75% sản lượng tiêu thụ và tổ chức"
         " thực hiện hợp đồng ổn định từ 12 tháng trở lên tính đến thời điểm đăng ký đánh giá, phân hạng OCOP"},
    ],
}  # fmt: skip
UPLOADS = [
    {"name": "Hợp đồng bao tiêu 2026, trang 1–6.pdf", "percent": 62, "paused": True,
     "meta": "3,1 trong 5,0 MB · chờ mạng, sẽ gửi lại", "remove_url": "#"},
    {"name": "Phiếu kiểm nghiệm chè, ảnh 1.jpg", "picture": True, "sent_at": NOW, "size": 1258291,
     "remove_url": "#"},
    {"name": "Giấy chứng nhận ATTP bản chụp.heic", "remove_url": "#",
     "error": "Ảnh bị mờ, không đọc được số giấy. Chụp lại giúp chúng tôi."},
]  # fmt: skip
REASONS = [("4 tiêu chí chưa chấm", "#c-crit"), ("chưa khai xung đột lợi ích", "#c-crit")]
FACTS = [
    ("Chủ thể", LONG, ""),
    ("Quyết định", "Số 3215/QĐ-UBND ngày 28/12/2026", "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"),
    ("Hiệu lực", "28/12/2026 – 27/12/2029", "36 tháng kể từ ngày cấp"),
]


def board(request: HttpRequest) -> HttpResponse:
    """Show every component; `?at=council` shows a filter in force."""
    page = {
        "papers": [
            {"label": "Hợp đồng liên kết số 07/2025/HĐLK", "url": "#", "meta": "6 trang", "current": True},
            {"label": "Hóa đơn bán hàng 12 tháng gần nhất", "url": "#", "meta": "24 trang"},
        ],
        "paper": {
            "label": "Hợp đồng liên kết số 07/2025/HĐLK, trang 2",
            "page": 2,
            "pages": 6,
            "previous_url": "#",
            "next_url": "#",
            "url": "#",
            "image_url": static("leaf.svg"),
            "width": 420,
            "height": 594,
        },
    }
    shown: dict[str, Any] = {
        "form": BoardForm(TYPED),
        "upload_form": BoardUpload(),
        "filters": BoardFilters(request.GET),
        "columns": COLUMNS,
        "rows": [dict(zip(ROW, row, strict=True)) for row in ROWS],
        "tasks": TASKS,
        "waiting": WAITING,
        "stops": STOPS,
        "events": EVENTS,
        "card": CARD,
        "uploads": UPLOADS,
        "reasons": REASONS,
        "facts": FACTS,
        "now": NOW,
        "crumb": [("Bảng mẫu", "#"), ("Thành phần", "")],
    }
    return render(request, "ui/board.html", shown | page)
