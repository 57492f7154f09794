"""The demo: the ministry and three provinces through the domain functions, once, and what the README promises of it."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from evaluation.models import (
    Arrival,
    Ballot,
    Certificate,
    DecisionItem,
    Guest,
    HandOver,
    KnockOutProposal,
    Meeting,
    Question,
    Result,
)
from ocop.orgs.loading import load_places
from ocop.orgs.models import Membership, User
from ocop.orgs.places import read_places
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.doubles.finding import producer_pairs, product_pairs
from products.models import (
    Dossier,
    DossierState,
    EvidencePaper,
    ExtraTest,
    Forwarding,
    Potential,
    SectionsMeeting,
    StandardRemark,
    Survey,
)


@pytest.fixture
def loaded(db, settings, tmp_path):
    """The three provinces' places only: the country is loaded in a test of its own."""
    settings.DEMO_PEOPLE = str(tmp_path / "people.json")
    rows = list(read_places())
    today = {
        row.key
        for row in rows
        if row.level == "province" and row.code in ("12", "19", "75") and not row.valid_to
    }
    before = {it.key for row in rows if row.key in today for it in row.predecessors}
    provinces = today | before
    districts = {row.key for row in rows if row.level == "district" and row.parent_key in provinces}
    load_places([row for row in rows if row.key in provinces or row.parent_key in provinces | districts])
    call_command("load_demo")
    return tmp_path / "people.json"


def test_the_demo_shows_every_stage(loaded, client):
    lai_chau = Tenant.objects.get(slug="lai-chau")
    with tenant_scope(lai_chau.pk):
        now = set(DossierState.values) - {DossierState.LAPSED}  # only an earlier law leads there
        assert set(Dossier.objects.values_list("state", flat=True)) == now
        meetings = Meeting.objects.order_by("held_at").values_list("council__regime", "state")
        held = [
            ("148/2023", "concluded"),
            ("26/2026", "concluded"),
            ("26/2026", "open"),
            ("26/2026", "planned"),
        ]
        assert list(meetings.filter(mode="held")) == held
        assert set(Certificate.objects.values_list("state", flat=True)) == {"in_force", "revoked"}
        assert set(ExtraTest.objects.values_list("state", flat=True)) == {"accepted", "asked"}
        assert set(Survey.objects.values_list("state", flat=True)) == {"signed", "open"}
        assert not Membership.objects.filter(user__username="huyen.phongtho", ends_on=None).exists()
        sent = {(it.to_tier, it.state) for it in HandOver.objects.all()}
        assert sent == {("ministry", "sent"), ("province", "sent")}
        _phong_tho_scored_twice()
        _the_board_is_worth_a_look()
        _one_opinion_in_writing_runs_and_one_has_ended()
        _two_went_up_with_one_letter()
    with tenant_scope(Tenant.objects.get(slug="bo-nnmt").pk):
        assert [it.from_name for it in Arrival.objects.all()] == ["Tỉnh Lai Châu"]
    with tenant_scope(Tenant.objects.get(slug="thai-nguyen").pk):
        _thai_nguyen_decided_three_and_four_stars()
    with tenant_scope(Tenant.objects.get(slug="dong-nai").pk):
        _dong_nai_sent_back_and_took_again()
    slugs = {"bo-nnmt", "lai-chau", "thai-nguyen", "dong-nai"}
    assert set(Tenant.objects.values_list("slug", flat=True)) == slugs
    people = json.loads(loaded.read_text(encoding="utf-8"))
    provinces = ["Bộ Nông nghiệp và Môi trường", "Tỉnh Lai Châu", "Tỉnh Thái Nguyên", "Thành phố Đồng Nai"]
    assert list(dict.fromkeys(person["tenant"] for person in people["people"])) == provinces
    page = client.get("/lai-chau/accounts/login/").text
    assert all(person["username"] in page for person in people["people"])
    assert client.login(username="laichau.tinh", password=people["password"])
    before = Dossier._base_manager.count()
    call_command("load_demo")
    assert Dossier._base_manager.count() == before


def _phong_tho_scored_twice():
    """Two sheets far under the others, scored again, both rounds kept; one product shut out, in words."""
    council = {"meeting__council__regime": "148/2023"}
    again, shut_out = Result.objects.get(attempt=2, **council), Result.objects.get(stars=0, **council)
    totals = {1: [], 2: []}
    for ballot in Ballot.objects.filter(assessment=again.assessment_id, state="sealed"):
        totals[ballot.attempt].append(ballot.total)
    assert [len(it) for it in totals.values()] == [6, 6]
    assert max(totals[1]) - min(totals[1]) > 10 >= again.spread
    assert again.reasons["rescored"] == 1
    assert shut_out.reasons["knock_outs"] == ["an-toan-thuc-pham"]
    assert [len(it) for it in shut_out.reasons["proposed"].values()] == [1]


def _the_board_is_worth_a_look():
    """Today's council: sheets sealed, abstaining, missing; a proposal, questions, guests, drawn members, one recused."""
    meeting = Meeting.objects.get(state="open", mode="held")
    assert set(meeting.ballots.values_list("state", flat=True)) == {"sealed", "abstained", "open"}
    questions = Question.objects.filter(meeting=meeting).order_by("asked_at")
    assert list(questions.values_list("state", flat=True)) == ["answered", "asked"]
    assert KnockOutProposal.objects.filter(ballot__meeting=meeting).count() == 1
    assert Guest.objects.filter(meeting=meeting).count() == 2
    assert {it.assignments.count() for it in meeting.agenda.all()} == {6}
    assert meeting.declarations.filter(has_conflict=True).count() == 1
    assert meeting.discussing is not None
    assert meeting.ballots.filter(
        seat__user__username="hd.congthuong", state="open"
    ).exists()  # the README's walk


def _one_opinion_in_writing_runs_and_one_has_ended():
    """Of the one that ended a product was settled and one goes to a meeting; of the other sheets still come."""
    ended, running = Meeting.objects.filter(mode="written").order_by("held_at")
    assert (ended.state, running.state, running.deadline > timezone.now()) == ("concluded", "open", True)
    assert [it.assessment.dossier.product.name for it in ended.results.all()] == ["Hạt mắc ca sấy nứt vỏ"]
    [moved] = ended.referrals.all()
    assert (moved.to.state, moved.reasons) == ("planned", ["Bùi Tiến Thanh đề nghị họp."])
    assert moved.to.invitation.symbol.endswith("/GM-HĐOCOP")
    assert [it.invitation.symbol for it in (ended, running)] == ["01/HĐOCOP-NNMT", "02/HĐOCOP-NNMT"]
    assert set(running.ballots.values_list("state", flat=True)) == {"sealed", "open"}
    assert running.calls.count() == 1
    assert {
        it.dossier.kind for it in (moved.assessment, *(it.assessment for it in running.agenda.all()))
    } == {"re_ranking"}


def _two_went_up_with_one_letter():
    """The commune's sections met about each; the letter lists both."""
    made = Forwarding.objects.get()
    assert made.items.filter(fault="", dossier__state="forwarded").count() == 2
    table = next(block["table"] for block in made.letter.content["body"] if "table" in block)
    assert [row[1] for row in table["rows"]] == [
        "Nấm hương khô Dào San, túi 200 g",
        "Măng nứa khô Dào San, túi 300 g",
    ]
    assert SectionsMeeting.objects.filter(dossier__state="forwarded").count() == 2
    assert StandardRemark.objects.count() == 5


def _thai_nguyen_decided_three_and_four_stars():
    meetings = Meeting.objects.order_by("held_at").values_list("council__tier", "council__regime", "state")
    law = "1048/2019"
    assert list(meetings) == [("district", law, "concluded"), ("province", law, "concluded")]
    decided = DecisionItem.objects.values_list("decision__tier", "outcome", "stars")
    assert sorted(decided) == [
        ("district", "not_recognised", 2), ("district", "send_up", 3), ("district", "send_up", 4),
        ("province", "certify", 3), ("province", "certify", 4),
    ]  # fmt: skip
    assert all(Meeting.objects.values_list("digest", flat=True))


def _dong_nai_sent_back_and_took_again():
    """Under 70: back to the district, which recognises 3 stars; not valid: completed there, 4 stars in November."""
    assert sorted(HandOver.objects.values_list("state", flat=True)) == ["answered", "answered", "refused"]
    decided = DecisionItem.objects.filter(outcome__in=["send_back", "certify"])
    assert sorted(decided.values_list("decision__tier", "outcome", "stars")) == [
        ("district", "certify", 3), ("province", "certify", 4), ("province", "send_back", 3),
    ]  # fmt: skip


def test_the_demo_is_never_loaded_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not loaded in production"):
        call_command("load_demo")


def test_the_register_has_an_inventory_doubles_and_papers_of_who_really_issues_them(loaded):
    with tenant_scope(Tenant.objects.get(slug="lai-chau").pk):
        officer = User.objects.get(username="laichau.tinh")
        assert Potential.objects.visible_to(officer).count() == 6
        assert ("Hộ bà Lý Tả Mẩy", "Lý Tả Mẩy", "trùng số điện thoại, tên gần giống") in [
            (it.one.name, it.other.name, it.why) for it in producer_pairs(officer)
        ]
        assert "Miến dong sợi dẹt Bình Lư (500 g gói)" in [it.other.name for it in product_pairs(officer)]
        papers = EvidencePaper.objects.filter(kind="business_registration").select_related("producer__unit")
        said = {(it.producer.kind, it.issuer.partition(", ")[2].partition(" Xã")[0]) for it in papers}
        assert {kind: words for kind, words in said if kind in ("company", "cooperative_group")} == {
            "company": "Sở Tài chính",
            "cooperative_group": "Ủy ban nhân dân",
        }
        assert set(papers.values_list("expires_on", flat=True)) == {None}
