"""Marks for an idea by the rules of its plan, each with why; two officers at once overwrite nothing in silence."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.orgs.models import User
from products.dossiers.drafts import Draft, Seen, merge
from products.dossiers.filling import Saved
from products.ideas.ranking import MARKS, mark_of, points, priority
from products.models import Idea, IdeaState, Screening, SelectionRule
from products.people import demand

SCREEN = "products.screen_idea"
LONGEST = 2000
STARS = (3, 4, 5)
MARK_WORDS = {
    0: gettext_lazy("Không đáp ứng"),
    1: gettext_lazy("Đáp ứng một phần"),
    2: gettext_lazy("Đáp ứng"),
}


@transaction.atomic
def save_marks(
    idea: Idea, values: Mapping[str, Any], *, by: User, seen: Seen = None, at: dt.datetime | None = None
) -> Saved:
    """Keep what can be read of `mark_<rule>`, `why_<rule>` and `stars`; the rest is named with its reason.

    `seen` is the revision of each field that the officer saw: what another changed meanwhile is a clash.
    """
    fresh = Idea.objects.select_for_update(of=("self",)).select_related("window").get(pk=idea.pk)
    demand(by, SCREEN, fresh)
    if fresh.state != IdeaState.REGISTERED:
        raise ValidationError(_("Ý tưởng đã xét xong; hãy mở xét lại trước khi sửa."), code="stale")
    rules = list(fresh.window.rules.all())
    good, errors = _read(rules, values)
    row, _is_new = Screening.objects.select_for_update(of=("self",)).get_or_create(idea=fresh)
    draft = Draft(row.data, row.revision, row.revisions)
    clashes = merge(draft, good, seen)
    if draft.revision != row.revision:
        row.data, row.revision, row.revisions = draft.values, draft.revision, draft.revisions
        row.saved_at, row.saved_by = at or timezone.now(), by
        row.save(update_fields=["data", "revision", "revisions", "saved_at", "saved_by"])
        fresh.points, fresh.priority = points(rules, row.data), priority(rules, row.data)
        fresh.stars = row.data.get("stars")
        fresh.save(update_fields=["points", "priority", "stars"])
    return Saved(row.revision, row.saved_at, errors, clashes)


def _read(
    rules: list[SelectionRule], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What may be kept, and why the rest may not."""
    known = {f"mark_{it.code}": MARKS for it in rules} | {"stars": STARS}
    words = {f"why_{it.code}" for it in rules}
    good: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in values.items():
        if name in words and len(str(value)) > LONGEST:
            errors[name] = [_("Dài quá %(n)s chữ.") % {"n": LONGEST}]
        elif name in words:
            good[name] = str(value).strip()
        elif name in known and value in (None, ""):
            good[name] = None
        elif name in known and str(value) in {str(one) for one in known[name]}:
            good[name] = int(value)
        elif name in known:
            errors[name] = [_("Hãy chọn một mức.")]
        else:
            errors[name] = [_("Mục này không có trong biểu mẫu.")]
    return good, errors


def open_points(idea: Idea) -> Iterator[str]:
    """What a screening still lacks, in words: before anything is decided every rule has its mark."""
    row = Screening.objects.filter(idea=idea).first()
    data = row.data if row else {}
    for rule in idea.window.rules.all():
        mark, why = mark_of(data, rule), str(data.get(f"why_{rule.code}") or "")
        if mark is None:
            yield _("Chưa xét “%(rule)s”.") % {"rule": rule}
        elif mark and rule.needs_proof and not why:
            yield _("“%(rule)s”: chưa nêu căn cứ.") % {"rule": rule}


def unmet(idea: Idea) -> Iterator[str]:
    """The rules that an idea must meet and does not: it cannot be chosen."""
    row = Screening.objects.filter(idea=idea).first()
    for rule in idea.window.rules.filter(is_required=True):
        if row is not None and mark_of(row.data, rule) == 0:
            yield _("Không đáp ứng tiêu chí bắt buộc “%(rule)s”.") % {"rule": rule}


def freeze_result(idea: Idea) -> None:
    """Keep what was decided on as the rules stood; they may change for others."""
    row, _is_new = Screening.objects.select_for_update(of=("self",)).get_or_create(idea=idea)
    row.result = results(list(idea.window.rules.all()), row.data)
    row.save(update_fields=["result"])


def results(rules: list[SelectionRule], data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One line a rule: what it asks, its mark and why."""
    return [
        {"rule": rule.label, "weight": rule.weight, "mark": mark_of(data, rule), "why": data.get(f"why_{rule.code}") or ""}
        for rule in rules
    ]  # fmt: skip
