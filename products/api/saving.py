"""What a draft that is saved field by field answers to a program."""

from rest_framework import serializers, status
from rest_framework.response import Response

from products.api import serializers as shapes
from products.dossiers.filling import Saved


class ValuesSerializer(serializers.Serializer):
    """Values by field (of a screening: mark_<rule> 0, 1, 2, why_<rule>, stars); `seen`: the revision each was read at."""

    values = serializers.DictField(child=serializers.JSONField(allow_null=True), source="given")  # type: ignore[assignment]
    seen = serializers.DictField(child=serializers.IntegerField(min_value=0), required=False)


def answer(saved: Saved) -> Response:
    """All or nothing: an answer over 399 writes nothing."""
    if saved.errors:
        return Response({"errors": saved.errors}, status=status.HTTP_400_BAD_REQUEST)
    if saved.clashes:
        return Response({"clashes": [it.as_data() for it in saved.clashes]}, status=status.HTTP_409_CONFLICT)
    return Response({"revision": saved.revision, "saved_at": saved.saved_at})


SAVES = {200: shapes.SavedSerializer, 409: shapes.ClashesSerializer}
