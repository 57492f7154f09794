"""Makers of rows, without surprises: each makes what its name says, in the scope that is open."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from ocop.files.kinds import EVIDENCE
from ocop.files.store import keep_upload
from ocop.orgs.memberships import grant_membership, make_person
from ocop.orgs.models import OrgUnit, Place, UnitKind, UnitSuccession, User
from ocop.orgs.roles import ROLES
from ocop.papers.workflow import PAPER
from ocop.regulations import Criterion
from ocop.tenancy.models import Tenant
from plans.models import Round
from products import law
from products.advisory.extra_tests import BRING, ask_test
from products.desks.checking import items_of, save_check
from products.desks.reporting import save_finding
from products.dossiers.filing import start_dossier
from products.dossiers.filling import save_section, save_sheet
from products.dossiers.sections import fields_of, sections_for
from products.dossiers.whole import load
from products.making import make_product
from products.models import Dossier, EvidenceLink, EvidencePaper, ExtraTestResult, Producer
from products.people import nearest_holders
from products.producers.members import add_member
from products.producers.registration import register_producer, save_personal
from products.vault.papers import add_evidence
from products.workflow import DOSSIER, EXTRA_TEST

REFORM = dt.date(2025, 7, 1)
BEFORE = dt.date(2004, 7, 8)
LAST_DAY_BEFORE = dt.date(2025, 6, 30)
CLIP = Path(__file__).parent / "files" / "data" / "clip.mp4"
PASSWORD = "mat-khau-thu-2026"


def make_tenant(slug: str, name: str, *, code: str) -> Tenant:
    """A province with its place."""
    tenant = Tenant.objects.create(slug=slug, name=name)
    Place.objects.create(code=code, level="province", kind="tỉnh", name=name, valid_from=REFORM)
    return tenant


def make_units(tenant: Tenant) -> None:
    """Two communes of today, and the district with the communes that they succeeded."""
    place = Place.objects.get(name=tenant.name, valid_from=REFORM)
    root = make_unit(tenant.name, UnitKind.PROVINCE, place=place)
    district = make_unit("Huyện Phong Thổ", UnitKind.DISTRICT, parent=root, closed_on=LAST_DAY_BEFORE)
    old = make_unit("Xã Khổng Lào", UnitKind.COMMUNE, parent=district, closed_on=LAST_DAY_BEFORE)
    new = make_unit("Xã Mường So", UnitKind.COMMUNE, parent=root, code=f"{place.code}003")
    make_unit("Phường Tân Phong", UnitKind.COMMUNE, parent=root, code=f"{place.code}001")
    UnitSuccession.objects.create(earlier=old, later=new)


def make_unit(
    name: str,
    kind: str,
    *,
    parent: OrgUnit | None = None,
    place: Place | None = None,
    code: str = "",
    closed_on: dt.date | None = None,
) -> OrgUnit:
    if code:
        place = Place.objects.create(
            code=code, level="commune", kind=name.split(maxsplit=1)[0].lower(), name=name, valid_from=REFORM,
            parent=parent.place if parent else None,
        )  # fmt: skip
    return OrgUnit.objects.create(
        name=name,
        kind=kind,
        parent=parent,
        place=place,
        opened_on=BEFORE if closed_on else REFORM,
        closed_on=closed_on,
    )


def make_user(username: str, name: str, *, role: str = "", unit: OrgUnit | None = None) -> User:
    """A person known in the tenant in scope, with a role where one is named."""
    user, is_new = User.objects.get_or_create(username=username, defaults={"email": f"{username}@example.vn"})
    if is_new:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    make_person(user, name)
    if role and unit:
        grant_membership(user, role, unit, starts_on=REFORM, decision_number="01/QĐ-UBND", decision_on=REFORM)
    return user


# ── products ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SECTION_VALUES: dict[str, dict[str, object]] = {
    "registration": {"samples": 5},
    "general": {
        "history": "Thành lập năm 2012 từ mười hai hộ trồng chè.",
        "organisation": "Hội đồng quản trị ba người, hai tổ sản xuất.",
        "workers": 32,
        "local_workers": 30,
    },
    "product": {"intellectual_property": ["trademark"]},
    "updates": {f"update_{number}": "Không thay đổi." for number in range(1, 8)},
    "production": {
        "materials": "18 ha tại bản Phiêng Đanh, do thành viên trồng.",
        "technology": "Máy sấy, máy vò, máy hút chân không.",
        "quality": "Tự công bố; bao bì giấy, nhãn đủ nội dung.",
        "output": "12 tấn",
    },
    "business": {"market": "Cửa hàng trong tỉnh, hai siêu thị ở Hà Nội.", "revenue": 2400, "profit": 310},
    "plan": {"goals": "Thêm 5 ha chứng nhận hữu cơ.", "actions": "Tập huấn, mở thêm hai điểm bán."},
}
# State → the steps that lead there from a complete draft; who takes each is found by the right it asks.
WAY_TO = {
    "draft": (),
    "submitted": ("submit",),
    "commune_returned": ("submit", "ask_supplement"),
    "reported": ("submit", "report"),
    "forwarded": ("submit", "report", "forward"),
    "returned": ("submit", "report", "forward", "return"),
    "accepted": ("submit", "report", "forward", "accept"),
    "recognised": ("submit", "report", "forward", "accept", "recognise"),
    "not_recognised": ("submit", "report", "forward", "accept", "not_recognise"),
    "withdrawn": ("withdraw",),
}


def make_round(
    unit: OrgUnit, *, on: dt.date | None = None, name: str = "Đợt bổ sung", year: int | None = None
) -> Round:
    """An extra round of the province over this unit that takes dossiers that day, under that day's law."""
    day = on or timezone.localdate()
    regime = law.regime_on(day)
    tier = next(tier for tier in regime.tiers if tier.scores)
    found, _ = Round.objects.get_or_create(
        unit=law.unit_at(unit, tier), year=year or day.year, name=name,
        defaults={
            "regime": regime.code, "opens_on": day - dt.timedelta(days=30), "is_extra": True,
            "cutoff_on": day + dt.timedelta(days=60), "ends_on": day + dt.timedelta(days=120),
            "basis": "Kế hoạch số 05/KH-UBND",
        },
    )  # fmt: skip
    return found


def make_producer(commune: OrgUnit, *, name: str = "Hợp tác xã Mường So", owner: User | None = None, kind: str = "cooperative",
                  number: str = "") -> Producer:  # fmt: skip
    """A producer that the commune confirmed, with all that the forms print of it."""
    by = officer_of(commune)
    producer = register_producer(
        unit=commune, kind=kind, name=name, by=by, owner=owner,
        facts={
            "registration_number": number or f"12{Producer.objects.count() + 1:06d}",
            "registered_on": dt.date(2019, 3, 14), "address": "Bản Khổng Lào, xã Mường So", "phone": "0912345678",
            "representative": "Lò Thị Xuân", "representative_position": "Giám đốc",
        },
    )  # fmt: skip
    facts = {"gender": "female", "ethnicity": "Thái", "permanent_address": "Bản Khổng Lào"}
    save_personal(producer, facts, by=by)
    return producer


def officer_of(commune: OrgUnit) -> User:
    """The commune's officer, made where there is none."""
    found = [
        user
        for user in nearest_holders("products.report_dossier", commune)
        if user.has_perm("products.report_dossier", commune)
    ]
    return (
        found[0]
        if found
        else make_user(f"xa.{commune.pk}", "Vàng Thị Mẩy", role="commune_officer", unit=commune)
    )


def pdf(text: str = "Giấy chứng nhận", pages: int = 1) -> bytes:
    """A real PDF of blank pages; `text` makes its bytes differ."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Title"] = text
        document.save(made, deterministic_id=True)
    return made.getvalue()


def tie_clip(dossier: Dossier) -> EvidencePaper:
    """A paper of the dossier that is a film, put in whatever its state."""
    file = keep_upload(upload("che-bien.mp4", CLIP.read_bytes()), by=None, families=EVIDENCE)
    paper = EvidencePaper.objects.create(
        producer=dossier.product.producer, kind="story", title="Clip chế biến", file=file
    )
    EvidenceLink.objects.create(dossier=dossier, paper=paper)
    return paper


def upload(name: str = "giay.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf(name), content_type="application/octet-stream")


def photograph(name: str = "anh.jpg") -> SimpleUploadedFile:
    """A small picture as a phone makes it: it says by whom and where it was taken."""
    kept, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Phone of Tư"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 11.0), 3: "E", 4: (103.0, 27.0, 29.0)})
    Image.new("RGB", (640, 480), "green").save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/jpeg")


def make_complete_dossier(
    commune: OrgUnit,
    *,
    state: str = "draft",
    name: str = "Chè Shan tuyết cổ thụ Mường So",
    set_code: str = "QD26-01",
    kind: str = "first",
    points: str = "best",
    producer: Producer | None = None,
    owner: User | None = None,
    found: Round | None = None,
    on: dt.date | None = None,
) -> Dossier:
    """A dossier that nothing is missing from, brought to `state` by the steps themselves.

    `points`: "best", "least" or "half" of each criterion's scale; `on`: the day it all happens.
    """
    day = on or timezone.localdate()
    at = dt.datetime.combine(day, dt.time(9), timezone.get_current_timezone())
    owner = owner or make_user(f"chuthe.{commune.pk}", "Lò Thị Xuân")
    producer = producer or make_producer(
        commune, name=f"Hợp tác xã {Producer.objects.count() + 1}", owner=owner
    )
    add_member(producer, owner, by=owner, on=min(REFORM, day))
    product = make_product(
        producer,
        name=name,
        set_code=set_code,
        by=owner,
        specification="Hộp 200 g",
        description="Hái từ cây trăm tuổi.",
    )
    found = found or make_round(commune, on=day)
    dossier = start_dossier(
        product, kind=kind, round=found, by=owner, on=day, at=at, recognised_before=kind != "first"
    )
    _fill(dossier, owner, points, at)
    for step in WAY_TO[state]:
        dossier = _step(dossier, step, at)
    return dossier


def _fill(dossier: Dossier, owner: User, points: str, at: dt.datetime) -> None:
    regime, criteria_set = law.regime(dossier.regime), law.criteria_set(dossier.set_code)
    for section in sections_for(dossier.kind):
        asked = fields_of(section, regime, dossier.kind, sample_units=criteria_set.sample_units)
        values = {
            it.key: SECTION_VALUES[section.key][it.key]
            for it in asked
            if it.key in SECTION_VALUES[section.key]
        }
        save_section(dossier, section.key, values, by=owner, at=at)
    marks = {it.code: (_mark(it, points), f"Lý do {it.code}") for it in criteria_set.criteria}
    save_sheet(dossier, marks, by=owner, at=at)
    kinds = [kind for rejection in criteria_set.rejections for kind in rejection.evidence]
    form = ["business_registration"] if regime.legal_forms else []  # what shows the producer's legal form
    for paper in dict.fromkeys([*kinds, "quality_declaration", *form]):
        facts = {"number": f"{len(paper)}/2026", "issuer": "Sở NN&MT", "issued_on": dt.date(2024, 1, 5)}
        add_evidence(dossier, kind=paper, by=owner, upload=upload(f"{paper}.pdf"), facts=facts, at=at)


def _mark(criterion: Criterion, points: str) -> object:
    case = criterion.case_codes[0] if criterion.cases else None
    printed = sorted(level.points for level in criterion.scale(case))
    chosen = {"best": printed[-1], "least": printed[0], "half": printed[len(printed) // 2]}[points]
    return {"case": case, "points": chosen} if case else chosen


def _step(dossier: Dossier, name: str, at: dt.datetime) -> Dossier:
    """Take one step as whoever has its right, with what it needs done before."""
    data: dict[str, object] = {"at": at, "confirmed": True, "note": "Vì vậy", "decision": "21/QĐ-UBND"}
    data["due_on"] = timezone.localdate(at) + dt.timedelta(days=10)
    by = _who(dossier, DOSSIER[name].perm)
    if name in ("report", "accept"):
        check_all(dossier, by, at=at)
    if name in ("ask_supplement", "return"):
        check_all(dossier, by, at=at)
        save_check(dossier, "plan", "wrong", by=by, note="Chưa rõ mục tiêu", at=at)
    if name == "report":
        for finding in law.regime(dossier.regime).findings:
            save_finding(dossier, finding.code, f"{finding.name}: đúng như hồ sơ.", by=by, at=at)
    if name == "forward":
        number_report(dossier, by, on=timezone.localdate(at))
    return DOSSIER.take(name, dossier, by=by, data=data)


def make_result(
    dossier: Dossier, parameters: str, *, by: User, verdict: str, step: str = "accept"
) -> ExtraTestResult:
    """An extra test asked for by `by`, answered with a PDF by who may, and judged."""
    due = timezone.localdate() + dt.timedelta(days=10)
    test = ask_test(dossier, {"parameters": parameters, "reason": "Phiếu cũ thiếu", "due_on": due}, by=by)
    facts = {"title": f"Phiếu kết quả {parameters}", "number": f"KN-{test.pk}", "issuer": "Quatest 1"}
    sent = {"upload": upload("phieu.pdf", pdf(parameters)), "facts": facts}
    EXTRA_TEST.take("bring", test, by=_who(dossier, BRING), data=sent)
    EXTRA_TEST.take(step, test, by=by, data={"note": verdict})
    return test.results.get()


def check_all(dossier: Dossier, by: User, *, at: dt.datetime | None = None) -> None:
    """Find every item of the dossier right."""
    for item in items_of(load(dossier)):
        save_check(dossier, item.key, "ok", by=by, at=at)


def number_report(dossier: Dossier, by: User, *, on: dt.date | None = None) -> None:
    """Give the commune's report its number."""
    paper = dossier.commune_report.paper
    PAPER.take(
        "number", paper, by=by, data={"dated_on": on or timezone.localdate(), "signer_name": "Lò Văn Tướng"}
    )


def _who(dossier: Dossier, permission: str) -> User:
    if (member := dossier.product.producer.people.first()) and member.user.has_perm(permission, dossier):
        return member.user
    if found := nearest_holders(permission, dossier.unit):
        return found[0]
    role = "officer" if permission != "products.conclude_dossier" else "leader"
    if permission in ROLES["commune_officer"].permissions:
        return officer_of(dossier.unit)
    root = law.line_of(dossier.unit)[-1]
    return make_user(f"tinh.{role}.{root.pk}", "Nguyễn Thị Hồng Thắm", role=role, unit=root)
