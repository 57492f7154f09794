"""The dossier checked item by item, by the commune and by the province; what is not right goes into the request."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit, User
from ocop.regulations import Tier
from products import law
from products.dossiers.freezing import item_of
from products.dossiers.sections import form_name
from products.dossiers.whole import Whole
from products.models import Dossier, DossierState, DossierVersion, IntakeCheck, Verdict
from products.people import demand


@dataclass(frozen=True)
class Desk:
    """Who checks while the dossier is in this state: the tier's unit and the right it needs."""

    tier: Tier
    unit: OrgUnit
    permission: str


PERMISSION = {
    DossierState.SUBMITTED: "products.check_dossier",
    DossierState.FORWARDED: "products.receive_dossier",
}


def desk_of(dossier: Dossier, state: str | None = None) -> Desk | None:
    """The desk at which a dossier in this state is checked; None where it lies at none."""
    state = state or dossier.state
    if state == DossierState.SUBMITTED:
        return Desk(law.first_tier(dossier.regime), dossier.unit, PERMISSION[DossierState.SUBMITTED])
    if state == DossierState.FORWARDED:
        tier = law.receiving_tier(dossier.regime)
        return Desk(tier, law.unit_at(dossier.unit, tier), PERMISSION[DossierState.FORWARDED])
    return None


@dataclass(frozen=True)
class Item:
    """One thing to look at."""

    key: str  # a section's key, paper:<kind>, self_score, samples
    label: str
    group: str


def items_of(whole: Whole) -> list[Item]:
    """Every form section, every kind of paper that is there or must be, the self-score, the samples."""
    regime, kind = whole.regime, whole.dossier.kind
    items = [Item(it.key, str(it.title), form_name(regime, kind, it.form)) for it in whole.asked]
    items.append(Item("self_score", _("Tự chấm từng tiêu chí"), form_name(regime, kind, "report")))
    wanted = {code for rejection in whole.set.rejections for code in rejection.evidence}
    wanted |= {paper.row.kind for paper in whole.papers}
    items += [Item(f"paper:{it.code}", it.name, _("Giấy tờ")) for it in regime.evidence if it.code in wanted]
    if whole.set.sample_units:
        words = _("Sản phẩm mẫu (%(n)s đơn vị)") % {"n": whole.set.sample_units}
        items.append(Item("samples", words, _("Sản phẩm mẫu")))
    return items


@transaction.atomic
def save_check(
    dossier: Dossier,
    item: str,
    verdict: str,
    *,
    by: User,
    note: str = "",
    seen: tuple[str, str] | None = None,
    at: dt.datetime | None = None,
) -> IntakeCheck:
    """What this desk found about one item; the last word stands, its hand and time with it.

    `seen` is the verdict and note that the writer had before her: ValidationError where a colleague wrote since.
    """
    fresh = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    desk = desk_of(fresh)
    if desk is None:
        raise ValidationError(_("Hồ sơ không ở bước kiểm tra."), code="stale")
    demand(by, desk.permission, fresh)
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": _("Hãy chọn đạt, thiếu hoặc chưa đúng.")})
    if verdict == Verdict.WRONG and not note.strip():
        raise ValidationError({"note": _("Nêu chưa đúng ở chỗ nào.")})
    if seen is not None:
        _demand_unchanged(fresh, desk, item, seen, (verdict, note.strip()))
    check, _is_new = IntakeCheck.objects.update_or_create(
        dossier=fresh, unit=desk.unit, item=item,
        defaults={"verdict": verdict, "note": note.strip(), "checked_by": by, "checked_at": at or timezone.now()},
    )  # fmt: skip
    return check


def _demand_unchanged(
    dossier: Dossier, desk: Desk, item: str, seen: tuple[str, str], mine: tuple[str, str]
) -> None:
    there = checks_at(dossier, desk.unit).get(item)
    if there is None or (there.verdict, there.note) in (seen, mine):
        return
    words = _("%(who)s vừa ghi “%(verdict)s” lúc %(time)s. Nếu vẫn giữ kết quả của bạn, hãy bấm lưu lần nữa.")
    said = Verdict(there.verdict).label + (f": {there.note}" if there.note else "")
    time = time_format(timezone.localtime(there.checked_at), "H:i")
    raise ValidationError(
        {"verdict": words % {"who": there.checked_by.get_full_name(), "verdict": said, "time": time}},
        code="stale",
    )


def checks_at(dossier: Dossier, unit: OrgUnit) -> dict[str, IntakeCheck]:
    """The findings of one desk, by item."""
    return {it.item: it for it in dossier.checks.filter(unit=unit).select_related("checked_by")}


def faults(whole: Whole, unit: OrgUnit) -> list[dict[str, Any]]:
    """The items found missing or wrong, with their reasons, as a request for a supplement holds them."""
    checks = checks_at(whole.dossier, unit)
    found = []
    for item in items_of(whole):
        check = checks.get(item.key)
        if check is not None and check.verdict != Verdict.OK:
            reason = check.note or str(Verdict(check.verdict).label)
            found.append({"item": item.key, "label": item.label, "verdict": check.verdict, "reason": reason})
    return found


def unchecked(whole: Whole, unit: OrgUnit) -> list[Item]:
    checks = checks_at(whole.dossier, unit)
    return [item for item in items_of(whole) if item.key not in checks]


def changed_between(before: DossierVersion, after: DossierVersion, keys: Iterable[str]) -> set[str]:
    """The items whose content a supplement changed; samples are no part of what is filed."""
    return {
        key
        for key in keys
        if key != "samples" and item_of(before.content, key) != item_of(after.content, key)
    }


def changed_at_last(dossier: Dossier, items: list[Item]) -> set[str]:
    """What the last filing changed against the one before it; nothing after a first filing."""
    last = list(dossier.versions.order_by("-number")[:2])
    return changed_between(last[1], last[0], [it.key for it in items]) if len(last) == 2 else set()


def forget_changed(dossier: Dossier, new: DossierVersion) -> None:
    """A supplement that changed an item asks for a fresh look at it, at every desk."""
    before = dossier.versions.filter(number=new.number - 1).first()
    if before is None:
        return
    changed = changed_between(before, new, {check.item for check in dossier.checks.all()})
    dossier.checks.filter(item__in=changed).delete()
