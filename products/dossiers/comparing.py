"""What one frozen dossier says otherwise than another: answers, marks, papers; for who looks a second time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ocop.orgs.models import User
from products.dossiers.filed import FORMS, NOTHING, Filed, FiledPaper, Mark
from products.models import Dossier, DossierVersion


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise; "–" where it was not there or is no more."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Part:
    """The changes of one section of the forms, of the self-score or of the papers."""

    title: str
    changes: list[Change]


def compare(before: Filed, after: Filed) -> list[Part]:
    """Only the parts where something changed, in the order of the forms."""
    parts = [*_sections(before, after), _marks(before, after), _papers(before, after)]
    return [part for part in parts if part.changes]


def _sections(before: Filed, after: Filed) -> Iterator[Part]:
    for form in FORMS:
        old = {title: dict(rows) for title, rows in before.sections(form)}
        new = {title: dict(rows) for title, rows in after.sections(form)}
        for title in {**old, **new}:
            yield Part(title, list(_changes(old.get(title, {}), new.get(title, {}))))


def _marks(before: Filed, after: Filed) -> Part:
    """By code; another set is another sheet, of which nothing compares."""
    same = before.dossier["set"] == after.dossier["set"]
    old, new = (_by_code(before) if same else {}), _by_code(after)
    return Part(_("Tự chấm từng tiêu chí"), list(_changes(old, new)) if same else [])


def _by_code(filed: Filed) -> dict[str, str]:
    marks = [mark for group in filed.groups for mark in group.marks]
    return {f"{it.criterion.code}. {it.criterion.name}": _mark_words(it) for it in marks}


def _mark_words(mark: Mark) -> str:
    lines = [f"{mark.points}/{mark.criterion.points}", mark.text, mark.why]
    return "\n".join(line for line in lines if line)


def _papers(before: Filed, after: Filed) -> Part:
    """A paper is the same while its row is: another file is another paper."""
    old = {it.facts["id"]: it for it in before.papers}
    new = {it.facts["id"]: it for it in after.papers}
    changes = [
        Change(_title(old.get(pk), new.get(pk)), _paper_words(old.get(pk)), _paper_words(new.get(pk)))
        for pk in {**old, **new}
        if _paper_words(old.get(pk)) != _paper_words(new.get(pk))
    ]
    return Part(_("Giấy tờ"), changes)


def _title(old: FiledPaper | None, new: FiledPaper | None) -> str:
    paper = new or old
    return f"{paper.kind}: {paper.title}" if paper else NOTHING


def _paper_words(paper: FiledPaper | None) -> str:
    if paper is None:
        return NOTHING
    places = [
        _("%(code)s trang %(page)s") % {"code": code, "page": page} if page else code
        for code, page in paper.places
    ]
    proves = _("chứng minh tiêu chí %(codes)s") % {"codes": ", ".join(places)} if places else ""
    return "\n".join(line for line in (paper.title, paper.origin, proves) if line)


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for label in {**old, **new}:
        before, after = old.get(label, NOTHING), new.get(label, NOTHING)
        if before != after:
            yield Change(label, before, after)


def filing_before(user: User, dossier: Dossier, number: int | None = None) -> DossierVersion | None:
    """The filing before this one (`number` None: the last), else that of the dossier it follows, if she sees it."""
    earlier = dossier.versions.filter(number__lt=number) if number else dossier.versions
    own = earlier.last()
    if own is not None or dossier.previous_id is None:
        return own
    seen = Dossier.objects.visible_to(user).filter(pk=dossier.previous_id)
    return DossierVersion.objects.filter(dossier__in=seen).order_by("number").last()
