"""The advisory team of a council for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.api.people import PersonField
from evaluation.councils.making import CHANGE
from evaluation.councils.teams import appoint, dismiss, team_of
from ocop.asking import given_by, person_of
from ocop.orgs.models import Membership


class AdvisorSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="user.get_full_name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "user", "name", "starts_on", "ends_on", "decision_number", "decision_on")
        read_only_fields = fields


class AppointmentSerializer(serializers.Serializer):
    """Who, for which term, by which decision."""

    user = PersonField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)
    decision_number = serializers.CharField(max_length=60)
    decision_on = serializers.DateField(allow_null=True, default=None)


class DismissalSerializer(serializers.Serializer):
    """Her last day on the team."""

    on = serializers.DateField()


class TeamActions:
    """Below one council of the viewset that this is mixed into."""

    get_object: Any
    team_rights = dict.fromkeys(("appoint", "dismiss"), CHANGE)

    @extend_schema(responses=AdvisorSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def team(self, request: Request, pk: str) -> Response:
        """Everybody who is or was on it, those of today first."""
        people = team_of(self.get_object()).prefetch_related("user__persons")
        return Response(AdvisorSerializer(people, many=True).data)

    @extend_schema(request=AppointmentSerializer, responses={201: AdvisorSerializer})
    @team.mapping.post
    def appoint(self, request: Request, pk: str) -> Response:
        council = self.get_object()
        made = appoint(council, **given_by(AppointmentSerializer, request), by=person_of(request))
        return Response(AdvisorSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=DismissalSerializer, responses=AdvisorSerializer)
    @action(detail=True, methods=["post"], url_path=r"team/(?P<membership>[0-9]+)/dismiss")
    def dismiss(self, request: Request, pk: str, membership: str) -> Response:
        """Off the team after that day."""
        council = self.get_object()
        found = get_object_or_404(team_of(council), pk=membership)
        dismiss(council, found, **given_by(DismissalSerializer, request), by=person_of(request))
        found.refresh_from_db()
        return Response(AdvisorSerializer(found).data)
