"""The line of a village, by the browser's own tools: slow, cut and back; and what came over it."""

from __future__ import annotations

from typing import Any

from tests.e2e.pages import Person

# Slow 3G as WebPageTest has it: 400 ms there and back, 400 kbit/s each way.
LATENCY, BYTES_A_SECOND = 400, 400_000 // 8
MOST = 100_000  # bytes of a first view


class Line:
    """One tab's line. What the worker asks for knows no throttle, so it is passed by as long as there is a line."""

    def __init__(self, person: Person) -> None:
        self.person, self.received, self.is_cut = person, 0, False
        self.session = person.context.new_cdp_session(person.tab)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._count)
        self._set(offline=False)

    def cut(self) -> None:
        """For the tab and, by the browser's own switch, for the worker."""
        self.person.cut()
        self._set(offline=True)

    def back(self) -> None:
        self.person.cut(off=False)
        self.person.watch.is_cut = True  # what was on its way is told of later
        self._set(offline=False)

    def _set(self, *, offline: bool) -> None:
        self.is_cut = offline
        facts = {
            "latency": LATENCY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        }
        self.session.send("Network.emulateNetworkConditions", {"offline": offline, **facts})
        self.session.send("Network.setBypassServiceWorker", {"bypass": not offline})

    def _count(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])


class Scales:
    """What the first view of a page weighs on the wire, headers too, by a browser that has nothing yet."""

    def __init__(self, person: Person) -> None:
        self.person, self.began, self.weights = person, {}, {}
        self.session = person.context.new_cdp_session(person.tab)
        self.session.send("Network.enable")
        self.session.send("Network.setBypassServiceWorker", {"bypass": True})
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.loadingFinished", self._came)

    def slow_down(self) -> None:
        """The village's line from now on."""
        line = {"latency": LATENCY, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
        self.session.send("Network.emulateNetworkConditions", {"offline": False, **line})

    def seconds(self) -> float:
        """Until the page that was weighed last was loaded, its pictures in view too."""
        told = self.person.tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        return float(told) / 1000

    def weigh(self, path: str) -> dict[str, int]:
        """Bytes by file, of all that was asked for until the page was loaded."""
        self.session.send("Network.clearBrowserCache")
        self.began, self.weights = {}, {}
        self.person.go(path)  # returns with the load event
        first_view = set(self.began)
        self.person.tab.wait_for_load_state("networkidle")
        return {name: size for name, size in self.weights.items() if name in first_view}

    def _asked(self, event: dict[str, Any]) -> None:
        if "redirectResponse" in event and event["requestId"] in self.began:
            self._add(event["requestId"], int(event["redirectResponse"]["encodedDataLength"]))
        self.began[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.began:  # the page before may still be fetching
            self._add(event["requestId"], int(event["encodedDataLength"]))

    def _add(self, key: str, size: int) -> None:
        self.weights[key] = self.weights.get(key, 0) + size
