"""The seats of a council for programs: added and removed in a draft, handed over by decision, delegated to."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.api.people import PersonField, UnitField
from evaluation.api.serializers import NewSeatSerializer, SeatSerializer
from evaluation.councils.making import (
    CHANGE,
    add_seat,
    delegate_chair,
    remove_seat,
    replace_seat,
    set_sectors,
)
from evaluation.models import Council, Seat
from ocop.asking import given_by, person_of
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id
from products.law import law


class ReplacementSerializer(serializers.Serializer):
    """Who takes the seat over, from which day, by which decision; the agency stays where none is named."""

    user = PersonField()
    on = serializers.DateField()
    decision_number = serializers.CharField(max_length=60)
    agency = serializers.CharField(max_length=200, allow_blank=True, default="")
    unit = UnitField(allow_null=True, default=None)


class DelegationSerializer(serializers.Serializer):
    """The words she signs under and the paper that lets her; both empty: the delegation is taken back."""

    acts_as = serializers.CharField(max_length=200, allow_blank=True, default="")
    delegation = serializers.CharField(max_length=200, allow_blank=True, default="")


class SectorsSerializer(serializers.Serializer):
    """Categories of the sets of the council's regime, none is all; the holder's own unit."""

    sectors = serializers.ListField(child=serializers.CharField(max_length=20), max_length=60)
    unit = UnitField(allow_null=True, default=None)


class SeatActions:
    """Below one council of the viewset that this is mixed into."""

    get_object: Any
    seat_rights = dict.fromkeys(("seats", "remove_seat", "replace_seat", "delegation", "sectors"), CHANGE)

    @extend_schema(request=NewSeatSerializer, responses={201: SeatSerializer})
    @action(detail=True, methods=["post"])
    def seats(self, request: Request, pk: str) -> Response:
        council = self.get_object()
        given = given_by(NewSeatSerializer, request)
        people = User.objects.filter(tenants=active_tenant_id())
        user = get_object_or_404(people, pk=given.pop("user"))
        seat = add_seat(council, user, by=person_of(request), **given)
        return Response(SeatSerializer(seat).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"seats/(?P<seat>[0-9]+)")
    def remove_seat(self, request: Request, pk: str, seat: str) -> Response:
        """Off a draft; a council that stands replaces its members by decision."""
        remove_seat(_seat(self.get_object(), seat), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ReplacementSerializer, responses={201: SeatSerializer})
    @action(detail=True, methods=["post"], url_path=r"seats/(?P<seat>[0-9]+)/replace")
    def replace_seat(self, request: Request, pk: str, seat: str) -> Response:
        """The seat changes hands from that day; answered is the successor's."""
        found = _seat(self.get_object(), seat)
        given = given_by(ReplacementSerializer, request)
        successor = replace_seat(found, given.pop("user"), by=person_of(request), **given)
        return Response(SeatSerializer(successor).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=DelegationSerializer, responses=SeatSerializer)
    @action(detail=True, methods=["put"], url_path=r"seats/(?P<seat>[0-9]+)/delegation")
    def delegation(self, request: Request, pk: str, seat: str) -> Response:
        """The chair lets this seat act for her, in writing."""
        found = _seat(self.get_object(), seat)
        done = delegate_chair(found, **given_by(DelegationSerializer, request), by=person_of(request))
        return Response(SeatSerializer(done).data)

    @extend_schema(request=SectorsSerializer, responses=SeatSerializer)
    @action(detail=True, methods=["put"], url_path=r"seats/(?P<seat>[0-9]+)/sectors")
    def sectors(self, request: Request, pk: str, seat: str) -> Response:
        """What she knows best, for assignments."""
        council = self.get_object()
        found, given = _seat(council, seat), given_by(SectorsSerializer, request)
        _refuse_unknown(council, given["sectors"])
        return Response(SeatSerializer(set_sectors(found, **given, by=person_of(request))).data)


def _seat(council: Council, pk: str) -> Seat:
    return get_object_or_404(council.seats.select_related("user", "council"), pk=pk)


def _refuse_unknown(council: Council, sectors: list[str]) -> None:
    known = {it.category.code for it in law().sets.values() if it.regime.code == council.regime}
    if unknown := [code for code in sectors if code not in known]:
        words = serializers.ChoiceField.default_error_messages["invalid_choice"]
        raise serializers.ValidationError({"sectors": [words.format(input=code) for code in unknown]})
