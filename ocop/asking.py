"""Who asks, and what was sent."""

from typing import Any, cast

from rest_framework.request import Request

from ocop.orgs.models import User


def person_of(request: Request) -> User:
    """Who asks; the permission class let nobody else in."""
    return cast("User", request.user)


def given_by(serializer: Any, request: Request) -> dict[str, Any]:
    """What was sent, read; 400 where it cannot be."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
