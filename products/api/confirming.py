"""What offices say of papers, for programs: what waits for one's own office, and its word on one."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from products.api import serializers as shapes
from products.models.office import CONFIRMS
from products.vault.confirming import STATES, WAITING, Wanted, confirm, papers_for, said_before

CONFIRM_RIGHTS = dict.fromkeys(("for_office", "confirm"), CONFIRMS)
_STATE = OpenApiParameter("state", enum=[code for code, _name in STATES], default=WAITING)


class ConfirmActions:
    """Of and below the papers of the viewset that this is mixed into."""

    get_object: Any
    paginate_queryset: Any
    get_paginated_response: Any

    @extend_schema(parameters=[_STATE], responses=shapes.EvidenceSerializer(many=True))
    @action(detail=False, url_path="for-office", filter_backends=[])
    def for_office(self, request: Request) -> Response:
        """Papers in filed dossiers of the kinds that one's office confirms: those that wait, or by `state`."""
        asked = request.query_params.get("state", "")
        state = asked if asked in dict(STATES) else WAITING
        found = papers_for(person_of(request), Wanted(state=state))
        rows = shapes.EvidenceSerializer(self.paginate_queryset(found), many=True)
        return self.get_paginated_response(rows.data)

    @extend_schema(responses=shapes.ConfirmationSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def confirmations(self, request: Request, pk: str) -> Response:
        """Everything that was said of the paper, newest first; what stands has no `ended_at` and the paper's `revision`."""
        return Response(shapes.ConfirmationSerializer(said_before(self.get_object()), many=True).data)

    @extend_schema(request=shapes.ConfirmationSerializer, responses={201: shapes.ConfirmationSerializer})
    @confirmations.mapping.post
    def confirm(self, request: Request, pk: str) -> Response:
        """One word of one's office; the same again answers what stands."""
        paper, given = self.get_object(), given_by(shapes.ConfirmationSerializer, request)
        seen, verdict = given.pop("instead_of"), given.pop("verdict")
        made = confirm(paper, verdict, seen=seen, by=person_of(request), **given)
        return Response(shapes.ConfirmationSerializer(made).data, status=status.HTTP_201_CREATED)
