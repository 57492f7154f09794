"""Is this in the inventory of the commune already? The same words in any order, or a name that is nearly the same."""

from collections.abc import Iterable

from products.models import Potential
from products.producers.doubles import are_alike, name_key, words_key

Key = tuple[str, str]


def key_of(name: str, producer_name: str) -> Key:
    """One product of one producer, however both are written."""
    return words_key(name), name_key(producer_name)


def is_there(row: Potential) -> bool:
    """Whether the commune has this product of this producer in another row; one query."""
    key = key_of(row.name, row.producer_name)
    others = Potential.objects.filter(unit=row.unit).exclude(pk=row.pk)
    return any(key_of(*names) == key for names in others.values_list("name", "producer_name"))


def like_rows(row: Potential) -> list[Potential]:
    """Other rows of the commune whose product may be the same, whoever makes it; one query."""
    others = Potential.objects.filter(unit=row.unit).exclude(pk=row.pk).order_by("pk")
    return [it for it in others if are_alike(it.name, row.name, key=words_key)]


def makers_by_words(rows: Iterable[tuple[int, str, str]]) -> dict[tuple[int, str], dict[str, str]]:
    """For each commune and product name in any order of its words: who makes it, by key of the maker's name."""
    found: dict[tuple[int, str], dict[str, str]] = {}
    for unit, name, producer_name in rows:
        product, maker = key_of(name, producer_name)
        found.setdefault((unit, product), {})[maker] = producer_name
    return found
