"""What was filed, for programs: bound into one file, and compared with what was filed before."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import person_of
from ocop.files.links import through_the_door
from products.binding.handing import hand_out_bound, may_take_archive
from products.binding.making import ask_for_book, is_behind
from products.dossiers.comparing import compare, filing_before
from products.dossiers.filed import read
from products.models import BoundDossier, DossierVersion

VERSION = r"versions/(?P<number>[0-9]{1,4})"


class BoundSerializer(serializers.ModelSerializer):
    """`is_made` once `pdf` and `zip` can be had; the hashes are "" until then.

    `is_behind`: a result of an extra test was accepted since, or an office says something else of a paper; asked for
    again it is made anew.
    """

    is_behind = serializers.SerializerMethodField()
    is_made = serializers.BooleanField(read_only=True)
    pdf_sha256 = serializers.CharField(source="pdf.sha256", default="", read_only=True)
    zip_sha256 = serializers.CharField(source="archive.sha256", default="", read_only=True)

    class Meta:
        model = BoundDossier
        fields = ("is_made", "pages", "pages_done", "pdf_sha256", "zip_sha256", "is_behind", "asked_at")

    def get_is_behind(self, made: BoundDossier) -> bool:
        return is_behind(made)


class ChangeSerializer(serializers.Serializer):
    """One thing that reads otherwise; "–" where it was not there."""

    part = serializers.CharField()
    item = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class FilingActions:
    """Below one dossier of the viewset that this is mixed into."""

    get_object: Any

    @extend_schema(methods=["get"], responses=BoundSerializer)
    @extend_schema(methods=["post"], request=None, responses={202: BoundSerializer})
    @action(detail=True, methods=["get", "post"], url_path=f"{VERSION}/bound")
    def bound(self, request: Request, pk: str, number: str) -> Response:
        """How far the binding of this filing is; POST asks a worker for it."""
        version = self._version(number)
        if request.method == "POST":
            made = ask_for_book(version, by=person_of(request))
            return Response(BoundSerializer(made).data, status=status.HTTP_202_ACCEPTED)
        found = BoundDossier.objects.select_related("pdf", "archive", "version__dossier")
        return Response(BoundSerializer(get_object_or_404(found, version=version)).data)

    @extend_schema(
        operation_id="dossiers_versions_bound_file",
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            (200, "application/zip"): OpenApiTypes.BINARY,
            302: None,
            410: None,
        },
    )
    @action(detail=True, url_path=rf"{VERSION}/bound/(?P<kind>pdf|zip)")
    def bound_file(self, request: Request, pk: str, number: str, kind: str) -> HttpResponse:
        """The book as PDF, or everything as ZIP; by an address with a key, as for one paper.

        Who is not of the producer gets copies under her name; `zip_sha256` is the original's, and manifest.json in the
        ZIP says both hashes for each file.
        """
        version = self._version(number)
        made = BoundDossier.objects.select_related("pdf", "archive").filter(version=version).first()
        if made is None or not made.is_made:
            raise Http404
        by = person_of(request)
        if kind == "zip" and not may_take_archive(version.dossier, by):
            raise PermissionDenied
        onward = through_the_door(request, f"bound-{made.pk}-{kind}", by=by)
        return onward or hand_out_bound(made, kind, dossier=version.dossier, by=by)

    @extend_schema(responses=ChangeSerializer(many=True))
    @action(detail=True, url_path=f"{VERSION}/changes", filter_backends=[], pagination_class=None)
    def changes(self, request: Request, pk: str, number: str) -> Response:
        """What this filing says otherwise than the one before it; none where it is the first."""
        version = self._version(number)
        before = filing_before(person_of(request), version.dossier, version.number)
        parts = compare(read(before.content), read(version.content)) if before else []
        rows = [
            {"part": part.title, "item": change.label, "before": change.before, "after": change.after}
            for part in parts
            for change in part.changes
        ]
        return Response(ChangeSerializer(rows, many=True).data)

    def _version(self, number: str) -> DossierVersion:
        dossier = self.get_object()
        found = get_object_or_404(dossier.versions.select_related("submitted_by"), number=int(number))
        found.dossier = dossier
        return found
