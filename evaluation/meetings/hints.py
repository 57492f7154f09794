"""What may be a conflict of interest, told to the member herself beside each product, and to nobody else.

Advisory: nothing is kept, nothing is refused by it. One query a kind, however many products.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import AgendaItem, Seat
from ocop.orgs.models import Membership, OrgUnit, User
from ocop.orgs.text import unaccented
from products.models import CoachingVisit, DossierSection, DossierUserPermission, Producer, ProducerMember
from products.models.producer import MemberRole

Hint = tuple[int, str]  # of which assessment, in words


@dataclass(frozen=True)
class Ties:
    """The member, the products before her, and what the register knows of both."""

    user: User
    seat: Seat
    items: tuple[AgendaItem, ...]

    @cached_property
    def producers(self) -> dict[int, Producer]:
        return {item.assessment_id: item.assessment.dossier.product.producer for item in self.items}

    @cached_property
    def dossiers(self) -> dict[int, int]:
        """Assessment by dossier."""
        return {item.assessment.dossier_id: item.assessment_id for item in self.items}

    @cached_property
    def own(self) -> list[ProducerMember]:
        """Every producer she acts or acted for."""
        return list(ProducerMember.objects.filter(user=self.user).select_related("producer"))

    @cached_property
    def people(self) -> list[ProducerMember]:
        """Who else acts for these producers."""
        found = ProducerMember.objects.filter(producer__in=self.producers.values()).exclude(user=self.user)
        return list(found.select_related("user").prefetch_related("user__persons"))

    @cached_property
    def units(self) -> dict[int, str]:
        """The units she works or worked in, with their paths."""
        found = dict(Membership.objects.filter(user=self.user).values_list("unit", "unit__path"))
        return found | ({self.seat.unit.pk: self.seat.unit.path} if self.seat.unit else {})


def hints_for(user: User, seat: Seat, items: Iterable[AgendaItem]) -> dict[int, list[str]]:
    """By assessment, what she may want to declare."""
    ties = Ties(user, seat, tuple(items))
    told: dict[int, list[str]] = {}
    for kind in KINDS:
        for assessment, words in kind(ties):
            told.setdefault(assessment, []).append(words)
    return told


def _acts_for_it(ties: Ties) -> Iterator[Hint]:
    own = {it.producer_id: it for it in ties.own}
    for assessment, producer in ties.producers.items():
        if producer.pk in own and own[producer.pk].role == MemberRole.CONSULTANT:
            yield assessment, _("Bạn đã tư vấn cho chủ thể này.")
        elif producer.pk in own:
            yield assessment, _("Bạn là người của chủ thể này.")


def _shares_facts(ties: Ties) -> Iterator[Hint]:
    """One address, phone, tax code or representative with a producer of hers."""
    for assessment, producer in ties.producers.items():
        for other in (it.producer for it in ties.own if it.producer_id != producer.pk):
            if shared := [label for label, of in _FACTS if of(producer) and of(producer) == of(other)]:
                yield (
                    assessment,
                    _("Chủ thể này trùng %(facts)s với %(other)s, nơi bạn tham gia.")
                    % {"facts": ", ".join(map(str, shared)), "other": other},
                )


def _has_her_phone(ties: Ties) -> Iterator[Hint]:
    mine = _digits(ties.user.person.phone) if ties.user.person else ""
    for assessment, producer in ties.producers.items():
        if mine and _digits(producer.phone) == mine:
            yield assessment, _("Chủ thể dùng số điện thoại của bạn.")


def _is_of_her_family(ties: Ties) -> Iterator[Hint]:
    """Her family name among its people, in a commune she works in: a common name alone says nothing."""
    mine = _family(ties.user.get_full_name())
    units = OrgUnit.objects.in_bulk({it.unit_id for it in ties.producers.values()})
    for assessment, producer in ties.producers.items():
        names = [
            producer.representative,
            *(str(it.user) for it in ties.people if it.producer_id == producer.pk),
        ]
        namesakes = sorted({name for name in names if mine and _family(name) == mine})
        here = units[producer.unit_id].path
        if namesakes and any(path.startswith(here) for path in ties.units.values()):
            yield (
                assessment,
                _("Cùng họ, cùng địa bàn với bạn: %(names)s.") % {"names": ", ".join(namesakes)},
            )


def _has_her_colleague(ties: Ties) -> Iterator[Hint]:
    """A consultant who helped is or was in a unit of hers."""
    helpers = {it.user_id for it in ties.people if it.role == MemberRole.CONSULTANT}
    close = set(
        Membership.objects.filter(user__in=helpers, unit__in=ties.units.keys()).values_list("user", flat=True)
    )
    for assessment, producer in ties.producers.items():
        for helper in (it for it in ties.people if it.producer_id == producer.pk and it.user_id in close):
            yield (
                assessment,
                _("Tư vấn của chủ thể, %(who)s, cùng đơn vị công tác với bạn.") % {"who": helper.user},
            )


def _she_wrote_in_it(ties: Ties) -> Iterator[Hint]:
    """She coached the file: wrote in a section, or was let in to write."""
    wrote = DossierSection.objects.filter(dossier__in=ties.dossiers, saved_by=ties.user)
    shared = DossierUserPermission.objects.filter(
        user=ties.user, content_object__in=ties.dossiers, permission__codename="change_dossier"
    )
    keys = set(wrote.values_list("dossier", flat=True)) | set(shared.values_list("content_object", flat=True))
    keys |= {
        it.assessment.dossier_id for it in ties.items if it.assessment.dossier.created_by_id == ties.user.pk
    }
    for dossier in sorted(keys):
        yield ties.dossiers[dossier], _("Bạn đã hỗ trợ lập hồ sơ này.")


def _she_coached(ties: Ties) -> Iterator[Hint]:
    """She stands in the coaching log of the producer; what was said of another product of it counts too."""
    visits = CoachingVisit.objects.filter(producer__in=ties.producers.values(), coach=ties.user)
    last = dict(visits.order_by("on").values_list("producer", "on"))
    for assessment, producer in ties.producers.items():
        if producer.pk in last:
            day = date_format(last[producer.pk], "SHORT_DATE_FORMAT")
            yield assessment, _("Bạn đã hướng dẫn chủ thể này, lần cuối ngày %(day)s.") % {"day": day}


def _family(name: str) -> str:
    return unaccented(name).partition(" ")[0]


def _digits(phone: str) -> str:
    return re.sub(r"^84", "0", re.sub(r"\D", "", phone))


_FACTS: tuple[tuple[str | Promise, Callable[[Producer], str]], ...] = (
    (gettext_lazy("địa chỉ"), lambda it: unaccented(it.address)),
    (gettext_lazy("điện thoại"), lambda it: _digits(it.phone)),
    (gettext_lazy("mã số thuế"), lambda it: it.tax_code.strip()),
    (gettext_lazy("người đại diện"), lambda it: unaccented(it.representative)),
)
KINDS: tuple[Callable[[Ties], Iterator[Hint]], ...] = (
    _acts_for_it,
    _shares_facts,
    _has_her_phone,
    _is_of_her_family,
    _has_her_colleague,
    _she_wrote_in_it,
    _she_coached,
)
