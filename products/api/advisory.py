"""The advisory team's own work for programs: extra tests asked for, answered and judged; surveys read and signed."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import given_by, person_of
from ocop.steps import StepsMixin
from products.advisory.extra_tests import ASK, BRING, ask_test, lots
from products.advisory.filling import sheet_of
from products.advisory.photos import photos_of
from products.advisory.surveys import start_survey
from products.models import ExtraTest, ExtraTestResult, Payer, Survey, SurveyPhoto
from products.models.sample import MOST
from products.models.survey import SURVEYS
from products.workflow import EXTRA_TEST, SURVEY
from products.workflow.extra_test import BY_ITS_OWN_PAGE

LARGEST_KEY = 2**63 - 1


class ExtraTestResultSerializer(serializers.ModelSerializer):
    """`is_accepted` is null while nobody has judged it."""

    class Meta:
        model = ExtraTestResult
        fields = ("paper", "note", "brought_at", "is_accepted", "verdict", "judged_at")


class ExtraTestSerializer(serializers.ModelSerializer):
    results = ExtraTestResultSerializer(many=True)
    is_late = serializers.SerializerMethodField()

    class Meta:
        model = ExtraTest
        fields = (
            "id", "dossier", "unit", "parameters", "reason", "laboratory", "payer", "sample", "sample_units", "due_on",
            "asked_at", "ended_at", "state", "is_late", "results",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_late(self, row: ExtraTest) -> bool:
        return row.is_late(timezone.localdate())


class AskTestSerializer(serializers.Serializer):
    """What is to be tested; `sample` is a lot of the dossier."""

    parameters = serializers.CharField(max_length=2000)
    reason = serializers.CharField(max_length=2000)
    due_on = serializers.DateField()
    laboratory = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    payer = serializers.ChoiceField(choices=Payer.choices, required=False, allow_blank=True, default="")
    sample = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False, allow_null=True)
    sample_units = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)


class BringSerializer(serializers.Serializer):
    """`paper` of the producer's vault, or `file`, which becomes one."""

    paper = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False, allow_null=True)
    file = serializers.FileField(required=False, allow_null=True)
    number = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    issuer = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    issued_on = serializers.DateField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


def _chosen(pk: int | None, rows: Iterable[Any], name: str, words: str) -> Any:
    """The row of this key, None where none is named; ValidationError at the field where it is none of these."""
    if pk is None:
        return None
    found = next((it for it in rows if it.pk == pk), None)
    if found is None:
        raise ValidationError({name: words})
    return found


class ExtraTestViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    """The extra tests of the dossiers one sees."""

    queryset = ExtraTest.objects.none()
    serializer_class = ExtraTestSerializer
    filterset_fields = ("dossier", "state")
    workflow = EXTRA_TEST
    rights = {"result": BRING}

    def get_queryset(self) -> Any:
        return ExtraTest.objects.visible_to(self.request.user).for_list()

    def out_of_place(self, obj: Any) -> frozenset[str]:
        return BY_ITS_OWN_PAGE

    @extend_schema(request=BringSerializer, responses=ExtraTestSerializer)
    @action(detail=True, methods=["post"], parser_classes=[JSONBody, MultiPartParser, FormParser])
    def result(self, request: Request, pk: str) -> Response:
        """A paper of the vault, or a file, answers the request."""
        test, given = self.get_object(), given_by(BringSerializer, request)
        facts = {name: given[name] for name in ("number", "issuer", "issued_on")}
        data = {
            "paper": given.get("paper"),
            "upload": given.get("file"),
            "facts": facts,
            "note": given["note"],
        }
        row = EXTRA_TEST.take("bring", test, by=person_of(request), data=data)
        return Response(self.get_serializer(self.get_queryset().get(pk=row.pk)).data)


class SurveyLineSerializer(serializers.Serializer):
    """An item of the checklist, or one of the heads held_on, people, conclusion; `value` is yes, no or na."""

    code = serializers.CharField()
    text = serializers.CharField()
    value = serializers.CharField()
    note = serializers.CharField()
    revision = serializers.IntegerField()


class SurveyPhotoSerializer(serializers.ModelSerializer):
    class Meta:
        model = SurveyPhoto
        fields = ("id", "item", "note", "taken_at", "latitude", "longitude", "accuracy")


class SurveySerializer(serializers.ModelSerializer):
    class Meta:
        model = Survey
        fields: tuple[str, ...] = (
            "id", "dossier", "unit", "planned_on", "purpose", "state", "created_at", "signed_at",
        )  # fmt: skip
        read_only_fields = fields


class SurveyWholeSerializer(SurveySerializer):
    lines = serializers.SerializerMethodField()
    photos = serializers.SerializerMethodField()

    class Meta(SurveySerializer.Meta):
        fields: tuple[str, ...] = (*SurveySerializer.Meta.fields, "lines", "photos")
        read_only_fields = fields

    @extend_schema_field(SurveyLineSerializer(many=True))
    def get_lines(self, row: Survey) -> Any:
        return SurveyLineSerializer(sheet_of(row).lines, many=True).data

    @extend_schema_field(SurveyPhotoSerializer(many=True))
    def get_photos(self, row: Survey) -> Any:
        return SurveyPhotoSerializer(photos_of(row), many=True).data


class VisitPlanSerializer(serializers.Serializer):
    planned_on = serializers.DateField(required=False, allow_null=True, default=None)
    purpose = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class SurveyViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    """One's team's surveys, and the signed ones of the dossiers one sees; one by one with answers and photographs."""

    queryset = Survey.objects.none()
    filterset_fields = ("dossier", "state")
    workflow = SURVEY

    def get_queryset(self) -> Any:
        return Survey.objects.visible_to(self.request.user).for_list()

    def get_serializer_class(self) -> Any:
        return SurveyWholeSerializer if self.action == "retrieve" else SurveySerializer


class AdvisoryActions:
    """Below one dossier of the viewset that this is mixed into."""

    get_object: Any

    @extend_schema(request=AskTestSerializer, responses={201: ExtraTestSerializer})
    @action(detail=True, methods=["post"], url_path="extra-tests")
    def extra_tests(self, request: Request, pk: str) -> Response:
        """Ask for one more test; the list of them is at `extra-tests`."""
        dossier, given = self.get_object(), given_by(AskTestSerializer, request)
        held = [lot for lot, _left in lots(dossier)]
        given["sample"] = _chosen(
            given.get("sample"), held, "sample", _("Cơ quan tiếp nhận không giữ lô mẫu này.")
        )
        row = ask_test(dossier, given, by=person_of(request))
        return Response(ExtraTestSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=VisitPlanSerializer, responses={201: SurveySerializer})
    @action(detail=True, methods=["post"])
    def surveys(self, request: Request, pk: str) -> Response:
        """Begin a survey with the checklist of today."""
        row = start_survey(self.get_object(), by=person_of(request), **given_by(VisitPlanSerializer, request))
        return Response(SurveySerializer(row).data, status=status.HTTP_201_CREATED)


ADVISORY_RIGHTS = {"extra_tests": ASK, "surveys": SURVEYS}
