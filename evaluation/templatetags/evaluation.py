"""Points as people read them; what the council asks of a product, for pages of other rooms."""

from fractions import Fraction
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import get_format

from evaluation.certificates.validity import standing
from evaluation.certificates.words import told
from evaluation.decisions.feedback import known_results
from evaluation.meetings.digests import seal_code as in_groups
from evaluation.models import Certificate, Question
from ocop.regulations import shown

register = template.Library()


def _in_language(number: str) -> str:
    return number.replace(",", get_format("DECIMAL_SEPARATOR"))


@register.filter
def points(value: Fraction | int | None, digits: int = 2) -> str:
    """Cut, never rounded up over a band: 89.999 is "89,99", or "89.99" for who reads English."""
    return "–" if value is None else _in_language(shown(Fraction(value), digits))


@register.filter
def seal_code(digest: str) -> str:
    """The head of a digest in groups."""
    return in_groups(digest)


@register.filter
def missing(value: Fraction, digits: int = 2) -> str:
    """What is still missing, rounded up: as much more is enough, and what is missing never reads as nothing."""
    scale = 10**digits
    return _in_language(shown(Fraction(-(-value * scale // 1), scale), digits))


@register.filter
def signed(value: int | None) -> str:
    """+3, −2, 0."""
    return "–" if value is None else f"+{value}" if value > 0 else str(value).replace("-", "−")


@register.simple_tag
def questions_to_producer(dossier: Any, user: Any) -> int:
    """How many questions of the council this person may answer or read on this dossier."""
    return Question.objects.for_producer(user).filter(assessment__dossier=dossier).count()


@register.simple_tag
def results_of(dossier: Any, user: Any) -> list[Any]:
    """What councils concluded on this dossier, once it is decided and as far as this person may know it."""
    return list(known_results(dossier, user).select_related("assessment__unit"))


@register.simple_tag
def certificates_of(product: Any, user: Any) -> list[dict[str, Any]]:
    """The product's certificates that this person sees, the newest first, and whether any holds today."""
    today = timezone.localdate()
    found = Certificate.objects.visible_to(user).filter(product=product).order_by("-issued_on", "-pk")
    return [{"row": it, "told": told(standing(it, today))} for it in found]
