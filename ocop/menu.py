"""The rooms in the masthead, for those who have business there."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# (label, url name, the permissions of which one is enough (none: everybody signed in), the first path segments)
ROOMS: tuple[tuple[Any, str, frozenset[str], tuple[str, ...]], ...] = (
    (_("Việc của tôi"), "reports:home", frozenset(), ("",)),
    (_("Kế hoạch"), "plans:list", frozenset(["plans.view_plan"]), ("plans",)),
    (_("Hồ sơ"), "products:dossiers", frozenset(["products.view_dossier"]), ("dossiers", "products", "producers")),
    (_("Đánh giá"), "evaluation:councils", frozenset(["evaluation.view_council"]), ("councils", "meetings", "assessments", "decisions")),
    (_("Chứng nhận"), "evaluation:certificates", frozenset(["evaluation.view_certificate"]), ("certificates",)),
    (_("Xúc tiến"), "promotion:events", frozenset(["promotion.view_event"]), ("events",)),
    (_("Văn bản"), "papers:list", frozenset(["papers.view_paper"]), ("papers",)),
)  # fmt: skip


def entries(user: Any, permissions: frozenset[str], path: str) -> list[tuple[Any, str, bool]]:
    """(label, address, is this the room we are in) for each room open to this person."""
    here = path.strip("/").split("/")[0]
    return [
        (label, reverse(name), here in segments)
        for label, name, needed, segments in ROOMS
        if (not needed or needed & permissions) and _exists(name)
    ]


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
