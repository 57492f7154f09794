"""The rooms in the masthead, for those who have business there."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# (label, url name, what opens it: a permission or a party (none: everybody signed in), its first path segments)
ROOMS: tuple[tuple[Any, str, frozenset[str], tuple[str, ...]], ...] = (
    (_("Việc của tôi"), "reports:home", frozenset(), ("",)),
    (_("Kế hoạch"), "plans:list", frozenset(["plans.view_plan"]), ("plans",)),
    (_("Hồ sơ"), "products:dossiers", frozenset(["products.view_dossier", "producer"]),
     ("dossiers", "desk", "ideas", "potentials", "business-plans", "products", "producers", "doubles", "claims", "corrections", "evidence", "extra-tests", "surveys")),
    (_("Giấy tờ của ngành"), "products:office_papers", frozenset(["products.confirm_paper"]), ("evidence",)),
    (_("Đánh giá"), "evaluation:assessments", frozenset(["evaluation.view_assessment"]), ("assessments", "decisions", "hand-overs", "arrivals")),
    (_("Hội đồng"), "evaluation:meetings", frozenset(["evaluation.view_meeting", "council"]), ("councils", "meetings", "ballots")),
    (_("Chứng nhận"), "evaluation:certificates", frozenset(["evaluation.view_certificate", "producer"]), ("certificates",)),
    (_("Xúc tiến"), "promotion:events", frozenset(["promotion.view_event"]), ("events",)),
    (_("Văn bản"), "papers:list", frozenset(["papers.view_paper"]), ("papers",)),
)  # fmt: skip


def entries(opens: Collection[str], path: str) -> list[tuple[Any, str, bool]]:
    """(label, address, is this the room we are in) for each room open to this person."""
    here = path.strip("/").split("/")[0]
    return [
        (label, reverse(name), here in segments)
        for label, name, needed, segments in ROOMS
        if not needed or not needed.isdisjoint(opens)
    ]
