"""What does not stop a filing and is better mended before it: said to the producer while she still can."""

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.regulations import floor
from products.dossiers.completeness import Gap
from products.dossiers.whole import Whole
from products.models import DossierKind, EvidenceLink, EvidencePaper, PaperReading
from products.vault.reading import warnings_of

COUNCIL = dt.timedelta(days=60)  # a paper should outlive the cut-off by the time a council needs


def warnings(whole: Whole, on: dt.date) -> list[Gap]:
    """Papers that run out before the council meets, and what keeps the self-score from the star aimed at."""
    return [
        *_unsized(whole, on),
        *_running_out(whole, on),
        *_misread(whole),
        *_not_genuine(whole),
        *_below_the_aim(whole),
        *_without_proof(whole),
        *_raised_since(whole),
        *_nothing_new(whole),
    ]


def _unsized(whole: Whole, on: dt.date) -> Iterator[Gap]:
    """A form that the law limits in size, and no figures yet, or not of the year that the law looks at."""
    if whole.legal_form is None or whole.legal_form.size is None:
        return
    if whole.size is None:
        words = _("Chưa khai quy mô: chỉ doanh nghiệp nhỏ và vừa được tham gia (%(basis)s)")
        yield Gap("producer", words % {"basis": whole.legal_form.size.basis}, "legal")
    elif whole.size.year < on.year - 1:
        words = _(
            "Quy mô khai theo số liệu năm %(year)s; luật tính theo năm trước liền kề: hãy khai năm %(last)s"
        )
        yield Gap("producer", words % {"year": whole.size.year, "last": on.year - 1}, "legal")


def _running_out(whole: Whole, on: dt.date) -> Iterator[Gap]:
    cutoff = whole.dossier.round.cutoff_on
    for it in whole.papers:
        paper = it.row
        if paper.expires_on and on <= paper.expires_on < cutoff + COUNCIL:
            yield Gap("papers", _ending(paper, paper.expires_on, cutoff), "evidence", paper.kind)


def _ending(paper: EvidencePaper, last: dt.date, cutoff: dt.date) -> str:
    words = (
        _("“%(paper)s” hết hạn ngày %(day)s, trước hạn nộp của đợt (%(cutoff)s): xin cấp lại từ bây giờ")
        if last < cutoff
        else _("“%(paper)s” hết hạn ngày %(day)s, có thể trước khi Hội đồng họp: xin cấp lại từ bây giờ")
    )
    return words % {
        "paper": paper,
        "day": date_format(last, "SHORT_DATE_FORMAT"),
        "cutoff": date_format(cutoff, "SHORT_DATE_FORMAT"),
    }


def _not_genuine(whole: Whole) -> Iterator[Gap]:
    """The office that owns such papers said so: a warning, as the decision leaves the judgement to commune and council."""
    for it in whole.papers:
        if it.row.said and it.row.said.is_bad:
            words = _("“%(paper)s”: %(said)s. %(note)s. Hãy thay giấy đúng hoặc bỏ ra")
            told = {"paper": it.row, "said": it.row.said.words, "note": it.row.said.note.rstrip(".")}
            yield Gap("papers", words % told, "paper", str(it.row.pk))


def _misread(whole: Whole) -> Iterator[Gap]:
    """What the machine that read the papers wondered at: another's name, a page blurred or turned."""
    readings = PaperReading.objects.filter(paper__in=[it.row for it in whole.papers]).exclude(warnings=[])
    for reading in readings.select_related("paper").order_by("pk"):
        for words in warnings_of(reading):
            yield Gap("papers", f"“{reading.paper}”: {words}", "evidence", reading.paper.kind)


def _below_the_aim(whole: Whole) -> Iterator[Gap]:
    """The band by points and each gate, once every criterion has its mark."""
    aim, levels = whole.dossier.star_aim, whole.levels()
    marked = {code: mark for code, mark in levels.items() if mark.get("p") is not None}
    if len(marked) < len(whole.set.criteria):
        return
    total = sum(mark["p"] for mark in marked.values())
    least = next(band.least for band in whole.regime.bands if band.star == aim)
    if total < least:
        words = _("Tự chấm %(total)s điểm; %(star)s sao cần từ %(least)s điểm")
        text = words % {"total": total, "star": aim, "least": least}
        yield Gap("self_score", text, "criterion", whole.set.criteria[0].code)
    for criterion in whole.set.criteria:
        mark = marked[criterion.code]
        gate = floor(criterion, aim, whole.regime.council, mark.get("case"))
        if mark["p"] < gate:
            words = _("Tiêu chí %(code)s: tự chấm %(points)s, %(star)s sao cần ít nhất %(least)s điểm")
            found = {"code": criterion.code, "points": mark["p"], "star": aim, "least": gate}
            yield Gap("self_score", words % found, "criterion", criterion.code)


def _raised_since(whole: Whole) -> Iterator[Gap]:
    """A page was pinned for a lower level than is claimed now: it may not prove the higher one."""
    levels = whole.levels()
    for paper in whole.papers:
        for code, before in paper.claimed.items():
            now = levels.get(code, {}).get("p") or 0
            if now > before:
                words = _(
                    "Tiêu chí %(code)s: “%(paper)s” được ghim khi tự chấm %(before)s điểm, nay %(now)s: xem lại chỗ ghim"
                )
                found = {"code": code, "paper": paper.row, "before": before, "now": now}
                yield Gap("papers", words % found, "criterion", code)


def _nothing_new(whole: Whole) -> Iterator[Gap]:
    """What changed since the last recognition has to be proved (QĐ 26/2026, Điều 6): by a paper that was not there."""
    before = whole.dossier.previous_id
    if whole.dossier.kind == DossierKind.FIRST or before is None:
        return
    old = set(EvidenceLink.objects.filter(dossier=before).values_list("paper", flat=True))
    if all(it.row.pk in old for it in whole.papers):
        words = _("Chưa có giấy tờ nào mới so với hồ sơ trước: thêm giấy tờ chứng minh những thay đổi đã nêu")
        yield Gap("papers", words, "evidence")


def _without_proof(whole: Whole) -> Iterator[Gap]:
    """Claims of points that the set wants a paper for, and no paper is tied: in one sentence."""
    proved = {code for paper in whole.papers for code in paper.criteria}
    bare = [
        it.code
        for it in whole.set.criteria
        if it.evidence and it.code not in proved and whole.levels().get(it.code, {}).get("p")
    ]
    if bare:
        words = ngettext(
            "Tự chấm có điểm nhưng chưa gắn giấy tờ nào: tiêu chí %(codes)s",
            "Tự chấm có điểm nhưng chưa gắn giấy tờ nào: tiêu chí %(codes)s",
            len(bare),
        )
        yield Gap("papers", words % {"codes": ", ".join(bare)}, "evidence")
