"""Checking what was read against the register: units, sets, numbers. Nothing is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from evaluation.legacy.recording import faults_of
from evaluation.legacy.tiers import doubts_of, is_ministry
from evaluation.models import Certificate
from evaluation.models.certificate import number_key
from ocop.orgs.models import OrgUnit, UnitKind
from ocop.orgs.text import unaccented
from ocop.tables.reading import Sheet
from products.inventory.places import Communes
from products.law import set_numbered

_OFFICE = re.compile(r"^(chu tich )?(ubnd|uy ban nhan dan) ")
ISSUERS = frozenset([UnitKind.PROVINCE, UnitKind.DISTRICT])


@dataclass
class Row:
    """One line, understood."""

    number: int
    values: dict[str, Any]
    commune: OrgUnit
    issuer: OrgUnit
    issuer_name: str
    set_code: str

    @property
    def key(self) -> tuple[int, str]:
        return self.issuer.pk, number_key(self.values["number"])


@dataclass
class Checked:
    """The rows to write, those that stand in the register already, and every fault."""

    sheet: Sheet
    rows: list[Row] = field(default_factory=list)
    known: int = 0


class Register:
    """What rows are held against, read at once: as many queries for three hundred rows as for one."""

    def __init__(self) -> None:
        self.communes = Communes()
        self.issuers: dict[str, OrgUnit] = {}
        self.root: OrgUnit | None = None
        units = OrgUnit.objects.in_bulk()
        for unit in units.values():
            if unit.parent_id is None:
                self.root = unit
            else:
                unit.parent = units[unit.parent_id]  # addresses are printed from it, without a query a row
            self.communes.add(unit)
            if unit.kind in ISSUERS:
                self.issuers[unit.name_ascii] = unit

    def issuer(self, name: str) -> tuple[OrgUnit | None, str]:
        """The unit, or the province's register with the name of a ministry that is no unit here."""
        plain = _OFFICE.sub("", unaccented(name))
        if plain in self.issuers:
            return self.issuers[plain], ""
        return (self.root, name) if is_ministry(plain) else (None, "")


def check(sheet: Sheet) -> Checked:
    """Understand every row that could be read; faults are added to the sheet's."""
    checked, register = Checked(sheet), Register()
    rows = [
        row for number, values in sheet.rows.items() if (row := _understood(sheet, register, number, values))
    ]
    known = _known(rows)
    first: dict[tuple[int, str], int] = {}
    for row in rows:
        if row.key in first:
            sheet.blame(row.number, "number", _("Trùng số với dòng %(row)s.") % {"row": first[row.key]})
            continue
        first[row.key] = row.number
        if (there := known.get(row.key)) is None:
            checked.rows.append(row)
        elif _is_same(there, row):
            checked.known += 1
        else:
            words = _("Số này đã ghi cho “%(product)s”.") % {"product": there.product_name}
            sheet.blame(row.number, "number", words)
    sheet.faults.sort(key=lambda fault: fault.row)
    return checked


def _understood(sheet: Sheet, register: Register, number: int, values: dict[str, Any]) -> Row | None:
    before = len(sheet.faults)
    commune = register.communes.named(values["commune"])
    issuer, issuer_name = register.issuer(values["issuer"])
    set_code = set_numbered(values["set"])
    for key, words in _faults(values, commune, issuer, issuer_name, set_code):
        sheet.blame(number, key, words)
    if len(sheet.faults) > before or commune is None or issuer is None:
        return None
    for words in doubts_of(issuer_name or issuer, values["stars"], values["issued_on"]):
        sheet.doubt(number, "issuer", words)
    return Row(number, values, commune, issuer, issuer_name, set_code)


def _faults(
    values: dict[str, Any], commune: OrgUnit | None, issuer: OrgUnit | None, issuer_name: str, set_code: str
) -> Iterator[tuple[str, str]]:
    if commune is None:
        yield "commune", _("Không có, hoặc có nhiều xã, phường tên này.")
    if not set_code:
        yield (
            "set",
            _("Ghi số thứ tự bộ tiêu chí theo quyết định hiện hành (xem trang Hướng dẫn của tệp mẫu)."),
        )
    if issuer is None:
        yield "issuer", _("Không có cơ quan này trong hệ thống, kể cả các huyện trước đây.")
        return
    yield from faults_of(
        issuer, values["number"], values["stars"], values["issued_on"], values.get("ends_on"), issuer_name
    )


def _known(rows: list[Row]) -> dict[tuple[int, str], Certificate]:
    keys = {row.key[1] for row in rows}
    found = Certificate.objects.filter(number_key__in=keys).select_related("product")
    return {(one.unit_id, one.number_key): one for one in found}


def _is_same(there: Certificate, row: Row) -> bool:
    """The same paper: imported before, or recorded by hand."""
    return (
        unaccented(there.product_name) == unaccented(row.values["product"])
        and there.issued_on == row.values["issued_on"]
    )
