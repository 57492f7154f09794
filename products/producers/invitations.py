"""An invitation by mail: one signed link, which opens once and for fourteen days."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import write_mail
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from ocop.written import in_vietnamese
from products.models import Invitation, Producer
from products.models.invitation import OPEN_FOR
from products.people import demand

SALT = "products.invitation"


def invite(
    producer: Producer, email: str, *, name: str, role: str, ends_on: dt.date | None, by: User
) -> Invitation:
    """Write the mail; an earlier invitation of the same address is dead from then on."""
    if not name.strip():
        words = _("Thư điện tử này chưa có tài khoản. Hãy ghi họ tên để gửi lời mời.")
        raise ValidationError({"name": words})
    producer.invitations.unanswered().filter(email=email).update(withdrawn_at=timezone.now())
    invitation = Invitation(
        producer=producer, email=email, name=name.strip(), role=role, ends_on=ends_on, invited_by=by
    )
    invitation.full_clean(exclude=["producer", "invited_by"], validate_constraints=False)
    invitation.save(force_insert=True)
    _send(invitation)
    return invitation


@in_vietnamese()
def _send(invitation: Invitation) -> None:
    producer, by = invitation.producer, invitation.invited_by
    subject = _("Lời mời làm việc cho %(producer)s trên OCOP") % {"producer": producer.name}
    write_mail(invitation.email, subject, _body(invitation))
    note = f"{invitation.name}: {invitation.get_role_display()}"
    as_whom = role_for(by, "products.change_people", producer) or ""
    record("producer.invite", producer, by=by, role=as_whom, note=note)


def _body(invitation: Invitation) -> str:
    facts = {
        "name": invitation.name,
        "by": invitation.invited_by.get_full_name(),
        "role": invitation.get_role_display().lower(),
        "producer": invitation.producer.name,
        "until": date_format(timezone.localtime(invitation.opens_until), "SHORT_DATE_FORMAT"),
    }
    words = _(
        "Chào %(name)s,\n\n%(by)s mời bạn làm %(role)s của %(producer)s. Mở liên kết dưới đây để nhận lời"
        " và đặt mật khẩu; liên kết dùng được một lần, đến %(until)s."
    )
    return f"{words % facts}\n\n{link_of(invitation)}"


def link_of(invitation: Invitation) -> str:
    token = signing.dumps(invitation.pk, salt=SALT)
    path = reverse("products:invitation", args=[token], urlconf=settings.ROOT_URLCONF)
    slug = invitation.tenant.slug
    return f"{settings.SITE_URL}/{slug}/{path.removeprefix(f'/{slug}').lstrip('/')}"


def invitation_of(token: str) -> Invitation | None:
    """The invitation that this link still opens."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return Invitation.objects.open().filter(pk=pk).select_related("producer__unit", "invited_by").first()


@transaction.atomic
def take_up(invitation: Invitation, *, by: User) -> Invitation:
    """Mark it used by this person; of two at once the second is refused."""
    fresh = Invitation.objects.open().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if fresh is None:
        raise ValidationError(_("Lời mời này đã dùng, đã rút hoặc đã hết hạn."), code="stale")
    fresh.accepted_at, fresh.accepted_by = timezone.now(), by
    fresh.save(update_fields=["accepted_at", "accepted_by"])
    return fresh


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """The link opens no more."""
    demand(by, "products.change_people", invitation.producer)
    fresh = Invitation.objects.unanswered().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if fresh is None:
        raise ValidationError(_("Lời mời này đã dùng hoặc đã rút."), code="stale")
    fresh.withdrawn_at = timezone.now()
    fresh.save(update_fields=["withdrawn_at"])
    record("producer.withdraw_invitation", fresh.producer, by=by, note=fresh.name)
