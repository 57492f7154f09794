"""Papers over the API: the register, one paper, its steps."""

from typing import Any, ClassVar

from rest_framework import serializers, viewsets

from ocop.papers.models import Paper
from ocop.papers.workflow import TAKEN_HERE
from ocop.steps import StepsMixin


class PaperSerializer(serializers.ModelSerializer):
    """`sha256` is that of the file that was made, `signed_sha256` that of the signed copy."""

    sha256 = serializers.CharField(source="file.sha256", default=None, allow_null=True, read_only=True)
    signed_sha256 = serializers.CharField(
        source="signed_file.sha256", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = Paper
        fields = (
            "id", "unit", "kind", "state", "title", "symbol", "number", "year", "dated_on", "signer_name",
            "signer_title", "signs_as", "sha256", "signed_sha256", "fault", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class PaperViewSet(StepsMixin, viewsets.ReadOnlyModelViewSet):
    serializer_class = PaperSerializer
    workflow = TAKEN_HERE
    queryset = Paper.objects.none()
    filterset_fields: ClassVar[list[str]] = ["kind", "state", "year"]

    def get_queryset(self) -> Any:
        return Paper.objects.visible_to(self.request.user).select_related("unit", "file", "signed_file")


ROUTES: list[tuple[str, type]] = [("papers", PaperViewSet)]
