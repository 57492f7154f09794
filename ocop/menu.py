"""The rooms in the masthead, for those who have business there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# (label, url name, the permissions of which one is enough; none: for everybody signed in)
ROOMS: tuple[tuple[Any, str, frozenset[str]], ...] = ((_("Việc của tôi"), "home", frozenset()),)


def entries(user: Any, permissions: frozenset[str], path: str) -> list[tuple[Any, str, bool]]:
    """(label, address, is this the room we are in) for each room open to this person."""
    return [
        (label, reverse(name), False)
        for label, name, needed in ROOMS
        if not needed or needed & permissions
    ]
