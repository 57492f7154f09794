"""`POST /api/score-preview/`: the points, stars and shortest ways up of one sheet; no account is asked for."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ocop.counting import is_over
from ocop.law import law
from ocop.regulations import CriteriaSet, SheetError, preview
from ocop.regulations.sentences import Sentence


@csrf_exempt
def score_preview(request: HttpRequest) -> JsonResponse:
    """`{"set": "QD26-01", "sheet": {"1.1": 3}}` to its stars; 400 with a sentence for each criterion."""
    if request.method != "POST":
        return _refused(405, "method", _("Hãy gửi bằng POST."), Allow="POST")
    if is_over("score-preview", request, settings.SCORE_PREVIEW_RATE):
        return _refused(
            429, "rate", _("Quá nhiều lượt trong một phút. Hãy chờ rồi thử lại."), **{"Retry-After": "60"}
        )
    largest = settings.SCORE_PREVIEW_MAX_BYTES
    body = request.read(largest + 1)
    if len(body) > largest:
        return _refused(413, "body", _("Nội dung gửi lên quá lớn, tối đa 64 KB."))
    return _answer(body)


def _answer(body: bytes) -> JsonResponse:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return _refused(400, "body", _("Nội dung gửi lên không phải JSON."))
    if not isinstance(asked, dict):
        return _refused(400, "body", _("Hãy gửi “set” và “sheet”."))
    it = criteria_set_named(asked.get("set"))
    if it is None:
        return _refused(400, "set", _("Không có bộ tiêu chí này."))
    try:
        return JsonResponse(preview(it, asked.get("sheet")))
    except SheetError as error:
        return JsonResponse({"errors": {code: said(text) for code, text in error.errors.items()}}, status=400)


def criteria_set_named(code: Any) -> CriteriaSet | None:
    return law().sets.get(code) if isinstance(code, str) else None


def said(sentence: Sentence) -> str:
    """A sentence of the law's functions in the reader's language."""
    return _(sentence.text) % sentence.values if sentence.values else _(sentence.text)


def _refused(status: int, field: str, sentence: str, **headers: str) -> JsonResponse:
    return JsonResponse({"errors": {field: sentence}}, status=status, headers=headers)
