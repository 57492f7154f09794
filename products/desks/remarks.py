"""The tenant's standard remarks: kept by its officers, offered to every desk that checks."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import Regime
from products.dossiers.sections import SECTIONS
from products.models import StandardRemark

CHANGE = "products.change_guidance"


def may_change(user: User) -> bool:
    """The officers of the tenant as a whole: what they write is offered to everybody."""
    return user.has_perm(CHANGE, _root())


def choices(regime: Regime) -> list[tuple[str, str]]:
    """The items a remark may belong to, "" first for every one."""
    return [
        ("", _("Mọi mục")),
        *((it.key, str(it.title)) for it in SECTIONS),
        ("self_score", _("Tự chấm từng tiêu chí")),
        ("samples", _("Sản phẩm mẫu")),
        *((f"paper:{it.code}", it.name) for it in regime.evidence),
    ]


def offered() -> dict[str, list[StandardRemark]]:
    """By item; those of every item under ""."""
    found: dict[str, list[StandardRemark]] = {}
    for row in StandardRemark.objects.all():
        found.setdefault(row.item, []).append(row)
    return found


def offered_at(item: str, found: dict[str, list[StandardRemark]]) -> list[StandardRemark]:
    """The item's own first."""
    return [*found.get(item, []), *found.get("", [])]


def joined(note: str, text: str) -> str:
    """The remark behind what is typed already, once."""
    note = note.strip()
    if not note or text in note:
        return note or text
    return f"{note.rstrip('.;')}; {text}"


@transaction.atomic
def write_remark(*, item: str, verdict: str, text: str, by: User, pk: int | None = None) -> StandardRemark:
    """A new one, or other words for one that is there; ValidationError where the list has it."""
    root = _demand(by)
    row = StandardRemark.objects.select_for_update(of=("self",)).get(pk=pk) if pk else StandardRemark()
    row.item, row.verdict, row.text = item, verdict, text.strip()
    row.written_by, row.written_at = by, timezone.now()
    row.full_clean()
    if pk:
        row.save(update_fields=["item", "verdict", "text", "written_by", "written_at"])
    else:
        row.save(force_insert=True)
    record("remark.write", root, by=by, data={"remark": row.pk, "item": item, "text": row.text})
    return row


@transaction.atomic
def drop_remark(pk: int, *, by: User) -> None:
    """Gone from the list; ValidationError where somebody was faster."""
    root = _demand(by)
    row = StandardRemark.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise ValidationError(_("Nhận xét này đã được xóa."), code="stale")
    record("remark.drop", root, by=by, data={"item": row.item, "text": row.text})
    row.delete()


def _demand(by: User) -> OrgUnit:
    root = _root()
    if not by.has_perm(CHANGE, root):
        raise PermissionDenied
    return root


def _root() -> OrgUnit:
    return OrgUnit.objects.filter(parent=None).order_by("pk")[0]


def names(regime: Regime, rows: Iterable[StandardRemark]) -> list[tuple[str, list[StandardRemark]]]:
    """The rows under the names of their items, in the order of the form."""
    by_item: dict[str, list[StandardRemark]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    known = dict(choices(regime))
    ordered = [key for key in known if key in by_item] + [key for key in by_item if key not in known]
    return [(known.get(key, key), by_item[key]) for key in ordered]
