"""The outbox against a real SMTP server: told once, nothing lost, at most one duplicate."""

import datetime as dt
import email
import socket
from functools import partial

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ocop.notices.models import AccountMail, Notice, NoticeMail
from ocop.notices.outbox import notify, send_due
from ocop.notices.tasks import send_account_mails, send_notice_mails
from ocop.tenancy.scope import tenant_scope
from tests import factories


class Inbox:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.mails = []
        self.unknown = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, aiosmtpd's name
        if address == self.unknown:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, aiosmtpd's name
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"

    def ids(self):
        return [mail["Message-ID"] for _, mail in self.mails]


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=_free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield inbox
    server.stop()


def tell(*users, key="dossier-1-returned"):
    return notify(
        users,
        kind="dossier",
        key=key,
        subject="Hồ sơ cần bổ sung",
        body="Thiếu phiếu kiểm nghiệm",
        url="dossiers/1/",
    )


def test_a_notice_is_in_the_bell_and_in_the_mail(officer, lai_chau, smtp, run_task):
    tell(officer)
    run_task(send_notice_mails, lai_chau.pk)
    ((recipients, mail),) = smtp.mails
    assert recipients == [officer.email]
    body = mail.get_payload(decode=True).decode()
    assert "Thiếu phiếu kiểm nghiệm" in body
    assert "/lai-chau/dossiers/1/" in body
    assert Notice.objects.for_user(officer).unread().count() == 1


def test_nine_are_told_with_as_many_queries_as_one(lai_chau):
    asked = []
    for count in (1, 9):
        people = [factories.make_user(f"{count}.{n}", "Lò Văn Inh") for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            told = notify(people, kind="meeting", key=f"invited-{count}", subject="Mời họp")
        assert ([it.user for it in told], NoticeMail.objects.filter(notice__in=told).count()) == (
            people,
            count,
        )
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_same_fact_is_told_once(officer, lai_chau, smtp, run_task):
    tell(officer)
    tell(officer, officer)
    run_task(send_notice_mails, lai_chau.pk)
    run_task(send_notice_mails, lai_chau.pk)
    assert len(smtp.mails) == 1


def test_a_mail_server_that_is_down_for_an_hour_loses_nothing(
    officer, leader, lai_chau, settings, smtp, run_task, time_machine
):
    begin = timezone.now()
    time_machine.move_to(begin, tick=False)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # nobody listens
    tell(officer, leader)
    for minute in range(0, 60, 5):
        time_machine.move_to(begin + dt.timedelta(minutes=minute), tick=False)
        run_task(send_notice_mails, lai_chau.pk)
    assert smtp.mails == []
    settings.EMAIL_PORT = port
    time_machine.move_to(begin + dt.timedelta(hours=2), tick=False)
    run_task(send_notice_mails, lai_chau.pk)
    assert sorted(to for to, _ in smtp.mails) == sorted([[leader.email], [officer.email]])
    assert not NoticeMail.objects.filter(sent_at=None).exists()


def test_a_crash_after_the_servers_answer_sends_at_most_once_more_under_one_id(
    officer, lai_chau, smtp, run_task, monkeypatch
):
    tell(officer)

    class Crash(BaseException):
        pass

    def crash(self, **kwargs):
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(NoticeMail, "save", crash)
        with pytest.raises(Crash):
            run_task(send_notice_mails, lai_chau.pk)
    run_task(send_notice_mails, lai_chau.pk)
    run_task(send_notice_mails, lai_chau.pk)
    assert len(smtp.mails) == 2
    assert len(set(smtp.ids())) == 1


def test_without_a_mail_server_mails_wait_untouched(officer, lai_chau, settings):
    settings.EMAIL_HOST = ""
    tell(officer)
    send_due(NoticeMail.objects, partial(tenant_scope, lai_chau.pk))
    assert NoticeMail.objects.get().attempts == 0


def test_a_refused_address_is_tried_again_and_said(officer, lai_chau, smtp, run_task):
    smtp.unknown = officer.email
    tell(officer)
    run_task(send_notice_mails, lai_chau.pk)
    mail = NoticeMail.objects.get()
    assert mail.sent_at is None
    assert mail.due_at > timezone.now()
    assert "550" in mail.last_error


def test_login_mails_go_through_the_outbox(officer, client, smtp, run_task):
    client.post("/accounts/password/reset/", {"email": officer.email})
    assert AccountMail.objects.count() == 1
    run_task(send_account_mails)
    ((recipients, mail),) = smtp.mails
    assert recipients == [officer.email]
    assert "/accounts/password/reset/key/" in mail.get_payload(decode=True).decode()


def test_nobody_reads_anothers_notices(officer, leader, signed_in, lai_chau):
    tell(leader)
    page = signed_in(officer).get("/lai-chau" + reverse("notices:list"))
    assert "Hồ sơ cần bổ sung" not in page.content.decode()
    mine = signed_in(leader).get("/lai-chau" + reverse("notices:list"))
    assert "Hồ sơ cần bổ sung" in mine.content.decode()


def test_following_a_notice_reads_it(officer, signed_in, lai_chau):
    (notice,) = tell(officer)
    answer = signed_in(officer).get(f"/lai-chau/notices/{notice.pk}/")
    assert answer["Location"] == "/lai-chau/dossiers/1/"
    assert Notice.objects.for_user(officer).unread().count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bell_asks_the_same_number_of_queries(
    officer, signed_in, lai_chau, rows, django_assert_num_queries
):
    for n in range(rows):
        tell(officer, key=f"k{n}")
    client = signed_in(officer)
    client.get("/lai-chau/notices/")
    with django_assert_num_queries(13):
        client.get("/lai-chau/notices/")
