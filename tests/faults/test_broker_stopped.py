"""Valkey stopped: people log in, score, seal and file all the same; what they caused is made once it is back."""

from __future__ import annotations

import datetime as dt

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from evaluation.models import AgendaItem, Ballot
from ocop.cards import field_name
from ocop.celery import app
from ocop.notices.models import Notice, NoticeMail
from ocop.notices.tasks import sweep as sweep_notices
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper, PaperState
from ocop.papers.tasks import sweep as sweep_papers
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.e2e.site import free_port
from tests.evaluation import makers
from tests.faults.own import broker
from tests.notices.test_outbox import Inbox
from tests.worker import real_worker, wait_until

pytestmark = pytest.mark.slow
T = "/lai-chau"


@pytest.fixture
def inbox(monkeypatch):
    """A mail server for the worker."""
    with free_port() as probe:
        port = probe.getsockname()[1]
    found = Inbox()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("EMAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("EMAIL_PORT", str(port))
    yield found
    server.stop()


@pytest.fixture
def valkey(monkeypatch):
    """Of the test's own, for this process and the worker."""
    with broker() as running:
        monkeypatch.setenv("CELERY_BROKER_URL", running.address)
        app.__dict__.pop("amqp", None)  # it remembers the broker that it was made for
        yield running
    app.__dict__.pop("amqp", None)


@pytest.fixture
def tenant(transactional_db) -> Tenant:
    made = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(made.pk):
        factories.make_units(made)
    return made


def test_login_scoring_and_filing_go_on_and_the_sweeps_make_up_for_it(tenant, valkey, inbox, tmp_path):
    with tenant_scope(tenant.pk):
        commune, province = OrgUnit.objects.get(name="Xã Mường So"), OrgUnit.objects.get(parent=None)
        meeting, members = open_meeting(province, commune)
        draft = factories.make_complete_dossier(commune, name="Rượu ngô Sùng Phài")
        NoticeMail.objects.all().delete()
        Notice.objects.all().delete()
    valkey.stop()

    score_and_seal(tenant, members[3])
    with tenant_scope(tenant.pk):
        owner = draft.product.producer.people.first().user
    file_dossier(owner, draft.pk)
    number_minutes(tenant, meeting, members)
    assert valkey.child.is_running() is False
    with tenant_scope(tenant.pk):
        told = Notice.objects.count()
        assert told >= 1
        assert NoticeMail.objects.filter(sent_at=None).count() == NoticeMail.objects.count() >= 1
        assert Paper.objects.get(kind="council_minutes").state == PaperState.NUMBERED

    valkey.start()
    with real_worker(tmp_path, concurrency=2):
        sweep_notices.delay()
        sweep_papers.delay()
        wait_until(lambda: is_made_up_for(tenant))
    with tenant_scope(tenant.pk):
        assert Notice.objects.count() == told
        assert sorted(inbox.ids()) == sorted(NoticeMail.objects.values_list("message_id", flat=True))


def open_meeting(province: OrgUnit, commune: OrgUnit):
    officer = factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province)
    leader = factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=province)
    members = makers.make_members(5)
    council = makers.make_council(province, members, officer=officer, leader=leader)
    tea = makers.make_checked(makers.make_accepted_dossier(commune), by=officer)
    return makers.open_meeting(makers.make_meeting(council, [tea], by=officer), members), members


def log_in(user: User) -> Client:
    """Through the page, with the password."""
    browser = Client()
    answer = browser.post(f"{T}/accounts/login/", {"login": user.username, "password": factories.PASSWORD})
    assert answer.status_code == 302
    return browser


def score_and_seal(tenant: Tenant, member: User) -> None:
    browser = log_in(member)
    with tenant_scope(tenant.pk):
        ballot = Ballot.objects.get(seat__user=member)
    for criterion, points in (("1.1", "2"), ("1.2", "1")):
        fields = {field_name(criterion): points, "revision": 0, "key": criterion}
        answer = browser.post(
            f"{T}/ballots/{ballot.pk}/{criterion}/", fields, headers={"Accept": "application/json"}
        )
        assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    with tenant_scope(tenant.pk):
        ballot.refresh_from_db()
        assert {code: it["p"] for code, it in ballot.levels.items()} == {"1.1": 2, "1.2": 1}
        makers.fill(ballot, by=member)
    assert browser.post(f"{T}/ballots/{ballot.pk}/steps/seal/", {"go": "1"}).status_code == 302
    with tenant_scope(tenant.pk):
        assert Ballot.objects.get(pk=ballot.pk).is_sealed


def file_dossier(owner: User, pk: int) -> None:
    answer = log_in(owner).post(f"{T}/dossiers/{pk}/steps/submit/", {"confirmed": "on"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{T}/dossiers/{pk}/versions/1/"


def number_minutes(tenant: Tenant, meeting, members: list[User]) -> None:
    """The others seal, the chair concludes through the pages, the officer gives the minutes their number."""
    with tenant_scope(tenant.pk):
        item = AgendaItem.objects.for_list().get(meeting=meeting)
        makers.score_all(item, [user for user in members if user != members[3]])
    chair = log_in(members[0])
    for place in (f"assessments/{item.assessment_id}", f"meetings/{meeting.pk}"):
        assert chair.post(f"{T}/{place}/steps/conclude/", {"go": "1"}).status_code == 302
    with tenant_scope(tenant.pk):
        minutes = Paper.objects.get(kind="council_minutes")
    fields = {"dated_on": f"{dt.date(2026, 11, 26):%d/%m/%Y}", "signer_name": "Hà Quang Trung"}
    officer = log_in(User.objects.get(username="tinh.ocop"))
    assert officer.post(f"{T}/papers/{minutes.pk}/steps/number/", fields).status_code == 302


def is_made_up_for(tenant: Tenant) -> bool:
    with tenant_scope(tenant.pk):
        return not NoticeMail.objects.filter(sent_at=None).exists() and not Paper.objects.to_render().exists()
