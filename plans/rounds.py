"""The rounds of a year: the regime's own dates in one click, an extra one by its written basis."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.law import regime_on
from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import Regime, RoundWindow, Tier, round_windows
from ocop.written import in_vietnamese
from plans.models import Round
from plans.queries import people_under

DAY = dt.timedelta(days=1)


def regime_today(on: dt.date | None = None) -> Regime:
    """The regime that dossiers filed that day fall under."""
    return regime_on(on or timezone.localdate())


def tier_of(regime: Regime, unit: OrgUnit) -> Tier:
    """The tier at which this unit scores; ValidationError where the regime gives it none."""
    for tier in regime.tiers:
        if tier.unit_kind == unit.kind and tier.scores:
            return tier
    raise ValidationError(
        _("Theo %(decision)s, %(unit)s không tổ chức đợt đánh giá.")
        % {"decision": regime.decision, "unit": unit}
    )


@transaction.atomic
def make_regular_rounds(unit: OrgUnit, year: int, *, by: User, on: dt.date | None = None) -> list[Round]:
    """The year's regular rounds with the regime's dates (QĐ 26/2026, Điều 5); a second call makes none anew.

    The law's "before" days become last days: a request before 30/10 counts up to and including 29/10.
    """
    _demand_right(by, unit)
    regime = regime_today(on)
    windows = [
        it for it in round_windows(regime, tier_of(regime, unit).code, year) if it.cut_off > regime.files_from
    ]
    if not windows:
        raise ValidationError(
            _("%(decision)s không định sẵn đợt nào cho năm %(year)s: hãy mở đợt theo kế hoạch.")
            % {"decision": regime.decision, "year": year}
        )
    return [_regular(unit, year, regime, window, by) for window in windows]


@in_vietnamese()
def _regular(unit: OrgUnit, year: int, regime: Regime, window: RoundWindow, by: User) -> Round:
    made, is_new = Round.objects.get_or_create(
        unit=unit,
        year=year,
        name=_("Đợt %(number)s năm %(year)s") % {"number": window.number, "year": year},
        defaults={
            "regime": regime.code,
            "opens_on": max(window.opens_on, regime.files_from),
            "cutoff_on": window.cut_off - DAY,
            "ends_on": window.ends_on - DAY,
        },
    )
    if is_new:
        record("round.create", made, by=by)
    return made


@transaction.atomic
def open_extra_round(made: Round, *, by: User, on: dt.date | None = None) -> Round:
    """An extra round with its own dates and its written basis (QĐ 26/2026, Điều 5); communes are told."""
    _demand_right(by, made.unit)
    regime = regime_today(on)
    if tier_of(regime, made.unit).extra_rounds is None:
        raise ValidationError(_("%(decision)s không cho mở đợt bổ sung.") % {"decision": regime.decision})
    made.regime, made.is_extra, made.basis = regime.code, True, made.basis.strip()
    if not made.basis:
        raise ValidationError({"basis": _("Đợt bổ sung phải có căn cứ bằng văn bản.")})
    if made.opens_on < regime.files_from:
        raise ValidationError({"opens_on": _("Quyết định hiện hành chưa có hiệu lực vào ngày này.")})
    made.full_clean(exclude=["plan"])
    made.save(force_insert=True)
    record("round.create", made, by=by, note=made.basis)
    _tell_communes(made)
    return made


def _demand_right(by: User, unit: OrgUnit) -> None:
    if not by.has_perm("plans.change_round", unit):
        raise PermissionDenied


@in_vietnamese()
def _tell_communes(made: Round) -> None:
    notify(
        people_under("commune_officer", made.unit),
        kind="round.open",
        key=f"round-{made.pk}-open",
        subject=_("Mở %(round)s") % {"round": made.name},
        body=_("Xã, phường gửi hồ sơ đề nghị đến hết ngày %(day)s. Căn cứ: %(basis)s.")
        % {"day": date_format(made.cutoff_on, "SHORT_DATE_FORMAT"), "basis": made.basis},
        url=f"plans/rounds/{made.pk}/",
    )
