"""Producers for programs."""

from typing import Any, ClassVar

import django_filters
from django.utils import timezone
from rest_framework import mixins, serializers, viewsets

from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin
from ocop.tenancy.scope import tenant_in_scope
from products.models import Producer, ProducerState
from products.registration import FACTS, change_producer, register_producer
from products.workflow import PRODUCER


class CommuneField(serializers.PrimaryKeyRelatedField):
    """A commune of today."""

    def get_queryset(self) -> Any:
        if tenant_in_scope() is None:
            return OrgUnit.objects.none()
        return OrgUnit.objects.communes().open_on(timezone.localdate())


class ProducerSerializer(serializers.ModelSerializer):
    unit = CommuneField(queryset=OrgUnit.objects.none())

    class Meta:
        model = Producer
        fields = ("id", "unit", "kind", "name", "state", *FACTS)
        read_only_fields = ("state",)
        validators: ClassVar[list] = []  # the domain function says which number is taken

    def create(self, validated_data: dict[str, Any]) -> Producer:
        user = self.context["request"].user
        unit, kind, name = (validated_data.pop(key) for key in ("unit", "kind", "name"))
        is_office = user.has_perm("products.register_producer", unit)
        owner = None if is_office else user  # who registers from outside acts for it
        return register_producer(unit=unit, kind=kind, name=name, by=user, owner=owner, facts=validated_data)

    def update(self, instance: Producer, validated_data: dict[str, Any]) -> Producer:
        validated_data.pop("unit", None)
        return change_producer(instance, validated_data, by=self.context["request"].user)


class ProducerFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(choices=ProducerState.choices)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)


class ProducerViewSet(
    StepsMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet
):
    """Those in one's units by role, and one's own; entering one asks the commune, or confirms it at once."""

    queryset = Producer.objects.none()
    serializer_class = ProducerSerializer
    filterset_class = ProducerFilter
    rights = dict.fromkeys(("update", "partial_update"), "products.change_producer")
    workflow = PRODUCER

    def get_queryset(self) -> Any:
        return Producer.objects.visible_to(self.request.user)
