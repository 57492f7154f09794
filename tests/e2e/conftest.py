"""A real browser before the real product: the site, the cast, and one browser for each person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from ocop.orgs.models import User
from tests.e2e import site as sites
from tests.e2e.cast import Cast, make_cast
from tests.e2e.pages import DESK, Person, log_in
from tests.worker import real_worker

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 15_000  # milliseconds a page may take on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser; without one it is left out, as was asked for."""
    left_out = pytest.mark.skip(reason="bin/test --no-browser")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if os.environ.get("OCOP_TEST_BROWSER") == "none":
                item.add_marker(left_out)


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    sites.collect_static(folder)
    return folder


@pytest.fixture
def cast(transactional_db: None, settings: django_settings) -> Cast:
    """Everybody with the password as the product keeps it; committed, so that the servers see them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    return make_cast()


@pytest.fixture
def site(
    cast: Cast, static_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sites.Site]:
    with sites.free_port() as door:
        monkeypatch.setenv("OCOP_SITE_URL", f"http://127.0.0.1:{door.getsockname()[1]}")
        monkeypatch.setenv("OCOP_STATIC_ROOT", str(static_root))
        with real_worker(tmp_path) as worker:
            monkeypatch.setenv("OCOP_QUEUE", worker.queue)
            with sites.real_site(tmp_path, door) as served:
                yield served
                assert not served.faults(), served.log.read_text()


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Playwright's loop runs in this thread; the test asks the database there all the same, by a connection of the loop."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=os.environ["OCOP_TEST_BROWSER"], args=QUIET)
        yield started
        started.close()
        connections.close_all()


@pytest.fixture
def screens() -> Path:
    folder = django_settings.BASE_DIR / "var" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visitor(chromium: Browser, site: sites.Site, screens: Path) -> Iterator[Callable[..., Person]]:
    """Somebody whom nobody knows; at the end nothing may have gone wrong in any of the browsers."""
    opened: list[Person] = []

    def arrive(*, scripts: bool = True) -> Person:
        context = chromium.new_context(
            base_url=site.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=DESK,
            java_script_enabled=scripts, accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        opened.append(Person(context, "lai-chau", screens, has_scripts=scripts))
        return opened[-1]

    yield arrive
    for person in opened:
        person.calm()


@pytest.fixture
def tablet(
    chromium: Browser, site: sites.Site, screens: Path, tmp_path: Path
) -> Iterator[Callable[..., Person]]:
    """One device: each call starts its browser anew on what it kept, without a line where that is asked for."""
    started: list[Person] = []

    def start(*, is_cut: bool = False) -> Person:
        for before in started:
            before.context.close()
        context = chromium.browser_type.launch_persistent_context(
            str(tmp_path / "tablet"), executable_path=os.environ["OCOP_TEST_BROWSER"], args=QUIET, base_url=site.url,
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=DESK, service_workers="allow",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        # what a service worker asks for carries no emulated locale
        context.add_cookies([{"name": "django_language", "value": "vi", "url": site.url}])
        started.append(Person(context, "lai-chau", screens))
        started[-1].cut(off=is_cut)
        return started[-1]

    yield start
    for person in started:
        person.calm()
    if started:
        started[-1].context.close()


@pytest.fixture
def person(visitor: Callable[..., Person]) -> Callable[..., Person]:
    """The browser of one person, signed in through the login page; she keeps it."""
    known: dict[int, Person] = {}

    def sign_in(user: User, *, scripts: bool = True) -> Person:
        if user.pk not in known:
            known[user.pk] = visitor(scripts=scripts)
            log_in(known[user.pk], user)
        return known[user.pk]

    return sign_in
