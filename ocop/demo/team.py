"""What the demo's advisory team tested and saw: one visit signed and one test answered, and both still to come elsewhere."""

import datetime as dt

from ocop.demo.clock import Days, moment
from ocop.demo.dossiers import owner_of
from ocop.orgs.models import User
from products.advisory.extra_tests import ask_test
from products.advisory.surveys import CONCLUSION, HELD_ON, NO, PEOPLE, YES, save_answer, start_survey
from products.models import Dossier, EvidencePaper
from products.workflow import EXTRA_TEST, SURVEY

REMARKS = {
    "3": "Sổ mua của 24 hộ, khớp với hồ sơ.",
    "7": "Sổ bán hàng mới có từ tháng 3; đã hướng dẫn ghi đủ.",
    "8": "Bã được ủ làm phân.",
}
PEOPLE_THERE = "Lò Văn Inh, Tổ trưởng Tổ tư vấn\nChẻo Tả Mẩy, công chức xã\nTẩn A San, đại diện chủ thể"


def look_into(dossier: Dossier, days: Days, *, advisor: User) -> None:
    """Before the report: tested anew, answered by a paper of the vault, and visited."""
    asked_at = days.at(-11, 9)
    test = ask_test(
        dossier,
        {"parameters": "Dư lượng thuốc bảo vệ thực vật\nChì, cadimi", "laboratory": "Quatest 1", "payer": "producer",
         "reason": "Phiếu trong hồ sơ chỉ có chỉ tiêu cảm quan.", "due_on": days.on(-5)},
        by=advisor, at=asked_at,
    )  # fmt: skip
    producer = dossier.product.producer
    paper = EvidencePaper.objects.filter(producer=producer, kind="test_report").order_by("-pk")[0]
    given = {"paper": paper, "note": "Mẫu lấy ngày 10", "at": days.at(-7, 10)}
    EXTRA_TEST.take("bring", test, by=owner_of(producer), data=given)
    verdict = {"note": "Các chỉ tiêu dưới mức giới hạn.", "at": days.at(-6, 8)}
    EXTRA_TEST.take("accept", test, by=advisor, data=verdict)
    _visit(dossier, days.on(-6), advisor)


def _visit(dossier: Dossier, on: dt.date, advisor: User) -> None:
    survey = start_survey(
        dossier, by=advisor, planned_on=on, purpose="Nguồn nguyên liệu, sổ bán hàng", at=moment(on, 7)
    )
    said = {HELD_ON: (on.isoformat(), ""), PEOPLE: ("", PEOPLE_THERE)}
    said |= {
        it["code"]: (NO if it["code"] == "7" else YES, REMARKS.get(it["code"], "")) for it in survey.checklist
    }
    said[CONCLUSION] = ("", "Cơ sở đúng như hồ sơ; bổ sung sổ bán hàng trong quý.")
    for item, (value, note) in said.items():
        key = f"demo-{survey.pk}-{item}"
        save_answer(survey, item, value, note=note, revision=0, key=key, by=advisor, at=moment(on, 10))
    SURVEY.take("sign", survey, by=advisor, data={"at": moment(on, 11)})


def still_to_come(dossier: Dossier, days: Days, *, advisor: User) -> None:
    """A test that is waited for, a visit that is planned."""
    ask_test(
        dossier,
        {"parameters": "Độ bền màu giặt, ma sát", "laboratory": "", "payer": "", "due_on": days.on(12),
         "reason": "Khách phản ánh khăn nhuộm chàm bị phai."},
        by=advisor, at=days.at(-3, 9),
    )  # fmt: skip
    start_survey(dossier, by=advisor, planned_on=days.on(4), purpose="Xem công đoạn nhuộm", at=days.at(-2, 9))
