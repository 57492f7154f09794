"""One id a request or task: in every log line, in the answer's header and in the audit."""

import json
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request_id", default="-")
_ACCEPTED = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


def request_id() -> str:
    """The id of the request or task under way, '-' outside one."""
    return _current.get()


@contextmanager
def under_id(name: str) -> Iterator[None]:
    """All that is done inside goes by this id."""
    token = _current.set(name)
    try:
        yield
    finally:
        _current.reset(token)


class RequestIDMiddleware:
    """Takes the proxy's X-Request-ID where it is sane, else makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        with under_id(given if _ACCEPTED.match(given) else uuid.uuid4().hex):
            response = self.get_response(request)
            response.headers["X-Request-ID"] = _current.get()
        return response


class RequestIDFilter(logging.Filter):
    """Gives every record its `request_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True


class JSONFormatter(logging.Formatter):
    """One JSON object a line, for production's log collector."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
