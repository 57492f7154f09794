"""What every action reads of its request."""

from typing import Any, cast

from rest_framework.request import Request

from ocop.orgs.models import User


def asked(serializer: Any, request: Request) -> dict[str, Any]:
    """The body as the serializer reads it; 400 with its reasons."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def signed_in(request: Request) -> User:
    """The one who is signed in: the API lets nobody else this far."""
    return cast("User", request.user)
