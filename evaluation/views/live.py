"""A fragment asked for every few seconds: 304 while this reader's board did not change."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from evaluation.meetings.boards import fingerprint
from evaluation.models import Meeting
from ocop.orgs.http import SignedInRequest


def unchanged(request: SignedInRequest, meeting: Meeting) -> tuple[str, HttpResponse | None]:
    """The tag of what this reader may see now, and the answer 304 where she has it already."""
    etag = quote_etag(fingerprint(meeting, request.user))
    answer = get_conditional_response(request, etag=etag)
    return etag, answer if isinstance(answer, HttpResponseNotModified) else None


def fragment(template: str, context: Mapping[str, Any], etag: str) -> HttpResponse:
    """Drawn without the request: it stands in a page that has its frame, and asks for no menu and no notices."""
    response = HttpResponse(render_to_string(template, dict(context)))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
