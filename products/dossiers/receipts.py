"""What a filing leaves behind: the code, the frozen version, its receipt. Numbers come without gaps."""

import datetime as dt
from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ocop.orgs.models import OrgUnit, User
from ocop.papers.numbering import next_number
from ocop.regulations import product_code
from products import law
from products.dossiers.freezing import digest, frozen
from products.dossiers.whole import load
from products.models import Dossier, DossierVersion

CODES, RECEIPTS = "product_code", "receipt"


def give_code(dossier: Dossier) -> str:
    """T-X-STT-YYYY with the commune's next number of the year of evaluation (QĐ 26/2026, Phụ lục II)."""
    regime, year = law.regime(dossier.regime), dossier.round.year
    places = _place_codes(dossier.unit)
    wanted = {
        name for _text, name, _spec, _conversion in Formatter().parse(regime.product_code.pattern) if name
    }
    if missing := wanted - {"number", "year"} - places.keys():
        words = _("%(unit)s chưa có mã đơn vị hành chính (%(levels)s) nên chưa cấp được mã sản phẩm.")
        raise ValidationError(words % {"unit": dossier.unit, "levels": ", ".join(sorted(missing))})
    parts = {level: code for level, code in places.items() if level in wanted}
    number = next_number(dossier.unit, CODES, year)
    return product_code(regime, number=number, year=year, **parts)


def freeze(dossier: Dossier, *, by: User, at: dt.datetime, on: dt.date) -> DossierVersion:
    """The dossier as it stands, hashed; a digest over its content is what the receipt prints."""
    content = frozen(load(dossier))
    return DossierVersion.objects.create(
        dossier=dossier,
        number=dossier.versions.count() + 1,
        receipt=_receipt(dossier.unit, on),
        content=content,
        digest=digest(content),
        submitted_at=at,
        submitted_by=by,
    )


def _receipt(unit: OrgUnit, on: dt.date) -> str:
    """Số …/PĐK-(mã tỉnh)-(mã xã)-(năm), as Mẫu 01 prints it."""
    places = _place_codes(unit)
    number = next_number(unit, RECEIPTS, on.year)
    codes = "-".join(places[level] for level in ("province", "commune") if level in places)
    return f"{number:02d}/PĐK-{codes or unit.pk}-{on.year}"


def _place_codes(unit: OrgUnit) -> dict[str, str]:
    """The state's codes of the unit and those above it, by level."""
    return {one.place.level: one.place.code for one in law.line_of(unit) if one.place}
