"""Samples of a dossier for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from products.models import Condition, MoveKind, SampleMove
from products.models.sample import GONE
from products.samples import receive_samples, take_over, use_up


class MoveSerializer(serializers.ModelSerializer):
    """`sample` is the lot."""

    by = serializers.CharField(source="by.get_full_name", read_only=True)

    class Meta:
        model = SampleMove
        fields = ("sample", "kind", "unit", "by", "at", "count", "condition", "note")


class ReceivedSerializer(serializers.Serializer):
    count = serializers.IntegerField(min_value=0)
    condition = serializers.ChoiceField(choices=Condition.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class UsedSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[(kind, kind.label) for kind in MoveKind if kind in GONE])
    count = serializers.IntegerField(min_value=1)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class SampleActions:
    """Below one dossier of the viewset that this is mixed into."""

    get_object: Any

    @extend_schema(methods=["get"], responses=MoveSerializer(many=True))
    @extend_schema(methods=["post"], request=ReceivedSerializer, responses={201: MoveSerializer})
    @action(detail=True, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def samples(self, request: Request, pk: str) -> Response:
        """Every move of every lot; or a lot handed in where the dossier lies."""
        dossier = self.get_object()
        if request.method == "GET":
            moves = SampleMove.objects.filter(sample__dossier=dossier).select_related("by")
            return Response(MoveSerializer(moves, many=True).data)
        move = receive_samples(dossier, by=person_of(request), **given_by(ReceivedSerializer, request))
        return Response(MoveSerializer(move).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReceivedSerializer, responses={201: MoveSerializer})
    @action(detail=True, methods=["post"], url_path=r"samples/(?P<lot>[0-9]+)/take-over")
    def take_over(self, request: Request, pk: str, lot: str) -> Response:
        """A lot that the commune sent on has come."""
        found = get_object_or_404(self.get_object().samples.select_related("dossier"), pk=lot)
        move = take_over(found, by=person_of(request), **given_by(ReceivedSerializer, request))
        return Response(MoveSerializer(move).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=UsedSerializer, responses={201: MoveSerializer})
    @action(detail=True, methods=["post"], url_path=r"samples/(?P<lot>[0-9]+)/use")
    def use(self, request: Request, pk: str, lot: str) -> Response:
        """Units of a lot were scored, sent to a laboratory, given back or disposed of."""
        found = get_object_or_404(self.get_object().samples.select_related("dossier"), pk=lot)
        move = use_up(found, by=person_of(request), **given_by(UsedSerializer, request))
        return Response(MoveSerializer(move).data, status=status.HTTP_201_CREATED)
