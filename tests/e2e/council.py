"""Chapter five: a council of five is established, meets, scores beside the evidence, and concludes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from playwright.sync_api import expect

from tests.e2e.cast import COUNCIL, Cast, day
from tests.e2e.pages import Person
from tests.e2e.planning import ROUND
from tests.e2e.registering import PRODUCT
from tests.e2e.scoring import score, score_by_keyboard, seal

NAME = "Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Lai Châu"
ROLES = ("Chủ tịch", "Thư ký", "Thành viên", "Thành viên", "Thành viên")
OTHER = "Chè Shan tuyết cổ thụ Tân Phong"


def hold_meeting(cast: Cast, person: Callable[..., Person], officer: Person, leader: Person) -> None:
    _establish(officer, leader)
    meeting = _plan(officer)
    members = [person(user) for user in cast.council]
    chair, secretary = members[:2]
    chair.look("06-member-home")
    _declare(members, meeting)
    _open(chair, secretary, meeting)
    _score(members, meeting)
    _reopen(chair, members[3], meeting)
    _put_off(officer, meeting)
    _conclude(chair, meeting)
    _no_trace(members[4], meeting)


def _establish(officer: Person, leader: Person) -> None:
    officer.go("councils/new/")
    officer.fill({"Tên hội đồng": NAME, "Từ ngày": day(-3)})
    officer.look("06-council-form")
    officer.press("Lưu dự thảo")
    _seat(officer, 0)
    leader.go("")
    leader.follow(f"Thành lập: {NAME}")
    leader.follow("Thành lập")
    leader.fill({"Số quyết định": "812/QĐ-UBND", "Ngày quyết định": day(-3)})
    with leader.refused():
        leader.press("Thành lập")
    leader.reads("Hội đồng chưa có Thư ký.", "Mới có 1 thành viên chấm điểm, cần ít nhất 3.")
    leader.look("06-establish-refused")
    for place in range(1, len(COUNCIL)):
        _seat(officer, place)
    leader.press("Thành lập")
    leader.reads("Đang hoạt động", "812/QĐ-UBND")
    leader.look("06-council")


def _seat(officer: Person, place: int) -> None:
    _username, name, agency = COUNCIL[place]
    officer.follow("Thêm thành viên")
    officer.fill({"Người giữ ghế": name, "Chức danh": ROLES[place], "Cơ quan": agency})
    officer.press("Thêm")
    officer.reads(agency)


def _plan(officer: Person) -> str:
    """Both products that wait go on the agenda; the invitation is sent."""
    officer.tab.reload()
    officer.follow("Lập phiên họp")
    officer.fill(
        {"Đợt đánh giá": ROUND, "Ngày họp": day(0), "Từ giờ": "08:00", "Địa điểm": "Hội trường tầng 2"}
    )
    officer.look("06-meeting-form")
    officer.press("Lưu")
    for tick in officer.tab.locator("input[name=assessment]").all():
        tick.check()
    officer.look("06-agenda")
    officer.press("Đưa vào chương trình")
    officer.follow(re.compile(r"^Hội đồng đánh giá.*\d\)$"))
    officer.press("Gửi giấy mời")
    officer.reads("Đã xong: Gửi giấy mời.")
    officer.look("06-meeting-planned")
    return officer.here()


def _declare(members: Sequence[Person], meeting: str) -> None:
    for member in members[:4]:
        member.go(f"{meeting}declare/")
        for none in member.tab.get_by_label("Không có xung đột").all():
            none.check()
        member.tab.locator("input[name=pledge]").check()
        member.press("Gửi khai báo")
        member.reads("Đã ghi khai báo.")
    recused = members[4]
    recused.go(f"{meeting}declare/")
    recused.part(PRODUCT).get_by_label("Có xung đột", exact=True).check()
    recused.part(OTHER).get_by_label("Không có xung đột").check()
    recused.tab.locator("input[name=pledge]").check()
    with recused.refused():
        recused.press("Gửi khai báo")
    recused.reads("Hãy ghi lý do")
    recused.look("06-declare-refused")
    recused.fill({"Lý do": "Em gái là thành viên hợp tác xã."}, within=recused.part(PRODUCT))
    recused.press("Gửi khai báo")
    recused.reads("Đã ghi khai báo.", OTHER)


def _open(chair: Person, secretary: Person, meeting: str) -> None:
    """Three of five are no quorum."""
    _count(secretary, meeting, [name for _username, name, _agency in COUNCIL[:3]])
    chair.go(meeting)
    chair.follow("Mở phiên họp")
    with chair.refused():
        chair.press("Mở phiên họp")
    chair.reads("Mới có 3/5 thành viên chấm điểm, Quy chế cần ít nhất 4.", "hãy ghi lý do mở sớm")
    chair.look("06-no-quorum")
    _count(secretary, meeting, [name for _username, name, _agency in COUNCIL])
    chair.fill({"Lý do mở sớm": "Các thành viên đã nhận hồ sơ từ tuần trước."})
    chair.press("Mở phiên họp")
    chair.reads("Có mặt 5/5", "0/4 phiếu đã nộp")
    chair.look("06-meeting-open")


def _count(secretary: Person, meeting: str, names: Sequence[str]) -> None:
    secretary.go(f"{meeting}attendance/")
    for name in names:
        secretary.tab.get_by_label(re.compile(name)).check()
    secretary.look("06-attendance")
    secretary.press("Lưu điểm danh")
    secretary.reads("Đã ghi người có mặt.")


def _score(members: Sequence[Person], meeting: str) -> None:
    chair, others = members[0], members[1:4]
    chair.follow("Chấm sản phẩm tiếp theo")
    score_by_keyboard(chair)
    seal(chair)
    for member in others:
        member.go(meeting)
        member.follow(re.compile(rf"Đang chấm\s*: {PRODUCT}"))
        score(member, {"9": 5} if member is others[-1] else {})
        seal(member)


def _reopen(chair: Person, member: Person, meeting: str) -> None:
    chair.go(meeting)
    chair.reads("4/4 phiếu đã nộp", "85,5")
    chair.follow(PRODUCT)
    chair.look("06-item")
    chair.follow(re.compile(r"^Mở lại\s+Tẩn Thị Quế"))
    with chair.refused():
        chair.press("Mở lại phiếu")
    chair.look("06-reopen-refused")
    chair.fill({"Lý do mở lại": "Tiêu chí 9 chấm nhầm mức."})
    chair.press("Mở lại phiếu")
    member.go("notices/")
    member.reads("Lý do: Tiêu chí 9 chấm nhầm mức.")
    member.look("06-member-notices")
    member.go(meeting)
    member.follow(re.compile(rf"Đang chấm\s*: {PRODUCT}"))
    member.tab.locator("#muc-luc").get_by_role("link", name=re.compile("Cơ hội ra thị trường")).click()
    member.tab.wait_for_url("**/9/")
    member.tab.keyboard.press("3")
    expect(member.tab.locator("[data-tally]")).to_contain_text("85")
    seal(member)


def _put_off(officer: Person, meeting: str) -> None:
    officer.go(f"{meeting}agenda/")
    officer.press("Đưa ra", within=officer.part(OTHER))
    officer.reads_not("Chè Shan tuyết cổ thụ Tân Phong Hợp tác xã")


def _conclude(chair: Person, meeting: str) -> None:
    chair.go(meeting)
    chair.follow(PRODUCT)
    chair.fill({"Ý kiến thảo luận": "Nhãn song ngữ tốt, cần thêm điểm bán."})
    chair.press("Ghi kết quả thảo luận")
    chair.follow("Kết luận")
    chair.look("06-conclude")
    chair.press("Kết luận")
    chair.reads("85 điểm", "Tổng điểm 85 thuộc khung 4 sao.")
    chair.go(meeting)
    chair.follow("Kết thúc phiên họp")
    chair.press("Kết thúc phiên họp")
    chair.reads("Đã kết thúc", "Mã niêm phong", "Biên bản")
    chair.look("06-concluded")


def _no_trace(recused: Person, meeting: str) -> None:
    """Neither name nor count nor address nor notice."""
    for page in ("", meeting, "meetings/", "notices/"):
        recused.go(page)
        recused.reads_not("Khăn piêu")
    recused.look("06-recused")
    with recused.refused(404):
        recused.go("dossiers/1/")
    recused.reads_not("Khăn piêu")
