"""The people of a producer: found or invited, consultants for a term and in sight, ended, the last owner kept."""

import datetime as dt
import re
import threading

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import AccountMail, Notice
from ocop.orgs.models import User
from ocop.tenancy.scope import tenant_scope
from products.dossiers.filling import save_section
from products.models import Dossier, Invitation, Producer, ProducerMember
from products.producers.invitations import withdraw
from products.producers.members import accept, add_person, end_member
from products.workflow import DOSSIER
from tests import factories
from tests.factories import PASSWORD, make_user

T = "/lai-chau"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def member(producer, owner, nobody):
    """Tẩn Mẩy Lan, a member without a term."""
    return add_person(producer, nobody.username, role="member", by=owner)


@pytest.fixture
def consultant(producer, owner, today):
    user = make_user("tuvan.tu", "Trần Văn Tư")
    add_person(producer, user.email, role="consultant", by=owner, ends_on=today + dt.timedelta(days=90))
    return user


def _names(producer):
    return list(producer.people.current().values_list("user__username", "role"))


def test_three_people_cost_no_more_than_one(signed_in, owner, producer, nobody, other_owner):
    tab, home, counts = signed_in(owner), f"{T}/producers/{producer.pk}/", []
    tab.get(home)
    for more in ((), (nobody, other_owner)):
        for user in more:
            add_person(producer, user.username, role="member", by=owner)
        with CaptureQueriesContext(connection) as queries:
            page = tab.get(home).text
        counts.append(len(queries))
    assert all(user.get_full_name() in page for user in (owner, nobody, other_owner))
    assert counts[0] == counts[1]


def test_an_account_is_found_by_name_or_mail_and_told(producer, owner, nobody, other_owner, signed_in):
    tab, home = signed_in(owner), f"{T}/producers/{producer.pk}/"
    assert "Thêm người" in tab.get(home).content.decode()
    assert tab.get(f"{home}people/new/").status_code == 200
    added = tab.post(f"{home}people/new/", {"who": nobody.username, "role": "member"})
    assert added["Location"] == home
    tab.post(f"{home}people/new/", {"who": other_owner.email.upper(), "role": "owner"})
    assert _names(producer) == [
        (owner.username, "owner"), (nobody.username, "member"), (other_owner.username, "owner"),
    ]  # fmt: skip
    assert Notice.objects.get(user=nobody).subject == "Bạn là thành viên của Hợp tác xã Mường So"
    assert Notice.objects.get(user=other_owner).kind == "producer.joined"
    page = signed_in(nobody).get(home).content.decode()
    assert "Giàng A Páo" in page
    assert Entry.objects.about(producer).first().note == "Giàng A Páo: Chủ sở hữu"


def test_somebody_of_another_province_is_at_home_here_too(producer, owner, stranger, signed_in):
    add_person(producer, stranger.username, role="member", by=owner)
    assert signed_in(stranger).get(f"{T}/producers/{producer.pk}/").status_code == 200
    assert stranger.tenants.filter(slug="lai-chau").exists()


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"who": "khong.ai", "role": "member"}, "who", "Không có tài khoản “khong.ai”"),
        ({"who": "a@b", "role": "member", "name": "A"}, "who", "hợp lệ"),
        ({"who": "moi@example.vn", "role": "member"}, "name", "Hãy ghi họ tên"),
        ({"who": "khong.vaitro", "role": "consultant"}, "ends_on", "có thời hạn"),
        ({"who": "khong.vaitro", "role": "consultant", "ends_on": "01/01/2020"}, "ends_on", "từ hôm nay"),
        ({"who": "khong.vaitro", "role": "owner", "ends_on": "01/01/2030"}, "ends_on", "không có thời hạn"),
        ({"who": "chuthe.xuan", "role": "member"}, "who", "đang là chủ sở hữu"),
        ({"who": "", "role": "member"}, "who", "còn trống"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(producer, owner, nobody, signed_in, given, field, words):
    page = signed_in(owner).post(f"{T}/producers/{producer.pk}/people/new/", given)
    assert page.status_code == 422
    assert words in " ".join(page.context["form"].errors[field])
    assert _names(producer) == [(owner.username, "owner")]
    assert not Invitation.objects.exists()


def test_a_locked_account_is_not_added(producer, owner, nobody):
    User.objects.filter(pk=nobody.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="đã bị khóa"):
        add_person(producer, nobody.username, role="member", by=owner)


def test_who_sends_many_invitations_is_stopped(producer, owner, signed_in):
    cache.clear()
    tab, url = signed_in(owner), f"{T}/producers/{producer.pk}/people/new/"
    asked = [{"who": f"moi{n}@example.vn", "role": "member", "name": "Lý A"} for n in range(31)]
    assert [tab.post(url, one).status_code for one in asked] == [302] * 30 + [429]
    assert AccountMail.objects.count() == 30
    cache.clear()


def test_a_member_adds_members_but_no_owners_and_a_consultant_nobody(
    producer, member, consultant, nobody, other_owner, advisor, commune_officer, signed_in
):
    url = f"{T}/producers/{producer.pk}/people/new/"
    page = signed_in(nobody).post(url, {"who": other_owner.username, "role": "owner"})
    assert page.status_code == 422
    with pytest.raises(ValidationError, match="Chỉ chủ sở hữu"):
        add_person(producer, other_owner.username, role="owner", by=nobody)
    assert signed_in(nobody).post(url, {"who": other_owner.username, "role": "member"}).status_code == 302
    assert signed_in(consultant).get(url).status_code == 403
    assert signed_in(advisor).get(url).status_code == 403
    third = make_user("chuthe.ba", "Lù Văn Ba")
    assert signed_in(commune_officer).post(url, {"who": third.username, "role": "owner"}).status_code == 302


def test_strangers_find_no_door(producer, member, owner, other_owner, stranger, signed_in):
    home = f"{T}/producers/{producer.pk}/"
    end = f"{home}people/{member.pk}/end/"
    for user in (other_owner, stranger):
        for url in (home, f"{home}people/new/", end, f"{T}/api{home.removeprefix(T)}people/"):
            assert signed_in(user).get(url).status_code == 404, url
    assert Client().get(end).status_code == 302
    theirs = factories.make_producer(producer.unit, name="HTX khác", owner=other_owner)
    assert signed_in(owner).post(f"{T}/producers/{theirs.pk}/people/{member.pk}/end/", {}).status_code == 404
    assert (
        signed_in(other_owner).post(f"{T}/producers/{theirs.pk}/people/{member.pk}/end/", {}).status_code
        == 404
    )


# ── a consultant ──


def test_a_consultant_is_seen_on_the_timeline_with_name_and_role(
    draft, consultant, commune_officer, signed_in
):
    save_section(draft, "plan", {"goals": "Thêm 6 ha."}, by=consultant)
    save_section(draft, "plan", {"actions": "Tập huấn."}, by=consultant)
    DOSSIER.take("submit", draft, by=consultant, data={"confirmed": True})
    entries = Entry.objects.about(draft).filter(actor=consultant).values_list("action", "role")
    assert list(entries) == [("dossier.submit", "consultant"), ("dossier.consult", "consultant")]
    page = signed_in(commune_officer).get(f"{T}/dossiers/{draft.pk}/").content.decode()
    assert page.count("Trần Văn Tư, Tư vấn của chủ thể") == 2
    assert "Tư vấn điền hồ sơ" in page


def test_a_consultant_neither_withdraws_nor_changes_the_producer(draft, producer, consultant, signed_in):
    tab = signed_in(consultant)
    assert tab.get(f"{T}/producers/{producer.pk}/edit/").status_code == 403
    assert tab.get(f"{T}/producers/{producer.pk}/personal/").status_code == 403
    with pytest.raises(PermissionDenied):
        DOSSIER.take("withdraw", draft, by=consultant, data={"note": "Thôi"})


def test_the_term_ends_by_itself_and_a_new_one_may_follow(
    draft, producer, owner, consultant, today, signed_in
):
    assert Dossier.objects.visible_to(consultant).filter(pk=draft.pk).exists()
    ProducerMember.objects.filter(user=consultant).update(ends_on=today - dt.timedelta(days=1))
    assert not Dossier.objects.visible_to(consultant).filter(pk=draft.pk).exists()
    assert signed_in(consultant).get(f"{T}/dossiers/{draft.pk}/").status_code == 404
    add_person(producer, consultant.username, role="consultant", by=owner, ends_on=today)
    assert ProducerMember.objects.filter(user=consultant).count() == 2
    assert Dossier.objects.visible_to(consultant).filter(pk=draft.pk).exists()


def test_the_database_keeps_terms_too(producer, nobody):
    with pytest.raises(IntegrityError, match="products_consultant_for_a_term"), transaction.atomic():
        ProducerMember.objects.create(producer=producer, user=nobody, role="consultant")


# ── the end ──


def test_ending_keeps_the_row_and_tells(producer, member, owner, nobody, signed_in):
    end = f"{T}/producers/{producer.pk}/people/{member.pk}/end/"
    tab = signed_in(owner)
    assert "ngay từ bây giờ" in tab.get(end).content.decode()
    assert tab.post(end, {"note": "Chuyển công tác"}).status_code == 302
    member.refresh_from_db()
    assert (member.ended_by, member.ended_at is None) == (owner, False)
    assert Notice.objects.get(user=nobody, kind="producer.ended").body == "Chuyển công tác"
    assert signed_in(nobody).get(f"{T}/producers/{producer.pk}/").status_code == 404
    again = tab.post(end, {})
    assert again.status_code == 422
    assert "đã kết thúc" in again.content.decode()
    add_person(producer, nobody.username, role="member", by=owner)
    assert producer.people.filter(user=nobody).count() == 2


def test_everybody_may_leave(producer, member, nobody, signed_in):
    left = signed_in(nobody).post(f"{T}/producers/{producer.pk}/people/{member.pk}/end/", {})
    assert left["Location"] == f"{T}/"
    assert not producer.people.current().filter(user=nobody).exists()


def test_the_last_owner_stays_whoever_asks(producer, owner, commune_officer, member, signed_in):
    last = producer.people.get(user=owner)
    for by in (owner, commune_officer):
        with pytest.raises(ValidationError, match="chủ sở hữu duy nhất"):
            end_member(last, by=by)
    with pytest.raises(ValidationError, match="Chỉ chủ sở hữu"):
        end_member(last, by=member.user)
    page = signed_in(owner).post(f"{T}/producers/{producer.pk}/people/{last.pk}/end/", {})
    assert "chủ sở hữu duy nhất" in page.content.decode()


def test_two_owners_who_end_each_other_at_once_leave_one(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = factories.OrgUnit.objects.get(name="Xã Mường So")
        users = [make_user("chuthe.mot", "Lò Thị Một"), make_user("chuthe.hai", "Lò Thị Hai")]
        producer = factories.make_producer(commune, owner=users[0])
        add_person(producer, users[1].username, role="owner", by=users[0])
    start, ends = threading.Barrier(2), []

    def end(mine, theirs):
        with tenant_scope(tenant.pk):
            row, by = ProducerMember.objects.get(user=theirs), User.objects.get(pk=mine.pk)
            start.wait(30)
            try:
                end_member(row, by=by)
            except (PermissionDenied, ValidationError) as refused:
                ends.append(type(refused))
            else:
                ends.append(None)
        connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in (users, users[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with tenant_scope(tenant.pk):
        assert Producer.objects.get().people.current().owners().count() == 1
    assert sorted(ends, key=str) == [PermissionDenied, None]


# ── an invitation ──


def _link():
    mail = AccountMail.objects.latest("pk")
    return mail, re.search(r"http://127\.0\.0\.1:8000(/lai-chau/invitations/\S+)", mail.body)[1]


@pytest.fixture
def invited(producer, owner, today):
    """Mail and link of Vàng A Dơ, a consultant without an account."""
    ends_on = today + dt.timedelta(days=30)
    add_person(producer, "Do@Example.vn", role="consultant", name="Vàng A Dơ", ends_on=ends_on, by=owner)
    return _link()


def test_the_invited_makes_an_account_and_the_link_opens_once(producer, owner, invited, client, signed_in):
    mail, link = invited
    assert mail.to == "do@example.vn"
    assert "Hợp tác xã Mường So" in mail.body
    assert (
        "đã mời qua do@example.vn" in signed_in(owner).get(f"{T}/producers/{producer.pk}/").content.decode()
    )
    page = client.get(link).content.decode()
    assert "làm tư vấn" in page
    given = {"person_name": "Vàng A Dơ", "username": "vangado", "password": PASSWORD}
    weak = client.post(link, {**given, "password": "1"})
    assert (weak.status_code, list(weak.context["form"].errors)) == (422, ["password"])
    done = client.post(link, given)
    assert done["Location"] == f"{T}/producers/{producer.pk}/"
    assert client.get(done["Location"]).status_code == 200
    row = producer.people.current().get(user__username="vangado")
    assert (row.role, row.user.email, row.ends_on) == (
        "consultant", "do@example.vn", Invitation.objects.get().ends_on,
    )  # fmt: skip
    over = Client().get(link)
    assert over.status_code == 410
    assert "gửi lời mời mới" in over.content.decode()
    assert Notice.objects.get(user=owner, kind="producer.joined").subject.endswith("tư vấn: Vàng A Dơ")


def test_somebody_with_an_account_takes_it_up_with_that(producer, invited, nobody, signed_in):
    assert "Nhận lời với tài khoản Tẩn Mẩy Lan" in signed_in(nobody).get(invited[1]).content.decode()
    assert signed_in(nobody).post(invited[1], {}).status_code == 302
    assert producer.people.current().get(user=nobody).role == "consultant"


def test_an_owner_who_opens_it_herself_is_told(producer, owner, invited, signed_in):
    page = signed_in(owner).post(invited[1], {})
    assert page.status_code == 422
    assert "đang là chủ sở hữu" in page.content.decode()
    assert Invitation.objects.open().count() == 1


def test_who_got_an_account_meanwhile_is_asked_to_sign_in(invited, client):
    make_user("do", "Vàng A Dơ")
    User.objects.filter(username="do").update(email="do@example.vn")
    assert "đã có tài khoản. Đăng nhập" in client.get(invited[1]).content.decode()
    sent = client.post(invited[1], {"person_name": "X", "username": "x.moi", "password": PASSWORD})
    assert sent.status_code == 422
    assert not User.objects.filter(username="x.moi").exists()


def test_a_second_invitation_kills_the_first_link(producer, owner, invited, client):
    add_person(producer, "do@example.vn", role="member", name="Vàng A Dơ", by=owner)
    assert client.get(invited[1]).status_code == 410
    assert client.get(_link()[1]).status_code == 200


def test_withdrawn_run_out_or_forged_links_open_nothing(producer, owner, invited, client, signed_in):
    invitation = Invitation.objects.get()
    assert client.get(invited[1][:-3] + "xx/").status_code == 410
    Invitation.objects.update(invited_at=timezone.now() - dt.timedelta(days=15))
    assert client.get(invited[1]).status_code == 410
    Invitation.objects.update(invited_at=timezone.now())
    url = f"{T}/producers/{producer.pk}/invitations/{invitation.pk}/withdraw/"
    assert signed_in(owner).post(url).status_code == 302
    assert client.get(invited[1]).status_code == 410
    with pytest.raises(ValidationError, match="đã rút"):
        withdraw(invitation, by=owner)


def test_two_who_open_the_link_at_once_the_second_is_refused(invited, nobody, other_owner):
    invitation = Invitation.objects.get()
    accept(invitation, by=nobody)
    with pytest.raises(ValidationError, match="đã dùng"):
        accept(invitation, by=other_owner)


def test_what_the_ended_one_had_invited_is_withdrawn(producer, member, owner, nobody, client):
    add_person(producer, "moi@example.vn", role="member", name="Lý A", by=nobody)
    link = _link()[1]
    end_member(member, by=owner)
    assert client.get(link).status_code == 410


def test_the_link_of_one_province_opens_nothing_in_another(invited, thai_nguyen_tenant, client):
    assert client.get(invited[1].replace("lai-chau", "thai-nguyen")).status_code == 410


def test_api_adds_lists_and_ends(producer, owner, nobody, consultant, signed_in):
    api, url = signed_in(owner), f"{T}/api/producers/{producer.pk}/people/"
    made = api.post(url, {"who": nobody.username, "role": "member"}, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["member"]["role_name"] == "Thành viên"
    asked = {"who": "moi@example.vn", "name": "Lý A", "role": "owner"}
    invited = api.post(url, asked, content_type="application/json").json()
    assert invited == {"member": None, "invited": "moi@example.vn"}
    assert [it["role"] for it in api.get(url).json()] == ["owner", "consultant", "member"]
    bad = api.post(url, {"who": "khong", "role": "member"}, content_type="application/json")
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["who"])
    end = f"{url}{made.json()['member']['id']}/end/"
    assert signed_in(consultant).post(end, {}, content_type="application/json").status_code == 403
    assert api.post(end, {}, content_type="application/json").status_code == 204
    assert len(api.get(url).json()) == 2
