"""Addresses in the rooms below, with what their lists are asked."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


def address(name: str, *args: Any, **query: Any) -> str:
    """The page's address, with a query where one is given."""
    url = reverse(name, args=args)
    return f"{url}?{urlencode(query)}" if query else url
