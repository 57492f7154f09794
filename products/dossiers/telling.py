"""What people are told when a dossier moves."""

import datetime as dt
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit, User
from products.models import Dossier, DossierVersion, SupplementRequest
from products.people import nearest_holders, not_excluded, people_of


def tell(
    dossier: Dossier, users: Iterable[User], *, what: str, key: str, subject: str, body: str = ""
) -> None:
    """Once a fact; never those whom a conflict shuts out."""
    notify(
        not_excluded(dossier, list(users)),
        kind=f"dossier.{what}",
        key=f"dossier-{dossier.pk}-{key}",
        subject=subject % {"product": dossier.product.name},
        body=body,
        url=f"dossiers/{dossier.pk}/",
    )


def tell_desk(
    dossier: Dossier, unit: OrgUnit, permission: str, version: DossierVersion, due_on: dt.date | None
) -> None:
    """Something was filed here."""
    body = _("Số tiếp nhận %(receipt)s.") % {"receipt": version.receipt}
    if due_on is not None:
        body += " " + _("Hạn xử lý: %(day)s.") % {"day": _day(due_on)}
    subject = _("Hồ sơ mới: %(product)s") if version.number == 1 else _("Đã bổ sung hồ sơ: %(product)s")
    tell(
        dossier,
        nearest_holders(permission, unit),
        what="filed",
        key=f"filed-{version.number}",
        subject=subject,
        body=body,
    )


def tell_filed(dossier: Dossier, version: DossierVersion) -> None:
    """The producer's receipt."""
    body = _("Số tiếp nhận %(receipt)s, mã băm %(digest)s.") % {
        "receipt": version.receipt,
        "digest": version.digest[:12],
    }
    people = people_of(dossier.product.producer)
    tell(
        dossier,
        people,
        what="receipt",
        key=f"receipt-{version.number}",
        subject=_("Đã nộp hồ sơ: %(product)s"),
        body=body,
    )


def tell_supplement(dossier: Dossier, asked: SupplementRequest) -> None:
    lines = [f"- {it['label']}: {it['reason']}" for it in asked.items]
    body = "\n".join([_("Bổ sung trước hết ngày %(day)s:") % {"day": _day(asked.due_on)}, *lines])
    subject = _("Cần bổ sung hồ sơ: %(product)s")
    tell(
        dossier,
        people_of(dossier.product.producer),
        what="supplement",
        key=f"supplement-{asked.pk}",
        subject=subject,
        body=body,
    )


def tell_producer(dossier: Dossier, what: str, subject: str, body: str = "") -> None:
    key = f"{what}-{dossier.versions.count()}"
    tell(dossier, people_of(dossier.product.producer), what=what, key=key, subject=subject, body=body)


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
