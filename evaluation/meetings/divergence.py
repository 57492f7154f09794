"""When an opinion in writing does not do: the sheets diverge, somebody calls for a meeting, the matter is complex."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation.ballots.proposals import proposals_on
from evaluation.meetings.alarms import turning
from evaluation.meetings.standing import Standing
from evaluation.models import MeetingCall
from ocop.orgs.models import User
from ocop.regulations import band_of, gate_standings


def calls_on(standing: Standing) -> list[MeetingCall]:
    """Of those who may know the product; one who declared a conflict later called for nothing."""
    item = standing.item
    found = MeetingCall.objects.filter(meeting=item.meeting_id, assessment=item.assessment_id)
    return [it for it in found.select_related("seat__user") if it.seat_id not in standing.recused]


def reasons_to_meet(standing: Standing) -> list[str]:
    """Calls at once; what the sheets say only when no more of them come. No figure of any sheet."""
    return [
        *(_call_words(call) for call in calls_on(standing)),
        *(divergences(standing) if standing.is_revealed else ()),
    ]


def reasons_known_to(standing: Standing, user: User) -> list[str]:
    """The same for a reader: nothing of the sheets to who has not sealed her own."""
    if standing.is_revealed and not standing.is_revealed_to(user):
        return [_call_words(call) for call in calls_on(standing)]
    return reasons_to_meet(standing)


def _call_words(call: MeetingCall) -> str:
    return _("%(who)s đề nghị họp.") % {"who": call.seat.user}


def divergences(standing: Standing) -> Iterator[str]:
    """Totals further apart than the Quy chế allows, a gate that hangs on one vote, a case of loại proposed."""
    if standing.is_apart:
        yield _("Điểm các phiếu chênh nhau quá mức của Quy chế.")
    for code in hanging_gates(standing):
        yield _("Mức tối thiểu của tiêu chí %(code)s được hay mất vì một phiếu.") % {"code": code}
    if proposals_on(standing.item):
        yield _("Có thành viên đề nghị loại sản phẩm.")


def hanging_gates(standing: Standing) -> list[str]:
    """The criteria with a gate of this band or one below that a single sheet turns."""
    criteria_set, combined, policy = standing.criteria_set, standing.combined, standing.hall.rules.policy
    if combined is None:
        return []
    least, band = criteria_set.regime.least_recognised, band_of(criteria_set.regime, combined.total).star
    hanging = [
        gate.criterion
        for gate in gate_standings(criteria_set, combined, policy, {})
        if least <= gate.star <= band and turning(criteria_set, combined, policy, gate)
    ]
    return list(dict.fromkeys(hanging))


def refuse_unspoken(standing: Standing, agreed: Mapping[str, int], knock_outs: Collection[str]) -> None:
    """ValidationError for what only a discussion can bring: a case of loại, a level that not all sheets gave."""
    if knock_outs:
        raise ValidationError(_("Trường hợp loại phải được thảo luận: hãy đưa sản phẩm ra phiên họp."))
    for code, points in agreed.items():
        given = {ballot.levels.get(code, {}).get("p") for ballot in standing.sealed}
        if given != {points}:
            words = _(
                "Các phiếu không cùng mức %(points)s ở tiêu chí %(code)s: mức khác phải thống nhất tại phiên họp."
            )
            raise ValidationError(words % {"points": points, "code": code})


def in_one_sentence(reasons: Iterable[str]) -> str:
    return _("Phải đưa ra phiên họp. %(reasons)s") % {"reasons": " ".join(reasons)}
