"""Products for programs."""

from typing import Any, ClassVar

import django_filters
from rest_framework import mixins, serializers, viewsets

from ocop.asking import person_of
from ocop.tenancy.scope import tenant_in_scope
from products.making import change_product, make_product
from products.models import Producer, Product
from products.removing import remove_product


class OwnProducerField(serializers.PrimaryKeyRelatedField):
    """A producer that the person sees; the right to add to it is asked by the domain function."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or tenant_in_scope() is None:
            return Producer.objects.none()
        return Producer.objects.visible_to(request.user)


class ProductSerializer(serializers.ModelSerializer):
    producer = OwnProducerField(queryset=Producer.objects.none())

    class Meta:
        model = Product
        fields = ("id", "producer", "unit", "name", "set_code", "specification", "description")
        read_only_fields = ("unit",)
        validators: ClassVar[list] = []  # the domain function says which name is taken

    def create(self, validated_data: dict[str, Any]) -> Product:
        return make_product(validated_data.pop("producer"), by=self.context["request"].user, **validated_data)

    def update(self, instance: Product, validated_data: dict[str, Any]) -> Product:
        validated_data.pop("producer", None)
        return change_product(instance, validated_data, by=self.context["request"].user)


class ProductFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    set_code = django_filters.CharFilter()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)


class ProductViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Products of the producers one sees."""

    queryset = Product.objects.none()
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    rights = dict.fromkeys(("update", "partial_update", "destroy"), "products.change_product")

    def get_queryset(self) -> Any:
        return Product.objects.visible_to(self.request.user).select_related("producer")

    def perform_destroy(self, instance: Product) -> None:
        """One made by mistake; what is in the way of it is answered in words."""
        remove_product(instance, by=person_of(self.request))
