"""Guests of a meeting for programs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.api.people import PersonField
from evaluation.meetings.agenda import PLAN
from evaluation.meetings.boards import visible_items
from evaluation.meetings.guests import guests_of, invite_guest, uninvite
from evaluation.models import AgendaItem, Guest, Meeting
from ocop.asking import given_by, person_of
from ocop.orgs.models import User


class GuestSerializer(serializers.ModelSerializer):
    """`assessment` is the product she is there for, null the whole meeting."""

    name = serializers.CharField(source="user.get_full_name", read_only=True)
    assessment = serializers.IntegerField(source="item.assessment_id", default=None, allow_null=True)

    class Meta:
        model = Guest
        fields = ("id", "user", "name", "capacity", "assessment", "invited_at")
        read_only_fields = fields


class NewGuestSerializer(serializers.Serializer):
    user = PersonField()
    capacity = serializers.CharField(max_length=200)
    assessment = serializers.IntegerField(allow_null=True, default=None)


class GuestActions:
    """Below one meeting of the viewset that this is mixed into."""

    get_object: Any
    guest_rights = dict.fromkeys(("guests", "invite_guest", "withdraw_guest"), PLAN)

    @extend_schema(responses=GuestSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def guests(self, request: Request, pk: str) -> Response:
        """Those of the whole meeting, and of the products one sees."""
        return Response(GuestSerializer(guests_of(self.get_object(), person_of(request)), many=True).data)

    @extend_schema(request=NewGuestSerializer, responses={201: GuestSerializer})
    @guests.mapping.post
    def invite_guest(self, request: Request, pk: str) -> Response:
        meeting, by = self.get_object(), person_of(request)
        given = given_by(NewGuestSerializer, request)
        item = _item(meeting, given.pop("assessment"), by)
        try:
            guest = invite_guest(meeting, item=item, by=by, **given)
        except ValidationError as refused:
            raise _at_assessment(refused) from refused
        return Response(GuestSerializer(guest).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"guests/(?P<guest>[0-9]+)")
    def withdraw_guest(self, request: Request, pk: str, guest: str) -> Response:
        by = person_of(request)
        found = next((it for it in guests_of(self.get_object(), by) if it.pk == int(guest)), None)
        if found is None:
            raise Http404
        uninvite(found, by=by)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _item(meeting: Meeting, assessment: int | None, by: User) -> AgendaItem | None:
    if assessment is None:
        return None
    for item in visible_items(meeting, by):
        if item.assessment_id == assessment:
            return item
    raise ValidationError({"assessment": _("Sản phẩm này không có trong chương trình họp.")})


def _at_assessment(refused: ValidationError) -> ValidationError:
    """The page calls the field `item`."""
    if not hasattr(refused, "error_dict"):
        return refused
    fields = {"item": "assessment"}
    return ValidationError({fields.get(name, name): errors for name, errors in refused.error_dict.items()})
