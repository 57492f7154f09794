"""All criteria of one product as one compact table: for who prefers to see the whole sheet; the saving is the same."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation.ballots.notes import AT_FIELD, claims_of, missing_notes
from evaluation.ballots.saving import Conflict, closed_reasons, save_mark, set_of
from evaluation.ballots.sheets import read_claim, read_tally
from evaluation.models import Ballot
from evaluation.rules import read_levels
from evaluation.views.numbers import whole
from evaluation.views.proposals import own_ballot
from ocop.cards import field_name, levels, part_name, raw_value, written
from ocop.orgs.http import SignedInRequest


@require_http_methods(["GET", "POST"])
@login_required
def grid(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole sheet; a plain form keeps every row that was changed, each with the revision it saw."""
    ballot = own_ballot(request, pk)
    if request.method == "GET":
        return _show(request, ballot)
    refused = _keep(request, ballot)
    if refused:
        return _show(request, own_ballot(request, pk), refused)  # no 422: that would take back what was kept
    messages.success(request, _("Đã lưu %(time)s") % {"time": f"{timezone.localtime():%H:%M}"})
    return redirect("evaluation:grid", pk=pk)


def _keep(request: SignedInRequest, ballot: Ballot) -> dict[str, str]:
    """By criterion why its row was not kept; all others were."""
    refused = {}
    for code in set_of(ballot).by_code:
        given = request.POST.get(field_name(code), "")
        if not given or given == _held(ballot, code):
            continue
        seen = whole(request.POST.get(f"r-{field_name(code)}"))
        note = ballot.levels.get(code, {}).get("note", "")
        try:
            save_mark(
                ballot, code, raw_value(given), revision=-1 if seen is None else seen, key=uuid.uuid4().hex,
                by=request.user, note=note,
            )  # fmt: skip
        except Conflict as conflict:
            refused[code] = _(
                "Nơi khác vừa lưu %(theirs)s điểm, bạn vừa chọn %(mine)s điểm. Hãy chọn lại."
            ) % {
                "theirs": conflict.theirs.get("p", "–"),
                "mine": conflict.mine.get("p", "–"),
            }
        except ValidationError as error:
            refused[code] = " ".join(error.messages)
    return refused


def _held(ballot: Ballot, code: str) -> str | None:
    return written(read_levels(set_of(ballot), ballot.levels).marks.get(code))


def _show(request: SignedInRequest, ballot: Ballot, refused: dict[str, str] | None = None) -> HttpResponse:
    reasons = closed_reasons(ballot)
    product = ballot.assessment.dossier.product
    context = {
        "ballot": ballot,
        "parts": _parts(ballot, refused or {}),
        "tally": read_tally(ballot),
        "key": uuid.uuid4().hex,
        "reasons": reasons,
        "refused": bool(refused),
        "locked": ballot.is_sealed or bool(reasons),
        "crumbs": [
            (_("Chương trình họp"), reverse("evaluation:meeting", args=[ballot.meeting_id])),
            (product.name, reverse("evaluation:ballot", args=[ballot.pk])),
            (_("Cả phiếu"), ""),
        ],
    }
    return render(request, "evaluation/grid.html", context)


def _parts(ballot: Ballot, refused: dict[str, str]) -> list[dict[str, Any]]:
    of_set, claims, bare = set_of(ballot), claims_of(ballot), missing_notes(ballot)
    marks = read_levels(of_set, ballot.levels).marks
    return [
        {
            "code": part.code,
            "title": part_name(part),
            "name": part.name,
            "rows": [
                {
                    "code": it.code,
                    "title": it.name,
                    "most": it.points,
                    "name": field_name(it.code),
                    "levels": levels(it),
                    "value": written(marks.get(it.code)),
                    "revision": ballot.levels.get(it.code, {}).get("r", 0),
                    "note": ballot.levels.get(it.code, {}).get("note", ""),
                    "claim": read_claim(claims, it.code),
                    "wants": AT_FIELD[bare[it.code]] if it.code in bare else "",
                    "refused": refused.get(it.code, ""),
                }
                for section in part.sections
                for it in section.criteria
            ],
        }
        for part in of_set.parts
    ]
