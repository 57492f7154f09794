"""What a page says to its reader, apart from what people and the law wrote into it."""

import html
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from evaluation.models import Certificate, Council, Meeting, TeamReport
from ocop.orgs.models import OrgUnit, User
from plans.models import Round
from products.models import EvidencePaper, Producer, Product

NOT_READ = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*\slang=\"vi\"[^>]*>.*?<", re.DOTALL)
VIETNAMESE = re.compile(r"[^\s<>\"]*[à-ãè-êìíò-õùúýăđĩũơưạ-ỹ][^<>\"]*", re.IGNORECASE)
ROWS = {
    OrgUnit: ("name",),
    Round: ("name",),
    Producer: ("name", "address", "representative", "representative_position"),
    Product: ("name", "description", "specification"),
    EvidencePaper: ("title", "number", "issuer", "scope"),
    Council: ("name",),
    Meeting: ("place",),
    TeamReport: ("findings", "proposal"),
    Certificate: ("issuer_name", "signer_name", "signer_title", "product_name", "producer_name", "number",
                  "producer_address", "decision_number"),
}  # fmt: skip


def vietnamese_left(page: Any, *law: Any) -> list[str]:
    """The Vietnamese of a page that no row of this tenant holds and nothing given of the law."""
    text = html.unescape(NOT_READ.sub("<", page.text))
    known = {words for words in {*written_by_people(), *words_of_law(law)} if len(words) > 2}
    for words in sorted(known, key=len, reverse=True):
        text = text.replace(words, "")
    return VIETNAMESE.findall(text)


def written_by_people() -> set[str]:
    rows = (row for model, names in ROWS.items() for row in model.objects.values_list(*names))
    names = (user.get_full_name() for user in User.objects.all())
    return {*names, *(value for row in rows for value in row if value)}


def words_of_law(it: Any) -> Iterable[str]:
    if isinstance(it, str):
        yield it
    elif is_dataclass(it):
        for field in fields(it):
            yield from words_of_law(getattr(it, field.name))
    elif isinstance(it, dict):
        yield from words_of_law(list(it.values()))
    elif isinstance(it, list | tuple | set | frozenset):
        for one in it:
            yield from words_of_law(one)
