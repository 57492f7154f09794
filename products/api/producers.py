"""Producers for programs."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import person_of
from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin
from ocop.tenancy.scope import tenant_in_scope
from products.api.vault import VaultActions
from products.models import Invitation, MemberRole, Producer, ProducerMember, ProducerSize, ProducerState
from products.people import demand
from products.producers.doubles import doubles_of
from products.producers.facts import FACTS
from products.producers.legal_papers import MISSING, OVER, THERE, checklist
from products.producers.members import PEOPLE, add_person, end_member
from products.producers.registration import change_producer, register_producer
from products.producers.sizes import FIGURES, save_size
from products.producers.throttling import AddingRate
from products.vault.keeping import KEEPS
from products.vault.legal import ADDS, add_legal_paper
from products.workflow import PRODUCER


class CommuneField(serializers.PrimaryKeyRelatedField):
    """A commune of today."""

    def get_queryset(self) -> Any:
        if tenant_in_scope() is None:
            return OrgUnit.objects.none()
        return OrgUnit.objects.communes().open_on(timezone.localdate())


class ProducerSerializer(serializers.ModelSerializer):
    unit = CommuneField(queryset=OrgUnit.objects.none())
    is_new = serializers.BooleanField(
        write_only=True, default=False, help_text="True: none of those that look alike is meant."
    )

    class Meta:
        model = Producer
        fields = ("id", "unit", "kind", "name", "state", *FACTS, "is_new")
        read_only_fields = ("state",)
        validators: ClassVar[list] = []  # the domain function says which number is taken

    def create(self, validated_data: dict[str, Any]) -> Producer:
        user = self.context["request"].user
        unit, kind, name = (validated_data.pop(key) for key in ("unit", "kind", "name"))
        if not validated_data.pop("is_new"):
            _ask_about_doubles(unit, name, validated_data)
        is_office = user.has_perm("products.register_producer", unit)
        owner = None if is_office else user  # who registers from outside acts for it
        return register_producer(unit=unit, kind=kind, name=name, by=user, owner=owner, facts=validated_data)

    def update(self, instance: Producer, validated_data: dict[str, Any]) -> Producer:
        validated_data.pop("unit", None)
        validated_data.pop("is_new", None)
        return change_producer(instance, validated_data, by=self.context["request"].user)


def _ask_about_doubles(unit: OrgUnit, name: str, facts: dict[str, Any]) -> None:
    """What looks alike is named; the same number is refused by the domain function, whatever is answered."""
    keys = ("registration_number", "tax_code", "phone")
    doubles = doubles_of(unit, name=name, **{key: facts.get(key, "") for key in keys})
    if doubles and not any(it.by_number for it in doubles):
        words = _("Có thể đã có trong sổ: %(names)s.") % {"names": "; ".join(it.label for it in doubles)}
        raise ValidationError({"is_new": words})


class MemberSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="user.get_full_name", read_only=True)
    role_name = serializers.CharField(source="get_role_display", read_only=True)

    class Meta:
        model = ProducerMember
        fields = ("id", "name", "role", "role_name", "starts_on", "ends_on")


class PersonSerializer(serializers.Serializer):
    """`who` is a login name or an e-mail; `name` is needed where an invitation is sent."""

    who = serializers.CharField(max_length=254)
    name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    role = serializers.ChoiceField(choices=MemberRole.choices)
    ends_on = serializers.DateField(required=False, allow_null=True)


class AddedSerializer(serializers.Serializer):
    """Who was added at once, or who was invited."""

    member = MemberSerializer(allow_null=True)
    invited = serializers.EmailField(allow_null=True)


class EndSerializer(serializers.Serializer):
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class LegalPaperSerializer(serializers.Serializer):
    """`standing`: there, over (past its last day) or missing."""

    kind = serializers.CharField(source="rule.kind")
    name = serializers.CharField(source="rule.name")
    basis = serializers.CharField(source="rule.basis")
    is_required = serializers.BooleanField(source="rule.required")
    standing = serializers.ChoiceField(choices=[THERE, OVER, MISSING])
    expires_on = serializers.DateField(source="row.expires_on", allow_null=True, default=None)


class NewLegalPaperSerializer(serializers.Serializer):
    """`kind` is one of those the legal form asks for."""

    kind = serializers.CharField(max_length=40)
    file = serializers.FileField()
    number = serializers.CharField(required=False, allow_blank=True, max_length=80)
    issuer = serializers.CharField(required=False, allow_blank=True, max_length=200)
    issued_on = serializers.DateField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)


class SizeSerializer(serializers.ModelSerializer):
    """People, and million đồng, of one year; `sector` is a code of the law's size rule."""

    class Meta:
        model = ProducerSize
        fields = FIGURES


class ProducerFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(choices=ProducerState.choices)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)


class ProducerViewSet(
    VaultActions, StepsMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet
):
    """Those in one's units by role, and one's own; entering one asks the commune, or confirms it at once."""

    queryset = Producer.objects.none()
    serializer_class = ProducerSerializer
    filterset_class = ProducerFilter
    rights = {**dict.fromkeys(("update", "partial_update"), "products.change_producer"), "uploads": KEEPS}
    workflow = PRODUCER

    def get_queryset(self) -> Any:
        return Producer.objects.visible_to(self.request.user)

    @extend_schema(methods=["get"], responses=MemberSerializer(many=True))
    @extend_schema(methods=["post"], request=PersonSerializer, responses={201: AddedSerializer})
    @action(detail=True, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def people(self, request: Request, pk: str) -> Response:
        """Who acts for the producer now; adding one adds or invites."""
        producer = self.get_object()
        if request.method == "GET":
            members = producer.people.current().select_related("user")
            return Response(MemberSerializer(members, many=True).data)
        demand(person_of(request), PEOPLE, producer)
        if not AddingRate().allow_request(request, self):
            raise Throttled
        given = PersonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = add_person(producer, by=person_of(request), **given.validated_data)
        added = {"member": None, "invited": made.email} if isinstance(made, Invitation) else {
            "member": made, "invited": None
        }  # fmt: skip
        return Response(AddedSerializer(added).data, status=status.HTTP_201_CREATED)

    @extend_schema(methods=["get"], responses=LegalPaperSerializer(many=True))
    @extend_schema(
        methods=["post"], request=NewLegalPaperSerializer, responses={201: LegalPaperSerializer(many=True)}
    )
    @action(
        detail=True, methods=["get", "post"], url_path="legal-papers", filter_backends=[], pagination_class=None,
        parser_classes=[JSONBody, MultiPartParser, FormParser],
    )  # fmt: skip
    def legal_papers(self, request: Request, pk: str) -> Response:
        """What the legal form must have, and whether the vault has it; adding one answers the list as it is then."""
        producer = self.get_object()
        if request.method == "POST":
            demand(person_of(request), ADDS, producer)
            given = NewLegalPaperSerializer(data=request.data)
            given.is_valid(raise_exception=True)
            told = dict(given.validated_data)
            kind, upload = told.pop("kind"), told.pop("file")
            add_legal_paper(producer, kind, by=person_of(request), upload=upload, facts=told)
        rows = LegalPaperSerializer(
            checklist(producer, timezone.localdate(), reader=person_of(request)), many=True
        ).data
        return Response(
            rows, status=status.HTTP_201_CREATED if request.method == "POST" else status.HTTP_200_OK
        )

    @extend_schema(methods=["get"], responses=SizeSerializer)
    @extend_schema(methods=["put"], request=SizeSerializer, responses=SizeSerializer)
    @action(detail=True, methods=["get", "put"], filter_backends=[], pagination_class=None)
    def size(self, request: Request, pk: str) -> Response:
        """The figures that say whether an enterprise is small or medium; 404 where none are kept."""
        producer = self.get_object()
        if request.method == "PUT":
            demand(person_of(request), "products.change_producer", producer)
            given = SizeSerializer(data=request.data)
            given.is_valid(raise_exception=True)
            save_size(producer, given.validated_data, by=person_of(request))
        return Response(SizeSerializer(get_object_or_404(ProducerSize, producer=producer)).data)

    @extend_schema(request=EndSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path=r"people/(?P<member>[0-9]+)/end")
    def end(self, request: Request, pk: str, member: str) -> Response:
        """The term ends now."""
        row = get_object_or_404(self.get_object().people.select_related("producer"), pk=member)
        given = EndSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end_member(row, by=person_of(request), note=given.validated_data.get("note", ""))
        return Response(status=status.HTTP_204_NO_CONTENT)
