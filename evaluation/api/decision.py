"""Decisions, hand-overs and certificates over the API: lists, one row, its steps."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.certificates.renewals import start_renewal
from evaluation.certificates.validity import renewal_state, standing
from evaluation.decisions.drafting import DRAFT, draft_decision
from evaluation.decisions.outcomes import waiting_by_unit
from evaluation.forms.certificates import STANDINGS, by_standing
from evaluation.legacy.recording import RECORD, record_legacy_certificate
from evaluation.legacy.tiers import doubts_of
from evaluation.legacy.uploading import check_import
from evaluation.models import Certificate, CertificateState, Decision, DecisionItem, LegacyImport
from evaluation.workflow import certificate
from evaluation.workflow.certificate import CERTIFICATE
from evaluation.workflow.decision import DECISION
from evaluation.workflow.legacy import LEGACY_IMPORT
from ocop.api_bodies import JSONBody
from ocop.asking import given_by, person_of
from ocop.files.store import keep_upload
from ocop.orgs.models import OrgUnit
from ocop.steps import StepsMixin
from plans.models import Round
from products.api.serializers import RoundField
from products.models import DossierKind, Product
from products.people import demand


class DecisionItemSerializer(serializers.ModelSerializer):
    product = serializers.CharField(source="assessment.dossier.product.name", read_only=True)

    class Meta:
        model = DecisionItem
        fields = ("id", "assessment", "product", "stars", "outcome")
        read_only_fields = fields


class DecisionSerializer(serializers.ModelSerializer):
    items = DecisionItemSerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = (
            "id",
            "unit",
            "tier",
            "title",
            "number",
            "dated_on",
            "paper",
            "state",
            "items",
            "created_at",
        )
        read_only_fields = fields


class DraftSerializer(serializers.Serializer):
    """Which unit's tier, and which of its results (all that wait, where none is named)."""

    unit = serializers.IntegerField()
    tier = serializers.CharField(max_length=20)
    assessments = serializers.ListField(child=serializers.IntegerField(), required=False)


class DecisionViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    serializer_class = DecisionSerializer
    rights = {"create": DRAFT}
    workflow = DECISION
    queryset = Decision.objects.none()
    filterset_fields = ["state", "tier"]

    def get_queryset(self) -> Any:
        return Decision.objects.visible_to(self.request.user).prefetch_related(
            "items__assessment__dossier__product"
        )

    @extend_schema(request=DraftSerializer, responses={201: DecisionSerializer})
    def create(self, request: Request) -> Response:
        """Draft a decision with what waits."""
        given = DraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        unit = OrgUnit.objects.filter(pk=given.validated_data["unit"]).first()
        if unit is None:
            raise Http404
        if not request.user.has_perm(DRAFT, unit):
            raise PermissionDenied
        wanted = given.validated_data.get("assessments")
        chosen = (
            None if wanted is None else _waiting(request, unit, given.validated_data["tier"], set(wanted))
        )
        made = draft_decision(unit, given.validated_data["tier"], by=request.user, assessments=chosen)  # type: ignore[arg-type]
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


def _waiting(request: Request, unit: OrgUnit, tier: str, wanted: set[int]) -> list[Any]:
    return [
        it.assessment
        for group in waiting_by_unit(request.user)  # type: ignore[arg-type]
        if group.unit == unit and group.tier.code == tier
        for it in group.waiting
        if it.assessment.pk in wanted
    ]


class CertificateSerializer(serializers.ModelSerializer):
    """`standing` is the word of the public page today; `renewal` the window for the dossier of re-ranking."""

    standing = serializers.SerializerMethodField()
    renewal = serializers.SerializerMethodField()
    sha256 = serializers.CharField(source="pdf.sha256", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = (
            "id", "uuid", "unit", "product", "dossier", "decision", "number", "decision_number", "decision_on",
            "code", "regime", "set_code", "stars", "product_name", "producer_name", "producer_address",
            "issuer_name", "issued_on", "expires_on", "extended_until", "state", "standing", "renewal", "revoked_on",
            "revoked_ground", "revoked_decision", "is_recorded", "sha256",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields

    def get_standing(self, certificate: Certificate) -> str:
        return standing(certificate, timezone.localdate())

    @extend_schema_field(serializers.DictField())
    def get_renewal(self, certificate: Certificate) -> dict[str, Any]:
        state = renewal_state(certificate, timezone.localdate())
        window = state.window
        return {
            "days_left": state.days_left,
            "opens_on": window and window.opens_on.isoformat(),
            "closes_on": window and window.closes_on.isoformat(),
            "is_open": state.is_open,
        }


class RecordedSerializer(CertificateSerializer):
    """`doubts` are what could not be held against a law."""

    doubts = serializers.SerializerMethodField()

    class Meta(CertificateSerializer.Meta):
        fields = (*CertificateSerializer.Meta.fields, "doubts")
        read_only_fields = fields

    def get_doubts(self, certificate: Certificate) -> list[str]:
        return list(doubts_of(certificate.issuer_name, certificate.stars, certificate.issued_on))


class CertificateFilterSet(django_filters.FilterSet):
    q = django_filters.CharFilter(method="by_words")
    stars = django_filters.NumberFilter()
    state = django_filters.ChoiceFilter(choices=CertificateState.choices)
    product = django_filters.NumberFilter(field_name="product_id")
    unit = django_filters.NumberFilter(field_name="unit_id")
    standing = django_filters.ChoiceFilter(method="by_day", choices=STANDINGS[1:])

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ()  # each is declared: a tenant manager cannot be asked at import

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        return rows.search(value)

    def by_day(self, rows: Any, _name: str, value: str) -> Any:
        return by_standing(rows, value, timezone.localdate())


class LegacySerializer(serializers.Serializer):
    """A certificate that was issued on paper."""

    issuer = serializers.IntegerField()
    product = serializers.IntegerField()
    number = serializers.CharField(max_length=60)
    stars = serializers.IntegerField(min_value=3, max_value=5)
    issued_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    decision_number = serializers.CharField(max_length=60, required=False, allow_blank=True)
    decision_on = serializers.DateField(required=False, allow_null=True)
    code = serializers.CharField(max_length=40, required=False, allow_blank=True)
    issuer_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    scan = serializers.FileField(required=False, allow_null=True)


class RenewalSerializer(serializers.Serializer):
    """`set_code` where today's law has no set of the product's name."""

    kind = serializers.ChoiceField(choices=DossierKind.choices)
    round = RoundField(queryset=Round.objects.none())
    star_aim = serializers.IntegerField(min_value=3, max_value=5, default=3)
    set_code = serializers.CharField(max_length=20, required=False, allow_blank=True)


class StartedSerializer(serializers.Serializer):
    """The new draft."""

    dossier = serializers.IntegerField()


class CertificateViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    serializer_class = CertificateSerializer
    rights = {"legacy": RECORD}
    workflow = CERTIFICATE
    queryset = Certificate.objects.none()
    filterset_class = CertificateFilterSet

    def out_of_place(self, obj: Certificate) -> frozenset[str]:
        return certificate.by_others(obj)

    def get_queryset(self) -> Any:
        return Certificate.objects.visible_to(self.request.user).select_related(
            "pdf", "unit", "product__unit"
        )

    @extend_schema(request=RenewalSerializer, responses={201: StartedSerializer})
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def renew(self, request: Request, pk: str) -> Response:
        """Begin the dossier that follows this certificate: `re_ranking` in its window, `upgrade`, `first` once none holds."""
        found = self.get_object()
        demand(person_of(request), "products.create_dossier", found.product)
        given = given_by(RenewalSerializer, request)
        made = start_renewal(found, by=person_of(request), **given)
        return Response({"dossier": made.pk}, status=status.HTTP_201_CREATED)

    @extend_schema(request=LegacySerializer, responses={201: RecordedSerializer})
    @action(
        detail=False,
        methods=["post"],
        url_path="legacy",
        parser_classes=[JSONBody, MultiPartParser, FormParser],
    )
    def legacy(self, request: Request) -> Response:
        """Record a certificate from before the system."""
        given = LegacySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        product = Product.objects.visible_to(request.user).filter(pk=values.pop("product")).first()
        issuer = OrgUnit.objects.filter(pk=values.pop("issuer")).first()
        if product is None or issuer is None:
            raise Http404
        scan = values.pop("scan", None)
        kept = keep_upload(scan, by=request.user) if scan else None  # type: ignore[arg-type]
        made = record_legacy_certificate(
            product=product,
            issuer=issuer,
            source_file=kept,
            by=request.user,  # type: ignore[arg-type]
            **values,
        )
        shown = RecordedSerializer(made, context=self.get_serializer_context())
        return Response(shown.data, status=status.HTTP_201_CREATED)


class LegacyImportSerializer(serializers.ModelSerializer):
    file = serializers.FileField(write_only=True)
    name = serializers.CharField(source="file.name", read_only=True)

    class Meta:
        model = LegacyImport
        fields = ("id", "unit", "name", "file", "state", "rows", "faults", "summary", "created_at", "done_at")
        read_only_fields = ("state", "rows", "faults", "summary", "created_at", "done_at")


class LegacyImportViewSet(StepsMixin, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    serializer_class = LegacyImportSerializer
    rights = {"create": RECORD}
    workflow = LEGACY_IMPORT
    queryset = LegacyImport.objects.none()
    parser_classes = [MultiPartParser, JSONBody]

    def get_queryset(self) -> Any:
        return LegacyImport.objects.visible_to(self.request.user).select_related("file")

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Check a file; nothing is written but what was found."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        one = check_import(given.validated_data["unit"], given.validated_data["file"], by=request.user)  # type: ignore[arg-type]
        return Response(self.get_serializer(one).data, status=status.HTTP_201_CREATED)


ROUTES: list[tuple[str, type]] = [
    ("decisions", DecisionViewSet),
    ("certificates", CertificateViewSet),
    ("legacy-imports", LegacyImportViewSet),
]
