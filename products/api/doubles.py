"""Doubles in the register for programs: the pairs, made one, or said to be two."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from products.doubles.finding import MERGE, producer_pairs, product_pairs
from products.doubles.keeping import keep_apart, look_again
from products.doubles.merging import merge_producers, merge_products
from products.models import MergeKind, Producer, Product
from products.people import demand

MOST = 100
MODELS: dict[str, Any] = {"producer": Producer, "product": Product}


class PairSerializer(serializers.Serializer):
    """Two rows of one kind, the earlier first."""

    kind = serializers.ChoiceField(choices=MergeKind.choices)
    one = serializers.IntegerField()
    other = serializers.IntegerField()
    why = serializers.CharField()


class MergingSerializer(serializers.Serializer):
    """`kept` stays; what belongs to `gone` goes over."""

    kind = serializers.ChoiceField(choices=MergeKind.choices)
    kept = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    gone = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    note = serializers.CharField(max_length=500)


class MergedSerializer(serializers.Serializer):
    """The row that stands for both."""

    kind = serializers.ChoiceField(choices=MergeKind.choices)
    kept = serializers.IntegerField()


class ApartSerializer(serializers.Serializer):
    """Two rows that look alike; `again` shows a pair anew that was said to be two."""

    kind = serializers.ChoiceField(choices=MergeKind.choices)
    one = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    other = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    again = serializers.BooleanField(default=False)


class DoubleViewSet(viewsets.ViewSet):
    """Pairs of the units in which one may make two rows one."""

    rights = {"list": MERGE, "merge": MERGE, "apart": MERGE}

    @extend_schema(operation_id="doubles_list", responses=PairSerializer(many=True))
    def list(self, request: Request) -> Response:
        """At most 100 of each kind, the surest first."""
        by = person_of(request)
        pairs = [("producer", it) for it in producer_pairs(by)[:MOST]]
        pairs += [("product", it) for it in product_pairs(by)[:MOST]]
        rows = [{"kind": kind, "one": it.one.pk, "other": it.other.pk, "why": it.why} for kind, it in pairs]
        return Response(rows)

    @extend_schema(request=MergingSerializer, responses=MergedSerializer)
    @action(detail=False, methods=["post"])
    def merge(self, request: Request) -> Response:
        """Make one row of two; what is against it is answered in words."""
        given, by = given_by(MergingSerializer, request), person_of(request)
        kept, gone = _pair(given["kind"], given["kept"], given["gone"], by)
        deed = merge_producers if given["kind"] == MergeKind.PRODUCER else merge_products
        deed(kept, gone, by=by, note=given["note"])
        return Response({"kind": given["kind"], "kept": kept.pk})

    @extend_schema(request=ApartSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def apart(self, request: Request) -> Response:
        """Say that two rows are two, or look at the pair again."""
        given, by = given_by(ApartSerializer, request), person_of(request)
        pair = _pair(given["kind"], given["one"], given["other"], by)
        if given["again"]:
            look_again(*pair, by=by)
        else:
            keep_apart(*pair, by=by, note=given["note"])
        return Response(status=status.HTTP_204_NO_CONTENT)


def _pair(kind: str, one: int, other: int, by: Any) -> tuple[Any, Any]:
    """Both rows; 404 where she does not see them, 403 where she may not make them one."""
    found = MODELS[kind].objects.visible_to(by).in_bulk([one, other])
    if one == other or len(found) < 2:
        raise Http404
    for row in found.values():
        demand(by, MERGE, row)
    return found[one], found[other]
