"""What every API view shares: errors in one shape, pages by key."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler


class Pages(CursorPagination):
    """Keyset pages, newest row first."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 200


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """A domain refusal is a 400 with its sentences; the rest as the framework answers."""
    if isinstance(error, DjangoValidationError):
        detail = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        error = ValidationError({"errors": detail})
    return exception_handler(error, context)
