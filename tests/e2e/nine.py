"""A council of nine, from its decision to sealed minutes: recused, scored twice, concluded."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import expect

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.councils.making import add_seat
from evaluation.meetings.declarations import declare
from evaluation.models import AgendaItem, Ballot, Council, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.ballot import BALLOT
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.law import criteria_set, law
from tests.e2e.cast import day
from tests.e2e.pages import Person
from tests.evaluation import makers

KEPT, OTHER = "Măng khô Khổng Lào, túi 300 g", "Chanh leo Khổng Lào, thùng 5 kg"
REASON = "Em gái là thành viên hợp tác xã."
LOW = 24  # points that one member stays under the best in the first round; the Quy chế lets 10 stand


@dataclass(frozen=True)
class Story:
    """Whose council it is, under which law, and who acts for the unit."""

    tenant: int
    slug: str  # of the pictures; "" where other stories have looked at these pages
    unit: OrgUnit
    tier: str
    regime: str
    set_code: str
    officer: User
    leader: User
    nine: Sequence[User]

    @property
    def name(self) -> str:
        return f"Hội đồng đánh giá, phân hạng sản phẩm OCOP {self.unit.name}"

    @property
    def member(self) -> User:
        return self.nine[4]

    @property
    def recused(self) -> User:
        return self.nine[8]


def prepare(story: Story) -> None:
    """Two products of the unit wait for its council, filed under that law."""
    old = OrgUnit.objects.get(name="Xã Khổng Lào")
    for name in (KEPT, OTHER):
        dossier = makers.make_accepted_dossier(
            old, name, set_code=story.set_code, regime=story.regime, round_unit=story.unit
        )
        assessment = start_assessment(dossier, by=story.officer, tier=story.tier)
        write_report(
            assessment,
            by=story.officer,
            findings="Hồ sơ đủ, đã khảo sát.",
            proposal="Đưa ra Hội đồng.",
            proposed_stars=3,
        )
        ASSESSMENT.take("check", assessment, by=story.officer)


def hold(story: Story, person: Callable[..., Person]) -> None:
    officer, leader = person(story.officer), person(story.leader)
    establish(story, officer, leader)
    meeting = plan(story, officer)
    recused, secretary, chair = person(story.recused), person(story.nine[2]), person(story.nine[0])
    declare_conflicts(story, recused, meeting)
    open_meeting(secretary, chair, meeting)
    member = person(story.member)
    score_but_for(story, member)
    look_apart(story, chair, meeting)
    second_round(story, member, chair, meeting)
    conclude(story, chair, meeting)
    minutes(story, officer, meeting)
    no_trace(story, recused, meeting)


def establish(story: Story, officer: Person, leader: Person) -> None:
    """The form and one seat by the pages, the other eight as they were."""
    officer.go("councils/new/")
    officer.fill({"Cơ quan thành lập": story.unit.name, "Theo quyết định": law().regimes[story.regime].decision,
                  "Tên hội đồng": story.name, "Từ ngày": day(-3)})  # fmt: skip
    _look(story, officer, "1-council-form")
    officer.press("Lưu dự thảo")
    officer.follow("Thêm thành viên")
    officer.fill({"Người giữ ghế": makers.NAMES[0], "Chức danh": "Chủ tịch", "Cơ quan": makers.AGENCIES[0]})
    officer.press("Thêm")
    officer.reads(makers.AGENCIES[0])
    with tenant_scope(story.tenant):
        council, roles = Council.objects.get(), ["deputy", "secretary", *["member"] * 6]
        for user, role, agency in zip(story.nine[1:], roles, makers.AGENCIES[1:], strict=True):
            add_seat(council, user, role=role, agency=agency, by=story.officer)
    leader.go("")
    leader.follow(f"Thành lập: {story.name}")
    leader.follow("Thành lập")
    leader.fill({"Số quyết định": "431/QĐ-UBND", "Ngày quyết định": day(-3)})
    leader.press("Thành lập")
    leader.reads("Đang hoạt động", "431/QĐ-UBND", *makers.NAMES)
    _look(story, leader, "2-council")


def plan(story: Story, officer: Person) -> str:
    officer.tab.reload()
    officer.follow("Lập phiên họp")
    with tenant_scope(story.tenant):
        found = str(makers.make_round(story.unit, regime=story.regime))
    officer.fill(
        {"Đợt đánh giá": found, "Ngày họp": day(0), "Từ giờ": "08:00", "Địa điểm": "Hội trường tầng 2"}
    )
    officer.press("Lưu")
    for tick in officer.tab.locator("input[name=assessment]").all():
        tick.check()
    _look(story, officer, "3-agenda")
    officer.press("Đưa vào chương trình")
    officer.follow(re.compile(r"^Hội đồng đánh giá.*\d\)$"))
    officer.press("Gửi giấy mời")
    officer.reads("Đã xong: Gửi giấy mời.")
    return officer.here()


def declare_conflicts(story: Story, recused: Person, meeting: str) -> None:
    """One says by the page what keeps her out of a product; eight have nothing to say."""
    recused.go(f"{meeting}declare/")
    recused.part(OTHER).get_by_label("Có xung đột", exact=True).check()
    recused.part(KEPT).get_by_label("Không có xung đột").check()
    recused.tab.locator("input[name=pledge]").check()
    recused.fill({"Lý do": REASON}, within=recused.part(OTHER))
    _look(story, recused, "4-declare")
    recused.press("Gửi khai báo")
    recused.reads("Đã ghi khai báo.", KEPT)
    with tenant_scope(story.tenant):
        found = Meeting.objects.get()
        answers = dict.fromkeys(found.agenda.values_list("assessment", flat=True), "")
        for user in story.nine[:8]:
            declare(found, answers, by=user)


def open_meeting(secretary: Person, chair: Person, meeting: str) -> None:
    secretary.go(f"{meeting}attendance/")
    for name in makers.NAMES:
        secretary.tab.get_by_label(re.compile(name)).check()
    secretary.press("Lưu điểm danh")
    secretary.reads("Đã ghi người có mặt.")
    chair.go(meeting)
    chair.follow("Mở phiên họp")
    chair.fill({"Lý do mở sớm": "Các thành viên đã nhận hồ sơ giấy từ tuần trước."})
    chair.press("Mở phiên họp")
    chair.reads("Có mặt 9/9")


def score_but_for(story: Story, member: Person, *away: User) -> None:
    """One scores by the page far under the others; all have sealed but for who is away."""
    with tenant_scope(story.tenant):
        for item in AgendaItem.objects.for_list():
            others = [it for it in story.nine if it != story.member and it not in away]
            for user in (it for it in others if not item.assessment.excludes(it)):
                makers.fill(makers.ballot_of(item, user), by=user, lose=4)
                BALLOT.take("seal", makers.ballot_of(item, user), by=user)
        low = _levels(story.set_code, LOW)
        second = makers.ballot_of(item_of(OTHER), story.member)
        makers.fill(second, by=story.member, lose=4)
        BALLOT.take("seal", second, by=story.member)
        sheet = makers.ballot_of(item_of(KEPT), story.member).pk
    member.go(f"ballots/{sheet}/grid/")
    _choose(member, low)
    _look(story, member, "5-grid")
    seal(member, sheet)


def look_apart(story: Story, chair: Person, meeting: str) -> None:
    """The chair learns it when all have sealed."""
    chair.go(meeting)
    chair.follow(KEPT)
    chair.reads("chấm lại")
    _look(story, chair, "6-too-far-apart")


def second_round(story: Story, member: Person, chair: Person, meeting: str) -> None:
    """Talked over: she comes near, the others stay; the first sheets are kept beside."""
    chair.follow("Chấm lại sau thảo luận")
    chair.fill({"Lý do chấm lại": "Một phiếu thấp hơn các phiếu khác quá 10 điểm; đã xem lại hồ sơ."})
    chair.press("Mở lần chấm mới")
    chair.reads("Đã mở lần chấm mới; phiếu cũ được giữ nguyên.")
    best, low = _levels(story.set_code, 0), _levels(story.set_code, LOW)
    with tenant_scope(story.tenant):
        item = item_of(KEPT)
        for ballot in Ballot.objects.filter(assessment=item.assessment_id, attempt=2).select_related(
            "seat__user"
        ):
            if ballot.seat.user != story.member:
                BALLOT.take("seal", ballot, by=ballot.seat.user)
        sheet = makers.ballot_of(item, story.member).pk
    member.go(f"ballots/{sheet}/grid/")
    _choose(member, {code: level for code, level in best.items() if low[code] != level})
    seal(member, sheet)
    chair.go(meeting)
    chair.follow(KEPT)
    chair.follow("So sánh các lần chấm")
    chair.reads(makers.NAMES[4], "76", "100")
    _look(story, chair, "7-rounds")


def conclude(story: Story, chair: Person, meeting: str) -> None:
    for product in (KEPT, OTHER):
        chair.go(meeting)
        chair.follow(product)
        chair.follow("Kết luận")
        chair.press("Kết luận")
        chair.reads("thuộc khung 5 sao")
    _look(story, chair, "8-concluded")
    chair.go(meeting)
    chair.follow("Kết thúc phiên họp")
    chair.press("Kết thúc phiên họp")
    chair.reads("Đã kết thúc", "Mã niêm phong", "Biên bản")
    _look(story, chair, "9-sealed")


def minutes(story: Story, officer: Person, meeting: str) -> None:
    """The draft tells both products, who was out of which, and why it was scored twice."""
    officer.go(meeting)
    officer.follow(re.compile("^Họp Hội đồng"))
    _look(story, officer, "10-minutes")
    with tenant_scope(story.tenant):
        told = str(Meeting.objects.get().minutes.content)
    assert [words for words in (KEPT, OTHER, REASON, makers.NAMES[8]) if words not in told] == []


def no_trace(story: Story, recused: Person, meeting: str) -> None:
    for page in ("", meeting, "meetings/", "notices/"):
        recused.go(page)
        recused.reads_not("Chanh leo")
    _look(story, recused, "11-recused")


def _look(story: Story, person: Person, name: str) -> None:
    if story.slug:
        person.look(f"{story.slug}-{name}")


def item_of(name: str) -> AgendaItem:
    return AgendaItem.objects.for_list().get(assessment__dossier__product__name=name)


def _levels(set_code: str, lose: int) -> dict[str, str]:
    """By criterion the radio that is chosen: the top, but for the last ones that lose so many points together."""
    chosen = {}
    for criterion in reversed(criteria_set(set_code).criteria):
        case = criterion.case_codes[0] if criterion.cases else None
        printed = [level.points for level in criterion.scale(case)]
        points = min(it for it in printed if max(printed) - it <= lose)
        lose -= max(printed) - points
        chosen[criterion.code] = f"{case}:{points}" if case else str(points)
    return chosen


def _choose(member: Person, levels: dict[str, str]) -> None:
    """On the page of the whole sheet; each level saves itself."""
    for code, level in levels.items():
        row = member.tab.locator(f'tr[data-address$="/{quote(code)}/"]')
        row.locator(f'input[type=radio][value="{level}"]').check(force=True)
        expect(row.locator("[data-saved]")).to_contain_text("Đã lưu")


def seal(member: Person, sheet: int) -> None:
    member.go(f"ballots/{sheet}/")
    member.follow("Nộp phiếu")
    member.press("Nộp phiếu")
    member.reads("Đã xong: Nộp phiếu.")
