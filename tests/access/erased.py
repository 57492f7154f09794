"""One more meeting in the world of the tables, with or without one more product in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connections, transaction

from evaluation.ballots.proposals import propose_knock_out
from evaluation.decisions.drafting import draft_decision
from evaluation.meetings.agenda import reorder
from evaluation.meetings.declarations import declare
from evaluation.meetings.discussing import discuss
from evaluation.meetings.guests import invite_guest
from evaluation.meetings.questions import ask
from evaluation.models import AgendaItem, Council, Meeting
from evaluation.workflow.assessment import ASSESSMENT
from evaluation.workflow.meeting import MEETING
from evaluation.workflow.question import QUESTION
from ocop.files.store import keep_upload
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper
from products.law import criteria_set
from products.models import Dossier, Producer
from products.samples import receive_samples
from tests import factories
from tests.access.world import Thing, World, advisory_things
from tests.evaluation import makers

SECRET = "Rượu ngô Sùng Phài"
RECUSED = ("recused", "member")  # an officer with a seat, and a member without any other role


STATES = ("dossier", "draft", "filed", "at_province", "returned", "waiting", "lapsed")
# what of the tables' things is of the product: its dossier stands for those of every state
HIDDEN = frozenset(
    [f"{state}{of}" for state in STATES for of in ("", "_product", "_paper", "_proof", "_evidence")]
    + [
        "clip",
        "begun",
        "questioned",
        "report",
        "assessment",
        "item",
        "ballot",
        "proposal",
        "question",
        "guest",
        "lot",
        "extra_test",
        "test_result",
        *(f"{what}_{state}" for what in ("survey", "photo") for state in ("open", "signed")),
    ]
)


@dataclass(frozen=True)
class Hall:
    """The meeting; `things` are those of the product where there is one, `traces` are its words."""

    meeting: Meeting
    things: dict[str, Thing]
    traces: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()  # addresses that no table names


def make_hall(world: World, *, with_secret: bool) -> Hall:
    """Two products of others, and the secret: all three the same way, so that nothing else differs."""
    people, council = world.people, Council.objects.get(pk=world.things["council"]["pk"])
    open_ones = [_checked(f"Gạo tẻ râu {n}", people) for n in (1, 2)]
    secret = _checked(SECRET, people) if with_secret else None
    everything = [*open_ones, *([secret] if secret else [])]
    meeting = makers.make_meeting(council, everything, by=people["officer"])
    MEETING.take("invite", meeting, by=people["officer"])
    for name in RECUSED:
        answers = {it.pk: "" for it in open_ones} | ({secret.pk: "Em ruột là giám đốc"} if secret else {})
        declare(meeting, answers, by=people[name])
    seated = [seat.user for seat in council.seats.select_related("user")]
    recused = {people[name].pk for name in RECUSED}
    makers.all_declare(meeting, [user for user in seated if user.pk not in recused])
    makers.set_attendance(meeting, [seat.pk for seat in council.seats.all()], by=people["secretary"])
    MEETING.take("open", meeting, by=people["chair"], data={"note": "Các thành viên đã nhận hồ sơ"})
    things = world.things | {"meeting": {"pk": meeting.pk}}
    if secret is None:
        return Hall(meeting, things)
    hidden = _what_there_is(world, meeting, secret)
    dossier = secret.dossier
    traces = (SECRET, dossier.product.name_ascii, dossier.code, f"dossiers/{dossier.pk}/", f"products/{dossier.product_id}/",
              f"assessments/{secret.pk}/")  # fmt: skip
    return Hall(meeting, things | hidden, traces)


def _checked(name: str, people: dict[str, User]) -> Any:
    """Of the producer of the world, accepted and put before the council."""
    commune = OrgUnit.objects.get(name="Xã Mường So")
    producer = Producer.objects.get(name="Hợp tác xã Mường So")
    dossier = factories.make_complete_dossier(
        commune, state="accepted", name=name, producer=producer, owner=people["producer"]
    )
    return makers.make_checked(dossier, by=people["advisor"])


def _item(meeting: Meeting, assessment: Any) -> AgendaItem:
    return AgendaItem.objects.for_list().get(meeting=meeting, assessment=assessment)


def _what_there_is(world: World, meeting: Meeting, secret: Any) -> dict[str, Thing]:
    """Everything that an address can name of the product; it is being discussed, as the second of three."""
    people, dossier, item = world.people, Dossier.objects.get(pk=secret.dossier_id), _item(meeting, secret)
    first, last = (it.assessment_id for it in AgendaItem.objects.filter(meeting=meeting).exclude(pk=item.pk))
    reorder(meeting, [first, secret.pk, last], by=people["secretary"])
    discuss(item, by=people["chair"])
    ballot = makers.ballot_of(item, people["chair"])
    code = next(iter(criteria_set(dossier.set_code).knock_outs))
    propose_knock_out(ballot, code, "Ảnh ở trang 1", by=people["chair"])
    question = ask(ballot, "1.5", "Bao nhiêu hộ liên kết?", by=people["chair"])
    QUESTION.take("pass_on", question, by=people["secretary"])
    guest = invite_guest(
        meeting, people["other_producer"], capacity="Chủ thể", item=item, by=people["secretary"]
    )
    lot = receive_samples(dossier, count=5, condition="good", by=people["officer"]).sample
    report = dossier.commune_report.paper
    kept = keep_upload(factories.upload("bao-cao.pdf"), by=None)
    Paper.objects.filter(pk=report.pk).update(state="rendered", file=kept, signed_file=kept)
    paper = dossier.evidence.order_by("pk").first()
    proof = dossier.evidence.exclude(criterion="").order_by("pk").first()
    row, its_paper, product = (
        {"pk": dossier.pk},
        {"pk": dossier.pk, "paper": paper.paper_id},
        {"pk": dossier.product_id},
    )
    return {
        **dict.fromkeys(STATES, row),
        **{f"{name}_product": product for name in STATES},
        **{f"{name}_paper": its_paper for name in STATES},
        **{f"{name}_proof": {**its_paper, "code": proof.criterion, "paper": proof.paper_id} for name in STATES},
        **{f"{name}_evidence": {"pk": paper.paper_id} for name in STATES},
        **advisory_things(dossier, people["advisor"]),
        "clip": {"pk": factories.tie_clip(dossier).pk},
        "begun": {"dossier": dossier.pk}, "questioned": {"dossier": dossier.pk}, "report": {"pk": report.pk},
        "assessment": {"pk": secret.pk}, "item": {"pk": meeting.pk, "assessment": secret.pk},
        "ballot": {"pk": ballot.pk}, "proposal": {"pk": ballot.pk, "code": code}, "question": {"pk": question.pk},
        "guest": {"pk": meeting.pk, "guest": guest.pk}, "lot": {"pk": dossier.pk, "lot": lot.pk},
    }  # fmt: skip


def close_hall(hall: Hall, world: World) -> Hall:
    """Everybody scores what she may, the chair concludes, the officer drafts decisions: results, minutes, notices."""
    people, province = world.people, OrgUnit.objects.get(parent=None)
    items = list(AgendaItem.objects.for_list().filter(meeting=hall.meeting).order_by("pk"))
    for item in items:
        makers.score_all(
            item, [ballot.seat.user for ballot in item.assessment.ballots.select_related("seat__user")]
        )
        ASSESSMENT.take("conclude", item.assessment, by=people["chair"])
    MEETING.take("conclude", Meeting.objects.get(pk=hall.meeting.pk), by=people["chair"])
    known = [item.assessment for item in items[:2]]
    mine = draft_decision(province, "province", by=people["officer"], assessments=known)
    things = hall.things | {
        "decision_draft": {"pk": mine.pk}, "decision_item": {"pk": mine.pk, "item": mine.items.order_by("pk")[0].pk},
    }  # fmt: skip
    if not items[2:]:
        return replace(hall, things=things)
    theirs = draft_decision(province, "province", by=people["officer"], assessments=[items[2].assessment])
    return replace(hall, things=things, rest=(f"decisions/{theirs.pk}/", *_papers_but_minutes()))


def _papers_but_minutes() -> list[str]:
    """The record of the meeting names who took no part in what; an office's role reads it, not a seat."""
    keys = Paper.objects.exclude(kind="council_minutes").values_list("pk", flat=True)
    return [place for pk in keys for place in (f"papers/{pk}/", f"api/papers/{pk}/")]


@contextmanager
def undone() -> Iterator[None]:
    """Rows and the numbers that they were given: the next hall gets the same."""
    numbers = (
        "SELECT quote_ident(sequencename), coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"
    )
    with connections["owner"].cursor() as owner:
        owner.execute(f"{numbers} WHERE schemaname = 'public'")
        before = owner.fetchall()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    with connections["owner"].cursor() as owner:
        for sequence in before:
            owner.execute("SELECT setval(%s, %s, %s)", sequence)
