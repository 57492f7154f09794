"""Dossiers for programs: filled, checked and moved by the same functions as the pages."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from ocop.orgs.models import User
from ocop.steps import StepsMixin
from products.api import serializers as shapes
from products.api.advisory import ADVISORY_RIGHTS, AdvisoryActions
from products.api.dossier_desk import DESK_RIGHTS, DeskActions
from products.api.dossier_evidence import EvidenceActions
from products.api.dossier_filings import FilingActions
from products.api.dossier_samples import SampleActions
from products.api.saving import SAVES, answer
from products.desks.checking import desk_of, items_of, save_check
from products.desks.forwarding import take_step
from products.desks.reporting import save_finding
from products.dossiers.completeness import gaps
from products.dossiers.filing import start_dossier
from products.dossiers.filling import save_section, save_self_score
from products.dossiers.scoring import standing
from products.dossiers.sections import BY_KEY
from products.dossiers.whole import load
from products.models import Dossier, DossierKind, DossierState
from products.people import demand
from products.workflow import TAKEN_HERE, out_of_place


class DossierFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(choices=DossierState.choices)
    kind = django_filters.ChoiceFilter(choices=DossierKind.choices)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)


class DossierViewSet(
    AdvisoryActions,
    DeskActions,
    EvidenceActions,
    FilingActions,
    SampleActions,
    StepsMixin,
    mixins.CreateModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """The dossiers one sees."""

    queryset = Dossier.objects.none()
    serializer_class = shapes.DossierSerializer
    filterset_class = DossierFilter
    rights = {
        **dict.fromkeys(
            ("section", "mark", "evidence", "replace", "reuse", "pin", "uploads", "paper_uploads"),
            "products.change_dossier",
        ),
        "finding": "products.report_dossier",
        **DESK_RIGHTS,
        **ADVISORY_RIGHTS,
    }
    workflow = TAKEN_HERE

    def take(self, name: str, obj: Dossier, *, by: User, data: Mapping[str, Any]) -> Dossier:
        return take_step(name, obj, by=by, data=data)

    def out_of_place(self, obj: Dossier) -> frozenset[str]:
        return out_of_place(obj, timezone.localdate())

    def get_queryset(self) -> Any:
        return Dossier.objects.visible_to(self.request.user).for_list()

    def perform_create(self, serializer: Any) -> None:
        given = serializer.validated_data
        aim = given.get("star_aim", 3)
        serializer.instance = start_dossier(
            given["product"],
            kind=given["kind"],
            round=given["round"],
            star_aim=aim,
            set_code=given.get("set_code", ""),
            by=person_of(self.request),
        )

    @extend_schema(responses=shapes.FilledSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def sections(self, request: Request, pk: str) -> Response:
        """Every section with its values and revision."""
        whole = load(self.get_object())
        rows = ((it.key, whole.sections.get(it.key)) for it in whole.asked)
        return Response(
            [
                {"key": key, "values": row.data if row else {}, "revision": row.revision if row else 0}
                for key, row in rows
            ]
        )

    @extend_schema(request=shapes.SectionSerializer, responses=SAVES)
    @action(detail=True, methods=["put"], url_path=r"sections/(?P<key>[a-z_]+)")
    def section(self, request: Request, pk: str, key: str) -> Response:
        dossier = self.get_object()
        if key not in BY_KEY or dossier.kind not in BY_KEY[key].kinds:
            raise Http404
        given = given_by(shapes.SectionSerializer, request)
        seen = given.get("revision")
        return answer(save_section(dossier, key, given["values"], by=person_of(request), seen=seen))

    @extend_schema(responses=shapes.ScoreSerializer)
    @action(detail=True, url_path="self-score")
    def self_score(self, request: Request, pk: str) -> Response:
        """The marks, the total and the stars they would hold."""
        whole = load(self.get_object())
        now = standing(whole)
        revision = whole.self_score.revision if whole.self_score else 0
        shown = {name: now[name] for name in ("total", "stars", "unanswered")}
        return Response({"levels": whole.levels(), "revision": revision, **shown})

    @extend_schema(request=shapes.MarkSerializer, responses=SAVES)
    @action(detail=True, methods=["put"], url_path=r"self-score/(?P<code>[0-9.]+)")
    def mark(self, request: Request, pk: str, code: str) -> Response:
        """One criterion; `revision` is that criterion's."""
        dossier = self.get_object()
        given = given_by(shapes.MarkSerializer, request)
        points, case = given.get("points"), given.get("case")
        raw = {"case": case, "points": points} if case and points is not None else points
        saved = save_self_score(
            dossier,
            code,
            raw,
            by=person_of(request),
            why=given.get("why"),
            seen=given.get("revision"),
        )
        return answer(saved)

    @extend_schema(responses=shapes.GapSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def gaps(self, request: Request, pk: str) -> Response:
        """Everything that is missing, at once."""
        found = gaps(load(self.get_object()), timezone.localdate())
        return Response([{"item": it.item, "text": it.text, "part": it.part} for it in found])

    @extend_schema(responses=shapes.VersionSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def versions(self, request: Request, pk: str) -> Response:
        """What was filed, with receipts and digests."""
        found = self.get_object().versions.defer("content")
        return Response(shapes.VersionSerializer(found, many=True).data)

    @extend_schema(responses=shapes.CheckSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def checks(self, request: Request, pk: str) -> Response:
        """What was found at the desk where the dossier lies."""
        dossier = self.get_object()
        desk = desk_of(dossier)
        if desk is None:
            return Response([])
        demand(person_of(request), desk.permission, dossier)
        return Response(shapes.CheckSerializer(dossier.checks.filter(unit=desk.unit), many=True).data)

    @extend_schema(request=shapes.CheckSerializer, responses=shapes.CheckSerializer)
    @action(detail=True, methods=["put"], url_path=r"checks/(?P<item>[a-z_:]+)")
    def check(self, request: Request, pk: str, item: str) -> Response:
        dossier = self.get_object()
        if item not in {it.key for it in items_of(load(dossier))}:
            raise Http404
        given = given_by(shapes.CheckSerializer, request)
        note = given.get("note", "")
        return Response(
            shapes.CheckSerializer(
                save_check(dossier, item, given["verdict"], note=note, by=person_of(request))
            ).data
        )

    @extend_schema(request=shapes.FindingSerializer, responses=SAVES)
    @action(detail=True, methods=["put"], url_path=r"findings/(?P<code>[a-z_]+)")
    def finding(self, request: Request, pk: str, code: str) -> Response:
        """One finding of the commune."""
        dossier = self.get_object()
        given = given_by(shapes.FindingSerializer, request)
        seen = None if given.get("revision") is None else {code: given["revision"]}
        return answer(save_finding(dossier, code, given["text"], by=person_of(request), seen=seen))
