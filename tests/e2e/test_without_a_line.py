"""One meeting of nine today: one is recused, one has no line the whole day, one product is scored twice."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.core.management import call_command

from evaluation.meetings.digests import seal_code
from evaluation.models import Ballot, Meeting, Receipt
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.models import Dossier
from tests import factories
from tests.e2e import away, nine
from tests.e2e.nine import KEPT, OTHER, Story
from tests.e2e.pages import Person, log_in
from tests.evaluation import makers

SET = "QD26-11"
WORDS = {KEPT: "Măng giòn, bao bì còn mỏng.", OTHER: "Quả đều, nên thêm điểm bán."}


def test_a_member_without_a_line_and_a_product_scored_twice(cast, person, tablet):
    with tenant_scope(cast.tenant):
        province = OrgUnit.objects.get(parent=None)
        factories.make_user(
            cast.officer.username, "Nguyễn Thị Hồng Thắm", role="advisory_member", unit=province
        )
        story = Story(
            cast.tenant, "", province, "province", "26/2026", SET, cast.officer, cast.leader,
            makers.make_members(prefix="t"),
        )  # fmt: skip
        nine.prepare(story)
        clip = factories.tie_clip(Dossier.objects.get(product__name=KEPT))
        clip.links.update(criterion="1.1", page=7)
    officer = person(story.officer)
    nine.establish(story, officer, person(story.leader))
    meeting = nine.plan(story, officer)
    recused, chair, member = person(story.recused), person(story.nine[0]), person(story.member)
    nine.declare_conflicts(story, recused, meeting)
    _take_along(story, tablet, meeting)
    nine.open_meeting(person(story.nine[2]), chair, meeting)
    nine.score_but_for(story, member, story.nine[6])
    far = _score_without_a_line(story, tablet)
    chair.go(meeting)
    chair.reads("8/9 phiếu đã nộp", "7/8 phiếu đã nộp")
    _send(story, far)
    nine.look_apart(story, chair, meeting)
    nine.second_round(story, member, chair, meeting)
    nine.conclude(story, chair, meeting)
    nine.minutes(story, officer, meeting)
    _verify(story)
    nine.no_trace(story, recused, meeting)


def _take_along(story: Story, tablet: Callable[..., Person], meeting: str) -> None:
    """Before the meeting opens; then the line goes."""
    member = tablet()
    log_in(member, story.nine[6])
    away.take_along(member, meeting)


def _score_without_a_line(story: Story, tablet: Callable[..., Person]) -> Person:
    """One product, the browser closed and opened again, the other product."""
    for product in (KEPT, OTHER):
        member = tablet(is_cut=True)
        away.unlock(member)
        if product == KEPT:
            away.play(member, product)
        away.score(member, product, SET, WORDS[product])
    member.look("away-2-scored")
    with tenant_scope(story.tenant):
        hers = Ballot.objects.filter(seat__user=story.nine[6])
        assert {(it.total, it.opinion, it.is_sealed) for it in hers} == {(0, "", False)}
    return member


def _send(story: Story, member: Person) -> None:
    """Both sheets are received, what was written before the restart too; she hands them in."""
    away.send(member, story.nine[6])
    codes = away.receipts(member)
    with tenant_scope(story.tenant):
        hers = list(
            Ballot.objects.filter(seat__user=story.nine[6]).select_related("assessment__dossier__product")
        )
        assert {str(it.assessment): (it.total, it.opinion) for it in hers} == {
            product: (100, words) for product, words in WORDS.items()
        }
        assert len(codes) == Receipt.objects.filter(code__in=codes).count() == 2
    said = io.StringIO()
    call_command("verify_receipt", "lai-chau", *codes, stdout=said)
    assert said.getvalue().count("the sheet holds just that") == 2
    for ballot in hers:
        nine.seal(member, ballot.pk)


def _verify(story: Story) -> None:
    """The seal recomputed is the one that the minutes print."""
    with tenant_scope(story.tenant):
        found = Meeting.objects.get()
        told = str(found.minutes.content)
    said = io.StringIO()
    call_command("verify_meeting", "lai-chau", str(found.pk), stdout=said)
    assert f"ok      {seal_code(found.digest)} {found.digest}" in said.getvalue()
    assert seal_code(found.digest) in told
