"""One province with a row behind every address, and the cast that asks for them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from evaluation.ballots.proposals import propose_knock_out
from evaluation.decisions.drafting import draft_decision
from evaluation.legacy.template import template_file
from evaluation.legacy.uploading import check_import
from evaluation.meetings.agenda import plan_meeting
from evaluation.meetings.declarations import declare
from evaluation.meetings.guests import invite_guest
from evaluation.meetings.minutes.notes import add_note
from evaluation.meetings.questions import ask
from evaluation.models import (
    AgendaItem,
    Arrival,
    ArrivalFile,
    Certificate,
    Decision,
    HandOver,
    Question,
    Result,
)
from evaluation.workflow.question import QUESTION
from ocop.audit.models import Entry
from ocop.files.store import keep_upload
from ocop.files.uploads import begin
from ocop.leaving.handing import hand_over
from ocop.leaving.work import open_work
from ocop.notices.models import Notice
from ocop.notices.outbox import notify
from ocop.orgs.models import Membership, OrgUnit, Person, UnitKind, User
from ocop.papers.models import Paper
from ocop.tenancy.models import Tenant
from ocop.tenant_admin import tenant_admin_site
from plans.drafts import write_draft
from plans.models import Plan, Target
from plans.workflow import PLAN
from products.advisory.extra_tests import ask_test
from products.advisory.photos import add_photo
from products.advisory.surveys import start_survey
from products.coaching.log import write_visit
from products.desks.forwarding import forward_all
from products.desks.meeting import Said, write_meeting
from products.desks.remarks import write_remark
from products.ideas.planning import start_plan
from products.inventory.importing import check_import as check_survey
from products.inventory.importing import template_file as survey_file
from products.law import criteria_set
from products.models import Belongings, BoundDossier, Dossier, DossierVersion, Potential, Producer, Survey
from products.producers.claims import claim_producer
from products.producers.corrections import ask_correction
from products.producers.invitations import link_of
from products.producers.members import add_person
from products.samples import receive_samples
from products.vault.keeping import put_in_vault
from products.workflow import EXTRA_TEST
from promotion.events import write_event
from promotion.models import Event
from promotion.participations import add
from tests import factories
from tests.evaluation import decision_makers, makers
from tests.products.ideas import make_idea, make_window

Thing = dict[str, Any]


@dataclass(frozen=True)
class World:
    """The people by name, and what an address names of each thing: its arguments."""

    slug: str
    people: dict[str, User]
    things: dict[str, Thing]


def make_world(tenant: Tenant) -> World:
    """Within the tenant's scope."""
    factories.make_units(tenant)
    people = _people(tenant)
    things: dict[str, Thing] = {"": {}}
    for make in (_units, _plans, _dossiers, _council, _decisions, _promotion):
        make(people, things)
    for model in tenant_admin_site._registry:
        first = model._default_manager.order_by("pk").first()
        things[f"{model._meta.app_label}_{model._meta.model_name}"] = {"object_id": first.pk if first else 0}
    things["orgs_user"] = {"object_id": people["officer"].pk}  # an account is of no one tenant
    return World(tenant.slug, people, things)


def _people(tenant: Tenant) -> dict[str, User]:
    province, commune, other = _unit(None), _unit("Xã Mường So"), _unit("Phường Tân Phong")
    department = factories.make_unit("Sở Nông nghiệp và Môi trường", UnitKind.DEPARTMENT, parent=province)
    roles = {
        "officer": ("officer", province),
        "leader": ("leader", province),
        "advisor": ("advisory_member", province),
        "tenant_admin": ("tenant_admin", province),
        "observer": ("observer", province),
        "sector_officer": ("sector_officer", department),
        "commune_officer": ("commune_officer", commune),
        "other_commune_officer": ("commune_officer", other),
        "recused": ("officer", province),
        "nobody": ("", None),
        "producer": ("", None),
        "other_producer": ("", None),
        "member": ("", None),
        "secretary": ("", None),
        "chair": ("", None),
    }
    people = {
        name: factories.make_user(f"{tenant.slug}.{name}", name, role=role, unit=unit)
        for name, (role, unit) in roles.items()
    }
    Membership.objects.filter(user=people["leader"]).update(
        signs_as="KT. CHỦ TỊCH", starts_on=factories.BEFORE
    )
    return people


def _unit(name: str | None) -> OrgUnit:
    return OrgUnit.objects.get(name=name) if name else OrgUnit.objects.get(parent=None)


def _units(people: dict[str, User], things: dict[str, Thing]) -> None:
    things["unit"] = {"object_id": _unit(None).pk}
    things["department"] = {"pk": _unit("Sở Nông nghiệp và Môi trường").pk}
    things["person"] = {"object_id": Person.objects.get(user=people["producer"]).pk}
    things["membership"] = {"object_id": Membership.objects.get(user=people["officer"]).pk}


def _plans(people: dict[str, User], things: dict[str, Thing]) -> None:
    province, year = _unit(None), timezone.localdate().year
    for name, number in (("plan_draft", ""), ("plan_issued", "05/KH-UBND")):
        target = Target(label="Sản phẩm từ 3 sao", measure="products_valid", low=37)
        plan = Plan(
            unit=province,
            year=year,
            title=f"Kế hoạch {name}",
            bases="Quyết định số 26",
            purpose="Chất lượng.",
        )
        plan = write_draft(plan, [target], by=people["officer"])
        if number:
            facts = {"number": number, "issued_on": dt.date(year, 1, 15), "signer": "Hà Trọng Hải",
                     "scan": factories.upload("ke-hoach.pdf")}  # fmt: skip
            PLAN.take("issue", plan, by=people["leader"], data=facts)
        things[name] = {"pk": plan.pk}
    make_window(plan, by=people["officer"])
    things["round"] = {"pk": factories.make_round(_unit("Xã Mường So")).pk}


def _dossiers(people: dict[str, User], things: dict[str, Thing]) -> None:
    """The producer's six, each where another desk has it."""
    commune, owner = _unit("Xã Mường So"), people["producer"]
    producer = factories.make_producer(commune, owner=owner)
    factories.make_producer(
        _unit("Phường Tân Phong"), name="Hợp tác xã Tân Phong", owner=people["other_producer"]
    )
    things["producer"] = {"pk": producer.pk}
    idea = make_idea(producer, by=owner)
    visit = write_visit(
        producer, {"kind": "visit", "advice": "Sấy đủ khô", "next_step": "Gửi mẫu"},
        by=people["officer"], upload=factories.photograph(),
    )  # fmt: skip
    things["idea"], things["business_plan"] = {"pk": idea.pk}, {"pk": start_plan(idea, by=owner).pk}
    things["entry_of_coaching"] = {"pk": visit.pk}
    sheet = factories.upload("khao-sat.xlsx", survey_file())
    things["survey"] = {"pk": check_survey(commune, sheet, by=people["commune_officer"]).pk}
    things["potential"] = {"pk": Potential.objects.create(unit=commune, name="Cá bống vùi tro").pk}
    things["visit"] = {"pk": producer.pk, "visit": visit.pk}
    for name, state in (("dossier", "accepted"), ("draft", "draft"), ("filed", "submitted"), ("at_province", "forwarded"), ("returned", "returned"),
                        ("waiting", "accepted")):  # fmt: skip
        dossier = factories.make_complete_dossier(
            commune, state=state, name=f"Chè Shan tuyết {name}", producer=producer, owner=owner
        )
        paper = dossier.evidence.order_by("pk").first().paper_id
        things[name] = {"pk": dossier.pk}
        things[f"{name}_product"] = {"pk": dossier.product_id}
        things[f"{name}_paper"] = {"pk": dossier.pk, "paper": paper}
        proof = dossier.evidence.exclude(criterion="").order_by("pk").first()
        things[f"{name}_proof"] = {"pk": dossier.pk, "paper": proof.paper_id, "code": proof.criterion}
        things[f"{name}_evidence"] = {"pk": paper}
    things["clip"] = {"pk": factories.tie_clip(Dossier.objects.get(pk=things["dossier"]["pk"])).pk}
    _files_of(producer, owner, things)
    _people_of(producer, people, things)
    lot = receive_samples(
        Dossier.objects.get(pk=things["filed"]["pk"]), count=5, condition="good", by=people["commune_officer"]
    ).sample
    things["lot"] = {"pk": things["filed"]["pk"], "lot": lot.pk}
    things["begun"] = {"dossier": things["waiting"]["pk"]}
    together = factories.make_complete_dossier(
        commune, state="reported", name="Chè chuyển cùng", producer=producer, owner=owner
    )
    factories.number_report(together, people["commune_officer"])
    things["forwarding"] = {"pk": forward_all([together.pk], by=people["commune_officer"]).made[0].pk}
    filed = Dossier.objects.get(pk=things["filed"]["pk"])
    write_meeting(
        filed, held_on=timezone.localdate(), chaired_by="Lò Văn Tướng", conclusion="", by=people["commune_officer"],
        said=[Said("Kinh tế", "Lò Văn Bun")],
    )  # fmt: skip
    things["met"] = {"pk": filed.pk}
    remark = {"item": "plan", "verdict": "wrong", "text": "Mục tiêu chưa có số liệu."}
    things["remark"] = {"pk": write_remark(**remark, by=people["officer"]).pk}
    lapsed = factories.make_complete_dossier(commune, name="Chè cũ", producer=producer, owner=owner)
    Dossier.objects.filter(pk=lapsed.pk).update(state="lapsed")
    things["lapsed"] = {"pk": lapsed.pk}
    report = Dossier.objects.get(pk=things["dossier"]["pk"]).commune_report.paper
    kept = keep_upload(factories.upload("bao-cao.pdf"), by=None)
    filed = DossierVersion.objects.get(dossier=things["dossier"]["pk"], number=1)
    BoundDossier.objects.create(version=filed, pdf=kept, archive=kept)
    own = keep_upload(factories.upload("du-lieu.pdf"), by=None)  # made anew, this one goes
    Belongings.objects.create(producer=producer, asked_by=owner, file=own)
    Paper.objects.filter(pk=report.pk).update(state="rendered", file=kept, signed_file=kept)
    things["report"] = {"pk": report.pk}
    notice = "Hồ sơ đã nhận"
    notify([owner], kind="dossier.accept", key="access", subject=notice, body="", url="dossiers/")
    things["notice"] = {"pk": Notice.objects.get(user=owner, subject=notice).pk}


def _files_of(producer: Producer, owner: User, things: dict[str, Thing]) -> None:
    """A paper that no dossier uses, and a file on its way to one."""
    kept = put_in_vault(producer, kind="test_report", by=owner, upload=factories.upload("kho.pdf"))
    things["kept_paper"] = {"pk": producer.pk, "paper": kept.pk}
    half = begin(f"dossier-{things['draft']['pk']}", name="a.pdf", size=9, digest="0" * 64, by=owner)
    things["upload"] = {"key": half.key}


def advisory_things(dossier: Dossier, advisor: User) -> dict[str, Thing]:
    """A test with its result, a visit that is open and one that is signed, each with a photograph."""
    given = {"parameters": "Chì", "reason": "Thiếu chỉ tiêu", "due_on": timezone.localdate()}
    test = ask_test(dossier, given, by=advisor)
    EXTRA_TEST.take("bring", test, by=advisor, data={"upload": factories.upload("phieu.pdf")})
    things: dict[str, Thing] = {
        "extra_test": {"pk": test.pk},
        "test_result": {"pk": test.results.get().paper_id},
    }
    for name in ("open", "signed"):
        survey = start_survey(dossier, by=advisor)
        photo = add_photo(survey, factories.photograph(), key=name, by=advisor)
        things[f"survey_{name}"] = {"pk": survey.pk}
        things[f"photo_{name}"] = {"pk": survey.pk, "photo": photo.pk}
    said = {"signed_by": advisor, "signed_at": timezone.now(), "state": "signed"}
    Survey.objects.filter(pk=things["survey_signed"]["pk"]).update(**said)
    return things


def _people_of(producer: Any, people: dict[str, User], things: dict[str, Thing]) -> None:
    """Another who may fill, one who is invited, and somebody who says that the neighbour's producer is hers."""
    owner, commune = people["producer"], _unit("Xã Mường So")
    things["its_person"] = {"pk": producer.pk, "member": producer.people.get(user=owner).pk}
    add_person(producer, "do@example.vn", role="member", name="Vàng A Dơ", by=owner)
    invited = producer.invitations.get()
    things["invited"] = {"pk": producer.pk, "invitation": invited.pk}
    things["link"] = {"token": link_of(invited).rstrip("/").rpartition("/")[2]}
    known = factories.make_producer(commune, name="Hợp tác xã Chè cổ thụ", number="6200045678")
    claim = claim_producer(
        known,
        unit=commune,
        name="HTX Chè",
        registration_number="6200045678",
        phone="0912345678",
        by=people["nobody"],
    )
    _leaving(people, things)
    things["pair"] = {"one": producer.pk, "other": _twin_of(producer).pk}
    things["claim"] = {"pk": claim.pk}
    asked = ask_correction(producer, {"tax_code": "6200099999"}, note="Theo giấy đăng ký", by=owner)
    things["correction"] = {"pk": asked.pk}


def _leaving(people: dict[str, User], things: dict[str, Thing]) -> None:
    """One of the advisory team who leaves, and one who has left to another."""
    province = people["officer"].memberships.get(role="officer").unit
    gone, goes, heir = (
        factories.make_user(f"tuvan.{n}", name, role=role, unit=province if role else None)
        for n, name, role in (
            (1, "Lù Thị Đi", "advisory_member"),
            (2, "Lù Thị Sắp", "advisory_member"),
            (3, "Lù Thị Đến", ""),
        )
    )
    chosen = [line.key for group in open_work(gone, people["officer"]) for line in group.lines]
    deed = hand_over(
        Person.objects.get(user=gone), heir, chosen=chosen, last_day=timezone.localdate(), decision_number="1/QĐ",
        by=people["officer"], token=uuid.uuid4(),
    )  # fmt: skip
    things["departure"], things["leaver"] = {"pk": deed.pk}, {"pk": Person.objects.get(user=goes).pk}


def _twin_of(producer: Any) -> Any:
    """The same producer once more in the register, with the same people."""
    twin = factories.make_producer(producer.unit, name="HTX Mường So")
    twin.people.create(user=producer.people.first().user, starts_on=factories.BEFORE)
    return twin


def _council(people: dict[str, User], things: dict[str, Thing]) -> None:
    """A meeting that is open over two products; the recused has declared a conflict with the producer's."""
    province, dossier = _unit(None), Dossier.objects.get(pk=things["dossier"]["pk"])
    seats = [people["chair"], factories.make_user(f"{province.tenant.slug}.deputy", "Phó"), people["secretary"],
             people["member"], people["recused"]]  # fmt: skip
    things |= advisory_things(dossier, people["advisor"])
    council = makers.make_council(province, seats, officer=people["officer"], leader=people["leader"])
    tea = makers.make_checked(dossier, by=people["advisor"])
    rice = makers.make_checked(
        makers.make_accepted_dossier(_unit("Phường Tân Phong"), "Gạo Séng cù", set_code="QD26-03"),
        by=people["advisor"],
    )
    meeting = makers.make_meeting(council, [tea, rice], by=people["officer"])
    declare(meeting, {tea.pk: "Vợ là giám đốc", rice.pk: ""}, by=people["recused"])
    makers.open_meeting(meeting, [user for user in seats if user != people["recused"]])
    item = AgendaItem.objects.get(meeting=meeting, assessment=tea)
    things["assessment"], things["council"], things["meeting"] = (
        {"pk": tea.pk},
        {"pk": council.pk},
        {"pk": meeting.pk},
    )
    things["seat"] = {"pk": council.pk, "seat": council.seats.get(user=people["member"]).pk}
    things["item"] = {"pk": meeting.pk, "assessment": tea.pk}
    ballot = makers.ballot_of(item, people["member"])
    things["ballot"] = {"pk": ballot.pk}
    things["scorer"] = {"pk": meeting.pk, "seat": ballot.seat_id}
    advisor = Membership.objects.get(user=people["advisor"])
    things["team"] = {"pk": council.pk, "membership": advisor.pk}
    note = add_note(
        meeting,
        "Gạo được nếm thử.",
        item=AgendaItem.objects.get(meeting=meeting, assessment=rice),
        by=people["officer"],
    )
    things["note"] = {"pk": meeting.pk, "note": note.pk}
    guest = invite_guest(meeting, people["producer"], capacity="Chủ thể", item=item, by=people["officer"])
    things["guest"] = {"pk": meeting.pk, "guest": guest.pk}
    code = next(iter(criteria_set(dossier.product.set_code).knock_outs))
    propose_knock_out(ballot, code, "Ảnh ở trang 1", by=people["member"])
    things["proposal"] = {"pk": ballot.pk, "code": code}
    question = ask(ballot, "1.5", "Bao nhiêu hộ liên kết?", by=people["member"])
    QUESTION.take("pass_on", question, by=people["secretary"])
    kept = keep_upload(factories.upload("tra-loi.pdf"), by=None)
    Question.objects.filter(pk=question.pk).update(file=kept)
    things["heard_question"] = {"pk": meeting.pk, "question": question.pk}
    things["question"], things["questioned"] = {"pk": question.pk}, {"dossier": dossier.pk}
    now, later = timezone.now(), timezone.now() + dt.timedelta(days=7)
    written = plan_meeting(council, dossier.round, held_at=now, deadline=later, by=people["officer"])
    things["written"] = {"pk": written.pk}


def _decisions(people: dict[str, User], things: dict[str, Thing]) -> None:
    """A draft, one that was issued with its certificate, and what went up; each in a file."""
    province, commune, today = _unit(None), _unit("Xã Mường So"), timezone.localdate()
    officer, leader = people["officer"], people["leader"]
    kept = keep_upload(factories.upload("giay.pdf"), by=None)

    def concluded(name: str, points: int, stars: int) -> Any:
        return decision_makers.make_concluded(
            commune, province, points=points, stars=stars, name=name, met=today - dt.timedelta(days=5)
        )

    def issued(points: int, stars: int) -> Decision:
        decision = draft_decision(
            province, "province", by=officer, assessments=[concluded(f"Miến {stars}", points, stars)]
        )
        return decision_makers.issue(decision, by=leader, on=today)

    certified, sent_up = issued(84, 4), issued(93, 5)
    draft = draft_decision(province, "province", by=officer, assessments=[concluded("Mật ong", 62, 3)])
    things["decision"], things["decision_draft"] = {"pk": certified.pk}, {"pk": draft.pk}
    things["decision_item"] = {"pk": draft.pk, "item": draft.items.get().pk}
    things["decision_paper"] = {"pk": draft.paper_id}
    things["result"] = {"pk": Result.objects.get(assessment=certified.items.get().assessment).pk}
    things["decided"] = {"pk": certified.items.get().assessment_id}
    certificate = Certificate.objects.get(decision=certified)
    people_of = certificate.producer.people
    people_of.create(user=people["producer"], starts_on=factories.BEFORE)
    Certificate.objects.filter(pk=certificate.pk).update(pdf=kept, source_file=kept)
    things["certificate"] = {"pk": certificate.pk}
    things["certified"] = {"pk": certificate.product_id}
    things["shown"] = {"product_id": certificate.product_id}
    things["code"] = {"uuid": certificate.uuid}
    sent = HandOver.objects.get(assessment=sent_up.items.get().assessment)
    sent = decision_makers.send(sent, by=officer, on=today)
    arrival = Arrival.objects.create(
        unit=province, tier="province", from_tenant=province.tenant, from_name="Thị xã", hand_over_id=sent.pk,
        receipt=sent.receipt, dossier=sent.assessment.dossier, package=sent.package, digest=sent.digest, sent_at=sent.sent_at,
    )  # fmt: skip
    came = ArrivalFile.objects.create(arrival=arrival, role="evidence", title="Giấy", file=kept)
    things["arrival"] = {"pk": arrival.pk}
    things["arrived_file"] = {"pk": arrival.pk, "file": came.pk}
    HandOver.objects.filter(pk=sent.pk).update(answer_file=kept)
    things["hand_over"] = {"pk": sent.pk}
    book = factories.upload("so-cu.xlsx", template_file())
    things["import"] = {"pk": check_import(province, book, by=officer).pk}


def _promotion(people: dict[str, User], things: dict[str, Thing]) -> None:
    today = timezone.localdate()
    fair = Event(unit=_unit(None), name="Hội chợ", place="Sân", starts_on=today, ends_on=today, least_stars=3)
    fair = write_event(fair, by=people["officer"])
    shows = add(fair, Certificate.objects.get(pk=things["certificate"]["pk"]), by=people["officer"])
    things["event"] = {"pk": fair.pk}
    things["participation"] = {"pk": fair.pk, "participation": shows.pk}
    things["entry"] = {"object_id": Entry.objects.order_by("pk").first().pk}
