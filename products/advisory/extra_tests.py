"""An extra test asked for and its result brought; what becomes of the result is the workflow's."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.kinds import SCANS
from ocop.files.store import keep_upload
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import role_for
from ocop.written import in_vietnamese
from products import law
from products.dossiers import clocks
from products.dossiers.telling import tell
from products.models import (
    Dossier,
    DossierState,
    EvidencePaper,
    ExtraTest,
    ExtraTestResult,
    ExtraTestState,
    MoveKind,
    Sample,
)
from products.people import as_whom, demand, nearest_holders, people_of
from products.samples import balances, expected, right_of, use_up
from products.vault.keeping import FACTS, check_facts
from products.vault.reading import ask_for_reading

ASK, BRING = "products.ask_test", "products.bring_test"
OPEN_STATES = frozenset([DossierState.FORWARDED, DossierState.RETURNED, DossierState.ACCEPTED])
KIND = "test_report"  # of the regime's evidence catalogue


def closed_words(dossier: Dossier) -> str:
    """Why nothing is asked of this dossier now; "" where it may be."""
    if dossier.state in OPEN_STATES:
        return ""
    return _("Chỉ yêu cầu kiểm nghiệm thêm khi hồ sơ đang ở cơ quan tiếp nhận hoặc đang đánh giá.")


def lots(dossier: Dossier) -> list[tuple[Sample, int]]:
    """The lots of this dossier that lie with the authority that receives it, each with what is left of it."""
    if not expected(dossier):
        return []
    held = {
        pk: it for pk, it in balances([dossier.pk]).items() if right_of(it.unit) == "products.receive_dossier"
    }
    rows = Sample.objects.in_bulk([pk for pk, it in held.items() if it.count])
    return [(row, held[pk].count) for pk, row in sorted(rows.items())]


@transaction.atomic
def ask_test(
    dossier: Dossier, given: Mapping[str, Any], *, by: User, at: dt.datetime | None = None
) -> ExtraTest:
    """Ask for a test, by the names of the model's fields; units of a lot leave it for the laboratory.

    ValidationError names what is missing or impossible, PermissionDenied where she asks nothing here.
    """
    fresh = _locked(dossier)
    demand(by, ASK, fresh)
    if words := closed_words(fresh):
        raise ValidationError(words, code="stale")
    moment = at or timezone.now()
    if given["due_on"] < timezone.localdate(moment):
        raise ValidationError({"due_on": _("Hạn phải từ hôm nay trở đi.")})
    lot = given.get("sample")
    if lot is not None and lot not in [it for it, _left in lots(fresh)]:
        raise ValidationError({"sample": _("Cơ quan tiếp nhận không giữ lô mẫu này.")})
    twice = ExtraTest.objects.filter(dossier=fresh, asked_by=by, state=ExtraTestState.ASKED, **given).first()
    if twice is not None:  # the second of two taps: no other units of the lot leave for it
        return twice
    row = ExtraTest(dossier=fresh, unit=asking_unit(fresh, by), asked_by=by, asked_at=moment, **given)
    row.full_clean(exclude=["dossier", "unit", "asked_by"])
    row.save(force_insert=True)
    _send_sample(row, by=by, at=moment)
    record("extratest.request", row, by=by, role=role_for(by, ASK, fresh) or "", note=row.reason)
    clocks.reckon(fresh)
    _tell_asked(row)
    return row


def asking_unit(dossier: Dossier, by: User) -> OrgUnit:
    """Her own unit over the dossier, the nearest: whose clock may stand."""
    line = law.line_of(dossier.unit)
    held = set(by.memberships.held_on(timezone.localdate()).values_list("unit_id", flat=True))
    return next((unit for unit in line if unit.pk in held), line[-1])


def _send_sample(row: ExtraTest, *, by: User, at: dt.datetime) -> None:
    """What is tested is gone from the lot."""
    if row.sample is None:
        return
    note = row.laboratory or _("Kiểm nghiệm thêm: %(what)s") % {"what": row}
    try:
        use_up(row.sample, kind=MoveKind.TESTED, count=row.sample_units or 0, by=by, note=note[:300], at=at)
    except ValidationError as refused:
        raise ValidationError({"sample_units": refused.messages}) from refused


def keep_result(
    test: ExtraTest,
    *,
    by: User,
    paper: EvidencePaper | None = None,
    upload: UploadedFile | None = None,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
    at: dt.datetime | None = None,
) -> ExtraTestResult:
    """A paper of the producer's vault, or a new file that becomes one, answers the request; within the step's lock.

    ValidationError where there is neither, or where the paper is another's or gone.
    """
    moment = at or timezone.now()
    if paper is None:
        paper = _new_paper(test, upload, facts or {}, by=by, at=moment)
    elif paper.producer_id != test.dossier.product.producer_id or paper.withdrawn_at is not None:
        raise ValidationError({"paper": _("Giấy tờ này không có trong kho của chủ thể.")})
    return ExtraTestResult.objects.create(
        test=test, paper=paper, note=note.strip()[:500], brought_by=by, brought_at=moment
    )


def _new_paper(
    test: ExtraTest, upload: UploadedFile | None, facts: Mapping[str, Any], *, by: User, at: dt.datetime
) -> EvidencePaper:
    """Into the producer's vault, whoever puts it there."""
    if upload is None:
        raise ValidationError({"file": _("Hãy chọn phiếu kết quả trong kho, hoặc chọn tệp.")})
    try:
        file = keep_upload(upload, by=by, families=SCANS)
    except ValidationError as bad:
        raise ValidationError({"file": bad.messages}) from bad
    given = {name: facts[name] for name in FACTS if facts.get(name)}
    given.setdefault("title", _("Phiếu kết quả kiểm nghiệm thêm"))
    paper = EvidencePaper(
        producer=test.dossier.product.producer, kind=KIND, file=file, added_by=by, added_at=at, **given
    )
    check_facts(paper)
    paper.full_clean(exclude=["producer", "file", "added_by"])
    paper.save(force_insert=True)
    ask_for_reading(paper)
    data = {"dossier": test.dossier_id, "sha256": file.sha256, "extra_test": test.pk}
    record("evidence.add", paper, by=by, role=as_whom(by, test.dossier), unit=test.dossier.unit, data=data)
    return paper


def answering_papers(test: ExtraTest) -> Iterable[EvidencePaper]:
    """Papers of the vault that may answer: test reports first, then the rest, the newest of each on top."""
    papers = EvidencePaper.objects.filter(producer=test.dossier.product.producer, withdrawn_at=None)
    return sorted(papers.order_by("-added_at"), key=lambda it: it.kind != KIND)


def reckon(test: ExtraTest) -> None:
    """The dossier's clocks, after a result came, was refused, or the request went."""
    clocks.reckon(_locked(test.dossier))


def _locked(dossier: Dossier) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("product__producer", "unit")
    return rows.get(pk=dossier.pk)


# ── who is told ──


@in_vietnamese()
def _tell_asked(row: ExtraTest) -> None:
    why = _("Lý do: %(why)s") % {"why": row.reason}
    until = _("Có kết quả trước hết ngày %(day)s.") % {"day": date_format(row.due_on, "SHORT_DATE_FORMAT")}
    body = f"{row.parameters}\n{why}\n{until}"
    tell_producer_of_test(row, "asked", _("Yêu cầu kiểm nghiệm thêm: %(product)s"), body)


def tell_producer_of_test(row: ExtraTest, what: str, subject: str, body: str = "") -> None:
    """Once a fact: another result of the same request is another fact."""
    people = people_of(row.dossier.product.producer)
    _tell(row, people, what, subject, body)


def tell_askers(row: ExtraTest, what: str, subject: str, body: str = "") -> None:
    _tell(row, nearest_holders(ASK, row.unit), what, subject, body)


def _tell(row: ExtraTest, people: list[User], what: str, subject: str, body: str) -> None:
    key = f"test-{row.pk}-{what}-{row.results.count()}"
    tell(row.dossier, people, what=f"test_{what}", key=key, subject=subject, body=body)
