"""What each finding of the commune's report rests on: answers, their shares, the claim, the papers and their pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ocop.regulations import Criterion
from products.dossiers.sections import BY_KEY, is_empty
from products.dossiers.whole import Paper, Whole

LONGEST_ANSWER = 600  # letters of an answer beside a finding; the whole of it stands in the dossier


@dataclass(frozen=True)
class Fact:
    """One line beside a finding; a paper opens at `page` where the producer named it."""

    label: str
    value: str
    paper: int | None = None
    page: int | None = None
    wrong: bool = False  # it contradicts itself
    is_claim: bool = False  # the producer's own points, which no report of a commune repeats


@dataclass(frozen=True)
class Basis:
    """Where a finding's facts stand: answers, a share of two numbers, criteria by how their name begins, papers."""

    answers: tuple[tuple[str, str], ...] = ()
    share: tuple[tuple[str, str], tuple[str, str]] | None = None  # (the local part, the whole)
    criteria: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


BASES: dict[str, Basis] = {
    "local_material": Basis(
        answers=(("production", "materials"),),
        share=(("production", "local_material"), ("production", "material")),
        criteria=("nguồn nguyên liệu", "nguồn gốc sản phẩm"),
        papers=("material_origin",),
    ),
    "local_labour": Basis(
        share=(("general", "local_workers"), ("general", "workers")),
        criteria=("lao động địa phương",),
        papers=("local_labour",),
    ),
    "idea_origin": Basis(
        answers=(("general", "history"),), criteria=("nguồn gốc ý tưởng",), papers=("story",)
    ),
    "local_identity": Basis(
        criteria=("trí tuệ/bản sắc", "giữ di sản"), papers=("story", "intellectual_property", "awards")
    ),
}  # fmt: skip


def facts_of(whole: Whole, finding: str) -> list[Fact]:
    """All that the dossier itself says to this finding; papers last."""
    basis = BASES.get(finding)
    if basis is None:
        return []
    makers: tuple[Callable[[Whole, Basis], Iterator[Fact]], ...] = (_share, _answers, _claims, _papers)
    return [fact for make in makers for fact in make(whole, basis)]


def in_words(facts: list[Fact]) -> list[str]:
    """The facts as the report prints them: Mẫu 03 gives no points, so the claims stay on the page."""
    return [f"{it.label}: {it.value}" for it in facts if not it.is_claim]


def criteria_of(whole: Whole, basis: Basis) -> list[Criterion]:
    return [it for it in whole.set.criteria if it.name.casefold().startswith(basis.criteria)]


def _value(whole: Whole, at: tuple[str, str]) -> Any:
    section, key = at
    return whole.values(BY_KEY[section]).get(key)


def _label(at: tuple[str, str]) -> str:
    section, key = at
    return next(str(it.label) for it in BY_KEY[section].fields if it.key == key)


def _share(whole: Whole, basis: Basis) -> Iterator[Fact]:
    """Reckoned where both numbers stand; more of a part than of the whole is said to be wrong."""
    if basis.share is None:
        return
    part, all_of_it = (_value(whole, at) for at in basis.share)
    label = _label(basis.share[1])
    if not isinstance(part, int) or not isinstance(all_of_it, int):
        return
    values = {"part": number_format(part, use_l10n=True, force_grouping=True),
              "all": number_format(all_of_it, use_l10n=True, force_grouping=True)}  # fmt: skip
    if part > all_of_it:
        words = _("%(part)s của địa phương, nhiều hơn tổng số %(all)s") % values
        yield Fact(label, words, wrong=True)
    elif all_of_it:
        share = (Decimal(100 * part) / all_of_it).quantize(Decimal("0.1"), ROUND_HALF_UP)
        values["share"] = number_format(share, decimal_pos=1, use_l10n=True)
        yield Fact(label, _("%(part)s trong %(all)s của địa phương (%(share)s%%)") % values)


def _answers(whole: Whole, basis: Basis) -> Iterator[Fact]:
    for at in basis.answers:
        value = _value(whole, at)
        if not is_empty(value):
            yield Fact(_label(at), Truncator(value).chars(LONGEST_ANSWER))


def _claims(whole: Whole, basis: Basis) -> Iterator[Fact]:
    """The level the producer claims, and why."""
    for criterion in criteria_of(whole, basis):
        mark = whole.levels().get(criterion.code)
        if mark is None or mark.get("p") is None:
            continue
        level = next((it.label for it in criterion.scale(mark.get("case")) if it.points == mark["p"]), "")
        said = ". ".join(part.rstrip(".") for part in (level, mark.get("why", "")) if part)
        label = _("Chủ thể tự chấm %(code)s %(name)s") % {"code": criterion.code, "name": criterion.name}
        values = {"points": mark["p"], "most": criterion.points, "said": said}
        yield Fact(label, _("%(points)s/%(most)s điểm. %(said)s") % values, is_claim=True)


def _papers(whole: Whole, basis: Basis) -> Iterator[Fact]:
    """Those of the kind, and those tied to the criterion, each once, at its pinned page."""
    codes = [it.code for it in criteria_of(whole, basis)]
    names = {it.code: it.name for it in whole.regime.evidence}
    for paper in whole.papers:
        if paper.row.kind in basis.papers or not set(codes).isdisjoint(paper.criteria):
            page = next((paper.pages[code] for code in codes if code in paper.pages), None)
            yield Fact(
                names.get(paper.row.kind, paper.row.kind), _paper_words(paper, page), paper.row.pk, page
            )


def _paper_words(paper: Paper, page: int | None) -> str:
    row = paper.row
    words = [row.title]
    if row.number:
        words.append(_("số %(number)s") % {"number": row.number})
    if page is not None:
        words.append(_("trang %(page)s") % {"page": page})
    return ", ".join(words)
