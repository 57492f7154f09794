"""What a desk does with its dossiers, for programs: sent on together, the facts of a finding, the sections' meeting."""

from dataclasses import asdict

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ocop.asking import given_by, person_of
from products import law
from products.desks.facts import facts_of
from products.desks.forwarding import MOST, RIGHT, forward_all
from products.desks.meeting import Said, meeting_of, write_meeting
from products.dossiers.whole import load
from products.models import Forwarding, SectionsMeeting


class ForwardSerializer(serializers.Serializer):
    """The chosen dossiers."""

    dossiers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=MOST
    )


class ForwardedSerializer(serializers.Serializer):
    """`fault` says why a dossier stayed; `letter` is the paper that lists those that went."""

    dossier = serializers.IntegerField()
    fault = serializers.CharField()
    letter = serializers.IntegerField(allow_null=True)


class FindingFactSerializer(serializers.Serializer):
    """`paper` is an evidence, `page` where it proves; `wrong` contradicts itself; `is_claim` is the producer's own."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()
    paper = serializers.IntegerField(allow_null=True)
    page = serializers.IntegerField(allow_null=True)
    wrong = serializers.BooleanField()
    is_claim = serializers.BooleanField()


class SectionOpinionSerializer(serializers.Serializer):
    section = serializers.CharField(max_length=200)
    name = serializers.CharField(max_length=200)
    opinion = serializers.CharField(max_length=2000, allow_blank=True, required=False, default="")


class SectionsMeetingSerializer(serializers.Serializer):
    """`revision` is what was there before (0: nothing)."""

    held_on = serializers.DateField()
    chaired_by = serializers.CharField(max_length=200)
    conclusion = serializers.CharField(max_length=5000, allow_blank=True, required=False, default="")
    revision = serializers.IntegerField(min_value=0, max_value=2**31 - 2)
    opinions = SectionOpinionSerializer(many=True, max_length=30)  # type: ignore[call-arg]


class DeskActions:
    """Mixed into the dossiers' viewset."""

    @extend_schema(request=ForwardSerializer, responses=ForwardedSerializer(many=True))
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def forward(self, request: Request) -> Response:
        """Send finished dossiers on, each for itself, with one request letter for each commune and receiver."""
        given = given_by(ForwardSerializer, request)
        batch = forward_all(given["dossiers"], by=person_of(request))
        rows = [_row(made, it.dossier_id, it.fault) for made in batch.made for it in made.items.all()]
        rows += [_row(None, dossier.pk, fault) for dossier, fault in batch.stayed]
        return Response(sorted(rows, key=lambda row: row["dossier"]))

    @extend_schema(responses=FindingFactSerializer(many=True))
    @action(
        detail=True, filter_backends=[], pagination_class=None, url_path=r"findings/(?P<code>[a-z_]+)/facts"
    )
    def facts(self, request: Request, pk: str, code: str) -> Response:
        """What the dossier says to one finding."""
        whole = load(self.get_object())  # type: ignore[attr-defined]
        if code not in {it.code for it in law.regime(whole.dossier.regime).findings}:
            raise Http404
        return Response([asdict(fact) for fact in facts_of(whole, code)])

    @extend_schema(methods=["GET"], responses=SectionsMeetingSerializer)
    @extend_schema(methods=["PUT"], request=SectionsMeetingSerializer, responses=SectionsMeetingSerializer)
    @action(
        detail=True,
        methods=["get", "put"],
        filter_backends=[],
        pagination_class=None,
        url_path="sections-meeting",
    )
    def sections_meeting(self, request: Request, pk: str) -> Response:
        """The meeting of the commune's sections; PUT keeps it as a whole."""
        dossier = self.get_object()  # type: ignore[attr-defined]
        if request.method == "PUT":
            given = given_by(SectionsMeetingSerializer, request)
            said = [Said(**row) for row in given.pop("opinions")]
            kept = write_meeting(
                dossier, by=person_of(request), seen=given.pop("revision"), said=said, **given
            )
            return Response(_meeting(kept))
        found = meeting_of(dossier)
        if found is None:
            raise Http404
        return Response(_meeting(found))


def _row(made: Forwarding | None, dossier: int, fault: str) -> dict[str, int | str | None]:
    return {"dossier": dossier, "fault": fault, "letter": made.letter_id if made else None}


def _meeting(kept: SectionsMeeting) -> dict:
    return dict(SectionsMeetingSerializer(kept).data)


DESK_RIGHTS = {
    "forward": RIGHT,
    "facts": "products.report_dossier",
    "sections_meeting": "products.report_dossier",
}
