"""What a dossier's parts look like in the API."""

import re
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from ocop.files.models import Upload
from ocop.files.uploads import CHUNK
from ocop.tenancy.scope import tenant_in_scope
from plans.models import Round
from products.models import (
    Dossier,
    DossierVersion,
    EvidencePaper,
    IntakeCheck,
    PaperConfirmation,
    PaperVerdict,
    Product,
    Verdict,
)
from products.vault.keeping import FACTS


class OwnProductField(serializers.PrimaryKeyRelatedField):
    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or tenant_in_scope() is None:
            return Product.objects.none()
        return Product.objects.visible_to(request.user)


class RoundField(serializers.PrimaryKeyRelatedField):
    """Which round takes the product is said by the domain function."""

    def get_queryset(self) -> Any:
        return Round.objects.none() if tenant_in_scope() is None else Round.objects.all()


class DossierSerializer(serializers.ModelSerializer):
    product = OwnProductField(queryset=Product.objects.none())
    round = RoundField(queryset=Round.objects.none())
    product_name = serializers.CharField(source="product.name", read_only=True)
    producer_name = serializers.CharField(source="product.producer.name", read_only=True)

    class Meta:
        model = Dossier
        fields = (
            "id", "product", "product_name", "producer_name", "round", "unit", "kind", "regime", "set_code",
            "star_aim", "code", "state", "created_at",
        )  # fmt: skip
        read_only_fields = ("unit", "regime", "code", "state", "created_at")
        extra_kwargs: ClassVar[dict] = {
            "set_code": {"required": False}
        }  # taken where the product's own is no more
        validators: ClassVar[list] = []


class SectionSerializer(serializers.Serializer):
    """`revision` is what the writer saw: of the section, or left out to write whatever stands there."""

    values = serializers.DictField(child=serializers.JSONField(allow_null=True))
    revision = serializers.IntegerField(min_value=0, required=False, allow_null=True)


class MarkSerializer(serializers.Serializer):
    """`points` is a printed level, with `case` where the criterion has several scales; what is left out stays."""

    points = serializers.IntegerField(min_value=0, required=False, allow_null=True)
    case = serializers.CharField(required=False, allow_blank=True, max_length=10)
    why = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    revision = serializers.IntegerField(min_value=0, required=False, allow_null=True)


class FindingSerializer(serializers.Serializer):
    text = serializers.CharField(allow_blank=True, max_length=10_000)
    revision = serializers.IntegerField(min_value=0, required=False, allow_null=True)


class SavedSerializer(serializers.Serializer):
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class ClashSerializer(serializers.Serializer):
    field = serializers.CharField()
    mine = serializers.JSONField(allow_null=True)
    theirs = serializers.JSONField(allow_null=True)
    revision = serializers.IntegerField()


class ClashesSerializer(serializers.Serializer):
    clashes = ClashSerializer(many=True)


class FilledSerializer(serializers.Serializer):
    key = serializers.CharField()
    values = serializers.DictField(child=serializers.JSONField(allow_null=True))
    revision = serializers.IntegerField()


class ScoreSerializer(serializers.Serializer):
    levels = serializers.DictField(child=serializers.JSONField())
    revision = serializers.IntegerField()
    total = serializers.FloatField()
    stars = serializers.IntegerField()
    unanswered = serializers.ListField(child=serializers.CharField())


class CheckSerializer(serializers.ModelSerializer):
    verdict = serializers.ChoiceField(choices=Verdict.choices)

    class Meta:
        model = IntakeCheck
        fields = ("item", "verdict", "note", "checked_at")
        read_only_fields = ("item", "checked_at")


class VersionSerializer(serializers.ModelSerializer):
    class Meta:
        model = DossierVersion
        fields = ("number", "receipt", "digest", "submitted_at")


class GapSerializer(serializers.Serializer):
    item = serializers.CharField()
    text = serializers.CharField()
    part = serializers.CharField()


class UploadSerializer(serializers.ModelSerializer):
    """A file that comes in pieces; `chunk` is the longest piece, `refused` why the whole is not kept."""

    state = serializers.CharField(read_only=True)
    chunk = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = ("key", "name", "size", "digest", "received", "state", "refused", "chunk", "started_at")
        read_only_fields = ("key", "received", "refused", "started_at")
        validators: ClassVar[list] = []

    def get_chunk(self, upload: Upload) -> int:
        return CHUNK

    def validate_digest(self, given: str) -> str:
        if not re.fullmatch(r"[0-9a-f]{64}", given):
            raise serializers.ValidationError(_("Hãy ghi SHA-256 bằng 64 chữ số thập lục phân."))
        return given


class PieceSerializer(serializers.Serializer):
    received = serializers.IntegerField()


class FactsSerializer(serializers.ModelSerializer):
    """What can be read off a paper."""

    class Meta:
        model = EvidencePaper
        fields: tuple[str, ...] = ("kind", *FACTS)


class VaultPaperSerializer(FactsSerializer):
    """Sent with `file`, or with `upload`: the key of one that came in pieces."""

    file = serializers.FileField(write_only=True, required=False)
    upload = serializers.UUIDField(write_only=True, required=False)
    file_name = serializers.CharField(source="file.name", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)
    title = serializers.CharField(required=False, allow_blank=True, max_length=300)

    class Meta(FactsSerializer.Meta):
        fields = ("id", *FactsSerializer.Meta.fields, "file", "upload", "file_name", "sha256", "added_at")
        read_only_fields: tuple[str, ...] = ("added_at",)


class SaidSerializer(serializers.Serializer):
    """Which office said what of a paper."""

    verdict = serializers.ChoiceField(choices=PaperVerdict.choices)
    unit = serializers.CharField()
    at = serializers.DateTimeField()
    note = serializers.CharField()


class ConfirmationSerializer(serializers.ModelSerializer):
    """`revision`: the paper's as it was looked at; `instead_of`: the confirmation that stood then, none where nothing was said."""

    instead_of = serializers.IntegerField(write_only=True, required=False, allow_null=True, default=None)
    unit = serializers.CharField(source="unit.name", read_only=True)
    by = serializers.CharField(source="by.get_full_name", read_only=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")

    class Meta:
        model = PaperConfirmation
        fields = ("id", "revision", "verdict", "note", "instead_of", "unit", "by", "at", "ended_at")
        read_only_fields = ("at", "ended_at")
        validators: ClassVar[list] = []


class EvidenceSerializer(VaultPaperSerializer):
    """Of a dossier: `criteria` are those that it proves, the law's where they are not said."""

    criteria = serializers.ListField(child=serializers.CharField(), required=False, write_only=True)

    said = SaidSerializer(read_only=True, allow_null=True)

    class Meta(VaultPaperSerializer.Meta):
        fields = (*VaultPaperSerializer.Meta.fields, "criteria", "revision", "said")
        read_only_fields = (*VaultPaperSerializer.Meta.read_only_fields, "revision")


class PlaceSerializer(serializers.Serializer):
    """`page` is where the viewer opens beside the criterion."""

    criterion = serializers.CharField()
    page = serializers.IntegerField(allow_null=True)


class TiedSerializer(serializers.Serializer):
    """A paper of a dossier and what it proves."""

    paper = EvidenceSerializer()
    places = PlaceSerializer(many=True)


class PinSerializer(serializers.Serializer):
    page = serializers.IntegerField(allow_null=True)


class FileSerializer(serializers.Serializer):
    """`file`, or `upload`: the key of one that came in pieces."""

    file = serializers.FileField(required=False)
    upload = serializers.UUIDField(required=False)


class ReuseSerializer(serializers.Serializer):
    """`criterion`: one more that it proves; without it those for which the law names its kind."""

    criterion = serializers.CharField(required=False, allow_blank=True, max_length=20)


class ReplacedSerializer(serializers.Serializer):
    """`lost` are the pins that the new file has no page for."""

    paper = EvidenceSerializer()
    lost = PlaceSerializer(many=True)
