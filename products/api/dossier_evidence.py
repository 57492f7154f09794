"""Papers of a dossier for programs: added, replaced, pinned to a page."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.api_bodies import JSONBody
from ocop.asking import given_by, person_of
from products.api import serializers as shapes
from products.api.uploads import uploads_for
from products.dossiers.whole import load
from products.models import Dossier, EvidencePaper
from products.vault.papers import (
    add_evidence,
    add_received,
    place_of,
    place_of_paper,
    replace_evidence,
    replace_received,
    reuse_evidence,
)
from products.vault.pins import pin_page


def _tied(dossier: Dossier, paper: str) -> EvidencePaper:
    """A paper of this dossier, or 404."""
    found = EvidencePaper.objects.filter(links__dossier=dossier).distinct().select_related("file")
    return get_object_or_404(found, pk=paper)


def _places(pairs: Iterable[tuple[str, int | None]]) -> list[dict[str, Any]]:
    return [{"criterion": code, "page": page} for code, page in pairs]


class EvidenceActions:
    """Below one dossier of the viewset that this is mixed into."""

    get_object: Any

    @extend_schema(methods=["get"], responses=shapes.TiedSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request={
            "multipart/form-data": shapes.EvidenceSerializer,
            "application/json": shapes.EvidenceSerializer,
        },
        responses={201: shapes.EvidenceSerializer},
    )
    @action(
        detail=True,
        methods=["get", "post"],
        parser_classes=[MultiPartParser, JSONBody],
        filter_backends=[],
        pagination_class=None,
    )
    def evidence(self, request: Request, pk: str) -> Response:
        """The papers with the criteria and pages they prove; or one more, with its facts and file."""
        dossier = self.get_object()
        if request.method == "GET":
            rows = [{"paper": it.row, "places": _places(it.places)} for it in load(dossier).papers]
            return Response(shapes.TiedSerializer(rows, many=True).data)
        given = given_by(shapes.EvidenceSerializer, request)
        upload, received = given.pop("file", None), given.pop("upload", None)
        told = {"kind": given.pop("kind"), "criteria": given.pop("criteria", None), "by": person_of(request)}
        if received is not None:
            paper = add_received(dossier, received, facts=given, **told)
        else:
            paper = add_evidence(dossier, upload=upload, facts=given, **told)
        return Response(shapes.EvidenceSerializer(paper).data, status=status.HTTP_201_CREATED)

    @extend_schema(methods=["get"], responses=shapes.UploadSerializer(many=True))
    @extend_schema(
        methods=["post"], request=shapes.UploadSerializer, responses={201: shapes.UploadSerializer}
    )
    @action(detail=True, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def uploads(self, request: Request, pk: str) -> Response:
        """One's own files on their way to this dossier; or one begun, which answers it again where it was."""
        return uploads_for(place_of(self.get_object()), request)

    @extend_schema(methods=["get"], responses=shapes.UploadSerializer(many=True))
    @extend_schema(
        methods=["post"], request=shapes.UploadSerializer, responses={201: shapes.UploadSerializer}
    )
    @action(
        detail=True,
        methods=["get", "post"],
        url_path=r"evidence/(?P<paper>[0-9]+)/uploads",
        filter_backends=[],
        pagination_class=None,
    )
    def paper_uploads(self, request: Request, pk: str, paper: str) -> Response:
        """One's own files on their way to stand in this paper's place; or one begun."""
        return uploads_for(place_of_paper(_tied(self.get_object(), paper)), request)

    @extend_schema(request=shapes.ReuseSerializer, responses=shapes.EvidenceSerializer)
    @action(detail=True, methods=["post"], url_path=r"evidence/(?P<paper>[0-9]+)/reuse")
    def reuse(self, request: Request, pk: str, paper: str) -> Response:
        """A paper that the producer already has: for the criteria that the law names, or one more."""
        dossier, papers = self.get_object(), EvidencePaper.objects.visible_to(request.user)
        row = get_object_or_404(papers.filter(withdrawn_at=None).select_related("file"), pk=paper)
        reuse_evidence(dossier, row, by=person_of(request), **given_by(shapes.ReuseSerializer, request))
        return Response(shapes.EvidenceSerializer(row).data)

    @extend_schema(
        request={"multipart/form-data": shapes.FileSerializer, "application/json": shapes.FileSerializer},
        responses=shapes.ReplacedSerializer,
    )
    @action(
        detail=True,
        methods=["post"],
        url_path=r"evidence/(?P<paper>[0-9]+)/file",
        parser_classes=[MultiPartParser, JSONBody],
    )
    def replace(self, request: Request, pk: str, paper: str) -> Response:
        """Another file in the paper's place."""
        dossier, by = self.get_object(), person_of(request)
        given = given_by(shapes.FileSerializer, request)
        row = _tied(dossier, paper)
        if "upload" in given:
            done = replace_received(dossier, row, given["upload"], by=by)
        else:
            done = replace_evidence(dossier, row, upload=given.get("file"), by=by)
        shown = {"paper": done.paper, "lost": _places(done.lost)}
        return Response(shapes.ReplacedSerializer(shown).data)

    @extend_schema(request=shapes.PinSerializer, responses=shapes.PlaceSerializer)
    @action(detail=True, methods=["put"], url_path=r"evidence/(?P<paper>[0-9]+)/pages/(?P<code>[0-9.]+)")
    def pin(self, request: Request, pk: str, paper: str, code: str) -> Response:
        """The page of a paper that proves a criterion; null takes it out."""
        dossier = self.get_object()
        page = given_by(shapes.PinSerializer, request)["page"]
        link = pin_page(dossier, _tied(dossier, paper), code, page, by=person_of(request))
        return Response(shapes.PlaceSerializer(link).data)
