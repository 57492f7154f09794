"""SIGINT, SIGTERM and SIGHUP as one exception, so that every `finally` runs."""

from __future__ import annotations

import signal
from types import FrameType

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = signal.Signals(number)


def raise_on_stop() -> None:
    """From here on the signals raise; nohup's ignored SIGHUP stays ignored."""
    for number in STOPS:
        if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
            continue
        signal.signal(number, _raise)


def _raise(number: int, _frame: FrameType | None) -> None:
    ignore()  # a second Ctrl-C must not break the orderly end
    raise Stopped(number)


def ignore() -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
