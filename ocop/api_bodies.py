"""The JSON that the API reads: bodies that can be read and kept.

Apart from `ocop.api`, which imports the views that name this parser as their default.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

UNKEPT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL keeps neither NUL nor half a pair of surrogates


class JSONBody(JSONParser):
    """JSON nested no deeper than can be read, of letters that can be kept."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            body = super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError(_("Nội dung gửi lên lồng nhau quá sâu.")) from error
        if any(UNKEPT.search(text) for text in _texts(body)):
            raise ParseError(_("Nội dung gửi lên có ký tự không lưu được."))
        return body


def _texts(body: Any) -> Iterator[str]:
    """Every text in it, the keys too."""
    rest = [body]
    while rest:
        match rest.pop():
            case str() as text:
                yield text
            case dict() as pairs:
                rest += [*pairs, *pairs.values()]
            case list() as rows:
                rest += rows
