"""A person before a browser: reads, fills, presses. Whatever goes wrong on the way is kept and fails the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Download, Locator, Request, Response, expect
from playwright.sync_api import Page as Tab

from ocop.orgs.models import User
from tests.factories import PASSWORD

WIDTHS = (360, 768, 1280)
DESK = {"width": 1280, "height": 900}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
LEFT = "net::ERR_ABORTED"  # a poll or a picture that the person did not wait for
CUT = "net::ERR_INTERNET_DISCONNECTED"
STOPPED = "net::ERR_FAILED"  # the worker had no line either
TOLD_BY_STATUS = "Failed to load resource"


@dataclass
class Watch:
    """Console errors, refused contents, failed requests and answers of 400 and more, but for those that are meant."""

    troubles: list[str] = field(default_factory=list)
    meant: set[int] = field(default_factory=set)
    is_cut: bool = False  # there is no line, and that is meant

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(TOLD_BY_STATUS):
            self.troubles.append(f"console: {message.text} ({message.location.get('url')})")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT and not (self.is_cut and self._is_of_the_cut(request)):
            self.troubles.append(f"failed: {request.failure} {request.url}")

    @staticmethod
    def _is_of_the_cut(request: Request) -> bool:
        """A page that takes others along through its worker is stopped half-way; a script or a style that lacks is trouble."""
        return request.failure == CUT or (request.failure == STOPPED and request.resource_type == "fetch")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.meant:
            self.troubles.append(f"{response.status}: {response.request.method} {response.url}")


class Person:
    """One person's browser in one tenant; `look` keeps a picture and asks axe."""

    def __init__(
        self, context: BrowserContext, tenant: str, screens: Path, *, has_scripts: bool = True
    ) -> None:
        self.context, self.tenant, self.screens, self.has_scripts = context, tenant, screens, has_scripts
        self.watch = Watch()
        self.watch.over(context)
        self.tab: Tab = context.new_page()

    # ── going ──

    def go(self, path: str) -> None:
        """An address inside the tenant."""
        self.tab.goto(f"/{self.tenant}/{path}")

    def here(self) -> str:
        """This page's address inside the tenant, to come back to."""
        return re.sub(rf"^.*?/{self.tenant}/", "", self.tab.url)

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        self._one((within or self.tab).get_by_role("link", name=name, exact=isinstance(name, str))).click()
        self.tab.wait_for_load_state()

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        self._one((within or self.tab).get_by_role("button", name=name, exact=isinstance(name, str))).click()
        self.tab.wait_for_load_state()

    def part(self, words: str) -> Locator:
        """The innermost list entry, row, card or group that says these words."""
        parts = self.tab.locator("li, tr, .card, fieldset").filter(has_text=words)
        return parts.last

    def cut(self, *, off: bool = True) -> None:
        """The line goes; `off=False`: it is back."""
        self.context.set_offline(off)
        self.watch.is_cut = off

    # ── filling ──

    def fill(self, values: dict[str, Any], *, within: Locator | None = None) -> None:
        """By label: text into boxes, True and False into ticks, a Path into a file box, a choice into a list."""
        for label, value in values.items():
            self._put(self.box(label, within=within), value)

    def box(self, label: str, *, within: Locator | None = None) -> Locator:
        """The box under this label, required or not."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*(\(.*\)\s*)?$")
        return (within or self.tab).get_by_label(words).first

    def pick(self, group: str, choice: str) -> None:
        """One of a group of choices."""
        self.tab.get_by_role("group", name=re.compile(re.escape(group))).get_by_label(
            choice, exact=True
        ).check()

    @staticmethod
    def _put(box: Locator, value: Any) -> None:
        if isinstance(value, bool):
            box.set_checked(value)
        elif isinstance(value, Path):
            box.set_input_files(value)
        elif box.evaluate("it => it.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(str(value))

    # ── reading ──

    def reads(self, *words: str | re.Pattern[str]) -> None:
        for each in words:
            expect(self.tab.locator("body")).to_contain_text(each)

    def reads_not(self, *words: str) -> None:
        for each in words:
            expect(self.tab.locator("body")).not_to_contain_text(each)

    def downloads(self, name: str) -> Path:
        with self.tab.expect_download() as coming:
            self.tab.get_by_role("link", name=name).click()
        download: Download = coming.value
        kept = Path(str(download.path()))
        return kept.rename(kept.with_name(download.suggested_filename))

    @contextmanager
    def refused(self, status: int = 422) -> Iterator[None]:
        """The next answer may say no; anywhere else it would be trouble."""
        self.watch.meant.add(status)
        with self.tab.expect_response(lambda answer: answer.status == status):
            yield
        self.tab.wait_for_load_state()
        self.watch.meant.discard(status)

    def look(self, name: str) -> None:
        """Keep the page at three widths; it fits each, and axe, itself a script, finds nothing at two of them."""
        for width in WIDTHS:
            self.tab.set_viewport_size({"width": width, "height": DESK["height"]})
            self.tab.screenshot(path=self.screens / f"{name}-{width}.png", full_page=True)
            wide = self.tab.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} px wide on a screen of {width}"
            if self.has_scripts and width != WIDTHS[1]:
                self._ask_axe(f"{name} at {width} px")
        self.tab.set_viewport_size(DESK)
        self.calm()

    def _ask_axe(self, where: str) -> None:
        found = Axe().run(self.tab, options=AXE)
        assert not found.violations_count, f"{where}:\n{found.generate_report()}"

    def calm(self) -> None:
        """Nothing went wrong so far."""
        assert not self.watch.troubles, "\n".join(self.watch.troubles)

    @staticmethod
    def _one(found: Locator) -> Locator:
        """The only one of that name; what is hidden does not count."""
        return found.locator("visible=true")


def log_in(person: Person, user: User) -> None:
    """Through the login page."""
    person.go("accounts/login/")
    person.fill({"Tên đăng nhập hoặc thư điện tử": user.username, "Mật khẩu": PASSWORD})
    person.press("Đăng nhập")
    person.reads("Đăng xuất")
