"""A closed loop over loopback: each visitor asks, waits for the answer, asks again, so many times and no more."""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.server import HOST

LONGEST = 30.0  # seconds for one visitor's round


@dataclass
class Visitor:
    """Somebody with a browser; `cookies` says who she is."""

    path: str
    cookies: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200  # what she is answered

    def body(self) -> str | None:
        """What is sent next."""
        return None

    def answered(self, content: bytes) -> None:
        """Look at the answer, where the next request depends on it."""


def drive(port: int, visitors: Sequence[Visitor], count: int) -> list[float]:
    """The seconds of each answer; all visitors at once, `count` requests each."""
    with ThreadPoolExecutor(len(visitors)) as pool:
        rounds = [pool.submit(_visit, port, visitor, count) for visitor in visitors]
    return [seconds for one in rounds for seconds in one.result()]


def _visit(port: int, visitor: Visitor, count: int) -> list[float]:
    took: list[float] = []
    end = time.monotonic() + LONGEST
    while len(took) < count and time.monotonic() < end:
        began = time.perf_counter()
        content = _ask(port, visitor)
        took.append(time.perf_counter() - began)
        visitor.answered(content)
    return took


def headers_of(port: int, visitor: Visitor) -> dict[str, str]:
    """As the proxy passes them on."""
    return {
        "Accept-Encoding": "identity",
        "Cookie": visitor.cookies,
        "Referer": f"https://{HOST}:{port}/",
        "X-Forwarded-Proto": "https",
        **visitor.headers,
    }


def _ask(port: int, visitor: Visitor) -> bytes:
    """One connection a request: sync workers keep none open."""
    headers = headers_of(port, visitor)
    link = http.client.HTTPConnection(HOST, port, timeout=LONGEST)
    try:
        link.request(visitor.method, visitor.path, body=visitor.body(), headers=headers)
        answer = link.getresponse()
        content = answer.read()
    finally:
        link.close()
    if answer.status != visitor.status:
        raise RuntimeError(f"{visitor.method} {visitor.path}: {answer.status} {content[:300]!r}")
    return content
