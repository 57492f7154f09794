"""Letting a certified product into a fair, one by one or from a pasted list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from evaluation.models import Certificate
from evaluation.models.certificate import number_key
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.orgs.text import unaccented
from promotion.models import Event, Participation
from promotion.queries import facts
from promotion.rules import refusals
from promotion.sentences import sentence

MOST_LINES = 300


def problems(certificate: Certificate, event: Event) -> list[str]:
    """Why this certificate may not show at this event, in words; none: it may."""
    found = refusals(
        facts(certificate),
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        least_stars=event.least_stars,
    )
    return [sentence(refusal) for refusal in found]


@transaction.atomic
def add(event: Event, certificate: Certificate, *, by: User) -> Participation:
    """Let it in; both rows are locked and asked again, as it may be revoked at this moment."""
    _demand_right(event, by)
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if reasons := problems(certificate, event):
        raise ValidationError(reasons)
    if event.participations.filter(certificate=certificate).exists():
        raise ValidationError(_("%(product)s đã có trong danh sách.") % {"product": certificate.product_name})
    made = Participation.objects.create(event=event, certificate=certificate, added_by=by)
    record("event.add", event, by=by, data={"certificate": certificate.number})
    return made


@transaction.atomic
def remove(participation: Participation, *, by: User) -> None:
    """Take it off the list; the log keeps that it was there."""
    _demand_right(participation.event, by)
    number = participation.certificate.number
    event = participation.event
    participation.delete()
    record("event.remove", event, by=by, data={"certificate": number})


def _demand_right(event: Event, by: User) -> None:
    if not by.has_perm("promotion.change_event", event):
        raise PermissionDenied


@dataclass(frozen=True)
class Line:
    """One pasted line: what it named, and why that may not come."""

    text: str
    certificate: Certificate | None
    problems: list[str]
    is_in: bool = False

    @property
    def may_come(self) -> bool:
        return self.certificate is not None and not self.problems and not self.is_in


def check_lines(event: Event, text: str, *, by: User) -> list[Line]:
    """Each line of a pasted list of certificate numbers or product names; two queries, however many lines."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))[:MOST_LINES]
    found = _found(lines, by)
    inside = set(event.participations.values_list("certificate_id", flat=True))
    return [
        _line(event, line, found.get(_number(line)) or found.get(_name(line)) or [], inside) for line in lines
    ]


def _found(lines: Iterable[str], by: User) -> dict[str, list[Certificate]]:
    """Certificates by number and by product name, both as people type them."""
    numbers = [key for line in lines if (key := number_key(line))]
    names = [unaccented(line) for line in lines]
    rows = (
        Certificate.objects.visible_to(by)
        .filter(Q(number_key__in=numbers) | Q(product__name_ascii__in=names))
        .select_related("product")
        .order_by("-issued_on", "-pk")
    )
    found: dict[str, list[Certificate]] = {}
    for row in rows:
        for key in {_number(row.number), _name(row.product.name)}:
            found.setdefault(key, []).append(row)
    return found


def _line(event: Event, text: str, found: list[Certificate], inside: set[int]) -> Line:
    """Of several certificates of one name the one that may come, else the newest."""
    if not found:
        return Line(text, None, [_("Không tìm thấy giấy chứng nhận hoặc sản phẩm này.")])
    if len({row.product_id for row in found}) > 1:
        return Line(text, None, [_("Có nhiều sản phẩm cùng tên: hãy dùng số giấy chứng nhận.")])
    best = next((row for row in found if not problems(row, event)), found[0])
    return Line(text, best, problems(best, event), best.pk in inside)


def _number(text: str) -> str:
    return "number:" + number_key(text)


def _name(text: str) -> str:
    return "name:" + unaccented(text)
