"""The photograph or scan of a coaching entry: kept once, looked at and taken by who sees the entry, logged, given to her."""

import datetime as dt
import io
import zipfile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from ocop.audit.models import Entry
from ocop.files.links import LASTS, STEP
from ocop.files.models import StoredFile
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.coaching.log import write_visit
from products.models import Belongings, CoachingVisit, Producer
from products.producers.belongings import ask_for_belongings
from products.tasks import make_belongings
from tests import factories
from tests.races import at_once

T = "/lai-chau"


def facts(**more):
    return {"kind": "visit", "on": timezone.localdate(), "advice": "Giàn sấy mới dựng, chưa có lưới chắn côn trùng."} | more  # fmt: skip


@pytest.fixture
def pictured(producer, commune_officer):
    return write_visit(producer, facts(), by=commune_officer, upload=factories.photograph("gian-say.jpg"))


@pytest.fixture
def scanned(producer, commune_officer):
    scan = factories.upload("bien-ban.pdf", factories.pdf("biên bản", pages=3))
    return write_visit(producer, facts(kind="papers"), by=commune_officer, upload=scan)


def base(visit):
    return f"{T}/producers/{visit.producer_id}/coaching/{visit.pk}/"


def looked(visit):
    return list(Entry.objects.about(visit).filter(action__startswith="file.").values_list("action", "actor"))


def test_the_officer_sends_it_with_the_form_and_the_producer_sees_it(
    producer, owner, commune_officer, signed_in
):
    url = f"{T}/producers/{producer.pk}/coaching/"
    given = facts(on=f"{timezone.localdate():%d/%m/%Y}") | {"file": factories.photograph("giàn sấy.jpg")}
    assert signed_in(commune_officer).post(f"{url}new/", given)["Location"] == url
    visit = CoachingVisit.objects.get()
    assert visit.file.name == "giàn sấy.jpg"
    with visit.file.open() as kept, Image.open(kept) as picture:
        assert not picture.getexif()  # nothing of the phone and the place
    tab = signed_in(owner)
    assert f'href="{base(visit)}paper/"' in tab.get(url).content.decode()
    page = tab.get(f"{base(visit)}paper/").content.decode()
    assert f'src="{base(visit)}pages/1.jpg"' in page
    shown = tab.get(f"{base(visit)}pages/1.jpg", follow=True)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "private" in shown["Cache-Control"]
    taken = tab.get(f"{base(visit)}file/", follow=True)
    with visit.file.open() as kept:
        assert b"".join(taken.streaming_content) == kept.read()
    assert looked(visit) == [("file.download", owner.pk), ("file.view", owner.pk)]


def test_a_scan_is_shown_page_by_page_and_its_log_to_who_reads_logs(
    scanned, owner, commune_officer, officer, signed_in
):
    tab = signed_in(officer)
    middle = tab.get(f"{base(scanned)}paper/?page=2").content.decode()
    assert f'src="{base(scanned)}pages/2.jpg"' in middle
    assert 'href="?page=1"' in middle
    assert 'href="?page=3"' in middle
    for beyond in ("9", "²", "-1", "9" * 30):
        assert tab.get(f"{base(scanned)}paper/?page={beyond}").status_code == 200
    for number in (0, 4):
        assert tab.get(f"{base(scanned)}pages/{number}.jpg").status_code == 404
    signed_in(owner).get(f"{base(scanned)}pages/1.jpg", follow=True)
    assert "Ai đã xem" in tab.get(f"{base(scanned)}paper/").content.decode()
    assert "Ai đã xem" not in signed_in(commune_officer).get(f"{base(scanned)}paper/").content.decode()


def test_its_address_ends_and_is_one_persons(pictured, owner, commune_officer, signed_in):
    tab = signed_in(owner)
    onward = tab.get(f"{base(pictured)}file/")["Location"]
    assert signed_in(commune_officer).get(onward).status_code == 410
    assert b"".join(tab.get(onward).streaming_content)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=LASTS + STEP + 1)):
        over = tab.get(onward)
    assert over.status_code == 410
    assert f'href="{base(pictured)}paper/"' in over.content.decode()


def test_others_take_it_under_their_name(pictured, owner, leader, commune_officer, signed_in):
    def taken(who):
        return b"".join(signed_in(who).get(f"{base(pictured)}file/", follow=True).streaming_content)

    with pictured.file.open() as kept:
        whole = kept.read()
    assert taken(owner) == taken(commune_officer) == whole  # hers, and of the officer who brought it
    assert taken(leader) != whole
    last = Entry.objects.about(pictured).filter(action="file.download").first()
    assert (last.actor, last.data["marked"]) == (leader, True)


def test_who_does_not_see_the_entry_sees_no_file(
    pictured, producer, other_commune, other_owner, stranger, signed_in
):
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    for who in (neighbour, other_owner, stranger):
        tab = signed_in(who)
        for what in ("paper/", "file/", "pages/1.jpg"):
            assert tab.get(f"{base(pictured)}{what}").status_code == 404
        assert tab.get(f"{T}/api/coaching/{pictured.pk}/file/").status_code == 404
    assert looked(pictured) == []


def test_an_entry_is_found_under_its_own_producer_only(pictured, commune, commune_officer, signed_in):
    other = factories.make_producer(commune, name="HTX khác")
    bare = write_visit(pictured.producer, facts(advice="Không ảnh"), by=commune_officer)
    tab = signed_in(commune_officer)
    assert tab.get(f"{T}/producers/{other.pk}/coaching/{pictured.pk}/paper/").status_code == 404
    assert tab.get(f"{base(bare)}paper/").status_code == 404
    assert tab.get(f"{T}/api/coaching/{bare.pk}/file/").status_code == 404


@pytest.mark.parametrize(
    "upload",
    [
        factories.upload("trong.jpg", b"x"),
        factories.upload("cat.pdf", factories.pdf()[:200]),
        factories.upload("bang.xlsx", b"PK\x03\x04 not a sheet"),
    ],
)
def test_what_may_not_be_kept_is_said_at_its_field(producer, commune_officer, upload, signed_in):
    upload.seek(0)
    with pytest.raises(ValidationError) as refused:
        write_visit(producer, facts(), by=commune_officer, upload=upload)
    assert list(refused.value.message_dict) == ["file"]
    assert not CoachingVisit.objects.exists()
    upload.seek(0)
    given = facts(on=f"{timezone.localdate():%d/%m/%Y}") | {"file": upload}
    answer = signed_in(commune_officer).post(f"{T}/producers/{producer.pk}/coaching/new/", given)
    assert answer.status_code == 422
    assert "Giàn sấy mới dựng" in answer.content.decode()  # what was typed is still there
    assert answer.context["form"].errors.keys() == {"file"}


def test_over_the_api(producer, owner, commune_officer, signed_in):
    tab, url = signed_in(commune_officer), f"{T}/api/coaching/"
    sent = {"producer": producer.pk, "kind": "visit", "advice": "Đã xem xưởng"}
    made = tab.post(url, sent | {"file": factories.photograph("xuong.jpg")})
    assert made.status_code == 201, made.content
    body = made.json()
    kept = CoachingVisit.objects.get().file
    assert (body["file_name"], body["file_sha256"]) == ("xuong.jpg", kept.sha256)
    assert "file" not in body
    plain = tab.post(url, sent | {"advice": "Gọi điện"}, content_type="application/json").json()
    assert (plain["file_name"], plain["file_sha256"]) == ("", "")
    onward = signed_in(owner).get(f"{url}{body['id']}/file/")
    assert onward.status_code == 302
    with kept.open() as content:
        assert b"".join(signed_in(owner).get(onward["Location"]).streaming_content) == content.read()
    assert tab.get(onward["Location"]).status_code == 410
    bad = tab.post(url, sent | {"file": factories.upload("x.jpg", b"x")})
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["file"])


def test_it_is_in_what_she_takes_home(pictured, scanned, owner, lai_chau, run_task):
    ask_for_belongings(pictured.producer, by=owner)
    run_task(make_belongings, lai_chau.pk)
    made = Belongings.objects.select_related("file").get()
    with made.file.open() as content, zipfile.ZipFile(io.BytesIO(content.read())) as archive:
        for visit, ending in ((pictured, "jpg"), (scanned, "pdf")):
            with visit.file.open() as kept:
                assert archive.read(f"huong-dan/{visit.pk}.{ending}") == kept.read()


def test_another_tenant_finds_nothing(pictured, stranger, signed_in):
    tab, there = signed_in(stranger), base(pictured).replace(T, "/thai-nguyen", 1)
    for what in ("paper/", "file/", "pages/1.jpg"):
        assert tab.get(f"{there}{what}").status_code == 404
    assert tab.get(f"/thai-nguyen/api/coaching/{pictured.pk}/file/").status_code == 404


def test_the_same_photograph_sent_twice_is_kept_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("xa.muongso", "Lý A Páo", role="commune_officer", unit=commune)
        producer = factories.make_producer(commune, owner=factories.make_user("chuthe.xuan", "Lò Thị Xuân"))

    def write():
        by = User.objects.get(pk=officer.pk)
        there = Producer.objects.get(pk=producer.pk)
        return write_visit(there, facts(), by=by, upload=factories.photograph()).pk

    said = at_once(tenant.pk, write, write, refusals=(ValidationError,))
    with tenant_scope(tenant.pk):
        visit = CoachingVisit.objects.select_related("file").get()
        assert said == [visit.pk] * 2
        assert StoredFile.objects.get() == visit.file
        with visit.file.open() as kept:
            assert len(kept.read()) == visit.file.size
        other = factories.upload("khac.pdf")
        assert write_visit(producer, facts(), by=officer, upload=other) != visit
        assert write_visit(producer, facts(), by=officer).file is None
