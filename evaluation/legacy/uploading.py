"""The first step of an import: the file is kept and checked, nothing else is written."""

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile

from evaluation.legacy.checking import check
from evaluation.legacy.columns import COLUMNS
from evaluation.legacy.recording import RECORD
from evaluation.models import LegacyImport, LegacyImportState
from ocop.audit.log import record
from ocop.files.store import keep_made
from ocop.orgs.models import OrgUnit, User
from ocop.tables.reading import LARGEST, read_sheet
from ocop.tables.template import CONTENT_TYPE


def check_import(unit: OrgUnit, upload: UploadedFile, *, by: User) -> LegacyImport:
    """What was found in the file, each fault by row and column; ValidationError where it is no such file."""
    if not by.has_perm(RECORD, unit):
        raise PermissionDenied
    content = upload.read(LARGEST + 1)
    checked = check(read_sheet(content, COLUMNS))
    faults = [fault.as_list() for fault in checked.sheet.faults]
    one = LegacyImport.objects.create(
        unit=unit,
        file=keep_made(content, upload.name or "tep.xlsx", CONTENT_TYPE),
        state=LegacyImportState.FAULTY if faults else LegacyImportState.CHECKED,
        rows=checked.sheet.count,
        faults=faults,
        summary={
            "certificates": len(checked.rows),
            "known": checked.known,
            "doubts": [doubt.as_list() for doubt in checked.sheet.doubts],
        },
        created_by=by,
    )
    record("legacyimport.check", one, by=by, after=one.state, data={"rows": one.rows, "faults": len(faults)})
    return one
