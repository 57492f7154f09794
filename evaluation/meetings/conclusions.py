"""What the council concludes on one product: the exact mean, the stars, and every reason."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.ballots.proposals import proposers
from evaluation.meetings.divergence import in_one_sentence, reasons_to_meet, refuse_unspoken
from evaluation.meetings.standing import Hall, Standing, read_standing
from evaluation.meetings.succession import hand_assignments_on
from evaluation.meetings.tellings import tell_conclusion, tell_rescore
from evaluation.models import AgendaItem, Assessment, Ballot, Meeting, MeetingState, Result
from ocop.audit.log import record
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from ocop.regulations import SheetError, json_number, read_mark, shown

CONCLUDE = "evaluation.conclude_meeting"
RECORD = "evaluation.change_meeting"


def open_item(assessment: Assessment) -> AgendaItem | None:
    """Its place on the agenda of the meeting that is going on."""
    items = AgendaItem.objects.for_list().select_related("meeting__council__unit")
    return items.filter(assessment=assessment, meeting__state=MeetingState.OPEN).first()


def item_problems(assessment: Assessment, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    """Why no conclusion can be written yet."""
    item = open_item(assessment)
    if item is None:
        yield _("Sản phẩm này không có trong phiên họp đang diễn ra.")
        return
    yield from standing_problems(read_standing(item))


def standing_problems(standing: Standing) -> Iterable[str]:
    policy = standing.hall.rules.policy
    if standing.hall.meeting.is_written and (reasons := reasons_to_meet(standing)):
        yield in_one_sentence(reasons)
    if standing.missing and standing.waits:
        yield _("Chưa nộp phiếu: %(names)s.") % {"names": ", ".join(str(it.user) for it in standing.missing)}
    have, needed = len(standing.sealed), max(standing.needed, 1)
    if have < needed and standing.is_revealed and standing.abstained:
        words = _(
            "Chỉ có %(have)s phiếu cho điểm, %(out)s phiếu không cho ý kiến; Quy chế cần ít nhất %(needed)s phiếu cho "
            "điểm. Hãy đưa sản phẩm ra khỏi chương trình, hoặc mở lại phiếu của người không cho ý kiến."
        )
        yield words % {"have": have, "out": len(standing.abstained), "needed": needed}
        return
    if have < needed:
        yield _("Mới có %(have)s phiếu, Quy chế cần ít nhất %(needed)s.") % {"have": have, "needed": needed}
        return
    if standing.must_rescore:
        yield _("Điểm các phiếu chênh nhau %(spread)s, quá %(most)s điểm: hãy thảo luận và chấm lại.") % {
            "spread": standing.spread,
            "most": shown(policy.max_spread),
        }
    if standing.verdict is not None and standing.verdict.unagreed:
        yield _("Chưa ghi mức thống nhất của tiêu chí %(codes)s.") % {
            "codes": ", ".join(standing.verdict.unagreed)
        }


def conclude_item(assessment: Assessment, by: User, data: Mapping[str, Any]) -> None:
    """Write the result. The sheets are locked first: none is reopened or sealed beside it."""
    item = open_item(assessment)
    if item is None:
        raise ValidationError(_("Sản phẩm này không có trong phiên họp đang diễn ra."))
    list(_sheets(item).select_for_update(of=("self",)))
    standing = read_standing(item)
    if problems := list(standing_problems(standing)):
        raise ValidationError(problems)
    tell_conclusion(_write(standing, data.get("at") or timezone.now()), standing)


def _sheets(item: AgendaItem) -> Any:
    return Ballot.objects.filter(
        meeting=item.meeting_id, assessment=item.assessment_id, attempt=item.attempt
    ).order_by("pk")


def _write(standing: Standing, at: Any) -> Result:
    combined, verdict = standing.combined, standing.verdict
    if combined is None or verdict is None:
        raise ValueError("no sheet counts")
    return Result.objects.create(
        assessment=standing.item.assessment,
        meeting=standing.hall.meeting,
        attempt=standing.item.attempt,
        mean_numerator=combined.total.numerator,
        mean_denominator=combined.total.denominator,
        spread=combined.spread,
        band=verdict.band,
        stars=verdict.stars,
        reasons=_reasons(standing),
        concluded_at=at,
    )


def _reasons(standing: Standing) -> dict[str, Any]:
    combined, verdict, item = standing.combined, standing.verdict, standing.item
    assert combined is not None
    assert verdict is not None
    return {
        "sentences": [str(sentence) for sentence in verdict.reasons],
        "parts": {code: json_number(points) for code, points in combined.parts.items()},
        "sections": {code: json_number(points) for code, points in combined.sections.items()},
        "criteria": {code: json_number(points) for code, points in combined.criteria.items()},
        "missed": [
            {"criterion": it.criterion, "star": it.star, "least": it.least, "have": json_number(it.have)}
            for it in verdict.missed
        ],
        "knock_outs": list(item.knock_outs),
        "agreed": dict(item.agreed),
        "unanswered": list(combined.unanswered),
        "counted": [
            {"seat": ballot.seat_id, "total": total}
            for ballot, total in zip(standing.sealed, combined.totals, strict=True)
        ],
        "abstained": [ballot.seat_id for ballot in standing.abstained],
        "proposed": proposers(item, item.knock_outs),
        "left_out": [seat.pk for seat in standing.missing],
        "recused": sorted(standing.recused),
        "rescored": item.rescored,
        "is_apart": standing.is_apart,
        "discussion": item.discussion,
    }


@transaction.atomic
def record_agreed(
    item: AgendaItem,
    *,
    by: User,
    agreed: Mapping[str, int],
    knock_outs: Iterable[str] = (),
    discussion: str = "",
) -> AgendaItem:
    """Keep what the council agreed on in its discussion: levels for the gates, knock-outs it found, its words."""
    fresh = _locked(item, by, RECORD, CONCLUDE)
    standing = read_standing(fresh)
    if not standing.is_revealed:
        raise ValidationError(_("Chỉ ghi kết quả thảo luận khi mọi phiếu đã nộp."))
    knock_outs = list(knock_outs)
    if standing.hall.meeting.is_written:
        refuse_unspoken(standing, agreed, knock_outs)
    fresh.agreed = _checked_levels(standing, agreed)
    fresh.knock_outs = sorted(set(knock_outs))
    if unknown := set(fresh.knock_outs) - standing.criteria_set.knock_outs.keys():
        raise ValidationError(
            _("Không có trường hợp loại: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        )
    fresh.discussion = discussion.strip()
    fresh.save(update_fields=["agreed", "knock_outs", "discussion"])
    record(
        "agenda.agree",
        fresh.assessment,
        by=by,
        note=fresh.discussion,
        data={
            "agreed": fresh.agreed,
            "knock_outs": fresh.knock_outs,
            "proposed": proposers(fresh, fresh.knock_outs),
        },
    )
    return fresh


def _checked_levels(standing: Standing, agreed: Mapping[str, int]) -> dict[str, int]:
    """Printed levels of criteria of the set; for a criterion with cases, a level of one of them."""
    for code, points in agreed.items():
        criterion = standing.criteria_set.by_code.get(code)
        if criterion is None:
            raise ValidationError(_("Bộ tiêu chí không có tiêu chí %(code)s.") % {"code": code})
        values = [points, *({"case": case, "points": points} for case in criterion.case_codes)]
        if not any(_can_stand(criterion, value) for value in values):
            raise ValidationError(
                _("Tiêu chí %(code)s không có mức %(points)s điểm.") % {"code": code, "points": points}
            )
    return dict(agreed)


def _can_stand(criterion: Any, value: Any) -> bool:
    try:
        read_mark(criterion, value)
    except SheetError:
        return False
    return True


@transaction.atomic
def rescore(item: AgendaItem, *, by: User, note: str, at: Any = None) -> AgendaItem:
    """Have the product scored again after the discussion; the sheets so far are kept, new ones begin from them."""
    fresh = _locked(item, by, CONCLUDE)
    standing = read_standing(fresh)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi lý do chấm lại.")})
    if standing.hall.meeting.is_written:
        raise ValidationError(_("Lấy ý kiến bằng văn bản không chấm lại: hãy đưa sản phẩm ra phiên họp."))
    if not standing.is_revealed:
        raise ValidationError(_("Còn phiếu chưa nộp, chưa thể chấm lại."))
    fresh.attempt, fresh.rescored = fresh.attempt + 1, fresh.rescored + 1
    fresh.save(update_fields=["attempt", "rescored"])
    sheets = [_next_sheet(ballot, standing.hall, fresh.attempt, at) for ballot in standing.handed_in]
    Ballot.objects.bulk_create(sheet for sheet in sheets if sheet is not None)
    hand_assignments_on(fresh, standing.hall)
    record(
        "agenda.rescore",
        fresh.assessment,
        by=by,
        role=role_for(by, CONCLUDE, fresh.assessment) or "",
        note=note,
        data={"attempt": fresh.attempt, "spread": standing.spread},
    )
    tell_rescore(fresh, standing)
    return fresh


def _next_sheet(ballot: Ballot, hall: Hall, attempt: int, at: Any) -> Ballot | None:
    """From what the member had given; blank for who took the seat over, none where nobody may."""
    is_same = ballot.seat_id in {seat.pk for seat in hall.seats}
    heir = None if is_same else hall.heir(ballot.seat_id)
    if not is_same and (heir is None or ballot.assessment.excludes(heir.user)):
        return None
    given = (
        {name: getattr(ballot, name) for name in ("levels", "opinion", "opinion_revision", "total", "stars")}
        if is_same
        else {}
    )
    return Ballot(
        meeting=ballot.meeting,
        assessment_id=ballot.assessment_id,
        seat_id=heir.pk if heir else ballot.seat_id,
        published_id=ballot.published_id,
        attempt=attempt,
        saved_at=at or timezone.now(),
        **given,
    )


def _locked(item: AgendaItem, by: User, *any_of: str) -> AgendaItem:
    """The item of a meeting that goes on, locked; refused without one of the rights or once concluded."""
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=item.assessment_id)
    meeting = Meeting.objects.get(pk=item.meeting_id)
    if not any(by.has_perm(perm, assessment) for perm in any_of):
        raise PermissionDenied
    if meeting.state != MeetingState.OPEN:
        raise ValidationError(_("Phiên họp không còn mở."))
    if Result.objects.filter(assessment=assessment).exists():
        raise ValidationError(_("Hội đồng đã kết luận sản phẩm này."))
    return AgendaItem.objects.for_list().select_related("meeting__council__unit").get(pk=item.pk)
