"""Producers, products and their dossiers, brought to the state of their story by the steps themselves."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from ocop.demo.clock import moment
from ocop.demo.people import Cast, unit_named
from ocop.orgs.models import OrgUnit, User
from ocop.papers.pdf import to_pdf
from ocop.papers.workflow import PAPER
from ocop.regulations import Criterion
from plans.models import Round
from products import law
from products.desks.checking import items_of, save_check
from products.desks.reporting import save_finding
from products.dossiers.filing import start_dossier
from products.dossiers.filling import save_section, save_sheet
from products.dossiers.sections import fields_of, sections_for
from products.dossiers.whole import load
from products.making import make_product
from products.models import Condition, Dossier, Producer, ProducerKind, Product
from products.people import nearest_holders
from products.producers.corrections import ask_correction
from products.producers.members import add_member
from products.producers.registration import register_producer, save_personal
from products.producers.sizes import save_size
from products.samples import custody, expected, receive_samples, take_over
from products.vault.papers import add_evidence
from products.workflow.dossier import DOSSIER

SECTIONS: dict[str, dict[str, Any]] = {
    "registration": {"samples": 5},
    "general": {
        "history": "Thành lập từ nhóm hộ trong bản, mở rộng dần theo đơn hàng.",
        "organisation": "Ban giám đốc ba người, hai tổ sản xuất, một người bán hàng.",
        "workers": 32,
        "local_workers": 29,
    },
    "product": {"intellectual_property": ["trademark"]},
    "production": {
        "materials": "18 ha do thành viên canh tác, có sổ ghi chép từng lô.",
        "technology": "Máy sấy, máy đóng gói, máy hút chân không.",
        "quality": "Tự công bố; nhãn đủ nội dung, có mã truy xuất nguồn gốc.",
        "output": "12 tấn",
    },
    "business": {"market": "Cửa hàng trong tỉnh và hai siêu thị ở Hà Nội.", "revenue": 2400, "profit": 310},
    "plan": {"goals": "Thêm 5 ha vùng nguyên liệu được chứng nhận.", "actions": "Tập huấn, mở hai điểm bán."},
}
UNCHANGED = "Không thay đổi so với lần trước; giấy tờ có thời hạn đã được cấp mới."
# The steps from a complete draft to where a story stands; evaluation goes on from "accepted".
TO_ACCEPTED = ("submit", "report", "forward", "accept")
STEPS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "commune_returned": ("submit", "ask_supplement"),
    "reported": ("submit", "report"),
    "forwarded": ("submit", "report", "forward"),
    "returned": ("submit", "report", "forward", "return"),
    "withdrawn": ("submit", "withdraw"),
}
HANDED_IN = frozenset(["submit", "resubmit", "answer_return"])  # steps of hers that need no reason
DAYS_BETWEEN = {
    "submit": 0,
    "report": 9,
    "forward": 1,
    "accept": 5,
    "ask_supplement": 4,
    "return": 3,
    "withdraw": 6,
    "answer_return": 0,
}


def make_producers(data: Mapping[str, Any], cast: Cast) -> dict[str, Producer]:
    """By key, each with the account that acts for it."""
    return {one["key"]: _producer(one, number, cast) for number, one in enumerate(data["producers"], 1)}


def _producer(one: Mapping[str, Any], number: int, cast: Cast) -> Producer:
    commune = unit_named(one["unit"])
    owner = cast.account(one["user"], one["person"], "Chủ thể")
    by = nearest_holders("products.register_producer", commune)[0]
    producer = register_producer(
        unit=commune, kind=one["kind"], name=one["name"], by=by, owner=owner,
        facts={
            "registration_number": f"{commune.pk:05d}{number:05d}", "registered_on": dt.date(2019, 3, 14),
            "address": f"Bản trung tâm, {commune.name[0].lower()}{commune.name[1:]}", "phone": f"09123{number:05d}",
            "representative": one["person"], "representative_position": "Giám đốc",
        },
    )  # fmt: skip
    add_member(producer, owner, by=by, on=dt.date(2019, 3, 14))
    save_personal(
        producer,
        {"gender": one["gender"], "ethnicity": one["ethnicity"], "permanent_address": commune.name},
        by=by,
    )
    if "size" in one:
        save_size(producer, one["size"], by=by)
    if "correction" in one:
        ask_correction(producer, one["correction"]["wanted"], note=one["correction"]["note"], by=owner)
    cast.introduce(owner, one["person"], "Chủ thể", one["name"])
    return producer


def owner_of(producer: Producer) -> User:
    return producer.people.select_related("user").order_by("pk")[0].user


def make_dossier(
    given: Mapping[str, Any],
    producer: Producer,
    found: Round,
    filed_on: dt.date,
    *,
    commune: OrgUnit | None = None,
) -> Dossier:
    """A complete draft for the round, filed that many days before its steps."""
    owner, at = owner_of(producer), moment(filed_on)
    product = _product(given, producer, owner, commune)
    dossier = start_dossier(
        product,
        kind="first",
        round=found,
        by=owner,
        star_aim=max(given.get("stars", 4), 3),
        on=filed_on,
        at=at,
    )
    _fill(dossier, owner, at, points=given.get("points", "good"))
    return dossier


def make_re_ranking(product: Product, found: Round, filed_on: dt.date, *, stars: int) -> Dossier:
    """The dossier of a product whose certificate is recorded from paper and has no dossier of ours."""
    owner, at = owner_of(product.producer), moment(filed_on)
    dossier = start_dossier(
        product, kind="re_ranking", round=found, by=owner, star_aim=stars, on=filed_on, at=at,
        recognised_before=True,
    )  # fmt: skip
    _fill(dossier, owner, at, points="good")
    return dossier


def _product(given: Mapping[str, Any], producer: Producer, owner: User, commune: OrgUnit | None) -> Product:
    product = make_product(
        producer,
        name=given["name"],
        set_code=given["set"],
        by=owner,
        **described(given["name"], producer),
    )
    if commune is not None and product.unit_id != commune.pk:
        product.unit = commune  # where it stood before the reform
        product.save(update_fields=["unit"])
    return product


def described(name: str, producer: Producer) -> dict[str, str]:
    words = f"{name}: làm tại bản, theo cách của người {producer.personal.ethnicity}."
    return {"specification": "Theo bao bì", "description": words}


def _fill(dossier: Dossier, owner: User, at: dt.datetime, *, points: str) -> None:
    regime, criteria_set = law.regime(dossier.regime), law.criteria_set(dossier.set_code)
    for section in sections_for(dossier.kind):
        asked = fields_of(section, regime, dossier.kind, sample_units=criteria_set.sample_units)
        known = SECTIONS.get(section.key, {})
        if section.key == "updates":
            known = {it.key: UNCHANGED for it in asked}
        save_section(
            dossier, section.key, {it.key: known[it.key] for it in asked if it.key in known}, by=owner, at=at
        )
    marks = {
        it.code: (mark_of(it, points), f"Có hồ sơ kèm theo về {it.name[0].lower()}{it.name[1:]}.")
        for it in criteria_set.criteria
    }
    save_sheet(dossier, marks, by=owner, at=at)
    kinds = [kind for rejection in criteria_set.rejections for kind in rejection.evidence]
    kinds += [
        "quality_declaration",
        "test_report",
        *(["business_registration"] if regime.legal_forms else []),
    ]
    for number, kind in enumerate(dict.fromkeys(kinds), 1):
        if kind not in {known.code for known in regime.evidence}:
            continue
        facts = _facts_of(kind, dossier.product.producer, at.date()) | {"number": f"{number:02d}/{at.year}"}
        paper = scan(f"{kind}.pdf", regime.evidence_kind(kind).name, pages=2)
        add_evidence(dossier, kind=kind, by=owner, upload=paper, facts=facts, at=at)


def _facts_of(kind: str, producer: Producer, on: dt.date) -> dict[str, Any]:
    """Who issued the paper and until when; what registers a producer has no last day (Luật 17/2023/QH15, Điều 107)."""
    issued = {"issued_on": on - dt.timedelta(days=200)}
    if kind != "business_registration":
        until = on + dt.timedelta(days=900)
        return issued | {"issuer": "Sở Nông nghiệp và Môi trường", "expires_on": until}
    if producer.kind == ProducerKind.COMPANY:
        return issued | {"issuer": "Phòng Đăng ký kinh doanh, Sở Tài chính"}
    return issued | {"issuer": f"Phòng Kinh tế, Ủy ban nhân dân {producer.unit.name}"}


def mark_of(criterion: Criterion, points: str) -> Any:
    """A mark on the criterion's scale: the best, the best but one, or one in the middle."""
    case = criterion.case_codes[0] if criterion.cases else None
    printed = sorted(level.points for level in criterion.scale(case))
    place = {"best": -1, "good": -1 if len(printed) < 4 else -2, "middle": len(printed) // 2, "low": 0}[
        points
    ]
    return {"case": case, "points": printed[place]} if case else printed[place]


def scan(name: str, title: str, *, pages: int = 1) -> SimpleUploadedFile:
    """A PDF that looks like the paper it stands for."""
    return SimpleUploadedFile(name, _pdf(title, pages), content_type="application/pdf")


@cache
def _pdf(title: str, pages: int) -> bytes:
    """Letterhead, title and a few lines on each page; made once a title, as the demo files many."""
    return to_pdf(render_to_string("papers/demo_scan.html", {"title": title, "pages": range(1, pages + 1)}))


def advance(dossier: Dossier, steps: tuple[str, ...], filed_on: dt.date) -> Dossier:
    """Take these steps, days apart, each as whoever has its right."""
    day = filed_on
    for name in steps:
        day += dt.timedelta(days=DAYS_BETWEEN[name])
        dossier = _take(dossier, name, day)
    return dossier


def complete(dossier: Dossier, on: dt.date) -> Dossier:
    """What a tier above missed is filed, and the file accepted once more."""
    owner = owner_of(dossier.product.producer)
    facts = {"number": f"88/{on.year}", "issuer": "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 3",
             "issued_on": on - dt.timedelta(days=6)}  # fmt: skip
    paper = scan("test_report.pdf", "Phiếu kiểm nghiệm", pages=2)
    add_evidence(dossier, kind="test_report", by=owner, upload=paper, facts=facts, at=moment(on))
    return advance(dossier, ("answer_return", "accept"), on)


def _take(dossier: Dossier, name: str, day: dt.date) -> Dossier:
    at, by = moment(day, 14), _who(dossier, name)
    data: dict[str, Any] = {
        "at": at,
        "confirmed": True,
        "note": "" if name in HANDED_IN else "Theo kết quả kiểm tra",
        "due_on": day + dt.timedelta(days=15),
    }
    if name in ("report", "accept"):
        _check(dossier, by, at)
        _samples(dossier, by, at)
    if name in ("ask_supplement", "return"):
        _check(dossier, by, at)
        save_check(dossier, "plan", "wrong", by=by, note="Nêu rõ diện tích và thời gian thực hiện", at=at)
    if name == "report":
        for finding in law.regime(dossier.regime).findings:
            save_finding(
                dossier,
                finding.code,
                f"Đã kiểm tra tại cơ sở, {finding.name.lower()} đúng như hồ sơ.",
                by=by,
                at=at,
            )
    if name == "forward":
        number_report(dossier, by, day)
    return DOSSIER.take(name, dossier, by=by, data=data)


def number_report(dossier: Dossier, by: User, on: dt.date) -> None:
    """The commune's report gets its number and signer."""
    paper = dossier.commune_report.paper
    assert paper is not None
    signer = {"signer_name": "Lò Văn Tướng", "signer_title": "Chủ tịch"}
    PAPER.take("number", paper, by=by, data={"dated_on": on, **signer})


def _samples(dossier: Dossier, by: User, at: dt.datetime) -> None:
    """Handed in at the commune, taken over above it."""
    wanted, waiting = expected(dossier), [it["lot"] for it in custody(dossier) if it["is_waiting"]]
    for lot in waiting:
        take_over(lot, count=wanted, condition=Condition.GOOD, by=by, at=at)
    if wanted and not waiting:
        receive_samples(dossier, count=wanted, condition=Condition.GOOD, by=by, at=at)


def _check(dossier: Dossier, by: User, at: dt.datetime) -> None:
    for item in items_of(load(dossier)):
        save_check(dossier, item.key, "ok", by=by, at=at)


def _who(dossier: Dossier, name: str) -> User:
    """The producer's person where she may, else the nearest official who holds the right."""
    permission = DOSSIER[name].perm
    owner = owner_of(dossier.product.producer)
    return owner if owner.has_perm(permission, dossier) else nearest_holders(permission, dossier.unit)[0]
