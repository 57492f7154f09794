"""Who may bring in what (QĐ 26/2026, Điều 2)."""

from products.models.producer import ProducerKind

# Associations and tourism centres take part with tourism only; the others with every category.
TOURISM_ONLY = frozenset([ProducerKind.ASSOCIATION, ProducerKind.TOURISM_CENTRE])
TOURISM = "VI"
# A co-operative group and a tourism body are set up by their members; all others are registered as businesses.
WITHOUT_REGISTRATION = frozenset([ProducerKind.COOPERATIVE_GROUP, *TOURISM_ONLY])


def may_bring(kind: str, category: str) -> bool:
    """True where a producer of this kind may bring in a product of this category."""
    return kind not in TOURISM_ONLY or category == TOURISM


def is_registered(kind: str) -> bool:
    """True where this kind takes part only with a business registration."""
    return kind not in WITHOUT_REGISTRATION
