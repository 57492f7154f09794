"""Points as people read them."""

from fractions import Fraction

from django import template
from django.utils.formats import get_format

from ocop.regulations import shown

register = template.Library()


@register.filter
def points(value: Fraction | int | None) -> str:
    """Cut, never rounded up over a band: 89.999 is "89,99", or "89.99" for who reads English."""
    return "–" if value is None else shown(Fraction(value)).replace(",", get_format("DECIMAL_SEPARATOR"))
