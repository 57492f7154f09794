"""Reminders before a certificate ends: one notice a certificate, person and milestone, whenever it is run."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.certificates.notices import concerned
from evaluation.certificates.validity import RenewalState, renewal_state
from evaluation.models import Certificate
from ocop.notices.outbox import notify
from products.law import law

# The house's ladder; the law's own days (the renewal window, the reminder of 148/2023) come on top of it.
LADDER = (365, 270, 180, 120, 90, 60, 30, 7, 0)
LATE = 30  # days after the end in which a run that was missed is still made up for


def milestones(on: dt.date) -> tuple[int, ...]:
    """The days before the end at which people are told, by the house's ladder and the law in force that day."""
    in_force = law().regime_on(on)
    rule = in_force.certificate if in_force else None
    legal = (rule.renewal_opens_days, rule.renewal_closes_days, rule.remind_days) if rule else ()
    house = getattr(settings, "EXPIRY_REMINDER_DAYS", LADDER)
    return tuple(sorted({*house, *(days for days in legal if days is not None)}))


def milestone(days_left: int, steps: tuple[int, ...]) -> int | None:
    """The last step that was passed: 88 days before the end it is that of 90; None before the first, or long after."""
    if days_left < -LATE:
        return None
    return next((step for step in steps if days_left <= step), None)


def remind(*, on: dt.date | None = None) -> None:
    """Tell of every certificate that has passed a milestone; once each, so a day late or twice changes nothing."""
    day = on or timezone.localdate()
    for certificate, step, state in _due(day):
        notify(
            concerned(certificate),
            kind="expiry",
            key=f"expiry-{certificate.pk}-{certificate.last_day}-{step}",
            subject=_subject(certificate, state),
            body=_advice(certificate, state),
            url=f"certificates/{certificate.pk}/",
        )


def _due(day: dt.date) -> Iterator[tuple[Certificate, int, RenewalState]]:
    steps = milestones(day)
    near = Certificate.objects.ending_between(
        day - dt.timedelta(days=LATE), day + dt.timedelta(days=steps[-1])
    )
    for certificate in near.select_related("producer", "product__unit", "unit"):
        state = renewal_state(certificate, day)
        step = milestone(state.days_left, steps)
        if step is not None:
            yield certificate, step, state


def _subject(certificate: Certificate, state: RenewalState) -> str:
    words = {"product": certificate.product_name, "stars": certificate.stars, "days": state.days_left}
    if state.days_left < 0:
        return _("Giấy chứng nhận đã hết hạn: %(product)s (%(stars)s sao)") % words
    if state.days_left == 0:
        return _("Giấy chứng nhận hết hạn hôm nay: %(product)s (%(stars)s sao)") % words
    return _("Giấy chứng nhận còn %(days)s ngày: %(product)s (%(stars)s sao)") % words


def _advice(certificate: Certificate, state: RenewalState) -> str:
    """What to do now: the window for the renewal dossier, or that it has gone by."""
    last = date_format(certificate.last_day, "d/m/Y")
    said = [
        _("Giấy số %(number)s có giá trị đến hết ngày %(last)s.")
        % {"number": certificate.number, "last": last}
    ]
    if state.window is None:
        return said[0]
    days = {
        "opens": date_format(state.window.opens_on, "d/m/Y"),
        "closes": date_format(state.window.closes_on, "d/m/Y"),
    }
    if state.is_missed:
        said.append(_("Thời gian nộp hồ sơ phân hạng lại đã qua từ ngày %(closes)s.") % days)
    elif state.is_open:
        said.append(_("Hãy nộp hồ sơ phân hạng lại, chậm nhất ngày %(closes)s.") % days)
    else:
        said.append(_("Hồ sơ phân hạng lại nộp từ ngày %(opens)s đến hết ngày %(closes)s.") % days)
    return " ".join(said)
