"""A business plan is begun for an idea or a product, and saved field by field; a stale tab overwrites nothing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.written import in_vietnamese
from products.dossiers.drafts import Draft, Seen, merge
from products.dossiers.fields import read
from products.dossiers.filling import Saved
from products.ideas.plan_parts import Part, parts
from products.models import BusinessPlan, Idea, IdeaState, Product
from products.people import as_whom, demand, people_of

CHANGE = "products.change_product"
LONGEST_REASON = 500


@transaction.atomic
def start_plan(of: Idea | Product, *, by: User, on: dt.date | None = None) -> BusinessPlan:
    """The plan of this idea or product: the one there is, or a new one; two taps begin one."""
    demand(by, CHANGE, of)
    rows = type(of).objects.select_for_update(of=("self",)).select_related("producer")
    locked = rows.filter(pk=of.pk).first()
    if locked is None:
        raise ValidationError(_("Người khác vừa bỏ sản phẩm này."), code="stale")
    kept = _kept(locked)
    if kept is not None:
        return kept
    if isinstance(locked, Idea) and locked.state in (IdeaState.WITHDRAWN, IdeaState.CARRIED):
        raise ValidationError(_("Ý tưởng này đã kết thúc, không lập phương án được nữa."))
    name = "idea" if isinstance(locked, Idea) else "product"
    year = locked.window.plan.year if isinstance(locked, Idea) else (on or timezone.localdate()).year
    plan = BusinessPlan(
        producer=locked.producer, first_year=year, data=_known(locked), saved_by=by, **{name: locked}
    )
    plan.save(force_insert=True)
    record("businessplan.start", plan, by=by, role=as_whom(by, plan))
    return plan


def _kept(of: Idea | Product) -> BusinessPlan | None:
    where = {"idea": of} if isinstance(of, Idea) else {"product": of}
    return BusinessPlan.objects.for_page().filter(**where).first()


def _known(of: Idea | Product) -> dict[str, Any]:
    """What was said already is not asked again."""
    said = [of.description, of.strengths] if isinstance(of, Idea) else [of.description]
    words = "\n".join(filter(None, said))
    return {"product": words} if words else {}


def part_of(plan: BusinessPlan, key: str) -> Part | None:
    return next((it for it in parts(plan.first_year) if it.key == key), None)


@transaction.atomic
def save_part(
    plan: BusinessPlan,
    part: Part,
    values: Mapping[str, Any],
    *,
    by: User,
    seen: Seen = None,
    at: dt.datetime | None = None,
) -> Saved:
    """Keep what can be read of this part; the rest is named with its reason, clashes are answered with both values."""
    row = _locked(plan)
    demand(by, CHANGE, row)
    good: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    known = {it.key: it for it in part.fields}
    for name, raw in values.items():
        try:
            good[name] = read(known[name], raw)
        except KeyError:
            errors[name] = [_("Mục này không có trong biểu mẫu.")]
        except ValidationError as bad:
            errors[name] = bad.messages
    draft = Draft(row.data, row.revision, row.revisions)
    clashes = merge(draft, good, seen)
    if draft.revision != row.revision:
        row.data, row.revision, row.revisions = draft.values, draft.revision, draft.revisions
        row.saved_at, row.saved_by = at or timezone.now(), by
        row.save(update_fields=["data", "revision", "revisions", "saved_at", "saved_by"])
    return Saved(row.revision, row.saved_at, errors, clashes)


def owes_reason(plan: BusinessPlan, by: User) -> bool:
    """An officer tells the producer why; where nobody acts for her yet there is nobody to tell."""
    people = people_of(plan.producer)
    return bool(people) and by.pk not in {it.pk for it in people}


@transaction.atomic
def drop_plan(plan: BusinessPlan, *, by: User, note: str = "") -> None:
    """Begun by mistake: it goes as a whole; the log keeps of what it was and how far it had come.

    Her people are told. ValidationError names `note` where a reason is owed or too long.
    """
    row = _locked(plan)
    demand(by, CHANGE, row)
    reason = note.strip()
    if not reason and owes_reason(row, by):
        raise ValidationError({"note": _("Hãy ghi lý do bỏ phương án; chủ thể sẽ đọc.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"note": _("Lý do dài quá %(n)s chữ.") % {"n": LONGEST_REASON}})
    _tell_dropped(row, by, reason)
    _drop(row, by, reason)


def drop_plans(product: Product, *, by: User) -> None:
    """Those of a product that goes; what is an idea's stays with it. The caller holds the product's lock."""
    for plan in BusinessPlan.objects.for_page().filter(product=product, idea=None):
        _drop(plan, by)


def _drop(plan: BusinessPlan, by: User, note: str = "") -> None:
    fields = sorted(name for name, value in plan.data.items() if value not in ("", None))
    note = note or str(plan)
    record("businessplan.drop", plan, by=by, role=as_whom(by, plan), note=note, data={"fields": fields})
    plan.delete()


@in_vietnamese()
def _tell_dropped(plan: BusinessPlan, by: User, note: str) -> None:
    """All her people but who did it: what was filled in together is gone for all of them."""
    of = f"products/{plan.product_id}/" if plan.product_id else f"ideas/{plan.idea_id}/"
    notify(
        [user for user in people_of(plan.producer) if user.pk != by.pk],
        kind="businessplan.dropped",
        key=f"businessplan-{plan.pk}-dropped",
        subject=_("%(who)s đã bỏ phương án sản xuất kinh doanh: %(plan)s")
        % {"who": by.get_full_name(), "plan": plan},
        body=_("Lý do: %(note)s") % {"note": note} if note else "",
        url=of,
    )


def _locked(plan: BusinessPlan) -> BusinessPlan:
    rows = BusinessPlan.objects.select_for_update(of=("self",)).select_related("producer", "idea", "product")
    row = rows.filter(pk=plan.pk).first()
    if row is None:
        raise ValidationError(_("Người khác vừa bỏ phương án này."), code="stale")
    return row


def follow_product(idea: Idea, product: Product) -> None:
    """The plan of the idea is the product's as well from now on."""
    BusinessPlan.objects.filter(idea=idea).update(product=product)


def leave_product(product: Product) -> None:
    """The product goes: plans of ideas are the ideas' alone again."""
    BusinessPlan.objects.filter(product=product).exclude(idea=None).update(product=None)


def follow_idea(earlier: Idea, later: Idea) -> None:
    """The plan goes on with the idea into the next year."""
    BusinessPlan.objects.filter(idea=earlier).update(idea=later)
