"""What an idea may be the same as: other ideas of its commune in the window, and products that are there already."""

from collections.abc import Iterable
from typing import Any

from ocop.orgs.models import User
from products.models import Idea, IdeaState, Product
from products.people import with_predecessors
from products.producers.doubles import are_alike, words_key


def is_known(idea: Idea) -> bool:
    """Whether this producer has an idea of these words, in any order, in the window; one query."""
    others = Idea.objects.filter(window=idea.window_id, producer=idea.producer_id)
    names = others.exclude(state=IdeaState.WITHDRAWN).exclude(pk=idea.pk).values_list("name", flat=True)
    key = words_key(idea.name)
    return any(words_key(name) == key for name in names)


def alike(idea: Idea, *, by: User) -> tuple[list[Idea], list[Product]]:
    """Ideas and products that it may be the same as, until it is a product or has ended: proposed, not decided."""
    if idea.state not in (IdeaState.REGISTERED, IdeaState.CHOSEN):
        return [], []
    return like_ideas(idea, by=by), like_products(idea, by=by)


def like_ideas(idea: Idea, *, by: User) -> list[Idea]:
    """Of anybody in the commune, among those that this person sees."""
    seen = Idea.objects.visible_to(by).filter(window=idea.window_id, unit=idea.unit_id)
    live = seen.exclude(state__in=[IdeaState.WITHDRAWN, IdeaState.CARRIED]).exclude(pk=idea.pk)
    return _like(idea, live.select_related("producer").order_by("pk"))


def like_products(idea: Idea, *, by: User) -> list[Product]:
    """Of anybody in the commune and in those that it took over, among those that this person sees."""
    nearby = [it.pk for it in with_predecessors(idea.unit)]
    seen = Product.objects.visible_to(by).filter(unit__in=nearby).exclude(pk=idea.product_id)
    return _like(idea, seen.select_related("producer").order_by("pk"))


def _like(idea: Idea, rows: Iterable[Any]) -> list[Any]:
    return [it for it in rows if are_alike(it.name, idea.name, key=words_key)]
