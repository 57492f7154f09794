"""Points as people read them; what the council asks of a product, for pages of other rooms."""

from fractions import Fraction
from typing import Any

from django import template

from evaluation.meetings.digests import seal_code as in_groups
from evaluation.models import Question
from ocop.regulations import shown

register = template.Library()


@register.filter
def points(value: Fraction | int | None, digits: int = 2) -> str:
    """Cut, never rounded up over a band: 89.999 is "89,99"; `digits` are those of the Quy chế."""
    return "–" if value is None else shown(Fraction(value), digits)


@register.filter
def seal_code(digest: str) -> str:
    """The head of a digest in groups."""
    return in_groups(digest)


@register.filter
def missing(value: Fraction, digits: int = 2) -> str:
    """What is still missing, rounded up: as much more is enough, and what is missing never reads as nothing."""
    scale = 10**digits
    return shown(Fraction(-(-value * scale // 1), scale), digits)


@register.filter
def signed(value: int | None) -> str:
    """+3, −2, 0."""
    return "–" if value is None else f"+{value}" if value > 0 else str(value).replace("-", "−")


@register.simple_tag
def questions_to_producer(dossier: Any, user: Any) -> int:
    """How many questions of the council this person may answer or read on this dossier."""
    return Question.objects.for_producer(user).filter(assessment__dossier=dossier).count()
