"""Deadlines that come near: who has the dossier is told at each milestone, once, however often the sweep runs."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from products.desks.checking import PERMISSION
from products.dossiers import clocks
from products.dossiers.telling import tell
from products.models import Clock, Dossier, DossierState, ExtraTest, SupplementRequest
from products.models.dossier import FINISHED
from products.people import nearest_holders, people_of

MILESTONES = (5, 2, 0, -1)  # days left; the last: it is late (a house rule, no law's)
AT_DESK = {**PERMISSION, DossierState.REPORTED: "products.forward_dossier"}


def remind(on: dt.date | None = None) -> None:
    """Everything due near this day."""
    day = on or timezone.localdate()
    for clock in Clock.objects.running().select_related("dossier__product", "unit"):
        _remind_of_clock(clock, day)
    waiting = SupplementRequest.objects.filter(answered_at=None, dossier__state__in=WAITING)
    for asked in waiting.select_related("dossier__product__producer"):
        _remind_of_supplement(asked, day)
    owed = ExtraTest.objects.owed().exclude(dossier__state__in=FINISHED)
    for test in owed.select_related("dossier__product__producer", "unit"):
        _remind_of_test(test, day)


WAITING = (DossierState.COMMUNE_RETURNED, DossierState.RETURNED)


def _milestone(left: int | None) -> int | None:
    """The nearest one that is reached; a day missed is made up by the next run."""
    return min((it for it in MILESTONES if left is not None and left <= it), default=None)


def _remind_of_clock(clock: Clock, day: dt.date) -> None:
    milestone = _milestone(clocks.left(clock, day))
    permission = AT_DESK.get(DossierState(clock.dossier.state))
    if milestone is None or permission is None:
        return
    people = nearest_holders(permission, clock.unit)
    key = f"clock-{clock.pk}-{clock.due_on:%Y%m%d}-{milestone}"
    _tell(clock.dossier, people, "deadline", key, clock.due_on, is_late=milestone < 0)


def _remind_of_supplement(asked: SupplementRequest, day: dt.date) -> None:
    milestone = _milestone((asked.due_on - day).days)
    if milestone is not None:
        people = people_of(asked.dossier.product.producer)
        key = f"asked-{asked.pk}-{milestone}"
        _tell(asked.dossier, people, "supplement_due", key, asked.due_on, is_late=milestone < 0)


def _remind_of_test(test: ExtraTest, day: dt.date) -> None:
    """The producer; once it is late those who asked as well."""
    milestone = _milestone((test.due_on - day).days)
    if milestone is None:
        return
    is_late = milestone < 0
    people = people_of(test.dossier.product.producer)
    people += nearest_holders("products.ask_test", test.unit) if is_late else []
    words = _("Kết quả kiểm nghiệm thêm quá hạn: %(product)s")
    subject = words if is_late else _("Kết quả kiểm nghiệm thêm sắp đến hạn: %(product)s")
    body = _("Hạn: %(day)s.") % {"day": date_format(test.due_on, "SHORT_DATE_FORMAT")}
    key = f"test-{test.pk}-{test.due_on:%Y%m%d}-{milestone}"
    tell(test.dossier, people, what="test_due", key=key, subject=subject, body=body)


def _tell(dossier: Dossier, people: list, what: str, key: str, due_on: dt.date, *, is_late: bool) -> None:
    subject = _("Hồ sơ quá hạn: %(product)s") if is_late else _("Hồ sơ sắp đến hạn: %(product)s")
    body = _("Hạn: %(day)s.") % {"day": date_format(due_on, "SHORT_DATE_FORMAT")}
    tell(dossier, people, what=what, key=key, subject=subject, body=body)
