"""What the API says of score sheets: the marks, the words, what others gave; who may read it is decided before."""

from rest_framework import serializers

from evaluation.ballots.opinions import LONGEST
from evaluation.models import Ballot


class BallotSerializer(serializers.ModelSerializer):
    set_code = serializers.CharField(source="published.code", read_only=True)

    class Meta:
        model = Ballot
        fields = (
            "id", "meeting", "assessment", "seat", "attempt", "set_code", "levels", "opinion", "opinion_revision", "total", "stars",
            "state", "saved_at", "sealed_at",
        )  # fmt: skip
        read_only_fields = fields


class BallotMarkSerializer(serializers.Serializer):
    """One criterion: printed points, or {"case", "points"}; null while there is only a note."""

    value = serializers.JSONField(allow_null=True)
    revision = serializers.IntegerField(min_value=0)
    key = serializers.CharField(max_length=64)
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class SavedMarkSerializer(serializers.Serializer):
    """The answer to a save."""

    criterion = serializers.CharField()
    level = serializers.JSONField()
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    total = serializers.IntegerField()
    stars = serializers.IntegerField()
    note_wanted = serializers.CharField(allow_blank=True)  # why the seal will ask for a word here


class OpinionSerializer(serializers.Serializer):
    """The words at the foot of a sheet, with the revision they were written on."""

    opinion = serializers.CharField(max_length=LONGEST, allow_blank=True)
    revision = serializers.IntegerField(min_value=0)
    key = serializers.CharField(max_length=64)


class SavedOpinionSerializer(serializers.Serializer):
    opinion = serializers.CharField(allow_blank=True)
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class PrecedentSerializer(serializers.Serializer):
    """A printed level; `case` is the heading of its scale, where a new one begins."""

    points = serializers.IntegerField()
    case = serializers.CharField(allow_blank=True)
    sheets = serializers.IntegerField()
    percent = serializers.IntegerField()


class PrecedentsSerializer(serializers.Serializer):
    """Of concluded councils, counted; all 0 where there are fewer products than could hide one."""

    products = serializers.IntegerField()
    sheets = serializers.IntegerField()
    levels = PrecedentSerializer(many=True)


class ConflictSerializer(serializers.Serializer):
    """Both values, and the revision that the next save names."""

    mine = serializers.JSONField(allow_null=True)
    theirs = serializers.JSONField(allow_null=True)
    revision = serializers.IntegerField()


class ReopenedSerializer(serializers.ModelSerializer):
    """Without its points: who reopens may not see them."""

    class Meta:
        model = Ballot
        fields = ("id", "state")
        read_only_fields = fields


class ProposalSerializer(serializers.Serializer):
    """A case of loại, in words; the id of a paper of the dossier and its page where one shows it."""

    code = serializers.CharField(max_length=60)
    words = serializers.CharField(max_length=2000)
    paper = serializers.IntegerField(source="paper_id", allow_null=True, default=None)
    page = serializers.IntegerField(min_value=1, allow_null=True, default=None)
