"""A dossier begins: its kind first, then the round it is filed for; the law is that of the filing day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.regulations import CriteriaSet, Regime
from plans.models import Round
from products import law
from products.dossiers.carrying import carry, carry_producer, earlier_of
from products.making import place_anew
from products.models import Dossier, DossierKind, DossierState, Product, SelfScore
from products.models.dossier import GONE
from products.people import as_whom, demand


def open_rounds(product: Product, *, on: dt.date | None = None) -> list[Round]:
    """The rounds of the units above the commune that take dossiers that day under that day's law."""
    day = on or timezone.localdate()
    above = [unit.pk for unit in law.line_of(product.unit)]
    rounds = Round.objects.open_on(day).filter(unit_id__in=above, regime=law.regime_on(day).code)
    return list(rounds.order_by("cutoff_on", "pk"))


def kinds_for(product: Product) -> list[str]:
    """First while never recognised; after that its certificate says what may follow, and when (evaluation)."""
    is_recognised = product.dossiers.filter(state=DossierState.RECOGNISED).exists()
    return [] if is_recognised else [DossierKind.FIRST]


@transaction.atomic
def start_dossier(
    product: Product,
    *,
    kind: str,
    round: Round,  # noqa: A002, the domain's word
    by: User,
    star_aim: int = 3,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    previous: Dossier | None = None,
    recognised_before: bool = False,
    set_code: str = "",
) -> Dossier:
    """A draft for one round; ValidationError where the round is shut or the product is in it already.

    What the product's earlier dossier says is taken over, so that only what changed is asked (Điều 6).

    `recognised_before` lets evaluation start what follows a certificate, also one that was recorded without a
    dossier of ours. `set_code` is the product's place where `needs_set`: the law of today has no set of that name.
    """
    demand(by, "products.create_dossier", product)
    day = on or timezone.localdate()
    regime = law.regime_on(day)
    locked = Product.objects.select_for_update(of=("self",)).select_related("producer")
    found = locked.filter(pk=product.pk).first()
    if found is None:
        raise ValidationError(_("Người khác vừa bỏ sản phẩm này."), code="stale")
    product = found
    allowed = list(DossierKind.values) if recognised_before else kinds_for(product)
    _check(product, kind, round, day, allowed)
    if set_code and needs_set(product, on=day):
        place_anew(product, set_code, regime, by=by)
    before = previous or earlier_of(product)
    dossier = Dossier(
        product=product, round=round, unit=product.unit, kind=kind, regime=regime.code,
        set_code=set_under(regime, product).code, star_aim=star_aim, created_by=by,
        previous=before,
        created_at=at or timezone.now(),
    )  # fmt: skip
    dossier.full_clean(exclude=["created_by", "previous"], validate_constraints=False)
    dossier.save(force_insert=True)
    SelfScore.objects.create(dossier=dossier, saved_at=dossier.created_at)
    if before is not None:
        carry(before, dossier, by=by, at=dossier.created_at)
    else:
        carry_producer(dossier, by=by, at=dossier.created_at)
    data = {"from": before.pk} if before is not None else {}
    record("dossier.start", dossier, by=by, role=as_whom(by, dossier), data=data)
    return dossier


def needs_set(product: Product, *, on: dt.date | None = None) -> bool:
    """Whether the law of the day has no set that stands for the product's own: it has to be chosen anew."""
    return _same_set(law.regime_on(on or timezone.localdate()), product) is None


def _check(product: Product, kind: str, found: Round, day: dt.date, allowed: list[str]) -> None:
    if kind not in allowed:
        raise ValidationError({"kind": _("Sản phẩm này chưa nộp được hồ sơ loại đã chọn.")})
    if found not in open_rounds(product, on=day):
        raise ValidationError({"round": _("Đợt này không nhận hồ sơ vào ngày này.")})
    waiting = product.dossiers.filter(round=found).exclude(state__in=GONE).first()
    if waiting:
        raise ValidationError({"round": _("Sản phẩm đã có hồ sơ trong %(round)s.") % {"round": found}})


def set_under(regime: Regime, product: Product) -> CriteriaSet:
    """The product's set in this regime: its own, else the one with the same number of an amended regime."""
    same = _same_set(regime, product)
    if same is None:
        words = _("Hãy chọn lại bộ tiêu chí của sản phẩm theo %(decision)s.")
        raise ValidationError({"set_code": words % {"decision": regime.decision}})
    return same


def _same_set(regime: Regime, product: Product) -> CriteriaSet | None:
    own = law.law().sets.get(product.set_code)
    sets = law.law().sets_of(regime.code)
    if own is None or own in sets:
        return own
    return next((it for it in sets if it.set_no == own.set_no and it.name == own.name), None)
