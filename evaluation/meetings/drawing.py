"""Who scores what: by sector, then by load, ties broken by a seed. Facts in, pairs out; no database is asked."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scorer:
    """A seat that may score; without sectors, anything."""

    key: int
    sectors: frozenset[str] = frozenset()

    def knows(self, sector: str) -> bool:
        return not self.sectors or sector in self.sectors


@dataclass(frozen=True)
class Wanted:
    """A product: who may not score it, who already does, how many it wants in all."""

    key: int
    sector: str
    count: int
    barred: frozenset[int] = frozenset()
    kept: frozenset[int] = field(default=frozenset())


def draw(
    products: Iterable[Wanted],
    scorers: Collection[Scorer],
    seed: str,
    *,
    loads: Mapping[int, int] | None = None,
) -> dict[int, list[int]]:
    """For each product the seats that are to score it besides those it keeps; fewer where there are no more.

    The product with the fewest scorers who know it comes first. The same facts and seed draw the same again.
    """
    products = list(products)
    carried = {it.key: (loads or {}).get(it.key, 0) for it in scorers}
    for product in products:
        for key in product.kept & carried.keys():
            carried[key] += 1
    drawn: dict[int, list[int]] = {}
    for product in sorted(products, key=lambda it: (_knowing(it, scorers), it.key)):
        free = [it for it in scorers if it.key not in product.barred | product.kept]
        free.sort(
            key=lambda it: (not it.knows(product.sector), carried[it.key], _tie(seed, product.key, it.key))
        )
        chosen = free[: max(product.count - len(product.kept), 0)]
        drawn[product.key] = [it.key for it in chosen]
        for it in chosen:
            carried[it.key] += 1
    return drawn


def _knowing(product: Wanted, scorers: Collection[Scorer]) -> int:
    return sum(1 for it in scorers if it.knows(product.sector) and it.key not in product.barred)


def _tie(seed: str, product: int, scorer: int) -> str:
    return hashlib.sha256(f"{seed}:{product}:{scorer}".encode()).hexdigest()
