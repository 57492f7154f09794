"""What a target may say, whoever writes it: a form, the API, an import."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.measures import MEASURES, STARS


def target_faults(
    measure: str, stars: int | None, low: int | None, high: int | None
) -> Iterator[tuple[str, str | Promise]]:
    """(field, words) of each fault of a target."""
    known = MEASURES.get(measure)
    if known is None:
        yield "measure", _("Chưa có cách đo này.")
    elif stars is not None and not known.takes_stars:
        yield "stars", _("Cách đo này không chia theo hạng sao.")
    if stars is not None and stars not in STARS:
        yield "stars", _("Hạng sao của chỉ tiêu là 3, 4 hoặc 5.")
    if low is not None and high is not None and high < low:
        yield "high", _("Số cuối không được nhỏ hơn số đầu.")
