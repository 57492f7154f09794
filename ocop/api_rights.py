"""Whether an API action may be asked for at all, before its body is read."""

from typing import Any

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from ocop.orgs.rights import covered_paths


class Rights(IsAuthenticated):
    """A viewset's `rights` say which right an action needs: on the row it names (404 where she sees none), else anywhere."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        right = _right(view)
        return not right or view.detail or bool(covered_paths(request.user, right))

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        right = _right(view)
        return not right or request.user.has_perm(right, obj)


def _right(view: Any) -> str:
    return getattr(view, "rights", {}).get(getattr(view, "action", None), "")
