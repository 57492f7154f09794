"""Papers that stories are told with."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from ocop.orgs.models import OrgUnit, User
from ocop.papers.drafting import draft_paper
from ocop.papers.models import Paper

CONTENT = {
    "grounds": [
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "Căn cứ Quyết định số 26/2026/QĐ-TTg ngày 22 tháng 5 năm 2026 của Thủ tướng Chính phủ",
    ],
    "articles": [
        ["Công nhận 02 sản phẩm OCOP (có Phụ lục kèm theo).", "Giấy chứng nhận có giá trị 36 tháng."],
        ["Các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này"],
    ],
    "annexes": [
        {
            "title": "Danh sách sản phẩm được công nhận",
            "columns": ["STT*", "Tên sản phẩm", "Hạng*"],
            "rows": [["1", "Chè Shan tuyết <b>cổ thụ</b>", "4 sao"], ["2", "Miến dong Bình Lư", "3 sao"]],
        }
    ],
    "recipients": ["Như Điều 2", "Lưu: VT, NNMT"],
}


def sent(answer: HttpResponse) -> bytes:
    """The file of an answer, closed after reading as a server does."""
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # closing the answer itself would close the test's connection
        close()
    return content


@pytest.fixture
def draft(province: OrgUnit, officer: User) -> Paper:
    return draft_paper(
        province, "recognition_decision", "Về việc công nhận sản phẩm OCOP đợt 2", CONTENT, by=officer
    )
