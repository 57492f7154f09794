"""What the commune confirmed is changed by the commune alone; her people ask, and are answered."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.reports.home import blocks_for
from ocop.tenancy.scope import tenant_scope
from products.models import Correction, Producer
from products.producers.belongings import rows_of
from products.producers.corrections import ask_correction
from products.producers.members import add_member
from products.producers.registration import change_producer, register_producer
from products.workflow import CORRECTION
from tests.factories import make_producer, make_tenant, make_units, make_user
from tests.races import at_once

T = "/lai-chau"
NEW = {"name": "Hợp tác xã Chè Mường So", "registered_on": dt.date(2019, 4, 1)}


@pytest.fixture
def asked(producer, owner):
    return ask_correction(producer, NEW, note="Ghi theo giấy chứng nhận", by=owner)


def test_what_was_confirmed_is_not_changed_by_her_people_and_a_blank_is(producer, owner, commune_officer):
    with pytest.raises(ValidationError) as refused:
        change_producer(producer, {"name": "Khác", "phone": "0987000001"}, by=owner)
    assert refused.value.message_dict == {
        "name": ["Xã đã xác nhận mục này. Nếu ghi sai, hãy gửi đề nghị sửa."]
    }
    assert (
        change_producer(producer, {"tax_code": "6200012345", "phone": "0987000001"}, by=owner).tax_code
        == "6200012345"
    )
    with pytest.raises(ValidationError):
        change_producer(producer, {"tax_code": ""}, by=owner)
    assert change_producer(producer, {"name": "Khác"}, by=commune_officer).name == "Khác"


def test_before_it_is_confirmed_everything_is_hers_to_change(commune, owner):
    applied = register_producer(unit=commune, kind="household", name="Hộ A", by=owner, owner=owner)
    assert change_producer(applied, {"name": "Hộ B"}, by=owner).name == "Hộ B"


def test_asked_told_corrected_and_both_values_kept(asked, producer, owner, commune_officer):
    assert Notice.objects.get(user=commune_officer, kind="correction.asked").url == f"corrections/{asked.pk}/"
    held = {"name": "Hợp tác xã Mường So", "registered_on": "2019-03-14"}
    assert (asked.held, asked.wanted) == (held, {**NEW, "registered_on": "2019-04-01"})
    CORRECTION.take("correct", asked, by=commune_officer, data={"note": "Đã so với giấy"})
    producer.refresh_from_db()
    assert (producer.name, producer.registered_on) == (NEW["name"], NEW["registered_on"])
    assert producer.name_ascii == "hop tac xa che muong so"
    entry = Entry.objects.about(producer).get(action="producer.correct")
    assert (entry.data["held"], entry.actor) == (held, commune_officer)
    assert Notice.objects.get(user=owner, kind="correction.done").body == "Đã so với giấy"


def test_refused_only_with_a_reason(asked, producer, owner, commune_officer):
    with pytest.raises(ValidationError) as refused:
        CORRECTION.take("refuse", asked, by=commune_officer, data={"note": " "})
    assert list(refused.value.message_dict) == ["note"]
    CORRECTION.take("refuse", asked, by=commune_officer, data={"note": "Giấy ghi đúng như sổ"})
    assert Notice.objects.get(user=owner, kind="correction.refused").body == "Giấy ghi đúng như sổ"
    assert Producer.objects.get(pk=producer.pk).name == "Hợp tác xã Mường So"


def test_who_may_ask_and_answer(asked, producer, owner, other_owner, commune_officer, advisor):
    with pytest.raises(PermissionDenied):
        CORRECTION.take("correct", asked, by=owner)
    with pytest.raises(PermissionDenied):
        CORRECTION.take("withdraw", asked, by=commune_officer)
    for user in (other_owner, advisor, commune_officer):
        with pytest.raises(PermissionDenied):
            ask_correction(producer, {}, note="Sai", by=user)
    with pytest.raises(ValidationError, match="đang có một đề nghị"):
        ask_correction(producer, {}, note="Sai nữa", by=owner)
    assert CORRECTION.take("withdraw", asked, by=owner).state == "withdrawn"
    assert ask_correction(producer, {}, note="Tên trên giấy chứng nhận sai", by=owner).wanted == {}


def test_an_officer_who_acts_for_the_producer_does_not_answer_herself(producer, commune_officer):
    add_member(producer, commune_officer, by=commune_officer)
    asked = ask_correction(producer, {"tax_code": "1"}, note="Thiếu mã số thuế", by=commune_officer)
    with pytest.raises(ValidationError, match="chính mình"):
        CORRECTION.take("correct", asked, by=commune_officer)


def test_what_cannot_stand_is_said_when_asking_and_when_correcting(
    asked, commune, producer, owner, commune_officer
):
    CORRECTION.take("withdraw", asked, by=owner)
    taken = make_producer(commune, name="Hợp tác xã khác", number="777")
    with pytest.raises(ValidationError) as refused:
        ask_correction(producer, {"registration_number": "77 7"}, note="Số sai", by=owner)
    assert list(refused.value.message_dict) == ["registration_number"]
    later = ask_correction(producer, {"registration_number": "778"}, note="Số sai", by=owner)
    change_producer(taken, {"registration_number": "7.78"}, by=commune_officer)
    with pytest.raises(ValidationError, match="đã đăng ký số này"):
        CORRECTION.take("correct", later, by=commune_officer)


def test_what_its_form_does_not_ask_for_is_said_too(producer, owner, signed_in):
    Producer.objects.filter(pk=producer.pk).update(phone="12345")  # as an old list had it
    given = {"name": NEW["name"], "kind": producer.kind, "note": "Ghi theo giấy chứng nhận"}
    page = signed_in(owner).post(f"{T}/producers/{producer.pk}/corrections/new/", given)
    assert page.status_code == 422
    assert "Số điện thoại có ít nhất 8 chữ số." in page.text


def test_what_moved_meanwhile_is_not_overwritten(asked, producer, commune_officer):
    change_producer(producer, {"name": "Hợp tác xã Mường So 1"}, by=commune_officer)
    with pytest.raises(ValidationError, match="“Tên chủ thể” đã đổi"):
        CORRECTION.take("correct", asked, by=commune_officer)
    assert Producer.objects.get(pk=producer.pk).name == "Hợp tác xã Mường So 1"


def test_two_people_ask_at_once_and_one_is_told(transactional_db):
    tenant = make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        make_units(tenant)
        owners = [make_user(f"chuthe.{n}", f"Lò Thị {n}") for n in (1, 2)]
        producer = make_producer(OrgUnit.objects.get(name="Xã Mường So"), owner=owners[0])
        add_member(producer, owners[1], by=owners[0])

    def ask(user):
        by = User.objects.get(pk=user.pk)
        return ask_correction(Producer.objects.get(pk=producer.pk), {"tax_code": "1"}, note="Thiếu", by=by).pk

    said = at_once(tenant.pk, *(lambda one=one: ask(one) for one in owners), refusals=(ValidationError,))
    with tenant_scope(tenant.pk):
        assert Correction.objects.get().pk in said
        assert sum(isinstance(it, ValidationError) for it in said) == 1


def test_pages(asked, producer, owner, other_owner, commune_officer, advisor, stranger, signed_in):
    url, new = f"{T}/corrections/{asked.pk}/", f"{T}/producers/{producer.pk}/corrections/new/"
    text = signed_in(commune_officer).get(url).content.decode()
    for words in ("Hợp tác xã Chè Mường So", "01/04/2019", "14/03/2019", "Ghi theo giấy chứng nhận"):
        assert words in text
    assert signed_in(owner).get(url).status_code == 200
    for user in (other_owner, advisor, stranger):
        assert signed_in(user).get(url).status_code == 404
    page = signed_in(owner).get(f"{T}/producers/{producer.pk}/").content.decode()
    assert (url in page, new in page) == (True, False)  # one at a time
    assert signed_in(owner).get(new).status_code == 200
    twice = signed_in(owner).post(new, {"name": "X", "kind": "cooperative", "note": "Sai"})
    assert (twice.status_code, "đang có một đề nghị" in twice.content.decode()) == (422, True)
    assert signed_in(commune_officer).get(new).status_code == 403
    assert signed_in(stranger).get(new).status_code == 404
    label = "Trả lời 1 đề nghị sửa thông tin của chủ thể"
    assert label in [
        it.label for block in blocks_for(commune_officer, on=timezone.localdate()) for it in block.tasks
    ]
    step = signed_in(commune_officer).post(f"{url}steps/correct/", {"note": ""})
    assert step.status_code == 302
    assert "Đã sửa" in signed_in(owner).get(url).content.decode()
    assert new in signed_in(owner).get(f"{T}/producers/{producer.pk}/").content.decode()


def test_the_page_of_facts_says_why_and_takes_nothing(producer, owner, signed_in):
    page = signed_in(owner).get(f"{T}/producers/{producer.pk}/edit/").content.decode()
    assert page.count("Xã đã xác nhận mục này") == 4  # name, kind, number, day
    assert page.count("disabled") >= 4


def test_it_is_among_her_belongings(asked, producer):
    assert [row["note"] for row in rows_of(producer)["correction"]] == ["Ghi theo giấy chứng nhận"]


def test_api(producer, owner, other_owner, commune_officer, stranger, signed_in):
    api, url = signed_in(owner), f"{T}/api/corrections/"
    given = {"producer": producer.pk, "wanted": {"tax_code": "6200"}, "note": "Thiếu mã số thuế"}
    made = api.post(url, given, content_type="application/json")
    assert (made.status_code, made.json()["wanted"], made.json()["state"]) == (
        201,
        {"tax_code": "6200"},
        "open",
    )
    one = f"{url}{made.json()['id']}/"
    assert signed_in(other_owner).post(url, given, content_type="application/json").status_code == 400
    assert signed_in(stranger).get(one).status_code == 404
    done = signed_in(commune_officer).post(f"{one}steps/correct/", {}, content_type="application/json")
    assert done.json()["state"] == "done"
    assert Producer.objects.get(pk=producer.pk).tax_code == "6200"
