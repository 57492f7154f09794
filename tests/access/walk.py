"""Every address of a URLconf, by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver


def addresses(urlconf: str) -> dict[str, Any]:
    """Name → view; what has no name goes by its route."""
    return dict(_walk(get_resolver(urlconf).url_patterns))


def _walk(patterns: list[Any], route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        here = f"{route}{one.pattern}"
        if isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name]) if one.name else here, one.callback
        else:
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _walk(one.url_patterns, here, inner)


def actions(view: Any) -> dict[str, str]:
    """Of a viewset: which methods lead to which of its functions."""
    return getattr(view, "actions", {})
