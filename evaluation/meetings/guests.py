"""Guests: invited by the secretary, for the whole meeting or one product; they read what is discussed, while it is."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evaluation.meetings.tellings import tell_guest
from evaluation.models import AgendaItem, Guest, Meeting, MeetingMode, MeetingState, Question
from ocop.audit.log import record
from ocop.orgs.models import User
from products.models import Dossier, ProducerMember

PLAN = "evaluation.change_meeting"


@transaction.atomic
def invite_guest(
    meeting: Meeting,
    user: User,
    *,
    capacity: str,
    item: AgendaItem | None = None,
    answers: bool = False,
    by: User,
) -> Guest:
    """Who sits on the council is no guest; a producer's people hear their own product and no other.

    They answer for it too; anybody else does where the invitation says so (`answers`).
    """
    if not by.has_perm(PLAN, meeting):
        raise PermissionDenied
    if meeting.is_written:
        raise ValidationError(_("Lấy ý kiến bằng văn bản không có khách mời."))
    if meeting.state == MeetingState.CONCLUDED:
        raise ValidationError(_("Phiên họp đã kết thúc."))
    if meeting.council.seats.held_on(meeting.held_on).filter(user=user).exists():
        raise ValidationError({"user": _("%(who)s là thành viên Hội đồng.") % {"who": user}})
    if item is not None and (item.meeting_id != meeting.pk or item.assessment.excludes(user)):
        raise ValidationError({"item": _("%(who)s không dự được phần về sản phẩm này.") % {"who": user}})
    if not _may_hear(user, meeting, item, by):
        raise ValidationError(
            {"item": _("%(who)s là người của chủ thể: hãy mời riêng cho sản phẩm của họ.") % {"who": user}}
        )
    if answers and item is None:
        raise ValidationError({"answers": _("Trả lời thay chủ thể thì phải mời cho một sản phẩm.")})
    answers = answers or (
        item is not None and item.assessment.dossier.product.producer_id in _producers(user)
    )
    try:
        with transaction.atomic():
            guest = Guest.objects.create(
                meeting=meeting,
                user=user,
                item=item,
                answers=answers,
                capacity=capacity.strip(),
                invited_by=by,
            )
    except IntegrityError as error:
        raise ValidationError({"user": _("%(who)s đã được mời.") % {"who": user}}) from error
    about = {"user": user.pk, "capacity": guest.capacity, "answers": answers}
    record("meeting.guest", item.assessment if item else meeting, by=by, data=about)
    tell_guest(guest)
    return guest


def _may_hear(user: User, meeting: Meeting, item: AgendaItem | None, by: User) -> bool:
    """Of what the inviter sees: nobody of a producer on the agenda is there for others' products."""
    seen = AgendaItem.objects.visible_to(by).filter(meeting=meeting)
    own = seen.filter(assessment__dossier__product__producer__in=_producers(user))
    return not own.exists() if item is None else item in own or not own.exists()


def _producers(user: User) -> list[int]:
    return list(ProducerMember.objects.current().filter(user=user).values_list("producer", flat=True))


@transaction.atomic
def uninvite(guest: Guest, *, by: User) -> None:
    if not by.has_perm(PLAN, guest.meeting):
        raise PermissionDenied
    record("meeting.unguest", guest.meeting, by=by, data={"user": guest.user_id})
    Guest.objects.filter(pk=guest.pk).delete()


def guests_of(meeting: Meeting, reader: User) -> list[Guest]:
    """Those of the whole meeting, and of the products this reader sees."""
    found = Guest.objects.filter(meeting=meeting).select_related("user", "item__assessment__dossier__product")
    seen = set(AgendaItem.objects.visible_to(reader).filter(meeting=meeting).values_list("pk", flat=True))
    return [it for it in found.prefetch_related("user__persons") if it.item_id is None or it.item_id in seen]


def meetings_heard_by(user: User) -> Any:
    """Those she is invited to, of any state; an opinion in writing has no hall."""
    invited = Guest.objects.filter(user=user).values("meeting")
    held = Meeting.objects.filter(pk__in=invited).exclude(mode=MeetingMode.WRITTEN)
    return held.select_related("council__unit", "round")


def heard(meeting: Meeting, user: User) -> AgendaItem | None:
    """What is discussed now, where it is this guest's to hear; a conflict shuts her out as everybody."""
    if meeting.state != MeetingState.OPEN or meeting.discussing_id is None:
        return None
    open_to_her = Dossier.objects.all().not_excluding(user)
    items = AgendaItem.objects.for_list().select_related("assessment__dossier__unit")
    item = items.filter(pk=meeting.discussing_id, assessment__dossier__in=open_to_her).first()
    if item is None:
        return None
    invited = set(Guest.objects.filter(meeting=meeting, user=user).values_list("item", flat=True))
    if item.pk in invited:
        return item
    return item if None in invited and _is_impartial(user, item) else None


def _is_impartial(user: User, item: AgendaItem) -> bool:
    """Not of a producer on this agenda, or of this one."""
    own = _producers(user)
    agenda = AgendaItem.objects.filter(
        meeting=item.meeting_id, assessment__dossier__product__producer__in=own
    )
    return item.assessment.dossier.product.producer_id in own or not agenda.exists()


def asked_of(meeting: Meeting, user: User) -> list[Question]:
    """What the council asks of the guest who answers for the product under discussion; never who asked."""
    return list(Question.objects.for_guest(user).filter(meeting=meeting).select_related("file"))


def answered_for(question: Question, user: User) -> bool:
    """Whether she was invited to answer for its product, discussed or not; a conflict shuts her out."""
    invited = Guest.objects.filter(user=user, answers=True, meeting=question.meeting_id)
    is_hers = invited.filter(item__assessment=question.assessment_id).exists()
    return is_hers and question.passed_at is not None and not question.excludes(user)
