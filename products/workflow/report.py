"""The commune's report: written, taken back, sent on with the file."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from ocop.papers.links import paper_url
from ocop.papers.models import PaperState
from ocop.workflow import Hindrance
from products.desks.reporting import ANCHOR, draft_report, missing_findings, take_back
from products.dossiers import clocks
from products.dossiers.telling import tell, tell_producer
from products.models import CommuneReport, Dossier
from products.people import nearest_holders, people_of
from products.samples import send_on
from products.workflow.desk import not_all_right
from products.workflow.shared import Data, S, day_of, desk_at, moment_of


def not_reportable(dossier: Dossier, by: User, data: Data) -> Iterable[Hindrance]:
    written = reverse("products:findings", args=[dossier.pk])
    for it in missing_findings(dossier):
        words = _("Chưa ghi nhận xét “%(finding)s”.") % {"finding": it.name}
        yield Hindrance(words, f"{written}#{ANCHOR}{it.code}")
    yield from not_all_right(dossier, by, data)


def reported(dossier: Dossier, by: User, data: Data) -> None:
    paper = draft_report(dossier, by=by)
    body = _("Cấp số và ký báo cáo rồi chuyển hồ sơ lên.")
    key, people = f"report-{paper.pk}", nearest_holders("products.forward_dossier", dossier.unit)
    tell(dossier, people, what="reported", key=key, subject=_("Đã lập báo cáo: %(product)s"), body=body)


def taken_back(dossier: Dossier, by: User, data: Data) -> None:
    """The commune's clock went on all the time; who was to send it on, and the producer, are told why not."""
    paper = take_back(dossier, str(data["note"]), by=by)
    people = [
        *nearest_holders("products.forward_dossier", dossier.unit),
        *people_of(dossier.product.producer),
    ]
    number = paper.symbol if paper else ""
    body = f"{number}: {data['note']}" if number else str(data["note"])
    tell(
        dossier,
        [user for user in people if user.pk != by.pk],
        what="report_taken_back",
        key=f"report-back-{paper.pk if paper else 0}",
        subject=_("Xã rút báo cáo về để làm lại: %(product)s"),
        body=body,
    )


def unnumbered(dossier: Dossier, by: User, data: Data) -> Iterable[Hindrance]:
    report = CommuneReport.objects.filter(dossier=dossier).select_related("paper").first()
    if report is None or report.paper is None:
        yield Hindrance(_("Chưa có báo cáo của xã."), reverse("products:findings", args=[dossier.pk]))
    elif report.paper.state == PaperState.DRAFT:
        words = _("Báo cáo của xã chưa có số: cấp số ở trang văn bản trước khi chuyển.")
        yield Hindrance(words, paper_url(report.paper, by))


def forwarded(dossier: Dossier, by: User, data: Data) -> None:
    clocks.stop(dossier, on=day_of(data))
    send_on(dossier, unit=dossier.unit, by=by, at=moment_of(data))
    desk = desk_at(dossier, S.FORWARDED)
    clocks.start(dossier, desk.tier, desk.unit, on=day_of(data), rules=frozenset([dossier.kind]))
    version = dossier.versions.last()
    receipt = version.receipt if version else ""
    people = nearest_holders(desk.permission, desk.unit)
    body = _("%(unit)s đề nghị đánh giá, số tiếp nhận %(receipt)s.") % {
        "unit": dossier.unit,
        "receipt": receipt,
    }
    tell(
        dossier,
        people,
        what="forwarded",
        key="forwarded",
        subject=_("Xã chuyển hồ sơ: %(product)s"),
        body=body,
    )
    tell_producer(dossier, "sent_on", _("Xã đã chuyển hồ sơ lên: %(product)s"), str(desk.unit))
