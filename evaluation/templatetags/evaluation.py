"""Points as people read them."""

from fractions import Fraction

from django import template

from ocop.regulations import shown

register = template.Library()


@register.filter
def points(value: Fraction | int | None) -> str:
    """Cut, never rounded up over a band: 89.999 is "89,99"."""
    return "–" if value is None else shown(Fraction(value))
