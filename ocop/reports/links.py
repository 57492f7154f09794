"""Addresses in the rooms below."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: Any, **query: Any) -> str:
    """The page's address, with a query where one is given; "" for a page that this version does not have."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query)}" if query else url
