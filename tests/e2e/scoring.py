"""The sheet of the story's product: 85 of 100 points, every least level of 4 stars held."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import expect

from ocop.regulations import Criterion
from products import law
from tests.e2e.pages import Person

SET = "QD26-22"
CRITERIA = law.criteria_set(SET).criteria
BELOW_BEST = {"1.1": 2, "1.4": 2, "4.3": 3, "6.2": 3, "6.3": 3, "6.4": 2, "8": 2, "9": 3}


def level_for(criterion: Criterion) -> int:
    return BELOW_BEST.get(criterion.code, criterion.levels[-1].points)


def score_by_keyboard(member: Person) -> None:
    """A digit chooses the level, N goes on; the server's time stands beside every one."""
    member.look("06-ballot-empty")
    for criterion in CRITERIA:
        member.tab.wait_for_url(f"**/{criterion.code}/")
        member.tab.keyboard.press(str(level_for(criterion)))
        _is_saved(member)
        if criterion.code == "2.2":
            member.reads("Chủ thể tự chấm mức này", "Ảnh hộp, chụp lại")
            member.look("06-ballot")
        member.tab.keyboard.press("n")
    expect(member.tab.locator("[data-tally]")).to_contain_text("85")


def score(member: Person, marks: Mapping[str, int]) -> None:
    """By the finger: each level saves itself before the next criterion is opened."""
    ballot = re.sub(r"[^/]+/$", "", member.here())
    for criterion in CRITERIA:
        member.go(f"{ballot}{criterion.code}/")
        level = marks.get(criterion.code, level_for(criterion))
        member.tab.locator(f'.levels input[type=radio][value="{level}"]').check()
        _is_saved(member)


def _is_saved(member: Person) -> None:
    expect(member.tab.locator(".saved[data-saved]")).to_contain_text(re.compile(r"Đã lưu \d\d:\d\d"))


def seal(member: Person) -> None:
    member.follow("Nộp phiếu")
    member.press("Nộp phiếu")
    member.reads("Đã xong: Nộp phiếu.")
