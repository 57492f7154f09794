"""What the API says of council work; who may read a field is decided before it gets here."""

from typing import Any

from rest_framework import serializers

from evaluation.models import (
    AgendaItem,
    Assessment,
    Ballot,
    Council,
    Meeting,
    Question,
    Result,
    Seat,
    SeatRole,
)
from ocop.law import law
from ocop.regulations import shown


class AssessmentSerializer(serializers.ModelSerializer):
    product = serializers.CharField(source="dossier.product.name", read_only=True)
    producer = serializers.CharField(source="dossier.product.producer.name", read_only=True)
    set_code = serializers.CharField(source="published.code", read_only=True)

    class Meta:
        model = Assessment
        fields = ("id", "dossier", "product", "producer", "tier", "unit", "set_code", "state", "created_at")
        read_only_fields = fields


class SeatSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="user.get_full_name", read_only=True)

    class Meta:
        model = Seat
        fields = (
            "id", "user", "name", "role", "agency", "unit", "sectors", "votes", "starts_on", "ends_on", "replaces",
            "decision_number", "acts_as", "delegation",
        )  # fmt: skip
        read_only_fields = fields


class CouncilSerializer(serializers.ModelSerializer):
    seats = SeatSerializer(many=True, read_only=True)

    class Meta:
        model = Council
        fields = (
            "id", "unit", "tier", "regime", "name", "starts_on", "ends_on", "decision_number", "decision_on",
            "rules", "state", "seats",
        )  # fmt: skip
        read_only_fields = fields


class MeetingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Meeting
        fields = (
            "id", "council", "round", "mode", "held_at", "deadline", "place", "rules", "opened_at", "concluded_at", "digest", "state",
        )  # fmt: skip
        read_only_fields = fields


class AgendaItemSerializer(serializers.ModelSerializer):
    product = serializers.CharField(source="assessment.dossier.product.name", read_only=True)

    class Meta:
        model = AgendaItem
        fields = ("assessment", "product", "order", "attempt")
        read_only_fields = fields


class ResultSerializer(serializers.ModelSerializer):
    mean = serializers.SerializerMethodField()
    exact = serializers.SerializerMethodField()

    class Meta:
        model = Result
        fields = (
            "id",
            "assessment",
            "meeting",
            "attempt",
            "mean",
            "exact",
            "spread",
            "band",
            "stars",
            "concluded_at",
        )
        read_only_fields = fields

    def get_mean(self, result: Any) -> str:
        """Cut to two decimals, as people see it."""
        return shown(result.mean)

    def get_exact(self, result: Any) -> str:
        """The fraction itself."""
        return str(result.mean)


class QuestionSerializer(serializers.ModelSerializer):
    """Without the seat that asked: the producer reads it too."""

    class Meta:
        model = Question
        fields = (
            "id", "meeting", "assessment", "criterion", "text", "asked_at", "passed_at", "answer", "by_producer",
            "answered_at", "state",
        )  # fmt: skip
        read_only_fields = fields


class AskSerializer(serializers.Serializer):
    criterion = serializers.CharField(max_length=20)
    text = serializers.CharField(max_length=2000)


class DeclarationSerializer(serializers.Serializer):
    """By assessment id: "" is no conflict, anything else its ground. `pledge`: she agrees to its words."""

    pledge = serializers.BooleanField(default=False)
    answers = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=300))

    def validate_answers(self, answers: dict[str, str]) -> dict[int, str]:
        if not all(key.isdecimal() for key in answers):
            raise serializers.ValidationError("assessment ids")
        return {int(key): ground for key, ground in answers.items()}


class PledgeSerializer(serializers.Serializer):
    words = serializers.CharField()
    is_made = serializers.BooleanField()


class OwnBallotSerializer(serializers.ModelSerializer):
    class Meta:
        model = Ballot
        fields = ("id", "state")
        read_only_fields = fields


class RowSerializer(serializers.Serializer):
    """What this reader may know of one product: what is left out she may not know yet."""

    assessment = serializers.IntegerField()
    product = serializers.CharField()
    own_ballot = OwnBallotSerializer(required=False)
    sealed = serializers.IntegerField(required=False)
    voters = serializers.IntegerField(required=False)
    mean = serializers.CharField(required=False, help_text="Cut to two decimals, as people see it.")
    exact = serializers.CharField(required=False, help_text="The fraction itself.")
    spread = serializers.IntegerField(required=False)
    stars = serializers.IntegerField(required=False)
    must_rescore = serializers.BooleanField(required=False)


class BoardSerializer(serializers.Serializer):
    here = serializers.IntegerField()
    voting = serializers.IntegerField()
    needed = serializers.IntegerField()
    items = RowSerializer(many=True)


class AttendanceSerializer(serializers.Serializer):
    present = serializers.ListField(child=serializers.IntegerField())


class AgendaSerializer(serializers.Serializer):
    assessments = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)


class DiscussingSerializer(serializers.Serializer):
    assessment = serializers.IntegerField(allow_null=True)


class RescoreSerializer(serializers.Serializer):
    assessment = serializers.IntegerField()
    note = serializers.CharField(max_length=2000)


class AgreementSerializer(serializers.Serializer):
    assessment = serializers.IntegerField()
    agreed = serializers.DictField(child=serializers.IntegerField(min_value=0), default=dict)
    knock_outs = serializers.ListField(child=serializers.CharField(), default=list)
    discussion = serializers.CharField(allow_blank=True, default="")


class TeamReportSerializer(serializers.Serializer):
    findings = serializers.CharField()
    proposal = serializers.CharField()
    proposed_stars = serializers.IntegerField(min_value=1, max_value=5, allow_null=True, default=None)


class StartSerializer(serializers.Serializer):
    dossier = serializers.IntegerField()


class NewCouncilSerializer(serializers.Serializer):
    unit = serializers.IntegerField()
    regime = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=300)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)

    def validate_regime(self, code: str) -> str:
        if code not in law().regimes:
            words = serializers.ChoiceField.default_error_messages["invalid_choice"]
            raise serializers.ValidationError(words.format(input=code))
        return code


class NewSeatSerializer(serializers.Serializer):
    user = serializers.IntegerField()
    role = serializers.ChoiceField(choices=SeatRole.choices)
    agency = serializers.CharField(max_length=200)
    votes = serializers.BooleanField(default=True)


class NewMeetingSerializer(serializers.Serializer):
    council = serializers.IntegerField()
    round = serializers.IntegerField()
    held_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=300, allow_blank=True, default="")
    deadline = serializers.DateTimeField(allow_null=True, default=None)
