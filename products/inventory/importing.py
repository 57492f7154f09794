"""A list of potential products in two steps: checked with faults by row, then written whole or not at all."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import covered_paths
from ocop.tables.imports import Found, keep_checked
from ocop.tables.reading import Sheet, read_sheet
from ocop.tables.template import make_template
from ocop.written import in_vietnamese
from products.inventory.columns import COLUMNS
from products.inventory.likeness import Key, key_of, makers_by_words
from products.inventory.places import Communes
from products.law import set_names, set_numbered
from products.models import Potential, PotentialImport, ProducerKind, Product
from products.models.potential import CHANGE
from products.producers.doubles import words_key

MOST = 2000  # rows of a list, written in one step
FACTS = ("producer_kind", "phone", "scale", "strengths", "description")


@dataclass
class Checked:
    """The rows to write, and how many stand in the inventory already."""

    sheet: Sheet
    rows: list[Potential] = field(default_factory=list)
    known: int = 0


@in_vietnamese()
def template_file() -> bytes:
    lines = [
        (_("Cột có dấu *"), _("Phải ghi ở mọi dòng. Dòng thứ hai là ví dụ: hãy ghi đè lên.")),
        (_("Loại hình"), ", ".join(str(label) for label in ProducerKind.labels)),
        (_("Bộ tiêu chí"), _("Số thứ tự bộ tiêu chí dưới đây; chưa rõ thì để trống.")),
    ]
    return make_template(
        "Sản phẩm tiềm năng", COLUMNS, lines, (_("Bộ tiêu chí"), sorted(set_names().items()))
    )


def check(sheet: Sheet, *, by: User) -> Checked:
    """Understand every row against the units and the inventory; nothing is written. As many queries for any list."""
    checked, paths, communes = Checked(sheet), covered_paths(by, CHANGE), Communes()
    for unit in OrgUnit.objects.communes():
        communes.add(unit)
    found = [
        understood
        for number, values in sheet.rows.items()
        if (understood := _understood(sheet, number, values, communes, paths)) is not None
    ]
    units = {row.unit_id for _number, row in found}
    there = makers_by_words(
        Potential.objects.filter(unit__in=units).values_list("unit", "name", "producer_name")
    )
    products = {
        (unit, words_key(name))
        for unit, name in Product.objects.filter(unit__in=units).values_list("unit", "name")
    }
    first: dict[tuple[int, Key], int] = {}
    for number, row in found:
        key = product, maker = key_of(row.name, row.producer_name)
        makers = there.get((row.unit_id, product), {})
        if (row.unit_id, key) in first:
            sheet.blame(number, "product", _("Trùng với dòng %(row)s.") % {"row": first[row.unit_id, key]})
        elif maker in makers:
            checked.known += 1
        else:
            checked.rows.append(row)
            if (row.unit_id, product) in products:
                sheet.doubt(number, "product", _("Xã đã có sản phẩm mang tên này."))
            elif makers:
                sheet.doubt(number, "product", _may_be_one(makers))
        first.setdefault((row.unit_id, key), number)
    sheet.faults.sort(key=lambda fault: fault.row)
    return checked


def _may_be_one(makers: dict[str, str]) -> str:
    """The commune has it of somebody else: the officer says whether it is one."""
    named = ", ".join(filter(None, makers.values()))
    words = _("Có thể là một với sản phẩm đã có trong danh mục của xã (%(producer)s).")
    return words % {"producer": named or _("chưa rõ chủ thể")}


def _understood(
    sheet: Sheet, number: int, values: dict[str, Any], communes: Communes, paths: tuple[str, ...]
) -> tuple[int, Potential] | None:
    before, commune = len(sheet.faults), communes.named(values["commune"])
    if commune is None:
        sheet.blame(number, "commune", _("Không có, hoặc có nhiều xã, phường tên này."))
    elif not commune.path.startswith(paths):
        sheet.blame(number, "commune", _("Bạn không phụ trách xã, phường này."))
    code = set_numbered(values["set"]) if values.get("set") else ""
    if values.get("set") and not code:
        sheet.blame(
            number,
            "set",
            _("Ghi số thứ tự bộ tiêu chí theo quyết định hiện hành (xem trang Hướng dẫn của tệp mẫu)."),
        )
    if commune is None or len(sheet.faults) > before:
        return None
    facts = {name: values[name] for name in FACTS if name in values}
    row = Potential(
        unit=commune, name=values["product"], set_code=code, producer_name=values.get("producer", ""), **facts
    )
    return number, row.set_keys()


def check_import(unit: OrgUnit, upload: UploadedFile, *, by: User) -> PotentialImport:
    """Keep the file with what was found in it; ValidationError where it is no such file."""

    def look(content: bytes) -> Found:
        checked = check(read_sheet(content, COLUMNS, most=MOST), by=by)
        return checked.sheet, {"new": len(checked.rows), "known": checked.known}

    return keep_checked(PotentialImport, unit, upload, look, by=by)


@transaction.atomic
def write(one: PotentialImport, *, by: User) -> int:
    """Write what the file says now: what another import brought meanwhile is left out. Answers how many are new.

    ValidationError where a row no longer stands: a commune was closed, a right was taken.
    """
    with one.file.open() as stored:
        checked = check(read_sheet(stored.read(), COLUMNS, most=MOST), by=by)
    if checked.sheet.faults:
        fault = checked.sheet.faults[0]
        words = _("Dòng %(row)s không còn đúng: %(words)s Hãy gửi lại tệp.")
        raise ValidationError(words % {"row": fault.row, "words": fault.words})
    for row in checked.rows:
        row.source = one
    # Where another import writes the same rows at this moment, its rows stand.
    Potential.objects.bulk_create(checked.rows, ignore_conflicts=True)
    return len(checked.rows)
