"""What a device sends in one go: who sends it, its entries read with care and refused one by one."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import serializers

MOST_ENTRIES = 200
MOST_BYTES = 1024 * 1024
LONGEST_KEY = 64


class BatchError(Exception):
    """What came is no batch, too much, or another person's; in words, with its status."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status

    def answer(self) -> JsonResponse:
        return JsonResponse({"error": str(self)}, status=self.status)


def entries_of(request: HttpRequest, *, others: str) -> Any:
    """The raw entries of a POST; BatchError where it cannot be read, or is not hers who is logged in (`others`)."""
    if request.content_type != "application/json":
        raise BatchError(_unreadable(), 400)
    if len(request.body) > MOST_BYTES:
        raise BatchError(_("Gói dữ liệu quá lớn, hãy gửi ít hơn mỗi lần."), 413)
    try:
        given = json.loads(request.body)
    except ValueError as error:
        raise BatchError(_unreadable(), 400) from error
    if not isinstance(given, dict) or not is_batch(given.get("entries")):
        raise BatchError(_unreadable(), 400)
    if given.get("user") != request.user.pk:
        raise BatchError(others, 409)
    return given["entries"]


def is_batch(raw: Any) -> bool:
    """A list of so many at most, each with the key by which it is answered."""
    return isinstance(raw, list) and len(raw) <= MOST_ENTRIES and all(_has_key(it) for it in raw)


def read_rows(
    raw: Any, serializer: type[serializers.Serializer]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What the serializer makes of each, and by key why others are none; ValidationError for what is no batch at all."""
    if not is_batch(raw):
        raise ValidationError(_unreadable())
    rows, refused = [], {}
    for it in raw:
        read = serializer(data=it)
        if read.is_valid():
            rows.append(dict(read.validated_data))
        else:
            refused[it["key"]] = " ".join(str(said) for words in read.errors.values() for said in words)
    return rows, refused


def _has_key(it: Any) -> bool:
    return isinstance(it, dict) and isinstance(it.get("key"), str) and 0 < len(it["key"]) <= LONGEST_KEY


def _unreadable() -> str:
    return _("Gói dữ liệu không đọc được.")
