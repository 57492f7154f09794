"""What the producer fills in, saved as she goes: sections, marks of the self-score; a stale tab overwrites nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.audit.models import Entry
from ocop.orgs.models import User
from ocop.regulations import SheetError, read_mark
from products import law
from products.dossiers.drafts import Clash, Draft, Seen, merge
from products.dossiers.fields import read
from products.dossiers.sections import BY_KEY, fields_of
from products.models import Dossier, DossierSection, SelfScore
from products.people import as_whom, demand

LONGEST_CLAIM = 5000
CONSULTED = "dossier.consult"


@dataclass
class Saved:
    """What a save did: the revision now, the fields that could not be read, the fields that clash."""

    revision: int
    saved_at: dt.datetime
    errors: dict[str, list[str]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.errors and not self.clashes


def writable(dossier: Dossier, by: User) -> Dossier:
    """The dossier, locked against a filing at the same moment; refused while it is not with the producer."""
    demand(by, "products.change_dossier", dossier)
    fresh = (
        Dossier.objects.select_for_update(of=("self",)).select_related("product__producer").get(pk=dossier.pk)
    )
    if not fresh.is_with_producer:
        raise ValidationError(_("Hồ sơ đã nộp nên không sửa được nữa."), code="stale")
    if as_whom(by, fresh) == "consultant":
        _show_hand(fresh, by)
    return fresh


def _show_hand(dossier: Dossier, by: User) -> None:
    """That a consultant works on the dossier stands on its timeline, once a day."""
    known = Entry.objects.about(dossier).filter(action=CONSULTED, actor=by, at__date=timezone.localdate())
    if not known.exists():
        record(CONSULTED, dossier, by=by, role="consultant")


@transaction.atomic
def save_section(
    dossier: Dossier,
    key: str,
    values: Mapping[str, Any],
    *,
    by: User,
    seen: Seen = None,
    at: dt.datetime | None = None,
) -> Saved:
    """Keep the values that can be read; the others are named with their reason, the rest is kept all the same."""
    fresh = writable(dossier, by)
    section, regime = BY_KEY[key], law.regime(fresh.regime)
    asked = fields_of(section, regime, fresh.kind, sample_units=law.criteria_set(fresh.set_code).sample_units)
    good, errors = {}, {}
    for one in asked:
        if one.key not in values:
            continue
        try:
            good[one.key] = read(one, values[one.key])
        except ValidationError as bad:
            errors[one.key] = bad.messages
    errors |= {
        name: [_("Mục này không có trong biểu mẫu.")] for name in values.keys() - {it.key for it in asked}
    }
    row, _is_new = DossierSection.objects.select_for_update(of=("self",)).get_or_create(
        dossier=fresh, key=key
    )
    draft = Draft(row.data, row.revision, row.revisions)
    clashes = merge(draft, good, seen)
    if draft.revision != row.revision:
        row.data, row.revision, row.revisions = draft.values, draft.revision, draft.revisions
        row.saved_at, row.saved_by = at or timezone.now(), by
        row.save(update_fields=["data", "revision", "revisions", "saved_at", "saved_by"])
    return Saved(row.revision, row.saved_at, errors, clashes)


@transaction.atomic
def save_self_score(
    dossier: Dossier,
    code: str,
    mark: Any = None,
    *,
    by: User,
    why: str | None = None,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Saved:
    """One criterion: `mark` is printed points or {"case", "points"}, None keeps it; `why` the claim, None keeps it.

    `seen` is the revision of this criterion that the writer saw; a clash names both, nothing is overwritten.
    """
    fresh = writable(dossier, by)
    row = SelfScore.objects.select_for_update(of=("self",)).get(dossier=fresh)
    before = row.levels.get(code, {})
    new = {**before, **_mark(fresh, code, mark), **({} if why is None else {"why": _claim(code, why)})}
    if {**new, "r": 0} == {**before, "r": 0}:
        return Saved(before.get("r", 0), row.saved_at)
    if seen is not None and before.get("r", 0) > seen:
        return Saved(before["r"], row.saved_at, clashes=[Clash(code, new, before, before["r"])])
    row.revision += 1
    row.levels[code] = {**new, "r": row.revision}
    row.saved_at = at or timezone.now()
    row.save(update_fields=["levels", "revision", "saved_at"])
    return Saved(row.revision, row.saved_at)


@transaction.atomic
def save_sheet(
    dossier: Dossier, marks: Mapping[str, tuple[Any, str]], *, by: User, at: dt.datetime | None = None
) -> SelfScore:
    """Many criteria at once, each with its mark and claim: for imports; a person saves one by one."""
    fresh = writable(dossier, by)
    row = SelfScore.objects.select_for_update(of=("self",)).get(dossier=fresh)
    for code, (mark, why) in marks.items():
        row.revision += 1
        row.levels[code] = {**_mark(fresh, code, mark), "why": _claim(code, why), "r": row.revision}
    row.saved_at = at or timezone.now()
    row.save(update_fields=["levels", "revision", "saved_at"])
    return row


def _mark(dossier: Dossier, code: str, raw: Any) -> dict[str, Any]:
    criterion = law.criteria_set(dossier.set_code).by_code.get(code)
    if criterion is None:
        raise ValidationError({code: _("Bộ tiêu chí không có tiêu chí này.")})
    if raw is None:
        return {}
    try:
        mark = read_mark(criterion, raw)
    except SheetError as bad:
        raise ValidationError(
            {code: _(it.text) % it.values if it.filled else _(it.text) for code, it in bad.errors.items()}
        ) from bad
    return {"p": mark.points, "case": mark.case} if mark.case else {"p": mark.points}


def _claim(code: str, why: str) -> str:
    if len(why) > LONGEST_CLAIM:
        raise ValidationError({code: _("Phần giải trình dài quá %(n)s chữ.") % {"n": LONGEST_CLAIM}})
    return why.strip()


def raw_sheet(levels: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The marks as `ocop.regulations.read_sheet` takes them."""
    return {
        code: {"case": mark["case"], "points": mark["p"]} if mark.get("case") else mark["p"]
        for code, mark in levels.items()
        if mark.get("p") is not None
    }
