"""Taking a step: the lock, the state, the right, the reasons, and what is written."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from ocop.audit.models import Entry
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from ocop.workflow import Input, Step, Workflow
from products.models import Producer
from tests import factories


def _no_address(producer, by, data):
    if not producer.address:
        yield "Chưa có địa chỉ."
    if data.get("number") == 13:
        yield ValidationError({"number": "Số 13 không dùng."})


def _rename(producer, by, data):
    producer.phone = str(data.get("number", ""))
    producer.save(update_fields=["phone"])


TABLE = Workflow(
    "Chủ thể",
    {
        "approve": Step(
            label="Xác nhận", sources=frozenset(["applied"]), target="approved",
            perm="products.register_producer", inputs=(Input("number", "Số", "number"),),
            problems=_no_address, effect=_rename,
        ),
        "refuse": Step(
            label="Không xác nhận", sources=frozenset(["applied"]), target="refused", perm="products.register_producer"
        ),
    },
)  # fmt: skip


@pytest.fixture
def producer(commune):
    return Producer.objects.create(unit=commune, kind="household", name="Hộ Vàng A Dơ", address="Bản Vàng Bó")


def test_a_step_writes_state_effect_and_audit(producer, commune_officer):
    done = TABLE.take("approve", producer, by=commune_officer, data={"number": 7, "note": "Đủ giấy tờ"})
    assert (done.state, done.phone) == ("approved", "7")
    entry = Entry.objects.about(producer).get()
    assert (entry.action, entry.before, entry.after, entry.note, entry.role, entry.actor_name) == (
        "producer.approve", "applied", "approved", "Đủ giấy tờ", "commune_officer", "Vàng Thị Mẩy",
    )  # fmt: skip


def test_every_reason_is_said_at_once_and_at_its_field(producer, commune_officer):
    producer.address = ""
    producer.save(update_fields=["address"])
    with pytest.raises(ValidationError) as refused:
        TABLE.take("approve", producer, by=commune_officer, data={"number": 13})
    assert refused.value.message_dict == {"number": ["Số 13 không dùng."], "__all__": ["Chưa có địa chỉ."]}
    assert not Entry.objects.exists()


def test_a_missing_input_is_said_at_its_field(producer, commune_officer):
    with pytest.raises(ValidationError) as refused:
        TABLE.take("approve", producer, by=commune_officer)
    assert refused.value.message_dict == {"number": ["Hãy điền “Số”."]}


def test_a_step_needs_its_right(producer, observer):
    with pytest.raises(PermissionDenied):
        TABLE.take("approve", producer, by=observer, data={"number": 1})


def test_a_step_needs_its_state_and_says_who_was_faster(producer, commune_officer):
    TABLE.take("refuse", producer, by=commune_officer)
    with pytest.raises(ValidationError, match=f"{commune_officer} đã làm trước bạn, lúc"):
        TABLE.take("approve", producer, by=commune_officer, data={"number": 1})


def test_offers_name_what_still_hinders(producer, commune_officer, observer):
    producer.address = ""
    producer.save(update_fields=["address"])
    assert [(o.name, o.problems) for o in TABLE.open_to(producer, commune_officer)] == [
        ("approve", ["Chưa có địa chỉ."]),
        ("refuse", []),
    ]
    assert TABLE.open_to(producer, observer) == []


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_take_it_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        people = [
            factories.make_user(name, name, role="commune_officer", unit=commune) for name in ("mot", "hai")
        ]
        producer = Producer.objects.create(unit=commune, kind="household", name="Hộ A", address="Bản B")
    start, outcomes = threading.Barrier(2), []

    def click(person, step):
        try:
            with tenant_scope(tenant.pk):
                mine = Producer.objects.get(pk=producer.pk)
                start.wait(10)
                TABLE.take(step, mine, by=person, data={"number": 1})
                outcomes.append("done")
        except ValidationError:
            outcomes.append("too late")
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=click, args=pair) for pair in zip(people, ("approve", "refuse"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["done", "too late"]
    with tenant_scope(tenant.pk):
        assert Entry.objects.count() == 1
