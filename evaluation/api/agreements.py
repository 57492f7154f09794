"""Consensus for programs: one criterion after the other, each saved by itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.meetings.agenda import PLAN
from evaluation.meetings.agreements import Agreeable, agree_on, agreeable
from evaluation.meetings.conclusions import CONCLUDE
from evaluation.meetings.standing import read_standing
from evaluation.models import AgendaItem
from ocop.asking import given_by, person_of
from ocop.regulations import shown


class PrintedLevelSerializer(serializers.Serializer):
    points = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)


class LeastSerializer(serializers.Serializer):
    """The least points of this criterion for a star."""

    star = serializers.IntegerField()
    points = serializers.IntegerField()


class AgreeableSerializer(serializers.Serializer):
    """`agreed` is null where the sheets count; `is_needed`: the Quy chế concludes nothing without it."""

    criterion = serializers.CharField()
    name = serializers.CharField()
    mean = serializers.CharField(allow_null=True, help_text="Cut to two decimals, as people see it.")
    exact = serializers.CharField(allow_null=True, help_text="The fraction itself.")
    agreed = serializers.IntegerField(allow_null=True)
    is_needed = serializers.BooleanField()
    levels = PrintedLevelSerializer(many=True)
    gates = LeastSerializer(many=True)


class AgreedLevelSerializer(serializers.Serializer):
    """Null forgets it: the sheets count again."""

    points = serializers.IntegerField(min_value=0, allow_null=True)


class AgreedSerializer(serializers.Serializer):
    """Every level that the council has agreed on so far, by criterion."""

    agreed = serializers.DictField(child=serializers.IntegerField())


class AgreementActions:
    """Below one meeting of the viewset that this is mixed into."""

    _item: Any

    @extend_schema(responses=AgreeableSerializer(many=True))
    @action(
        detail=True, methods=["get"], url_path=r"items/(?P<assessment>[0-9]+)/agreement", filter_backends=[],
        pagination_class=None,
    )  # fmt: skip
    def agreeable(self, request: Request, pk: str, assessment: str) -> Response:
        """The criteria the council may agree on; not there before one may see the points."""
        standing = read_standing(self._agreed_by(request, assessment))
        if not standing.is_revealed_to(person_of(request)):
            raise Http404
        return Response(AgreeableSerializer([_row(it) for it in agreeable(standing)], many=True).data)

    @extend_schema(request=AgreedLevelSerializer, responses=AgreedSerializer)
    @action(
        detail=True, methods=["put"],
        url_path=r"items/(?P<assessment>[0-9]+)/agreement/(?P<criterion>[^/]+)",
    )  # fmt: skip
    def agree(self, request: Request, pk: str, assessment: str, criterion: str) -> Response:
        """Keep the level of one criterion; what others agree on meanwhile stays."""
        item = self._agreed_by(request, assessment)
        points = given_by(AgreedLevelSerializer, request)["points"]
        done = agree_on(item, criterion, points, by=person_of(request))
        return Response({"agreed": done.agreed})

    def _agreed_by(self, request: Request, assessment: str) -> AgendaItem:
        item, user = self._item(int(assessment)), person_of(request)
        if not (user.has_perm(CONCLUDE, item.assessment) or user.has_perm(PLAN, item.meeting)):
            raise PermissionDenied
        return item  # type: ignore[no-any-return]


def _row(it: Agreeable) -> dict[str, Any]:
    return {
        "criterion": it.criterion.code,
        "name": it.criterion.name,
        "mean": None if it.mean is None else shown(it.mean),
        "exact": None if it.mean is None else str(it.mean),
        "agreed": it.agreed,
        "is_needed": it.is_needed,
        "levels": [{"points": level.points, "text": level.label} for level in it.levels],
        "gates": [{"star": star, "points": points} for star, points in it.gates],
    }
