"""Who acts for a producer: added, found by account or asked by mail, ended; never deleted."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.memberships import make_person
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from ocop.tenancy.scope import active_tenant_id
from ocop.written import in_vietnamese
from products.models import Invitation, MemberRole, Producer, ProducerMember
from products.people import demand
from products.producers.invitations import invite, take_up

PEOPLE, OWNERS = "products.change_people", "products.change_owners"


@transaction.atomic
@in_vietnamese()
def add_member(
    producer: Producer,
    user: User,
    *,
    by: User,
    role: str = MemberRole.OWNER,
    ends_on: dt.date | None = None,
    on: dt.date | None = None,
) -> ProducerMember:
    """Let this person act for the producer; who does already stays as she is.

    No right is asked: this is the effect of a registration, an invitation or a claim, or of `add_person`.
    """
    _close_run_out(producer, user)
    member, is_new = ProducerMember.objects.get_or_create(
        producer=producer, user=user, ended_at=None,
        defaults={"role": role, "ends_on": ends_on, "starts_on": on or timezone.localdate()},
    )  # fmt: skip
    if is_new:
        user.tenants.add(active_tenant_id())
        note = f"{user.get_full_name()}: {member.get_role_display()}"
        record("producer.add_member", producer, by=by, role=role_for(by, PEOPLE, producer) or "", note=note)
    return member


def _close_run_out(producer: Producer, user: User) -> None:
    """A term that is over makes room for the next one."""
    over = ProducerMember.objects.filter(producer=producer, user=user, ends_on__lt=timezone.localdate())
    over.filter(ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def add_person(
    producer: Producer, who: str, *, role: str, by: User, name: str = "", ends_on: dt.date | None = None
) -> ProducerMember | Invitation:
    """Find the account by login name or e-mail and add it; an e-mail without an account is invited.

    ValidationError names each field that cannot stand; who may not make owners is told so at `role`.
    """
    fresh = _locked(producer)
    demand(by, PEOPLE, fresh)
    _check(fresh, role, ends_on, by)
    user = account_of(who)
    if user is None:
        return invite(fresh, _email(who), name=name, role=role, ends_on=ends_on, by=by)
    if not user.is_active:
        raise ValidationError({"who": _("Tài khoản này đã bị khóa.")})
    if here := fresh.people.current().filter(user=user).first():
        raise ValidationError({"who": already(here)})
    if user.person is None:
        make_person(user, name.strip() or user.username)
        user.__dict__.pop("person", None)
    member = add_member(fresh, user, by=by, role=role, ends_on=ends_on)
    tell_joined(member, by=by)
    return member


def account_of(who: str) -> User | None:
    """The account of this login name, else of this e-mail."""
    given = who.strip()
    if not given:
        return None
    return User.objects.filter(username=given).first() or User.objects.filter(email__iexact=given).first()


def already(member: ProducerMember) -> str:
    """The refusal for one who acts for the producer already."""
    words = _("%(name)s đang là %(role)s của chủ thể; kết thúc vai trò đó trước khi thêm vai trò khác.")
    return words % {"name": member.user.get_full_name(), "role": member.get_role_display().lower()}


def _email(who: str) -> str:
    given = who.strip()
    if "@" not in given:
        words = _("Không có tài khoản “%(who)s”. Hãy nhập thư điện tử để gửi lời mời.")
        raise ValidationError({"who": words % {"who": given}})
    try:
        validate_email(given)
    except ValidationError as bad:
        raise ValidationError({"who": bad.messages}) from bad
    return given.lower()


def _check(producer: Producer, role: str, ends_on: dt.date | None, by: User) -> None:
    if role not in MemberRole.values:
        raise ValidationError({"role": _("Hãy chọn vai trò.")})
    if role == MemberRole.OWNER and not by.has_perm(OWNERS, producer):
        raise ValidationError({"role": _("Chỉ chủ sở hữu hoặc cán bộ xã thêm được chủ sở hữu.")})
    if role == MemberRole.CONSULTANT and ends_on is None:
        raise ValidationError({"ends_on": _("Tư vấn chỉ làm việc có thời hạn: hãy ghi ngày kết thúc.")})
    if role == MemberRole.OWNER and ends_on is not None:
        raise ValidationError({"ends_on": _("Chủ sở hữu không có thời hạn: hãy để trống.")})
    if ends_on is not None and ends_on < timezone.localdate():
        raise ValidationError({"ends_on": _("Ngày kết thúc phải từ hôm nay trở đi.")})


@transaction.atomic
def end_member(member: ProducerMember, *, by: User, note: str = "") -> ProducerMember:
    """End the term now; the row stays. The producer's row is locked: of two who end each other one is left.

    Everybody may leave; the last owner may not.
    """
    producer = _locked(member.producer)
    fresh = ProducerMember.objects.select_related("user").get(pk=member.pk)
    if fresh.user_id != by.pk:
        demand(by, PEOPLE, producer)
    if not ProducerMember.objects.current().filter(pk=fresh.pk).exists():
        raise ValidationError(
            _("Vai trò này đã kết thúc: có thể người khác vừa làm trước bạn."), code="stale"
        )
    if fresh.role == MemberRole.OWNER:
        _may_end_owner(producer, fresh, by)
    fresh.ended_at, fresh.ended_by = timezone.now(), by
    role = role_for(by, PEOPLE, producer) or ""
    fresh.save(update_fields=["ended_at", "ended_by"])
    producer.invitations.unanswered().filter(invited_by=fresh.user_id).update(withdrawn_at=timezone.now())
    with in_vietnamese():
        who = f"{fresh.user.get_full_name()}: {fresh.get_role_display()}"
    record("producer.end_member", producer, by=by, role=role, note=f"{who}. {note}".strip(" ."))
    _tell_ended(fresh, by, note)
    return fresh


def _may_end_owner(producer: Producer, member: ProducerMember, by: User) -> None:
    if member.user_id != by.pk and not by.has_perm(OWNERS, producer):
        raise ValidationError(_("Chỉ chủ sở hữu hoặc cán bộ xã kết thúc được vai trò chủ sở hữu."))
    if not producer.people.current().owners().exclude(pk=member.pk).exists():
        words = _("%(name)s là chủ sở hữu duy nhất; hãy thêm chủ sở hữu khác trước.")
        raise ValidationError(words % {"name": member.user.get_full_name()})


def _locked(producer: Producer) -> Producer:
    return Producer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=producer.pk)


@in_vietnamese()
def tell_joined(member: ProducerMember, *, by: User) -> None:
    """The new person, and the owners who did not do it themselves."""
    producer, role = member.producer, member.get_role_display().lower()
    key, url = f"member-{member.pk}-joined", f"producers/{producer.pk}/"
    facts = {"name": member.user.get_full_name(), "role": role, "producer": producer.name}
    if member.user_id != by.pk:
        subject = _("Bạn là %(role)s của %(producer)s") % facts
        notify([member.user], kind="producer.joined", key=key, subject=subject, url=url)
    owners = [it.user for it in producer.people.current().owners().select_related("user")]
    others = [user for user in owners if user.pk not in (by.pk, member.user_id)]
    subject = _("%(producer)s có thêm %(role)s: %(name)s") % facts
    notify(others, kind="producer.joined", key=key, subject=subject, url=url)


@in_vietnamese()
def _tell_ended(member: ProducerMember, by: User, note: str) -> None:
    if member.user_id == by.pk:
        return
    facts = {"role": member.get_role_display().lower(), "producer": member.producer.name}
    subject = _("Bạn thôi là %(role)s của %(producer)s") % facts
    notify([member.user], kind="producer.ended", key=f"member-{member.pk}-ended", subject=subject, body=note)


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> ProducerMember:
    """The invited person takes it up, with the account she has or has just made."""
    producer = _locked(invitation.producer)
    taken = take_up(invitation, by=by)
    if here := producer.people.current().filter(user=by).first():
        raise ValidationError(already(here))
    if by.person is None:
        make_person(by, taken.name)
    member = add_member(producer, by, by=by, role=taken.role, ends_on=taken.ends_on)
    tell_joined(member, by=by)
    return member
