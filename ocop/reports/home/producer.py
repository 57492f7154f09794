"""The producer: what do I still owe, by when, and until when do my certificates hold?"""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.models import Certificate, CertificateState
from ocop.law import law
from ocop.regulations import RenewalWindow, renewal_window
from ocop.reports.home.parts import Block, Task
from ocop.reports.links import address
from products.models import (
    CoachingVisit,
    Dossier,
    DossierState,
    ExtraTest,
    Idea,
    IdeaState,
    ProducerMember,
    SupplementRequest,
)
from products.models.dossier import FINISHED

MOST = 20
RETURNED = (DossierState.COMMUNE_RETURNED, DossierState.RETURNED)


def block(user: Any, on: dt.date) -> Block | None:
    own = list(
        ProducerMember.objects.current(on).filter(user_id=user.pk).values_list("producer_id", flat=True)
    )
    if not own:
        return None
    dossiers = Dossier.objects.visible_to(user).filter(product__producer__in=own).exclude(state__in=FINISHED)
    rows = list(dossiers.select_related("product", "round")[: MOST + 1])
    due = dict(
        SupplementRequest.objects.filter(dossier__in=[row.pk for row in rows], answered_at__isnull=True)
        .order_by("asked_at")
        .values_list("dossier_id", "due_on")
    )
    certificates = (
        Certificate.objects.visible_to(user)
        .filter(producer__in=own)
        .exclude(state=CertificateState.REPLACED)
        .order_by("expires_on", "pk")[: MOST + 1]
    )
    held = [_held(certificate, on) for certificate in certificates]
    more = {"more_dossiers": len(rows) > MOST, "more_certificates": len(held) > MOST}
    rows, held = rows[:MOST], held[:MOST]
    tasks = [_task(row, due.get(row.pk), on) for row in rows if row.is_with_producer]
    travelling = [(row, address("products:dossier", row.pk)) for row in rows if not row.is_with_producer]
    tasks += [task for _row, task in held if task is not None]
    tasks += _chosen(user, own)
    tasks += _tests(user, own, on)
    tasks += _promised(user, own, on)
    return Block(
        "producer",
        _("Sản phẩm của tôi"),
        sorted(tasks, key=lambda task: task.order),
        "reports/home/producer.html",
        {"certificates": [row for row, _task in held], "travelling": travelling, **more},
    )


def _chosen(user: Any, own: list[int]) -> list[Task]:
    """Ideas that were chosen and are one tap from a product."""
    ideas = Idea.objects.visible_to(user).filter(producer__in=own, state=IdeaState.CHOSEN)[:MOST]
    words = _("Tạo sản phẩm từ ý tưởng: %(idea)s")
    return [Task(words % {"idea": idea}, address("products:idea", idea.pk)) for idea in ideas]


def _tests(user: Any, own: list[int], on: dt.date) -> list[Task]:
    """Extra tests whose result is waited for."""
    owed = ExtraTest.objects.visible_to(user).owed().filter(dossier__product__producer__in=own)
    rows = owed.exclude(dossier__state__in=FINISHED).select_related("dossier__product")[:MOST]
    words = _("Nộp kết quả kiểm nghiệm: %(product)s")
    return [
        Task(
            words % {"product": it.dossier.product}, address("products:extra_test", it.pk), str(it), "look",
            (it.due_on - on).days, it.due_on,
        )
        for it in rows
    ]  # fmt: skip


def _promised(user: Any, own: list[int], on: dt.date) -> list[Task]:
    """What was agreed with who coaches her, to be done by a day."""
    visits = CoachingVisit.objects.visible_to(user).filter(
        producer__in=own, done_at=None, next_on__isnull=False
    )
    words = _("Việc hẹn khi hướng dẫn: %(step)s")
    return [
        Task(
            words % {"step": it.next_step}, address("products:coaching", it.producer_id), "", "todo",
            (it.next_on - on).days, it.next_on,
        )
        for it in visits.order_by("next_on", "pk")[:MOST]
    ]  # fmt: skip


def _task(dossier: Dossier, due: dt.date | None, on: dt.date) -> Task:
    url = address("products:dossier", dossier.pk)
    if dossier.state in RETURNED:
        label = _("Bổ sung hồ sơ: %(product)s") % {"product": dossier.product}
        return Task(label, url, dossier.get_state_display(), "look", (due - on).days if due else None, due)
    label = _("Hoàn thiện và nộp hồ sơ: %(product)s") % {"product": dossier.product}
    cutoff = dossier.round.cutoff_on
    return Task(label, url, str(dossier.round), "doing", (cutoff - on).days, cutoff)


def _held(certificate: Certificate, on: dt.date) -> tuple[dict[str, Any], Task | None]:
    """A line of the list, and the task while the window for renewal is open."""
    window = _window(certificate)
    days = (certificate.last_day - on).days
    is_revoked = certificate.state == CertificateState.REVOKED
    row = {
        "certificate": certificate,
        "url": address("evaluation:certificate", certificate.pk),
        "days": days,
        "is_over": days < 0,
        "is_revoked": is_revoked,
        "window": window,
        "is_open": window is not None and not is_revoked and window.holds(on),
    }
    if not row["is_open"] or window is None:
        return row, None
    label = _("Nộp hồ sơ phân hạng lại: %(product)s") % {"product": certificate.product_name}
    sub = _("Giấy chứng nhận hết hạn ngày %(day)s") % {
        "day": date_format(certificate.last_day, "SHORT_DATE_FORMAT")
    }
    url = address("evaluation:certificate_renew", certificate.pk)
    return row, Task(label, url, sub, "todo", (window.closes_on - on).days, window.closes_on)


def _window(certificate: Certificate) -> RenewalWindow | None:
    """Renewals are filed under the law of that day, whatever the certificate was made under."""
    regime = law().regime_on(certificate.expires_on)
    return renewal_window(regime, certificate.expires_on) if regime else None
