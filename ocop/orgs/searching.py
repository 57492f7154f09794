"""Search as people type: a few words of the name, in any order, without diacritics."""

from functools import reduce
from operator import or_

from django.db.models import Q

from ocop.orgs.text import unaccented


def every_word(words: str, *columns: str) -> Q:
    """Each word stands somewhere in one of these unaccented columns; no word asks nothing."""
    asked = Q()
    for word in unaccented(words).split():
        asked &= reduce(or_, (Q(**{f"{column}__contains": word}) for column in columns))
    return asked
