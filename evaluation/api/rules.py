"""A council's own rules (Quy chế) for programs: in force, set anew, version by version; asked for as the page's form asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.councils.making import CHANGE
from evaluation.councils.rules import set_rules
from evaluation.forms.council import RulesForm
from evaluation.models import Council, RulesVersion
from ocop.asking import given_by, person_of


def _field(field: Any) -> serializers.Field:
    """A field of the page's form, as a body has it."""
    shared: dict[str, Any] = {"label": field.label, "help_text": field.help_text or None}
    match field:
        case forms.RegexField():
            return serializers.RegexField(field.regex.pattern, **shared)
        case forms.IntegerField():
            ends: dict[str, Any] = {"min_value": field.min_value, "max_value": field.max_value}
            return serializers.IntegerField(**ends, **shared)
        case forms.ChoiceField():
            choices: Any = field.choices
            return serializers.ChoiceField(choices=list(choices), **shared)
        case _:
            return serializers.BooleanField(**shared)


RulesSerializer = type(
    "RulesSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "What the Quy chế lays down.",
        **{name: _field(it) for name, it in RulesForm.base_fields.items()},
    },
)


class NewRulesSerializer(RulesSerializer):  # type: ignore[misc,valid-type]
    """All of them; the decision they rest on once the council stands."""

    basis = serializers.CharField(max_length=200, allow_blank=True, default="")


class RulesVersionSerializer(serializers.ModelSerializer):
    """`number` is 1 for the first one; `basis` is the paper that laid them down."""

    rules = serializers.SerializerMethodField()

    class Meta:
        model = RulesVersion
        fields = ("number", "basis", "set_at", "rules")
        read_only_fields = fields

    @extend_schema_field(RulesSerializer)
    def get_rules(self, version: RulesVersion) -> dict[str, Any]:
        return _told(version.rules)


class RulesActions:
    """Below one council of the viewset that this is mixed into."""

    get_object: Any
    rules_rights = {"set_rules": CHANGE}

    @extend_schema(responses=RulesSerializer)
    @action(detail=True, methods=["get"])
    def rules(self, request: Request, pk: str) -> Response:
        """Those in force; a meeting that was opened goes on under the ones of its opening."""
        return Response(_told(self.get_object().rules))

    @extend_schema(request=NewRulesSerializer, responses=RulesSerializer)
    @rules.mapping.put
    def set_rules(self, request: Request, pk: str) -> Response:
        """A new version."""
        council: Council = self.get_object()
        given = given_by(NewRulesSerializer, request)
        form = RulesForm(given)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        done = set_rules(council, form.rules(council), by=person_of(request), basis=given["basis"])
        return Response(_told(done.rules))

    @extend_schema(responses=RulesVersionSerializer(many=True))
    @action(
        detail=True, methods=["get"], url_path="rules/versions", filter_backends=[], pagination_class=None
    )
    def rules_versions(self, request: Request, pk: str) -> Response:
        """Every version, the last one first."""
        versions = self.get_object().rules_versions.all()
        return Response(RulesVersionSerializer(versions, many=True).data)


def _told(kept: dict[str, Any]) -> dict[str, Any]:
    """What the form asks, with the defaults for what an earlier version did not know."""
    values = RulesForm.initial_of(kept)
    return {name: values[name] for name in RulesForm.base_fields}
