"""Writing the coaching log: an entry is written once, its next step is marked when it is done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.models import StoredFile
from ocop.files.store import forget, keep_upload
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.written import in_vietnamese
from products.models import CoachingVisit, Idea, Producer, Product
from products.people import as_whom, demand, people_of

COACH = "products.coach_producer"
FACTS = ("kind", "on", "others", "advice", "next_step", "next_on")


@transaction.atomic
def write_visit(
    producer: Producer,
    facts: Mapping[str, Any],
    *,
    by: User,
    idea: Idea | None = None,
    product: Product | None = None,
    upload: UploadedFile | None = None,
    today: dt.date | None = None,
) -> CoachingVisit:
    """One entry about the producer, or about one idea or product of hers, with a photograph or scan; sent twice it is one.

    ValidationError names each field, `file` where it may not be kept.
    """
    demand(by, COACH, producer)
    Producer.objects.select_for_update(of=("self",)).get(pk=producer.pk)
    visit = CoachingVisit(
        producer=producer, idea=idea, product=product or (idea.product if idea else None), coach=by,
        **{name: facts[name] for name in FACTS if facts.get(name) not in (None, "")},
    )  # fmt: skip
    _check(visit, today or timezone.localdate())
    visit.file = _kept(upload, by) if upload else None
    if (there := _written(visit)) is not None:
        if visit.file is not None:
            forget(visit.file)
        return there
    visit.save(force_insert=True)
    record("coachingvisit.write", visit, by=by, role=as_whom(by, visit), data=_as_data(visit.file))
    _tell(visit)
    return visit


def _check(visit: CoachingVisit, today: dt.date) -> None:
    faults: dict[str, str] = {}
    if visit.on > today:
        faults["on"] = _("Ngày hướng dẫn không thể ở sau hôm nay.")
    if visit.next_on is not None and not visit.next_step:
        faults["next_step"] = _("Hãy ghi việc phải làm trước ngày này.")
    if visit.next_on is not None and visit.next_on < visit.on:
        faults["next_on"] = _("Hạn của việc tiếp theo không thể trước ngày hướng dẫn.")
    of = [it for it in (visit.idea, visit.product) if it is not None]
    if any(it.producer_id != visit.producer_id for it in of):
        raise PermissionDenied
    if faults:
        raise ValidationError(faults)
    visit.full_clean(exclude=["producer", "idea", "product", "coach"])


def _as_data(file: StoredFile | None) -> dict[str, Any]:
    return {"file": file.pk, "sha256": file.sha256} if file else {}


def _kept(upload: UploadedFile, by: User) -> StoredFile:
    try:
        return keep_upload(upload, by=by)
    except ValidationError as bad:
        raise ValidationError({"file": bad.messages}) from bad


def _written(visit: CoachingVisit) -> CoachingVisit | None:
    """The same words of the same person about the same thing: the second of two taps, or sent again on a cut line."""
    same = {name: getattr(visit, name) for name in (*FACTS, "producer", "idea", "product", "coach")}
    file = {"file__sha256": visit.file.sha256} if visit.file else {"file": None}
    return CoachingVisit.objects.filter(**same, **file).first()


@transaction.atomic
def mark_done(visit: CoachingVisit, *, by: User, at: dt.datetime | None = None) -> CoachingVisit:
    """The next step is done, says the producer or who coaches her; a second tap changes nothing."""
    fresh = CoachingVisit.objects.select_for_update(of=("self",)).select_related("producer").get(pk=visit.pk)
    if not (by.has_perm(COACH, fresh) or by.has_perm("products.register_idea", fresh)):
        raise PermissionDenied
    if not fresh.next_step:
        raise ValidationError(_("Lần hướng dẫn này không hẹn việc gì."))
    if fresh.done_at is None:
        fresh.done_at, fresh.done_by = at or timezone.now(), by
        fresh.save(update_fields=["done_at", "done_by"])
        record("coachingvisit.done", fresh, by=by, role=as_whom(by, fresh))
    return fresh


@in_vietnamese()
def _tell(visit: CoachingVisit) -> None:
    due = date_format(visit.next_on, "SHORT_DATE_FORMAT") if visit.next_on else ""
    step = _("Việc tiếp theo: %(step)s") % {"step": visit.next_step} if visit.next_step else ""
    words = [visit.advice, f"{step} ({due})" if step and due else step]
    notify(
        [user for user in people_of(visit.producer) if user.pk != visit.coach_id],
        kind="coaching.write",
        key=f"coaching-{visit.pk}",
        subject=_("%(who)s ghi hướng dẫn cho %(producer)s")
        % {"who": visit.coach.get_full_name(), "producer": visit.producer},
        body="\n".join(filter(None, words)),
        url=f"producers/{visit.producer_id}/coaching/",
    )
