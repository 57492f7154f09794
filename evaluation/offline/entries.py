"""What a device sends: one change of one criterion an entry, read with care, refused one by one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from evaluation.ballots.opinions import LONGEST as LONGEST_OPINION
from evaluation.ballots.saving import LONGEST_NOTE
from evaluation.models import OPINION

MOST_ENTRIES = 200
MOST_BYTES = 1024 * 1024
LONGEST_KEY = 64


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
    """The entries, and by key why others are none; ValidationError for what is no batch at all."""
    if not isinstance(raw, list) or any(not _has_key(it) for it in raw):
        raise ValidationError(_("Gói dữ liệu không đọc được."))
    if len(raw) > MOST_ENTRIES:
        raise ValidationError(_("Mỗi lần gửi tối đa %(most)s thay đổi.") % {"most": MOST_ENTRIES})
    entries, refused = [], {}
    for it in raw:
        read = EntrySerializer(data=it)
        if read.is_valid():
            entries.append(Entry(**read.validated_data))
        else:
            refused[it["key"]] = " ".join(
                f"{name}: {' '.join(map(str, said))}" for name, said in read.errors.items()
            )
    return sorted(entries, key=lambda it: it.order), refused


def _has_key(it: Any) -> bool:
    return isinstance(it, dict) and isinstance(it.get("key"), str) and 0 < len(it["key"]) <= LONGEST_KEY
