"""Points as people read them; what the council asks of a product, for pages of other rooms."""

from fractions import Fraction
from typing import Any

from django import template

from evaluation.models import Question
from ocop.regulations import shown

register = template.Library()


@register.filter
def points(value: Fraction | int | None) -> str:
    """Cut, never rounded up over a band: 89.999 is "89,99"."""
    return "–" if value is None else shown(Fraction(value))


@register.simple_tag
def questions_to_producer(dossier: Any, user: Any) -> int:
    """How many questions of the council this person may answer or read on this dossier."""
    return Question.objects.for_producer(user).filter(assessment__dossier=dossier).count()
