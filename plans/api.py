"""Plans with their targets, and rounds, as the API gives and takes them."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin
from plans.drafts import write_draft
from plans.measures import choices
from plans.models import Plan, Round, Target
from plans.queries import units_held
from plans.rounds import make_regular_rounds, open_extra_round
from plans.workflow import PLAN


class TargetSerializer(serializers.ModelSerializer):
    measure = serializers.ChoiceField(choices=list(choices()))

    class Meta:
        model = Target
        fields = ("id", "label", "measure", "stars", "low", "high")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            Target(**attrs).clean()
        except ValidationError as refused:
            raise serializers.ValidationError(refused.message_dict) from refused
        return attrs


class OwnUnitField(serializers.PrimaryKeyRelatedField):
    """A unit in which the person's own roles give the permission."""

    def __init__(self, *, permission: str, **kwargs: Any) -> None:
        self.permission = permission
        super().__init__(queryset=OrgUnit.objects.none(), **kwargs)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        return units_held(request.user, self.permission) if request else OrgUnit.objects.none()


class PlanSerializer(serializers.ModelSerializer):
    unit = OwnUnitField(permission="plans.change_plan")
    targets = TargetSerializer(many=True, required=False)

    class Meta:
        model = Plan
        fields = (
            "id",
            "unit",
            "year",
            "title",
            "number",
            "issued_on",
            "signer",
            "bases",
            "purpose",
            "state",
            "targets",
        )
        read_only_fields = ("number", "issued_on", "signer", "state")

    def create(self, validated_data: dict[str, Any]) -> Plan:
        return self._write(Plan(), validated_data)

    def update(self, instance: Plan, validated_data: dict[str, Any]) -> Plan:
        return self._write(instance, validated_data)

    def _write(self, plan: Plan, given: dict[str, Any]) -> Plan:
        targets = given.pop("targets", None)
        for name, value in given.items():
            setattr(plan, name, value)
        rows = None if targets is None else [Target(**row) for row in targets]
        return write_draft(plan, rows, by=self.context["request"].user)


class PlanViewSet(
    StepsMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """Plans of the year: drafts are written, issued plans are read."""

    serializer_class = PlanSerializer
    queryset = Plan.objects.none()
    filterset_fields = ("year", "state", "unit")
    rights = dict.fromkeys(("create", "update", "partial_update"), "plans.change_plan")
    workflow = PLAN

    def get_queryset(self) -> Any:
        return Plan.objects.visible_to(self.request.user).select_related("unit").prefetch_related("targets")


class RoundSerializer(serializers.ModelSerializer):
    unit = OwnUnitField(permission="plans.change_round")
    plan = serializers.PrimaryKeyRelatedField(queryset=Plan.objects.none(), required=False, allow_null=True)

    class Meta:
        model = Round
        fields = (
            "id",
            "unit",
            "plan",
            "year",
            "name",
            "regime",
            "opens_on",
            "cutoff_on",
            "ends_on",
            "is_extra",
            "basis",
        )
        read_only_fields = ("regime", "is_extra")
        validators: list[Any] = []  # the model's constraints speak, once

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            fields["plan"].queryset = Plan.objects.visible_to(request.user).exclude(state="draft")  # type: ignore[attr-defined]
        return fields

    def create(self, validated_data: dict[str, Any]) -> Round:
        return open_extra_round(Round(**validated_data), by=self.context["request"].user)


class RegularRoundsSerializer(serializers.Serializer):
    """Whose rounds, and of which year."""

    unit = OwnUnitField(permission="plans.change_round")
    year = serializers.IntegerField(min_value=2018, max_value=2100)


class RoundViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, viewsets.GenericViewSet
):
    """Rounds; POST opens an extra one by its written basis, `regular` makes those of the regime."""

    serializer_class = RoundSerializer
    queryset = Round.objects.none()
    filterset_fields = ("year", "unit", "is_extra")
    rights = dict.fromkeys(("create", "regular"), "plans.change_round")

    def get_queryset(self) -> Any:
        return Round.objects.visible_to(self.request.user).select_related("unit")

    @extend_schema(request=RegularRoundsSerializer, responses={201: RoundSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_fields=[])
    def regular(self, request: Request) -> Response:
        """Make the year's regular rounds with the dates of the regime in force; again: the same rows."""
        given = RegularRoundsSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        made = make_regular_rounds(
            given.validated_data["unit"],
            given.validated_data["year"],
            by=request.user,  # type: ignore[arg-type]
        )
        return Response(self.get_serializer(made, many=True).data, status=status.HTTP_201_CREATED)


ROUTES: list[tuple[str, type]] = [("plans", PlanViewSet), ("rounds", RoundViewSet)]
