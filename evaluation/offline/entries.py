"""What a device sends: one change of one criterion an entry, read with care, refused one by one."""

from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from evaluation.ballots.opinions import LONGEST as LONGEST_OPINION
from evaluation.ballots.saving import LONGEST_NOTE
from evaluation.models import OPINION
from ocop.device.batches import LONGEST_KEY, read_rows


@dataclass(frozen=True)
class Entry:
    """`sheet` is the product's assessment; `value` as the radio holds it ("3", "a:2", "" for a note alone).

    The opinion at the foot of the sheet is a note alone of the criterion OPINION.
    """

    key: str
    sheet: int
    attempt: int
    criterion: str
    value: str
    note: str
    revision: int

    @property
    def order(self) -> tuple[str, int]:
        """By what it had seen, never by a clock or by its place in the batch."""
        return (self.criterion, self.revision)


class EntrySerializer(serializers.Serializer):
    """One entry; what is no entry is refused with its reason, and the others go on."""

    key = serializers.CharField(max_length=LONGEST_KEY)
    sheet = serializers.IntegerField(min_value=1)
    attempt = serializers.IntegerField(min_value=1, max_value=1000)
    criterion = serializers.CharField(max_length=20)
    value = serializers.CharField(max_length=40, allow_blank=True)
    note = serializers.CharField(max_length=LONGEST_OPINION, allow_blank=True)
    revision = serializers.IntegerField(min_value=0, max_value=1_000_000)

    def validate(self, entry: dict[str, Any]) -> dict[str, Any]:
        if entry["criterion"] != OPINION and len(entry["note"]) > LONGEST_NOTE:
            words = serializers.CharField.default_error_messages["max_length"]
            raise serializers.ValidationError({"note": words.format(max_length=LONGEST_NOTE)})
        return entry


def read_entries(raw: Any) -> tuple[list[Entry], dict[str, str]]:
    """The entries in their order, and by key why others are none; ValidationError for what is no batch at all."""
    rows, refused = read_rows(raw, EntrySerializer)
    return sorted((Entry(**it) for it in rows), key=lambda it: it.order), refused
