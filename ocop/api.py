"""What every API view shares: errors in one shape, pages by key."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from ocop.files.links import LinkOverError


class Pages(CursorPagination):
    """Keyset pages, newest row first."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 200


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """A 400 is {"errors": {field: sentences}}, whoever refused; the rest as the framework answers."""
    if isinstance(error, LinkOverError):
        return Response({"detail": _("Liên kết tới tệp đã hết hạn hoặc của người khác.")}, status=410)
    if isinstance(error, DjangoValidationError):
        detail = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        error = ValidationError({"errors": detail})
    elif isinstance(error, ValidationError):
        error = ValidationError({"errors": _by_field(error.detail)})
    elif isinstance(error, ParseError):
        error = ValidationError({"errors": {"__all__": [error.detail]}})
    return exception_handler(error, context)


def _by_field(detail: Any) -> Any:
    """What is wrong with the whole body stands under "__all__", as the domain says it."""
    if not isinstance(detail, dict):
        return {"__all__": detail}
    return {
        "__all__" if name == api_settings.NON_FIELD_ERRORS_KEY else name: it for name, it in detail.items()
    }
