"""An office says once of a paper that is its own whether it is genuine; everybody who rests on the paper sees it.

Said of the facts as they stand: other facts are another revision, another file another paper, and want another look.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, CharField, DateField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import OrgUnit, User
from products.models import EvidenceLink, EvidencePaper, PaperConfirmation, PaperVerdict, said
from products.models.dossier import FINISHED, DossierState
from products.models.office import CONFIRMS, offices_owning
from products.people import demand, people_of
from products.vault.home import NEVER

WAITING, ANY = "waiting", "any"
STATES = [(WAITING, gettext_lazy("Chờ xác nhận")), *PaperVerdict.choices, (ANY, gettext_lazy("Tất cả"))]


@dataclass(frozen=True)
class Wanted:
    """What the list of an office is narrowed by."""

    words: str = ""
    kind: str = ""
    state: str = WAITING


def papers_for(user: Any, wanted: Wanted | None = None) -> QuerySet:
    """Of the kinds that her office confirms: `turn` puts papers of dossiers under way first, what ends soonest before the rest."""
    wanted = wanted or Wanted()
    under_way = EvidenceLink.objects.filter(paper=OuterRef("pk")).exclude(
        dossier__state__in=[*FINISHED, DossierState.DRAFT]
    )
    ends = Coalesce("expires_on", Value(NEVER), output_field=DateField())
    found = EvidencePaper.objects.for_office_of(user).annotate(
        said=said(), verdict=Subquery(_standing().values("verdict")), is_live=Exists(under_way), ends=ends
    )
    first = Case(When(is_live=True, then=Value("0 ")), default=Value("1 "), output_field=CharField())
    found = found.annotate(turn=Concat(first, Cast("ends", CharField()), output_field=CharField()))
    for word in wanted.words.split():
        found = found.containing(word)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == WAITING:
        found = found.filter(verdict=None)
    elif wanted.state != ANY:
        found = found.filter(verdict=wanted.state)
    return found.select_related("file", "producer__unit")


def waiting_for(user: Any) -> int:
    """How many papers her office has not looked at."""
    return EvidencePaper.objects.for_office_of(user).filter(~Exists(_standing())).count()


def _standing() -> QuerySet:
    """What stands of the paper of an outer query."""
    return PaperConfirmation.objects.filter(
        paper=OuterRef("pk"), revision=OuterRef("revision"), ended_at=None
    )


def standing_of(paper: EvidencePaper) -> PaperConfirmation | None:
    """What is said of the paper as it is now."""
    rows = paper.confirmations.filter(revision=paper.revision, ended_at=None)
    return rows.select_related("unit", "by").first()


def said_before(paper: EvidencePaper) -> list[PaperConfirmation]:
    """Everything that was ever said of it, newest first."""
    return list(paper.confirmations.select_related("unit", "by").prefetch_related("by__persons"))


@transaction.atomic
def confirm(
    paper: EvidencePaper,
    verdict: str,
    *,
    revision: int,
    seen: int | None,
    by: User,
    note: str = "",
    at: dt.datetime | None = None,
) -> PaperConfirmation:
    """Write what the office says of the paper; `revision` and `seen` (the confirmation that stood) are what its officer looked at.

    The same said again answers what stands. PermissionDenied for whoever speaks for no office of this kind; ValidationError where
    the paper or the word on it is another meanwhile, another office has spoken, or a doubt has no reason.
    """
    if not EvidencePaper.objects.for_office_of(by).filter(pk=paper.pk).exists():
        raise PermissionDenied
    rows = EvidencePaper.objects.select_for_update(of=("self",)).select_related("producer__unit")
    fresh, note, moment = rows.get(pk=paper.pk), note.strip(), at or timezone.now()
    demand(by, CONFIRMS, fresh)
    standing = standing_of(fresh)
    if standing and (standing.by, standing.verdict, standing.note) == (by, verdict, note):
        return standing
    _refuse_stale(fresh, standing, revision, seen)
    if verdict != PaperVerdict.GENUINE and not note:
        raise ValidationError({"note": _("Hãy ghi lý do để chủ thể biết phải làm gì.")})
    if standing:
        _demand_own(standing, by)
        standing.ended_at = moment
        standing.save(update_fields=["ended_at"])
    made = PaperConfirmation(
        paper=fresh,
        revision=fresh.revision,
        verdict=verdict,
        note=note,
        unit=_office(fresh, by),
        by=by,
        at=moment,
    )
    made.full_clean(exclude=["paper", "unit", "by"], validate_constraints=False)
    made.save(force_insert=True)
    data = {"verdict": verdict, "revision": fresh.revision, "instead_of": standing.pk if standing else None}
    record("evidence.confirm", fresh, by=by, unit=made.unit, note=note, data=data)
    if PaperVerdict.NOT_GENUINE in (verdict, standing.verdict if standing else ""):
        _tell(made)
    return made


def _refuse_stale(
    paper: EvidencePaper, standing: PaperConfirmation | None, revision: int, seen: int | None
) -> None:
    if paper.withdrawn_at:
        raise ValidationError(_("Giấy tờ này đã được bỏ khỏi kho."), code="stale")
    if paper.revision != revision:
        raise ValidationError(
            _("Thông tin của giấy vừa được sửa. Hãy xem lại rồi ghi kết luận."), code="stale"
        )
    if (standing.pk if standing else None) == seen:
        return
    if standing is None:
        raise ValidationError(_("Kết luận trước không còn. Hãy xem lại rồi ghi."), code="stale")
    words = _("%(who)s vừa ghi: “%(what)s”. Hãy xem lại rồi ghi nếu cần sửa.")
    told = {"who": standing.by.get_full_name(), "what": standing.get_verdict_display()}
    raise ValidationError(words % told, code="stale")


def _demand_own(standing: PaperConfirmation, by: User) -> None:
    if not by.has_perm(CONFIRMS, standing.unit):
        words = _("%(unit)s đã kết luận về giấy này; chỉ cơ quan đó sửa được.")
        raise ValidationError(words % {"unit": standing.unit})


def _office(paper: EvidencePaper, by: User) -> OrgUnit:
    """The one of the offices of this kind for which she speaks."""
    return next(unit for unit in offices_owning(paper.kind) if by.has_perm(CONFIRMS, unit))


def _tell(made: PaperConfirmation) -> None:
    """The producer is told of a paper that is not genuine, and when that is taken back."""
    paper = made.paper
    subject = _("Giấy tờ bị kết luận không phải giấy đã cấp: %(title)s")
    rest = _("Hãy thay bằng giấy đúng hoặc hỏi lại cơ quan đã kết luận.")
    if made.verdict != PaperVerdict.NOT_GENUINE:
        subject, rest = _("Kết luận về giấy tờ đã được sửa: %(title)s"), ""
    body = " ".join(filter(None, [f"{made.said.words}.", made.note, rest]))
    notify(
        people_of(paper.producer),
        kind="paper.confirmed",
        key=f"paper-confirmation-{made.pk}",
        subject=subject % {"title": paper.title},
        body=body,
        url=f"evidence/{paper.pk}/",
    )
