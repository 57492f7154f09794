"""Who leaves, for programs: all her open work, the deed that hands it on, and what came of it."""

from typing import Any

import django_filters
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from ocop.leaving.handing import done_before, hand_over, receive, seen_by
from ocop.leaving.reach import HAND_OVER, ending, people_of
from ocop.leaving.work import items_of, open_work
from ocop.orgs.memberships import known_people
from ocop.orgs.models import Departure, Membership, Person, User
from ocop.tenancy.scope import tenant_in_scope

MOST_LINES = 2000
MOST_ENDING = 50


class LeaverSerializer(serializers.ModelSerializer):
    """`user` is the number that seats, roles and successors are named by."""

    class Meta:
        model = Person
        fields = ("id", "user", "name", "position")
        read_only_fields = fields


class EndingRoleSerializer(serializers.ModelSerializer):
    """A role that ended lately or ends soon; `leaver` is whose work is at `leavers`."""

    leaver = serializers.IntegerField(source="user.person.pk", read_only=True)
    name = serializers.CharField(source="user.person.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("leaver", "name", "role", "unit", "ends_on")
        read_only_fields = fields


class OpenLineSerializer(serializers.Serializer):
    """`key` names the thing in `chosen`; `url` is the page of the work itself, "" where it has none."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    sub = serializers.CharField()
    url = serializers.CharField()


class OpenWorkSerializer(serializers.Serializer):
    """What is `elsewhere` changes hands by a decision of its own, on the page that its lines lead to."""

    kind = serializers.CharField(source="kind.code")
    title = serializers.CharField(source="kind.title")
    elsewhere = serializers.BooleanField(source="kind.elsewhere")
    lines = OpenLineSerializer(many=True)


class SuccessorSerializer(serializers.Serializer):
    """One of the people known here who can sign in."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="person.name")
    position = serializers.CharField(source="person.position")


class PartOfNameSerializer(serializers.Serializer):
    """Part of a name."""

    q = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class SuccessorField(serializers.PrimaryKeyRelatedField):
    """One of `successors`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def get_queryset(self) -> Any:
        return _successors() if tenant_in_scope() else User.objects.none()


class LeavingTokenSerializer(serializers.Serializer):
    token = serializers.UUIDField()


class LeavingSerializer(LeavingTokenSerializer):
    """`chosen` are keys of lines that are not elsewhere; the same `token` sent again is the same deed."""

    successor = SuccessorField()
    chosen = serializers.ListField(child=serializers.CharField(max_length=60), max_length=MOST_LINES)
    last_day = serializers.DateField()
    decision_number = serializers.CharField(max_length=60)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class DepartureSerializer(serializers.ModelSerializer):
    """`user` has given what `successor` got; `received_at` is when the successor said that she has looked."""

    user_name = serializers.CharField(source="user.get_full_name", read_only=True)
    successor_name = serializers.CharField(source="successor.get_full_name", read_only=True)
    by = serializers.CharField(source="by.get_full_name", read_only=True)

    class Meta:
        model = Departure
        fields: tuple[str, ...] = (
            "id", "unit", "user", "user_name", "successor", "successor_name", "last_day", "decision_number", "note", "by",
            "at", "received_at",
        )  # fmt: skip
        read_only_fields = fields


class DepartureWholeSerializer(serializers.Serializer):
    """The deed with its lines; `hidden` counts those that the reader may not see."""

    departure = DepartureSerializer()
    work = OpenWorkSerializer(many=True)
    hidden = serializers.IntegerField()


class LeaverFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=100)


class LeaverViewSet(viewsets.ReadOnlyModelViewSet):
    """The people whose work one may hand on: by a role that is hers to give, or acting for a producer in her units."""

    queryset = Person.objects.none()
    serializer_class = LeaverSerializer
    filterset_class = LeaverFilter
    rights = dict.fromkeys(("list", "ending"), HAND_OVER)

    def get_queryset(self) -> Any:
        return people_of(person_of(self.request))

    @extend_schema(responses=EndingRoleSerializer(many=True))
    @action(detail=False, filter_backends=[], pagination_class=None)
    def ending(self, request: Request) -> Response:
        """Roles that ended in the last 90 days or end in the next 30 and were not handed over, the nearest first."""
        rows = ending(person_of(request), on=timezone.localdate())[:MOST_ENDING]
        return Response(EndingRoleSerializer([it for it in rows if it.user.person], many=True).data)

    @extend_schema(responses=OpenWorkSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def work(self, request: Request, pk: str) -> Response:
        """All that is open with her, by kind, as the reader may see it."""
        groups = open_work(self.get_object().user, person_of(request))
        return Response(OpenWorkSerializer(groups, many=True).data)

    @extend_schema(parameters=[PartOfNameSerializer], responses=SuccessorSerializer(many=True))
    @action(detail=True, filter_backends=[])
    def successors(self, request: Request, pk: str) -> Response:
        """To whom it can go; that one has the right to all of it is asked when it is handed over."""
        given = PartOfNameSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        people = _successors().exclude(pk=self.get_object().user_id)
        people = people.filter(persons__name__icontains=given.validated_data["q"]).distinct()
        return self.get_paginated_response(
            SuccessorSerializer(self.paginate_queryset(people), many=True).data
        )

    @extend_schema(request=LeavingSerializer, responses={201: DepartureSerializer})
    @action(detail=True, methods=["post"], url_path="hand-over", filter_backends=[], pagination_class=None)
    def hand_over(self, request: Request, pk: str) -> Response:
        """Hand what was chosen on, all of it or nothing; 400 names each field, and what was handed on meanwhile."""
        by = person_of(request)
        try:
            leaver = self.get_object()
        except Http404:
            deed = _done(request, by)  # the first of two took away the last thing by which she is seen
            if deed is None:
                raise
        else:
            deed = hand_over(leaver, by=by, **given_by(LeavingSerializer, request))
        return Response(DepartureSerializer(deed).data, status=status.HTTP_201_CREATED)


class DepartureViewSet(viewsets.ReadOnlyModelViewSet):
    """The deeds over work in one's units, those that concern one, and those one did."""

    queryset = Departure.objects.none()
    serializer_class = DepartureSerializer
    filterset_fields = ("user", "successor")

    def get_queryset(self) -> Any:
        return seen_by(person_of(self.request))

    @extend_schema(responses=DepartureWholeSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One deed with its lines; each leads to the work itself."""
        deed = self.get_object()
        work, hidden = items_of(deed, person_of(request))
        whole = {"departure": deed, "work": work, "hidden": hidden}
        return Response(DepartureWholeSerializer(whole).data)

    @extend_schema(request=None, responses=DepartureSerializer)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def receive(self, request: Request, pk: str) -> Response:
        """The successor has looked through it; nobody else says so."""
        deed = self.get_object()
        receive(deed, by=person_of(request))
        return Response(self.get_serializer(self.get_queryset().get(pk=deed.pk)).data)


def _done(request: Request, by: User) -> Departure | None:
    given = LeavingTokenSerializer(data=request.data)
    return done_before(given.validated_data["token"], by=by) if given.is_valid() else None


def _successors() -> Any:
    return known_people().filter(is_active=True)


ROUTES: list[tuple[str, type]] = [("leavers", LeaverViewSet), ("departures", DepartureViewSet)]
