"""An idea comes in: from the producer, or from the officer for one without an account; few fields, in the window."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.written import in_vietnamese
from products import law
from products.ideas.likeness import is_known
from products.ideas.windows import open_windows, why_shut
from products.models import Idea, IdeaState, IdeaWindow, Producer
from products.people import as_whom, demand, nearest_holders
from products.producers.eligibility import decision_of, may_bring

FACTS = ("name", "set_code", "description", "strengths", "scale")


@transaction.atomic
def register_idea(
    producer: Producer,
    facts: Mapping[str, Any],
    *,
    by: User,
    window: IdeaWindow | None = None,
    previous: Idea | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Idea:
    """Put an idea into the open window of the nearest plan, or into `window`.

    ValidationError in words while none is open, and where the producer has this idea in the window already.
    """
    demand(by, "products.register_idea", producer)
    found = open_windows(producer.unit, on=on)
    chosen = window or (found[-1] if found else None)
    if chosen is None or chosen not in found:
        raise ValidationError(why_shut(producer.unit, on=on) or _("Kế hoạch này không nhận ý tưởng hôm nay."))
    idea = Idea(
        window=chosen, producer=producer, unit=producer.unit, previous=previous, created_by=by,
        created_at=at or timezone.now(), **_facts(facts),
    )  # fmt: skip
    _check(idea)
    try:
        with transaction.atomic():
            idea.save(force_insert=True)
    except IntegrityError as twice:  # the second of two taps
        raise _known(idea) from twice
    record("idea.register", idea, by=by, role=as_whom(by, idea), after=idea.state)
    _tell_officers(idea)
    return idea


def _facts(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(given[name]).strip() for name in FACTS if given.get(name) not in (None, "")}


def _check(idea: Idea) -> None:
    found = law.law().sets.get(idea.set_code)
    if idea.set_code and found is None:
        raise ValidationError({"set_code": _("Hãy chọn bộ tiêu chí của sản phẩm.")})
    if found is not None and not may_bring(idea.producer.kind, found.category.code):
        words = _("%(kind)s chỉ tham gia với dịch vụ du lịch (Điều 2 %(decision)s).")
        facts = {"kind": idea.producer.get_kind_display(), "decision": decision_of()}
        raise ValidationError({"set_code": words % facts})
    idea.full_clean(exclude=["sort_key", "name_ascii", "priority"], validate_constraints=False)
    if is_known(idea):
        raise _known(idea)


def _known(idea: Idea) -> ValidationError:
    words = _("%(producer)s đã đăng ký ý tưởng này trong năm.") % {"producer": idea.producer}
    return ValidationError({"name": words})


@transaction.atomic
def change_idea(idea: Idea, facts: Mapping[str, Any], *, by: User) -> Idea:
    """Other words for an idea, until it is decided on."""
    demand(by, "products.register_idea", idea)
    fresh = Idea.objects.select_for_update(of=("self",)).select_related("producer", "window").get(pk=idea.pk)
    if fresh.state != IdeaState.REGISTERED:
        raise ValidationError(_("Ý tưởng đã xét nên không sửa được nữa."))
    changed = [name for name in FACTS if name in facts and getattr(fresh, name) != facts[name]]
    for name in changed:
        setattr(fresh, name, facts[name])
    _check(fresh)
    if changed:
        fresh.save(update_fields=changed)
        record("idea.change", fresh, by=by, role=as_whom(by, fresh), data={"fields": changed})
    return fresh


def line_of(idea: Idea) -> list[Idea]:
    """The idea in earlier years, the latest first."""
    found: list[Idea] = []
    at = idea.previous_id
    while at is not None:
        earlier = Idea.objects.for_list().select_related("screening").get(pk=at)
        found.append(earlier)
        at = earlier.previous_id
    return found


@in_vietnamese()
def _tell_officers(idea: Idea) -> None:
    officers = nearest_holders("products.screen_idea", idea.unit)
    notify(
        [user for user in officers if user.pk != idea.created_by_id],
        kind="idea.register",
        key=f"idea-{idea.pk}-registered",
        subject=_("Ý tưởng mới: %(idea)s") % {"idea": idea.name},
        body=_("%(producer)s đăng ký; hãy xét theo tiêu chí của kế hoạch.") % {"producer": idea.producer},
        url=f"ideas/{idea.pk}/",
    )
