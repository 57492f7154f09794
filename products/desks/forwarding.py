"""Finished dossiers sent on in one batch, with one request letter that lists them all (QĐ 26/2026, Điều 6, Điều 7)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.papers.content import PaperContent
from ocop.papers.drafting import draft_paper
from ocop.papers.letterhead import letterhead
from ocop.papers.models import Paper, PaperState
from ocop.written import in_vietnamese
from products import law
from products.dossiers.sections import form_name
from products.models import CommuneReport, Dossier, DossierState, Forwarding, ForwardingItem
from products.samples import expected, on_the_way
from products.workflow import DOSSIER

RIGHT = "products.forward_dossier"
MOST = 100  # a click; so many steps fit one request (a house rule, no law's)


Outcome = tuple[Dossier, str]  # why it stayed; "" where it went


@dataclass
class Batch:
    """What one click did: the forwardings it made, and those that stayed where nothing of their group went."""

    made: list[Forwarding] = field(default_factory=list)
    stayed: list[Outcome] = field(default_factory=list)


def finished(user: User) -> Any:
    """The dossiers with a report that this person may send on, those of one commune together, oldest first."""
    mine = Dossier.objects.visible_to(user).filter(units_where(user, RIGHT), state=DossierState.REPORTED)
    return mine.for_list().order_by("unit__name", "unit_id", "pk")


def hindrances(rows: Iterable[Dossier]) -> dict[int, tuple[str, Paper | None]]:
    """Those that cannot go yet, each with the reason and the paper where it is mended."""
    reports = CommuneReport.objects.filter(dossier__in=rows).select_related("paper__unit")
    papers = {row.dossier_id: row.paper for row in reports}
    found: dict[int, tuple[str, Paper | None]] = {}
    for row in rows:
        paper = papers.get(row.pk)
        if paper is None:
            found[row.pk] = (_("Chưa có báo cáo của xã."), None)
        elif paper.state == PaperState.DRAFT:
            found[row.pk] = (_("Báo cáo của xã chưa có số."), paper)
    return found


def unsigned(rows: Iterable[Dossier]) -> set[int]:
    """Those whose report has its number and no signed copy here: they may go, and the sender is told."""
    reports = CommuneReport.objects.filter(dossier__in=rows, paper__signed_file=None, paper__isnull=False)
    return set(reports.values_list("dossier", flat=True))


@transaction.atomic
def forward_all(ids: Iterable[int], *, by: User, at: dt.datetime | None = None) -> Batch:
    """Take the step on each chosen dossier for itself: a fault in one leaves the others their way.

    The rows are locked in one order, so two clerks with the same choice wait for each other and the second
    reads who was first. ValidationError where nothing, too much or only what she may not send was chosen.
    """
    chosen = sorted(set(ids))
    if len(chosen) > MOST:
        raise ValidationError(_("Mỗi lần chuyển nhiều nhất %(n)s hồ sơ.") % {"n": MOST})
    mine = Dossier.objects.visible_to(by).filter(units_where(by, RIGHT), pk__in=chosen).for_list()
    rows = list(mine.order_by("pk"))
    if not rows:
        raise ValidationError(_("Hãy chọn hồ sơ cần chuyển."))
    moment, batch = at or timezone.now(), Batch()
    reached = {key: _receiver(row) for key, row in {(row.unit_id, row.regime): row for row in rows}.items()}
    groups: dict[tuple[OrgUnit, OrgUnit | None], list[Outcome]] = {}
    for row in rows:
        to_unit = reached[row.unit_id, row.regime]
        groups.setdefault((row.unit, to_unit), []).append((row, _sent(row, by, moment)))
    for (unit, to_unit), outcomes in groups.items():
        if to_unit is None or all(fault for _row, fault in outcomes):
            batch.stayed += outcomes
        else:
            batch.made.append(_kept(unit, to_unit, outcomes, by, moment))
    return batch


def take_step(name: str, dossier: Dossier, *, by: User, data: Mapping[str, Any]) -> Dossier:
    """A step of the dossier as its pages take it: one that goes alone has its request letter too (Điều 6)."""
    if name != "forward":
        return DOSSIER.take(name, dossier, by=by, data=data)
    if not by.has_perm(RIGHT, dossier):
        raise PermissionDenied
    batch = forward_all([dossier.pk], by=by)
    if batch.stayed:
        raise ValidationError([fault for _row, fault in batch.stayed])
    return Dossier.objects.get(pk=dossier.pk)


def _receiver(dossier: Dossier) -> OrgUnit | None:
    """Where it goes; None where no unit of that tier stands over the commune, which the step itself refuses."""
    try:
        return law.unit_at(dossier.unit, law.receiving_tier(dossier.regime))
    except ValidationError:
        return None


def _sent(dossier: Dossier, by: User, at: dt.datetime) -> str:
    """Why it stayed; "" where it went."""
    try:
        DOSSIER.take("forward", dossier, by=by, data={"at": at})
    except ValidationError as refused:
        return " ".join(refused.messages)
    except PermissionDenied:
        return _("Bạn không có quyền chuyển hồ sơ này.")
    return ""


@in_vietnamese()
def _kept(unit: OrgUnit, to_unit: OrgUnit, outcomes: list[Outcome], by: User, at: dt.datetime) -> Forwarding:
    gone = [row for row, fault in outcomes if not fault]
    title = "đề nghị đánh giá, phân hạng sản phẩm OCOP"
    letter = draft_paper(unit, "forwarding_letter", title, request_letter(unit, to_unit, gone), by=by)
    made = Forwarding.objects.create(unit=unit, to_unit=to_unit, letter=letter, made_by=by, made_at=at)
    ForwardingItem.objects.bulk_create(
        [ForwardingItem(forwarding=made, dossier=row, fault=fault) for row, fault in outcomes]
    )
    record("forwarding.forward", made, by=by, unit=unit, data={"dossiers": [row.pk for row in gone]})
    return made


# ── the letter ──


def request_letter(unit: OrgUnit, to_unit: OrgUnit, rows: list[Dossier]) -> PaperContent:
    """The commune's request: what is asked of whom, every dossier a row, what comes with them."""
    here, there = letterhead(unit), letterhead(to_unit)
    regimes = {row.regime: law.regime(row.regime) for row in rows}
    grounds = ", ".join(f"Quyết định số {it.decision}" for it in regimes.values())
    asks = (
        f"Thực hiện {grounds}, {here.in_text} đã kiểm tra và lập báo cáo đối với {len(rows)} hồ sơ sản phẩm;"
        f" kính đề nghị {there.in_text} xem xét, tổ chức đánh giá, phân hạng các sản phẩm sau:"
    )
    return {
        "to": [there.in_text],
        "body": [{"p": asks}, {"table": _table(rows)}, {"p": "Gửi kèm mỗi sản phẩm:"}, {"list": _comes_with(rows)}],
        "recipients": ["Như trên", "Lưu: VT"],
    }  # fmt: skip


def _table(rows: list[Dossier]) -> Any:
    reports = CommuneReport.objects.filter(dossier__in=rows).select_related("paper")
    papers = {row.dossier_id: row.paper for row in reports}
    return {
        "columns": ["TT*", "Sản phẩm", "Chủ thể", "Mã sản phẩm", "Đăng ký", "Báo cáo của xã"],
        "rows": [
            [str(number), row.product.name, row.product.producer.name, row.code, str(row.get_kind_display()),
             _report_words(papers.get(row.pk))]
            for number, row in enumerate(rows, start=1)
        ],
    }  # fmt: skip


def _report_words(paper: Paper | None) -> str:
    if paper is None or paper.dated_on is None:
        return ""
    return f"{paper.symbol} ngày {date_format(paper.dated_on, 'SHORT_DATE_FORMAT')}"


def _comes_with(rows: list[Dossier]) -> list[str]:
    """The forms by the regime's own names, the papers, the samples that really went."""
    kinds = dict.fromkeys((row.regime, row.kind) for row in rows)
    names = [
        form_name(law.regime(regime), kind, form)
        for regime, kind in kinds
        for form in ("registration", "report")
    ]
    lines = [
        "Báo cáo kiểm tra hồ sơ, đánh giá sản phẩm của xã",
        f"Hồ sơ sản phẩm: {'; '.join(dict.fromkeys(names))}; giấy tờ minh chứng",
    ]
    wanted, sent = sum(map(expected, rows)), on_the_way(row.pk for row in rows)
    if sent:
        lines.append(f"Sản phẩm mẫu: {sent} trong {wanted} đơn vị mẫu theo quy định")
    return lines
