"""The public page "Sản phẩm của tôi được mấy sao?": choose a set, score, see the star and the way up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.cards import card, field_name, raw_value, written
from ocop.law import law, regime_on
from ocop.regulations import CriteriaSet, SheetError, path_to, read_sheet, score, stars
from ocop.score_preview import said


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The groups of the regime in force, with their sets."""
    regime = regime_on(timezone.localdate())
    sets = law().sets_of(regime.code)
    groups = [
        {"code": it.code, "name": it.name, "sets": [one for one in sets if one.category.code == it.code]}
        for it in regime.categories
    ]
    return render(request, "calculator/choose.html", {"groups": groups, "regime": regime})


@require_safe
def calculate(request: HttpRequest, code: str) -> HttpResponse:
    """The whole sheet by parts; with values in the address, the answer above it. Works as a plain GET form."""
    it = law().sets.get(code)
    if it is None:
        raise Http404
    given = {c.code: request.GET[name] for c in it.criteria if request.GET.get(name := field_name(c.code))}
    errors: dict[str, str] = {}
    answer = None
    try:
        sheet = read_sheet(it, {code: raw_value(text) for code, text in given.items()})
    except SheetError as error:
        errors = {code: said(text) for code, text in error.errors.items()}
        sheet = read_sheet(it, {})
    else:
        answer = _answer(it, sheet) if given else None
    values = {code: written(mark) for code, mark in sheet.marks.items()}
    context = {
        "set": it,
        "parts": _parts(it, values, errors),
        "answer": answer,
        "errors": errors,
        "is_past": it not in law().sets_of(regime_on(timezone.localdate()).code),
    }
    return render(request, "calculator/sheet.html", context)


def _parts(it: CriteriaSet, values: dict[str, str | None], errors: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "code": part.code,
            "name": part.name,
            "points": part.points,
            "rows": [
                {
                    "card": card(part, section, one),
                    "name": field_name(one.code),
                    "value": values.get(one.code),
                    "error": errors.get(one.code),
                }
                for section in part.sections
                for one in section.criteria
            ],
        }
        for part in it.parts
    ]


def _answer(it: CriteriaSet, sheet: Any) -> dict[str, Any]:
    result = score(it, sheet)
    verdict = stars(it, result)
    above = sorted(band.star for band in it.regime.bands if band.star > verdict.stars and band.recognised)
    found = [(star, path_to(it, sheet, star)) for star in above]
    return {
        "total": int(result.total),
        "stars": verdict.stars,
        "reasons": [said(sentence) for sentence in verdict.reasons],
        "alerts": [alert.text for alert in verdict.alerts],
        "parts": [
            {
                "code": part.code,
                "name": part.name,
                "points": int(result.parts[part.code]),
                "most": part.points,
            }
            for part in it.parts
        ],
        "unanswered": [(code, field_name(code)) for code in result.unanswered],
        "paths": [_path(it, star, path) for star, path in found if path],
    }


def _path(it: CriteriaSet, star: int, path: Any) -> dict[str, Any]:
    steps = [
        {
            "code": step.criterion,
            "field": field_name(step.criterion),
            "name": it.by_code[step.criterion].name,
            "before": step.before,
            "after": step.after,
            "gain": step.gain,
            "text": next(
                level.label
                for level in it.by_code[step.criterion].scale(step.case)
                if level.points == step.after
            ),
        }
        for step in path
    ]
    return {"star": star, "steps": steps, "gain": sum(step["gain"] for step in steps), "title": _title(star)}


def _title(star: int) -> str:
    return _("Đường ngắn nhất lên %(star)s sao") % {"star": star}
