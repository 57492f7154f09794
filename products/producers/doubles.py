"""Is this producer in the register already? By number, by phone, or by a like name in the same commune."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit
from ocop.orgs.text import unaccented
from products.models import Producer
from products.people import with_predecessors

ALIKE = 0.9  # of two names without their legal form, their words in one order
LEGAL_FORMS = (
    "cong ty trach nhiem huu han", "cong ty tnhh", "cong ty co phan", "cong ty cp", "cong ty", "mot thanh vien",
    "mtv", "doanh nghiep tu nhan", "dntn", "doanh nghiep", "lien hiep hop tac xa", "hop tac xa", "htx",
    "to hop tac", "ho kinh doanh", "ho san xuat", "hkd", "co so san xuat", "trang trai",
)  # fmt: skip
_LEGAL = re.compile(rf"\b(?:{'|'.join(LEGAL_FORMS)})\b")
_FIRST = re.compile(r"^(?:(?:ho|co so|ong|ba)\b ?)+")  # only in front: they are parts of names elsewhere


@dataclass(frozen=True)
class Double:
    """A producer that may be the same, and what speaks for it."""

    producer: Producer
    by_number: bool
    by_phone: bool
    by_name: bool

    @property
    def why(self) -> str:
        said = [
            (self.by_number, _("trùng số đăng ký hoặc mã số thuế")),
            (self.by_phone, _("trùng số điện thoại")),
            (self.by_name, _("tên gần giống")),
        ]
        return ", ".join(words for holds, words in said if holds)

    @property
    def label(self) -> str:
        return f"{self.producer.name} ({self.producer.unit}): {self.why}"


def doubles_of(
    unit: OrgUnit, *, name: str, registration_number: str = "", tax_code: str = "", phone: str = ""
) -> list[Double]:
    """Those that may be meant, the surest first; a name counts in the commune and in those it took over."""
    numbers = {number_key(it) for it in (registration_number, tax_code)} - {""}
    nearby = [it.pk for it in with_predecessors(unit)]
    found = _with_keys().filter(
        Q(number_key__in=numbers)
        | Q(tax_key__in=numbers)
        | (Q(phone_key=phone_key(phone)) if phone_key(phone) else Q(pk__in=[]))
        | Q(unit__in=nearby)
    )
    compared = (_compare(it, name, numbers, phone_key(phone), nearby) for it in found.select_related("unit"))
    doubles = [it for it in compared if it.by_number or it.by_phone or it.by_name]
    return sorted(doubles, key=lambda it: (not it.by_number, not it.by_phone, it.producer.pk))


def holder_of(registration_number: str, *, besides: int | None = None) -> Producer | None:
    """Whoever has this number, however it is spaced."""
    key = number_key(registration_number)
    return _with_keys().filter(number_key=key).exclude(pk=besides).first() if key else None


def number_key(number: str) -> str:
    """Letters and digits alone: "12.345-678" and "12 345 678" are one number."""
    return re.sub(r"[^0-9A-Za-z]", "", number).upper()


def phone_key(phone: str) -> str:
    """Digits, with 0 for +84."""
    return re.sub(r"^84", "0", re.sub(r"[^0-9]", "", phone))


def name_key(name: str) -> str:
    """The words of the name in one order, without accents and legal form."""
    plain = _plain(name)
    rest = _FIRST.sub("", _LEGAL.sub(" ", plain).strip())
    return _ordered(rest or plain)


def words_key(name: str) -> str:
    """The words of a product's name in one order, without accents: "hồ tiêu" and "bà" are parts of it."""
    return _ordered(_plain(name))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", unaccented(name)).strip()


def _ordered(words: str) -> str:
    return " ".join(sorted(words.split()))


def are_alike(one: str, other: str, *, key: Callable[[str], str] = name_key) -> bool:
    """Whether two names may be the same producer's, or by `words_key` the same product's."""
    keys = key(one), key(other)
    return all(keys) and is_match(SequenceMatcher(None, *keys))


def is_match(keys: SequenceMatcher[str]) -> bool:
    """Of two name keys; what bounds the ratio from above and is cheap to know comes first."""
    bounds = (keys.real_quick_ratio, keys.quick_ratio, keys.ratio)
    return all(ratio() >= ALIKE for ratio in bounds)


def _compare(row: Producer, name: str, numbers: set[str], phone: str, nearby: Iterable[int]) -> Double:
    return Double(
        row,
        by_number=bool(numbers & {number_key(row.registration_number), number_key(row.tax_code)}),
        by_phone=bool(phone) and phone_key(row.phone) == phone,
        by_name=row.unit_id in nearby and are_alike(row.name, name),
    )


def _with_keys() -> Any:
    """Producers with what `number_key` and `phone_key` make of their columns."""
    digits = _replaced(F("phone"), "[^0-9]", "")
    return Producer.objects.annotate(
        number_key=Upper(_replaced(F("registration_number"), "[^0-9A-Za-z]", "")),
        tax_key=Upper(_replaced(F("tax_code"), "[^0-9A-Za-z]", "")),
        phone_key=_replaced(digits, "^84", "0"),
    )


def _replaced(what: F | Func, pattern: str, by: str) -> Func:
    return Func(what, Value(pattern), Value(by), Value("g"), function="regexp_replace")
