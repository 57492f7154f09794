"""The first step of an import: the file is kept and checked, nothing else is written."""

from django.core.files.uploadedfile import UploadedFile

from evaluation.legacy.checking import check
from evaluation.legacy.columns import COLUMNS
from evaluation.models import LegacyImport
from ocop.orgs.models import OrgUnit, User
from ocop.tables.imports import Found, keep_checked
from ocop.tables.reading import read_sheet


def check_import(unit: OrgUnit, upload: UploadedFile, *, by: User) -> LegacyImport:
    """What was found in the file, each fault by row and column; ValidationError where it is no such file."""
    return keep_checked(LegacyImport, unit, upload, _look, by=by)


def _look(content: bytes) -> Found:
    checked = check(read_sheet(content, COLUMNS))
    return checked.sheet, {"certificates": len(checked.rows), "known": checked.known}
