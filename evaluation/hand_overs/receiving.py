"""The receiver's end: the package checked against its digest, and begun as an assessment of this tier."""

import datetime as dt

from django.utils.translation import gettext as _

from evaluation.assessments.starting import start_assessment
from evaluation.hand_overs.packages import results_in, words_for_copies
from evaluation.models import Arrival, Assessment
from ocop.orgs.models import OrgUnit, User
from plans.models import Round
from products.advisory.results import copy_results
from products.dossiers.copies import copy_in
from products.dossiers.freezing import digest
from products.models import Dossier


def arrival_of(assessment: Assessment) -> Arrival | None:
    """The package that an assessment, or the one it does again, began with; None where nothing came from below."""
    first = assessment
    while first.reviews is not None:
        first = first.reviews
    return Arrival.objects.filter(assessment=first).first()


def faults_of(arrival: Arrival) -> list[str]:
    """What does not agree with the digests that came with it; nothing where all is whole."""
    found = []
    if digest(arrival.package) != arrival.digest:
        found.append(_("Gói hồ sơ không khớp mã băm đã ghi khi gửi."))
    version = arrival.package["dossier"]["version"]
    if arrival.content and version and digest(arrival.content) != version["digest"]:
        found.append(_("Nội dung hồ sơ không khớp mã băm của bản đã nộp."))
    return found


def round_for(arrival: Arrival, on: dt.date) -> Round | None:
    """The receiver's round that takes files that day."""
    return Round.objects.open_on(on).filter(unit=arrival.unit).order_by("cutoff_on", "pk").first()


def begin(arrival: Arrival, *, by: User, at: dt.datetime, on: dt.date) -> Assessment:
    """The assessment of this tier, on the dossier itself or on the copy that is made now."""
    dossier = arrival.dossier or _copy(arrival, by=by, at=at, on=on)
    return start_assessment(dossier, by=by, tier=arrival.tier, unit=arrival.unit, at=at)


def _copy(arrival: Arrival, *, by: User, at: dt.datetime, on: dt.date) -> Dossier:
    files = {row.file.sha256: row.file for row in arrival.files.select_related("file")}
    found = round_for(arrival, on)
    if found is None:
        raise ValueError("an arrival is received in a round")
    dossier = copy_in(
        arrival.content,
        files=files,
        words=words_for_copies(arrival.package, arrival.from_name),
        unit=sending_unit(arrival),
        round=found,
        receipt=arrival.receipt,
        by=by,
        at=at,
    )
    copy_results(dossier, results_in(arrival.package), files, at)
    return dossier


def sending_unit(arrival: Arrival) -> OrgUnit:
    """The sender as this tenant knows it: the unit of its place, else the receiver itself."""
    places = OrgUnit.objects.filter(place__code=arrival.from_code, closed_on__isnull=True)
    return places.first() or arrival.unit if arrival.from_code else arrival.unit
