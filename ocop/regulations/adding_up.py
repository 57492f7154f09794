"""Whether a set and a regime add up: every reason why not, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .regimes import Regime
from .sentences import Sentence
from .sentences import sentence as _
from .sets import CriteriaSet, Criterion, Level, Section


def faults_of_set(it: CriteriaSet) -> Iterator[Sentence]:
    """Sums of all parts, rising levels, monotone gates, codes used once, known names."""
    for where, text in _faults(it):
        yield _("%(set)s %(where)s: %(text)s", set=it.code, where=where, text=text)


def _faults(it: CriteriaSet) -> Iterator[tuple[str, Sentence]]:
    if not it.code.startswith(it.regime.set_prefix):
        yield "code", _("mã của bộ phải bắt đầu bằng %(prefix)s", prefix=it.regime.set_prefix)
    yield from _twice("section", (section.code for section in it.sections))
    yield from _twice("criterion", (criterion.code for criterion in it.criteria))
    yield from _sums_not_named(it)
    for section in it.sections:
        yield from _section_faults(section)
    evidence = {kind.code for kind in it.regime.evidence}
    stars = {band.star for band in it.regime.bands if band.recognised}
    for criterion in it.criteria:
        yield from _criterion_faults(criterion, evidence, stars, set(it.anomalies))
    for rejection in it.rejections:
        for code in sorted(set(rejection.evidence) - evidence):
            yield "rejected_if", _("không có loại giấy tờ “%(code)s”", code=code)
    for knock_out in it.knock_outs.values():
        for code in knock_out.zero_of:
            if code not in it.by_code:
                yield knock_out.code, _("nêu tiêu chí %(code)s không có trong bộ", code=code)


def _twice(what: str, codes: Iterable[str]) -> Iterator[tuple[str, Sentence]]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield code, _("mã dùng %(times)s lần (%(what)s)", times=times, what=what)


def _sums_not_named(it: CriteriaSet) -> Iterator[tuple[str, Sentence]]:
    """Wrong sums but those the set names as doubtful, and named ones that are not wrong in that way."""
    named = {(doubt.where, doubt.found) for doubt in it.doubtful}
    wrong = list(_wrong_sums(it))
    yield from ((where, text) for where, found, text in wrong if (where, found) not in named)
    for where, found in sorted(named - {(where, found) for where, found, _text in wrong}):
        yield where, _("ghi ở “doubtful” là %(found)s, nhưng không có chỗ nào sai như vậy", found=found)


def _wrong_sums(it: CriteriaSet) -> Iterator[tuple[str, int | None, Sentence]]:
    for part in it.parts:
        yield from _sum(part.code, part.points, (section.points for section in part.sections))
    for section in it.sections:
        yield from _sum(section.code, section.points, (criterion.points for criterion in section.criteria))
        for group in section.groups:
            inside = (criterion.points for criterion in section.criteria if criterion.group == group.code)
            yield from _sum(group.code, group.points, inside)
    for criterion in it.criteria:
        yield from _best(criterion)


def _sum(where: str, stated: int, points: Iterable[int]) -> Iterator[tuple[str, int, Sentence]]:
    found = sum(points)
    if found != stated:
        text = _("cộng lại được %(found)s điểm, ghi là %(stated)s", found=found, stated=stated)
        yield where, found, text


def _best(it: Criterion) -> Iterator[tuple[str, int | None, Sentence]]:
    best = max((level.points for scale in it.scales for level in scale), default=None)
    if best != it.points:
        text = _("mức cao nhất là %(best)s, điểm tối đa ghi %(points)s", best=best, points=it.points)
        yield it.code, best, text


def _section_faults(section: Section) -> Iterator[tuple[str, Sentence]]:
    known = {group.code for group in section.groups}
    for criterion in section.criteria:
        if criterion.group is not None and criterion.group not in known:
            yield criterion.code, _("thuộc nhóm %(group)s không có", group=criterion.group)


def _criterion_faults(
    it: Criterion, evidence: set[str], stars: set[int], anomalies: set[str]
) -> Iterator[tuple[str, Sentence]]:
    if it.cases:
        yield from _twice("case", it.case_codes)
        if len(it.cases) == 1:
            yield it.code, _("chỉ có một trường hợp")
    may_repeat = any(line.startswith(f"{it.code}:") for line in anomalies)
    for scale in it.scales:
        for text in _scale_faults(scale, stars, may_repeat=may_repeat):
            yield it.code, text
    for code in it.evidence:
        if code not in evidence:
            yield it.code, _("không có loại giấy tờ “%(code)s”", code=code)


def _scale_faults(scale: tuple[Level, ...], stars: set[int], *, may_repeat: bool) -> Iterator[Sentence]:
    points = [level.points for level in scale]
    if not points:
        yield _("không có mức điểm nào")
    if points != sorted(points) or any(it < 0 for it in points):
        yield _("các mức điểm không tăng dần: %(points)s", points=points)
    if len(set(points)) != len(points) and not may_repeat:
        yield _("hai mức cùng điểm mà không ghi ở “anomalies”: %(points)s", points=points)
    if any(not level.label.strip() for level in scale):
        yield _("có mức không có mô tả")
    marks = [level.star for level in scale if level.star is not None]
    if marks != sorted(set(marks)):
        yield _("mức sao tối thiểu không tăng theo điểm: %(marks)s", marks=marks)
    for star in sorted(set(marks) - stars):
        yield _("không có hạng %(star)s sao để đặt mức tối thiểu", star=star)


def faults_of_regime(it: Regime) -> Iterator[Sentence]:
    """Bands that cover 0 to the total without a hole, and names that name something."""
    for text in _regime_faults(it):
        yield _("%(regime)s: %(text)s", regime=it.code, text=text)


def _regime_faults(it: Regime) -> Iterator[Sentence]:
    bands = sorted(it.bands, key=lambda band: band.star)
    leasts = [band.least for band in bands]
    if [band.star for band in bands] != list(range(1, len(bands) + 1)):
        yield _("các hạng sao phải là 1, 2, 3… liền nhau")
    if not leasts or leasts[0] != 0 or leasts != sorted(set(leasts)):
        yield _("khung điểm phải bắt đầu từ 0 và tăng dần: %(leasts)s", leasts=leasts)
    if leasts and leasts[-1] > sum(part.points for part in it.parts):
        yield _("khung điểm vượt tổng điểm các phần")
    tiers = {tier.code for tier in it.tiers}
    for tier in it.tiers:
        sent = (tier.forwards_to, tier.sends_back_to, tier.sends_up.to if tier.sends_up else None)
        yield from _unknown(_("cấp"), [code for code in sent if code], tiers)
    yield from _unknown(_("cấp"), [rule.tier for rule in it.deadlines if rule.tier], tiers)
    yield from _unknown(
        _("cấp"), [end for package in it.packages for end in (package.sender, package.receiver)], tiers
    )
    yield from _unknown(_("cấp"), [code for _star, code in it.revoked_by], tiers)
    forms = {form.code for form in it.forms}
    yield from _unknown(_("mẫu"), [code for kind in it.dossier_kinds for code in kind.forms], forms)
    kinds = {kind.code for kind in it.dossier_kinds}
    yield from _unknown(_("loại hồ sơ"), [code for package in it.packages for code in package.kinds], kinds)
    if it.transition:
        yield from _unknown(_("loại hồ sơ"), [code for code, _days in it.transition.finish_days], kinds)
    yield from (text for _where, text in _twice("legal form", (form.code for form in it.legal_forms)))
    categories = {category.code for category in it.categories}
    yield from _unknown(_("ngành"), [code for form in it.legal_forms for code in form.categories], categories)
    certified = [star for tier in it.tiers for star in tier.certifies]
    if sorted(certified) != [band.star for band in bands if band.recognised]:
        yield _("mỗi hạng được công nhận phải do đúng một cấp cấp giấy: %(stars)s", stars=certified)


def _unknown(what: Sentence, codes: Iterable[str], known: set[str]) -> Iterator[Sentence]:
    for code in sorted(set(codes) - known):
        yield _("không có %(what)s “%(code)s”", what=what, code=code)
