"""The deed: everything that was chosen goes to the successor in one transaction, or nothing does."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.audit.log import record
from ocop.leaving.moving import Hand
from ocop.leaving.reach import HAND_OVER, people_of
from ocop.leaving.work import Line, open_work
from ocop.notices.outbox import notify
from ocop.orgs.models import Departure, OrgUnit, Person, User
from ocop.orgs.rights import forget_roles, held_roles, units_where
from ocop.orgs.roles import HANDS_ON
from ocop.written import in_vietnamese


def seen_by(user: User) -> QuerySet:
    """The deeds over work in her units, those that concern her, and those she did."""
    hers = Q(user=user) | Q(successor=user) | Q(by=user)
    found = Departure.objects.filter(units_where(user, HAND_OVER) | hers)
    people = ("user__persons", "successor__persons", "by__persons")
    return found.select_related("unit", "user", "successor", "by").prefetch_related(*people)


def done_before(token: uuid.UUID, *, by: User) -> Departure | None:
    """The deed of the same form, sent twice by the same person."""
    return Departure.objects.filter(token=token, by=by).first()


@transaction.atomic
def hand_over(
    leaver: Person,
    successor: User,
    *,
    chosen: Collection[str],
    last_day: dt.date,
    decision_number: str,
    by: User,
    token: uuid.UUID,
    note: str = "",
) -> Departure:
    """Hand the chosen lines (`Line.key`) on; the same token sent twice is one deed.

    The leaver's row is locked: of two officers at once the second is told what is gone. ValidationError names each
    field that cannot stand, and every line that the successor has no right to.
    """
    if not people_of(by).filter(pk=leaver.pk).exists():
        if done := done_before(token, by=by):
            return done  # the first click took away the last thing by which she saw her
        raise PermissionDenied
    Person.objects.select_for_update(of=("self",)).get(pk=leaver.pk)
    if done := Departure.objects.filter(token=token).first():
        return done
    hand = Hand(leaver.user, successor, by, last_day, timezone.localdate(), decision_number.strip())
    _check(hand, chosen)
    lines = _chosen(hand, chosen)
    with in_vietnamese():
        _hand(lines, hand)
    _may_go_on(lines, hand)
    deed = Departure(
        unit=_unit(by, lines), user=leaver.user, successor=successor, last_day=last_day, note=note.strip(),
        decision_number=hand.decision_number, items=[list(it.pair) for it in lines], by=by, token=token,
    )  # fmt: skip
    deed.full_clean(exclude=["unit", "user", "successor", "by"])
    deed.save(force_insert=True)
    record("departure.hand_over", deed, by=by, note=deed.note, data={"items": deed.items})
    _tell(deed)
    return deed


def _check(hand: Hand, chosen: Collection[str]) -> None:
    if hand.successor.pk == hand.leaver.pk:
        raise ValidationError({"successor": _("Hãy chọn người khác với người thôi việc.")})
    if not hand.successor.is_active or hand.successor.person is None:
        raise ValidationError({"successor": _("Người này không có tài khoản đang dùng ở đây.")})
    if not hand.decision_number:
        raise ValidationError({"decision_number": _("Hãy ghi số quyết định hoặc văn bản phân công.")})
    if not chosen:
        raise ValidationError({"chosen": _("Hãy chọn ít nhất một việc.")})


def _chosen(hand: Hand, chosen: Collection[str]) -> list[Line]:
    """What was chosen and is still hers; roles first, as what follows rests on them."""
    lines = [
        it for group in open_work(hand.leaver, hand.by) if not group.kind.elsewhere for it in group.lines
    ]
    wanted = set(chosen)
    if wanted - {it.key for it in lines}:
        words = _("Có việc đã xong hoặc người khác vừa bàn giao. Hãy mở lại trang rồi chọn lại.")
        raise ValidationError({"chosen": words}, code="stale")
    return [it for it in lines if it.key in wanted]


def _hand(lines: list[Line], hand: Hand) -> None:
    for line in lines:
        if line.kind.hand is not None:
            line.kind.hand(line.row, hand)
        else:
            action = f"{line.row._meta.model_name}.handed_over"
            record(action, line.row, by=hand.by, unit=getattr(line.row, "unit", None), note=hand.words)


def _may_go_on(lines: list[Line], hand: Hand) -> None:
    """The successor must see what she takes over: by a role handed with it, or one she has."""
    forget_roles(hand.successor)
    hidden = []
    for kind in {it.kind.code: it.kind for it in lines}.values():
        if kind.code in ("role", "producer"):
            continue
        keys = {it.row.pk: it.label for it in lines if it.kind.code == kind.code}
        seen = set(kind.seen(hand.successor).filter(pk__in=keys).values_list("pk", flat=True))
        hidden += [label for pk, label in keys.items() if pk not in seen]
    if hidden:
        words = ngettext(
            "%(who)s chưa có quyền với việc này: %(what)s. Bàn giao cả vai trò, hoặc chọn người khác.",
            "%(who)s chưa có quyền với việc này: %(what)s. Bàn giao cả vai trò, hoặc chọn người khác.",
            len(hidden),
        )
        what = "; ".join(hidden[:5]) + (" …" if len(hidden) > 5 else "")
        raise ValidationError({"successor": words % {"who": hand.successor.get_full_name(), "what": what}})


def _unit(by: User, lines: list[Line]) -> OrgUnit:
    """That of the first role which goes over, else that by which the deed may be done."""
    for line in lines:
        if line.kind.code == "role":
            return line.row.unit
    return next(held.unit for held in held_roles(by) if held.role in HANDS_ON)


@in_vietnamese()
def _tell(deed: Departure) -> None:
    count = len(deed.items)
    words = ngettext(
        "Bạn nhận bàn giao %(count)s việc từ %(who)s", "Bạn nhận bàn giao %(count)s việc từ %(who)s", count
    )
    subject = words % {"count": count, "who": deed.user.get_full_name()}
    url = f"departures/{deed.pk}/"
    notify(
        [deed.successor],
        kind="departure.received",
        key=f"departure-{deed.pk}",
        subject=subject,
        body=deed.note,
        url=url,
    )
    facts = {"count": count, "who": deed.successor.get_full_name()}
    subject = _("Việc của bạn được bàn giao cho %(who)s") % facts
    if deed.user.is_active and deed.user_id != deed.by_id:
        notify(
            [deed.user], kind="departure.given", key=f"departure-{deed.pk}-given", subject=subject, url=url
        )


@transaction.atomic
def receive(deed: Departure, *, by: User) -> Departure:
    """The successor has looked through it; a second tap changes nothing."""
    fresh = Departure.objects.select_for_update(of=("self",)).get(pk=deed.pk)
    if fresh.successor_id != by.pk:
        raise PermissionDenied
    if fresh.received_at is None:
        fresh.received_at = timezone.now()
        fresh.save(update_fields=["received_at"])
        record("departure.receive", fresh, by=by)
    return fresh
