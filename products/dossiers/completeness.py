"""Everything that is missing, said at once; pure over a loaded dossier. QĐ 26/2026, Điều 6 and Phụ lục II, III."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.dossiers.sections import Known, Section, is_empty
from products.dossiers.whole import Whole
from products.models.producer import ProducerState
from products.producers.eligibility import decision_of, is_registered, may_bring, why_not
from products.producers.legal_papers import THERE


@dataclass(frozen=True)
class Gap:
    """One thing missing or wrong: which item of the dossier, in words, and the page that mends it."""

    item: str  # a section's key, "papers", "self_score", "round" or "producer"
    text: str
    page: str  # as in `mending.gap_url`
    part: str = ""  # the section's key or the criterion's code


def gaps(whole: Whole, on: dt.date) -> list[Gap]:
    """Every reason why this dossier cannot be filed that day."""
    return [*_standing(whole, on), *_sections(whole), *_papers(whole, on), *_self_score(whole)]


def _standing(whole: Whole, on: dt.date) -> Iterator[Gap]:
    if whole.producer.state != ProducerState.APPROVED:
        yield Gap("producer", _("Xã chưa xác nhận chủ thể này"), "standing")
    if whole.regime.legal_forms:
        yield from (Gap("producer", it, "legal") for it in why_not(whole.producer, whole.size, whole.regime))
    if not may_bring(whole.producer.kind, whole.set.category.code, whole.regime):
        words = _("%(kind)s chỉ tham gia với dịch vụ du lịch (Điều 2 %(decision)s)")
        facts = {"kind": whole.producer.get_kind_display(), "decision": decision_of(whole.regime)}
        yield Gap("producer", words % facts, "product")
    yield from _legal_papers(whole, on)
    found = whole.dossier.round
    if not whole.dossier.code and not found.opens_on <= on <= found.cutoff_on:
        words = _("%(round)s chỉ nhận hồ sơ từ %(first)s đến hết %(last)s")
        first, last = _day(found.opens_on), _day(found.cutoff_on)
        yield Gap("round", words % {"round": found.name, "first": first, "last": last}, "round")


def _legal_papers(whole: Whole, on: dt.date) -> Iterator[Gap]:
    """What her legal form must have; a kind that the set asks for by itself is told with the papers."""
    told = {kind for it in whole.set.rejections for kind in it.evidence}
    for it in whole.legal_papers(on):
        if it.rule.required and it.standing != THERE and it.rule.kind not in told:
            words = _("Thiếu “%(paper)s” còn hiệu lực của loại hình %(form)s (%(basis)s)")
            form = whole.producer.get_kind_display()
            yield Gap(
                "producer", words % {"paper": it.rule.name, "form": form, "basis": it.rule.basis}, "legal"
            )


def _sections(whole: Whole) -> Iterator[Gap]:
    told: set[str] = set()
    for section in whole.asked:
        yield from _known(whole, section, told)
        for label in missing_fields(whole, section):
            text = _("%(section)s: chưa điền “%(field)s”") % {"section": section.title, "field": label}
            yield Gap(section.key, text, "section", section.key)


def _known(whole: Whole, section: Section, told: set[str]) -> Iterator[Gap]:
    """What stands elsewhere is missing once, however many forms print it."""
    for known in section.known:
        if known.source not in told and known_is_missing(whole, known):
            told.add(known.source)
            yield Gap(section.key, _("Chưa có “%(field)s”") % {"field": known.label}, known.page)


def known_is_missing(whole: Whole, known: Known) -> bool:
    if not known.required or (known.registered_only and not is_registered(whole.producer.kind, whole.regime)):
        return False
    return not whole.known(known)


def missing_fields(whole: Whole, section: Section) -> list[str]:
    """The labels of required fields without a value."""
    values = whole.values(section)
    return [str(it.label) for it in whole.fields(section) if it.required and is_empty(values.get(it.key))]


def _papers(whole: Whole, on: dt.date) -> Iterator[Gap]:
    """The set rejects a dossier without these papers; a paper past its day proves nothing."""
    valid = {it.row.kind for it in whole.papers if not it.row.has_expired(on)}
    wanted = {kinds: it for it in reversed(whole.set.rejections) if (kinds := it.evidence)}
    for kinds in dict.fromkeys(it.evidence for it in whole.set.rejections):
        if kinds and not valid.intersection(kinds):
            names = ", ".join(whole.regime.evidence_kind(kind).name for kind in kinds)
            words = _("Thiếu “%(paper)s” còn hiệu lực (không có thì bị loại: %(reason)s)")
            yield Gap(
                "papers", words % {"paper": names, "reason": wanted[kinds].text.lower()}, "evidence", kinds[0]
            )
    for it in whole.papers:
        if it.row.has_expired(on):
            words = _("“%(paper)s” hết hạn ngày %(day)s: thay bản mới hoặc bỏ ra")
            yield Gap("papers", words % {"paper": it.row, "day": _day(it.row.expires_on)}, "evidence")


def unscored(whole: Whole) -> list[str]:
    """Codes of the criteria without a mark, in the sheet's order."""
    levels = whole.levels()
    return [it.code for it in whole.set.criteria if levels.get(it.code, {}).get("p") is None]


def _self_score(whole: Whole) -> Iterator[Gap]:
    left = unscored(whole)
    if left:
        text = ngettext("Còn %(n)s tiêu chí chưa tự chấm", "Còn %(n)s tiêu chí chưa tự chấm", len(left))
        yield Gap("self_score", text % {"n": len(left)}, "criterion", left[0])


def _day(day: dt.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
