"""Opinions in writing for programs: the deadline, a member's call for a meeting, the meeting that is called."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.api import serializers as shapes
from evaluation.meetings.agenda import PLAN
from evaluation.meetings.calls import call_for_meeting, own_call, take_back_call
from evaluation.meetings.referring import refer
from evaluation.meetings.written import set_deadline
from evaluation.models import Meeting, MeetingCall
from ocop.asking import given_by, person_of


class DeadlineSerializer(serializers.Serializer):
    """The reason once the council was asked."""

    deadline = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True, default="", max_length=2000)


class ReferSerializer(serializers.Serializer):
    """`note` says what is complex where opinions do not differ and nobody calls for a meeting."""

    assessments = serializers.ListField(child=serializers.IntegerField())
    held_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=300, allow_blank=True, default="")
    note = serializers.CharField(allow_blank=True, default="", max_length=2000)


class CallSerializer(serializers.ModelSerializer):
    class Meta:
        model = MeetingCall
        fields = ("reason", "called_at")
        read_only_fields = ("called_at",)


class WritingActions:
    """Below one meeting of the viewset that this is mixed into."""

    get_object: Any
    writing_rights = {"deadline": PLAN, "refer": PLAN}

    @extend_schema(request=DeadlineSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["put"])
    def deadline(self, request: Request, pk: str) -> Response:
        """Another last moment for the sheets; once the council was asked only a later one."""
        meeting = self.get_object()
        given = given_by(DeadlineSerializer, request)
        done = set_deadline(meeting, given["deadline"], by=person_of(request), note=given["note"])
        return Response(shapes.MeetingSerializer(done).data)

    @extend_schema(request=ReferSerializer, responses={201: shapes.MeetingSerializer})
    @action(detail=True, methods=["post"])
    def refer(self, request: Request, pk: str) -> Response:
        """Call a meeting for these products; it is answered, their sheets stay as an earlier attempt."""
        meeting = self.get_object()
        given = given_by(ReferSerializer, request)
        called: Meeting = refer(meeting, given.pop("assessments"), by=person_of(request), **given)
        return Response(shapes.MeetingSerializer(called).data, status=status.HTTP_201_CREATED)


class CallActions:
    """Below one's own sheet of the viewset that this is mixed into."""

    _own: Any

    @extend_schema(responses=CallSerializer)
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def call(self, request: Request, pk: str) -> Response:
        """One's own call for a meeting on this product; 404 where one has made none."""
        own = own_call(self._own(pk))
        if own is None:
            raise Http404
        return Response(CallSerializer(own).data)

    @extend_schema(request=CallSerializer, responses=CallSerializer)
    @call.mapping.put
    def make_call(self, request: Request, pk: str) -> Response:
        """From now on the product is not concluded in writing; said again, the words are replaced."""
        ballot = self._own(pk)
        reason = given_by(CallSerializer, request)["reason"]
        return Response(CallSerializer(call_for_meeting(ballot, reason, by=person_of(request))).data)

    @extend_schema(responses={204: None})
    @call.mapping.delete
    def take_call_back(self, request: Request, pk: str) -> Response:
        """Call for no meeting any more; nothing happens where one has called for none."""
        take_back_call(self._own(pk), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
