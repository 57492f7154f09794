"""Preparing a meeting for programs: the order of its agenda, who scores what, the invitation."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from evaluation.api import serializers as shapes
from evaluation.meetings.agenda import PLAN, reorder
from evaluation.meetings.assigning import Plan, assign, current, new_seed, preview, top_up, unassign
from evaluation.meetings.boards import visible_items
from evaluation.meetings.invitations.paper import invitation
from ocop.asking import given_by, person_of
from ocop.files.kinds import KINDS
from ocop.files.store import serve

MOST_PRODUCTS = 1000
HEX = r"^[0-9a-f]{1,40}$"


class OrderSerializer(serializers.Serializer):
    """Every product that one sees on the agenda, in the order it is to have."""

    assessments = serializers.ListField(child=serializers.IntegerField(), max_length=MOST_PRODUCTS)


class DrawSerializer(serializers.Serializer):
    """How many score each product; the seed makes the preview and what is kept the same draw."""

    each = serializers.IntegerField(min_value=1, max_value=99)
    seed = serializers.RegexField(HEX)


class PreviewSerializer(DrawSerializer):
    seed = serializers.RegexField(HEX, required=False, help_text="Left out: a new one.")


class ShareSerializer(serializers.Serializer):
    """One product with the seats that score it; a short one is left to everybody."""

    assessment = serializers.IntegerField(source="item.assessment_id")
    product = serializers.CharField(source="item.assessment.dossier.product.name")
    seats = serializers.SerializerMethodField()
    needed = serializers.IntegerField()
    is_short = serializers.BooleanField()

    def get_seats(self, share: Any) -> list[int]:
        return [seat.pk for seat in share.seats]


class LoadSerializer(serializers.Serializer):
    seat = serializers.IntegerField()
    products = serializers.IntegerField()


class AssignmentSerializer(serializers.Serializer):
    """Who scores what, of the products one sees; without shares everybody scores everything."""

    seed = serializers.CharField(allow_blank=True)
    shares = ShareSerializer(many=True)
    loads = LoadSerializer(many=True)


class ToppedUpSerializer(serializers.Serializer):
    """The products that got somebody new."""

    assessments = serializers.ListField(child=serializers.IntegerField())


class FactSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField(allow_blank=True)


class InvitedSerializer(serializers.Serializer):
    name = serializers.CharField()
    role = serializers.CharField()
    agency = serializers.CharField(allow_blank=True)


class InvitationSerializer(serializers.Serializer):
    """What the paper prints; `paper` and `symbol` once it was issued, until then it is a draft."""

    paper = serializers.IntegerField(allow_null=True)
    symbol = serializers.CharField(allow_blank=True)
    facts = FactSerializer(many=True)
    invited = InvitedSerializer(many=True)


class PreparingActions:
    """Below one meeting of the viewset that this is mixed into."""

    get_object: Any
    preparing_rights = dict.fromkeys(
        ("order", "assignment", "assign", "unassign", "preview", "top_up"), PLAN
    )  # fmt: skip

    @extend_schema(request=OrderSerializer, responses=shapes.AgendaItemSerializer(many=True))
    @action(detail=True, methods=["put"], url_path="agenda/order", pagination_class=None)
    def order(self, request: Request, pk: str) -> Response:
        """Put the agenda in this order; what one does not see keeps its places."""
        meeting, by = self.get_object(), person_of(request)
        reorder(meeting, given_by(OrderSerializer, request)["assessments"], by=by)
        return Response(shapes.AgendaItemSerializer(visible_items(meeting, by), many=True).data)

    @extend_schema(responses=AssignmentSerializer)
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def assignment(self, request: Request, pk: str) -> Response:
        return _plan(current(self.get_object(), by=person_of(request)))

    @extend_schema(request=DrawSerializer, responses=AssignmentSerializer)
    @assignment.mapping.put
    def assign(self, request: Request, pk: str) -> Response:
        """Draw by this seed and keep it: these alone score each product."""
        meeting = self.get_object()
        return _plan(assign(meeting, **given_by(DrawSerializer, request), by=person_of(request)))

    @extend_schema(responses={204: None})
    @assignment.mapping.delete
    def unassign(self, request: Request, pk: str) -> Response:
        """Everybody scores everything again."""
        unassign(self.get_object(), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=PreviewSerializer, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"], url_path="assignment/preview", pagination_class=None)
    def preview(self, request: Request, pk: str) -> Response:
        """What a draw would give; nothing is kept."""
        meeting = self.get_object()
        given = {"seed": new_seed(), **given_by(PreviewSerializer, request)}
        return _plan(preview(meeting, **given, by=person_of(request)))

    @extend_schema(request=None, responses=ToppedUpSerializer)
    @action(detail=True, methods=["post"], url_path="assignment/top-up", pagination_class=None)
    def top_up(self, request: Request, pk: str) -> Response:
        """Others for those who cannot score what they were assigned."""
        changed = top_up(self.get_object(), by=person_of(request))
        return Response({"assessments": [item.assessment_id for item in changed]})

    @extend_schema(responses=InvitationSerializer)
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def invitation(self, request: Request, pk: str) -> Response:
        """The issued one to who sees the meeting, the draft to who plans it."""
        meeting = self.get_object()
        paper = meeting.invitation
        if paper is None and not request.user.has_perm(PLAN, meeting):
            raise Http404
        content = paper.content if paper else invitation(meeting)
        facts = [fact for block in content["body"] for fact in block.get("facts", [])]
        return Response(
            {
                "paper": paper and paper.pk,
                "symbol": paper.symbol if paper else "",
                "facts": [{"label": label, "value": value} for label, value in facts],
                "invited": [
                    {"name": name, "role": role, "agency": agency}
                    for _number, name, role, agency in content["annexes"][0]["rows"]
                ],
            }
        )

    @extend_schema(responses={(200, content_type): OpenApiTypes.BINARY for content_type in KINDS})
    @action(detail=True, methods=["get"], url_path="invitation/file", filter_backends=[])
    def invitation_file(self, request: Request, pk: str) -> HttpResponse:
        """The paper's file, signed where it was; the download is logged."""
        paper = self.get_object().invitation
        kept = paper and (paper.signed_file or paper.file)
        if not kept:
            raise Http404
        return serve(kept, about=paper, by=person_of(request))


def _plan(plan: Plan | None) -> Response:
    if plan is None:
        return Response({"seed": "", "shares": [], "loads": []})
    loads = [{"seat": seat.pk, "products": count} for seat, count in plan.loads]
    shown = {"seed": plan.seed, "shares": plan.shares, "loads": loads}
    return Response(AssignmentSerializer(shown).data)
