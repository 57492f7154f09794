"""Every pair in an officer's units that may be the same: by number, phone, or a like name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from ocop.orgs.models import UnitSuccession, User
from ocop.orgs.rights import units_where
from products.models import Apart, MergeKind, Producer, Product
from products.producers.doubles import is_match, name_key, number_key, phone_key, words_key

MERGE = "products.merge_doubles"


@dataclass(frozen=True)
class Pair:
    """Two rows, the earlier first, and what speaks for their being one."""

    one: Any
    other: Any
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        return ", ".join(self.reasons)


def producer_pairs(user: User) -> list[Pair]:
    """The surest first: those with most in common."""
    rows = list(Producer.objects.filter(units_where(user, MERGE)).select_related("unit").order_by("pk"))
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    numbers = _grouped(
        (number_key(it), row) for row in rows for it in {row.registration_number, row.tax_code}
    )
    _note(reasons, numbers, _("trùng số đăng ký hoặc mã số thuế"))
    _note(reasons, _grouped((phone_key(row.phone), row) for row in rows), _("trùng số điện thoại"))
    homes = _homes()
    near = _grouped((str(homes.get(row.unit_id, row.unit_id)), row) for row in rows)
    for one, other in _alike(near, name_key):
        reasons[one.pk, other.pk].append(_("tên gần giống"))
    by_pk, apart = {row.pk: row for row in rows}, _apart(MergeKind.PRODUCER)
    pairs = [
        Pair(by_pk[one], by_pk[other], tuple(said))
        for (one, other), said in reasons.items()
        if (one, other) not in apart
    ]
    return sorted(pairs, key=lambda it: (-len(it.reasons), it.one.pk, it.other.pk))


def product_pairs(user: User) -> list[Pair]:
    """Alike but for accents and the order of words: those of one producer, then those of two in one commune."""
    seen = Product.objects.filter(units_where(user, MERGE)).not_excluding(user)
    rows = list(seen.select_related("producer", "unit").order_by("pk"))
    apart = _apart(MergeKind.PRODUCT)
    return [
        Pair(one, other, (words,))
        for words, pairs in (
            (_("tên gần giống"), _of_one(rows)),
            (_("có thể là một: tên gần giống, của hai chủ thể"), _of_two(rows)),
        )
        for one, other in pairs
        if (one.pk, other.pk) not in apart
    ]


def _of_one(rows: list[Product]) -> Iterator[tuple[Product, Product]]:
    return _alike(_grouped((str(row.producer_id), row) for row in rows), words_key)


def _of_two(rows: list[Product]) -> Iterator[tuple[Product, Product]]:
    """Of two producers in one commune, unless an officer found the producers to be two."""
    homes, apart = _homes(), _apart(MergeKind.PRODUCER)
    near = _grouped((str(homes.get(row.unit_id, row.unit_id)), row) for row in rows)
    for one, other in _alike(near, words_key):
        low, high = sorted((one.producer_id, other.producer_id))
        if low != high and (low, high) not in apart:
            yield one, other


def _apart(kind: MergeKind) -> set[tuple[int, int]]:
    """Pairs that an officer found to be two, the lower key first as the pairs are."""
    return set(Apart.objects.filter(kind=kind).values_list("low_id", "high_id"))


def _grouped(keyed: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for key, row in keyed:
        if key and row not in groups[key]:
            groups[key].append(row)
    return groups


def _note(reasons: dict[tuple[int, int], list[str]], groups: dict[str, list[Any]], words: str) -> None:
    for rows in groups.values():
        for one, other in combinations(rows, 2):
            if words not in reasons[one.pk, other.pk]:
                reasons[one.pk, other.pk].append(words)


def _alike(groups: dict[str, list[Any]], key_of: Callable[[str], str]) -> Iterator[tuple[Any, Any]]:
    """Each with those before it; its own letters are counted once."""
    for rows in groups.values():
        keyed = [(row, key) for row in rows if (key := key_of(row.name))]
        keys = SequenceMatcher[str]()
        for at, (other, key) in enumerate(keyed):
            keys.set_seq2(key)
            for one, before in keyed[:at]:
                keys.set_seq1(before)
                if is_match(keys):
                    yield one, other


def _homes() -> dict[int, int]:
    """For each unit that was succeeded by one other, the unit of today: names count across a merger of communes."""
    later: dict[int, set[int]] = defaultdict(set)
    for earlier, after in UnitSuccession.objects.values_list("earlier", "later"):
        later[earlier].add(after)
    homes = {}
    for unit in later:
        at, seen = unit, {unit}
        while len(later.get(at, ())) == 1 and (after := next(iter(later[at]))) not in seen:
            at = after
            seen.add(at)
        homes[unit] = at
    return homes
