"""Two rows of one producer or product become one with all that belongs to both; old addresses lead on."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.coaching.log import write_visit
from products.doubles.finding import producer_pairs, product_pairs
from products.doubles.keeping import keep_apart
from products.doubles.merging import merge_producers, merge_products
from products.ideas.planning import start_plan
from products.models import Dossier, EvidencePaper, Idea, Merge, Producer, ProducerPersonal, Product
from products.producers.claims import claim_producer
from products.producers.registration import change_producer
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window, two_rules
from tests.promotion import makers
from tests.races import at_once

T = "/lai-chau"


def twin_of(producer, *, owner=None, name="HTX Mường So", number=""):
    """Without a number unless one is given."""
    twin = factories.make_producer(producer.unit, name=name, owner=owner)
    Producer.objects.filter(pk=twin.pk).update(registration_number=number)
    return Producer.objects.get(pk=twin.pk)


@pytest.fixture
def twin(producer, other_owner):
    return twin_of(producer, owner=other_owner)


# ── finding ──


def test_pairs_are_found_by_number_phone_and_name_the_surest_first(
    producer, commune, other_commune, officer, commune_officer
):
    far = factories.make_producer(other_commune, name="Công ty Trà Ô Quy Hồ")
    change_producer(far, {"phone": "0900000001", "tax_code": producer.registration_number}, by=officer)
    twin = twin_of(producer)
    change_producer(
        factories.make_producer(commune, name="Mật ong Nậm Xe"), {"phone": "0900000002"}, by=officer
    )
    assert [(it.one, it.other, it.why) for it in producer_pairs(officer)] == [
        (producer, twin, "trùng số điện thoại, tên gần giống"),
        (producer, far, "trùng số đăng ký hoặc mã số thuế"),
    ]
    assert [(it.one, it.other) for it in producer_pairs(commune_officer)] == [
        (producer, twin)
    ]  # the other is elsewhere


def test_a_producer_of_a_commune_that_was_merged_is_compared_too(producer, officer):
    old = Producer.objects.create(
        unit=OrgUnit.objects.get(name="Xã Khổng Lào"), kind="cooperative", name="HTX Mường So"
    )
    assert [(it.one, it.other) for it in producer_pairs(officer)] == [(producer, old)]


def test_products_of_one_producer_alike_but_for_accents_and_order(producer, commune, officer):
    rows = [Product.objects.create(producer=producer, unit=commune, name=name, set_code="QD26-01")
            for name in ("Chè Shan tuyết cổ thụ", "Che shan co thu tuyet", "Mật ong bạc hà")]  # fmt: skip
    assert [(it.one, it.other) for it in product_pairs(officer)] == [(rows[0], rows[1])]


def test_products_of_two_producers_in_one_commune_are_proposed_after_those_of_one(
    producer, commune, other_commune, officer, signed_in, django_assert_num_queries
):
    near = factories.make_producer(commune, name="Hộ Lò Thị Đôi")
    far = factories.make_producer(other_commune, name="Hộ Vàng A Sử")
    ours, theirs, second, _tea, _far = (
        Product.objects.create(producer=of, unit=of.unit, name=name, set_code="QD26-01")
        for of, name in ((producer, "Thịt trâu gác bếp"), (near, "Thit gac bep trau"), (producer, "Trâu thịt gác bếp"),
                         (near, "Hồ tiêu"), (far, "Thịt trâu gác bếp"))
    )  # fmt: skip
    two = "có thể là một: tên gần giống, của hai chủ thể"
    with django_assert_num_queries(6):
        found = [(it.one, it.other, it.why) for it in product_pairs(officer)]
    assert found == [
        (ours, second, "tên gần giống"),
        (ours, theirs, two),
        (theirs, second, two),
    ]
    tab = signed_in(officer)
    assert "Hộ Lò Thị Đôi, Xã Mường So" in tab.get(f"{T}/doubles/").content.decode()
    page = tab.get(f"{T}/doubles/product/{ours.pk}/{theirs.pk}/").content.decode()
    assert f'href="{T}/doubles/producer/{producer.pk}/{near.pk}/"' in page
    done = {"kept": ours.pk, "note": "Một sản phẩm"}
    assert tab.post(f"{T}/doubles/product/{ours.pk}/{theirs.pk}/", done).status_code == 422
    keep_apart(producer, near, by=officer, note="Hai nhà khác nhau")
    assert [(it.one, it.other) for it in product_pairs(officer)] == [(ours, second)]


# ── producers ──


def test_everything_of_both_is_of_the_one_that_stays(
    producer, twin, owner, other_owner, commune, officer, found
):
    Producer.objects.filter(pk=twin.pk).update(registration_number="6200077")
    twin.refresh_from_db()
    dossier = factories.make_complete_dossier(
        commune, state="submitted", name="Gạo Séng Cù", producer=twin, owner=other_owner, found=found
    )
    write_visit(twin, {"kind": "visit", "advice": "Sấy kỹ"}, by=officer)
    twin.people.create(user=owner, starts_on=dt.date(2024, 1, 1))
    Producer.objects.filter(pk=producer.pk).update(email="", registration_number="")
    Producer.objects.filter(pk=twin.pk).update(email="htx@example.vn")
    papers = EvidencePaper.objects.filter(producer=twin).count()
    done = merge_producers(producer, twin, by=officer, note="Cùng giám đốc, cùng trụ sở")
    assert not Producer.objects.filter(pk=twin.pk).exists()
    kept = Producer.objects.get(pk=producer.pk)
    assert (kept.email, kept.registration_number) == ("htx@example.vn", "6200077")
    assert Dossier.objects.get(pk=dossier.pk).product.producer == kept
    assert papers > 0
    assert EvidencePaper.objects.filter(producer=kept).count() == papers
    assert sorted(str(it.user) for it in kept.people.current()) == sorted([str(owner), str(other_owner)])
    assert kept.people.filter(user=owner).count() == 2  # the term at the other one ended, and is kept
    assert ProducerPersonal.objects.count() == 1
    assert kept.coaching.count() == 1
    assert (done.gone_id, done.facts["name"], done.facts["registration_number"], done.moved["products.Product"]) == (
        twin.pk, "HTX Mường So", "6200077", 1,
    )  # fmt: skip
    assert Entry.objects.about(kept).first().action == "producer.merge"
    assert Entry.objects.about(twin).first().action == "producer.merged_away"
    assert Notice.objects.get(user=other_owner, kind="producer.merged").url == f"producers/{kept.pk}/"


def test_a_right_at_either_is_a_right_afterwards(producer, twin, owner, other_owner, officer):
    """A consultant of before owns the other one; the other owner helps here: both own the one that stays."""
    before = {"starts_on": dt.date(2024, 1, 1)}
    producer.people.create(user=other_owner, role="consultant", ends_on=dt.date(2024, 12, 31), **before)
    twin.people.create(user=owner, role="owner", **before)
    producer.people.filter(user=owner).update(role="member")
    kept = merge_producers(producer, twin, by=officer, note="Cùng trụ sở").kept
    assert {(it.user, it.role) for it in kept.people.current()} == {(owner, "owner"), (other_owner, "owner")}


def test_products_of_one_name_become_one_with_it(producer, twin, owner, commune, officer, found):
    ours = factories.make_complete_dossier(
        commune, name="Chè Shan", producer=producer, owner=owner, found=found
    )
    later = factories.make_round(commune, name="Đợt khác")
    theirs = factories.make_complete_dossier(
        commune, name="CHÈ SHAN", producer=twin, owner=owner, found=later
    )
    merge_producers(producer, twin, by=officer, note="Một nhà")
    assert Dossier.objects.get(pk=theirs.pk).product == ours.product
    assert set(Merge.objects.values_list("kind", flat=True)) == {"producer", "product"}


def test_what_stands_against_it_is_said_all_at_once(
    producer, twin, owner, province, commune, officer, leader, nobody, found
):
    for one in (producer, twin):
        factories.make_complete_dossier(commune, name="Chè Shan", producer=one, owner=owner, found=found)
    make_window(make_plan(province, officer=officer, leader=leader), by=officer, rules=two_rules())
    for one in (producer, twin):
        make_idea(one, by=officer)
    claim_producer(twin, unit=commune, name=twin.name, by=nobody)
    Producer.objects.filter(pk=twin.pk).update(registration_number="99 88")
    with pytest.raises(ValidationError) as refused:
        merge_producers(producer, twin, by=officer, note=" ")
    assert refused.value.messages == [
        "Hãy ghi lý do gộp.",
        f"Hai số đăng ký khác nhau ({producer.registration_number} và 99 88): nếu một số ghi sai thì sửa trước khi gộp.",
        "Còn yêu cầu nhận “HTX Mường So” đang chờ: hãy trả lời trước.",
        "Cả hai đã đăng ký ý tưởng “Thịt trâu gác bếp” trong một năm: hãy rút một ý tưởng trước.",
        f"“Chè Shan”: cả hai có hồ sơ trong {found}; hãy rút một hồ sơ trước.",
    ]
    assert Producer.objects.filter(pk__in=[producer.pk, twin.pk]).count() == 2


def test_only_who_keeps_both_communes_merges_them(
    producer, twin, other_commune, commune_officer, owner, stranger
):
    far = factories.make_producer(other_commune, name="HTX Mường So")
    with pytest.raises(PermissionDenied):
        merge_producers(producer, far, by=commune_officer, note="x")
    for who in (owner, stranger):
        with pytest.raises(PermissionDenied):
            merge_producers(producer, twin, by=who, note="x")
    assert Producer.objects.count() == 3


def test_the_officer_compares_chooses_and_old_addresses_lead_on(producer, twin, officer, signed_in, leader):
    tab = signed_in(officer)
    page = tab.get(f"{T}/doubles/").content.decode()
    url = f"{T}/doubles/producer/{producer.pk}/{twin.pk}/"
    assert url in page
    assert signed_in(leader).get(url).status_code == 403
    shown = tab.get(url).content.decode()
    assert "0912345678" in shown
    assert "HTX Mường So" in shown
    assert tab.post(url, {"kept": twin.pk, "note": ""}).status_code == 422
    done = tab.post(url, {"kept": twin.pk, "note": "Một nhà"})
    assert done["Location"] == f"{T}/producers/{twin.pk}/"
    assert tab.get(f"{T}/producers/{producer.pk}/")["Location"] == f"{T}/producers/{twin.pk}/"
    assert "Đã gộp từ" in tab.get(f"{T}/producers/{twin.pk}/").content.decode()
    assert tab.get(url).status_code == 404
    assert tab.get(f"{T}/producers/999999/").status_code == 404
    third = twin_of(twin, name="Hợp tác xã So Mường")
    merge_producers(third, twin, by=officer, note="Lần nữa")
    assert tab.get(f"{T}/producers/{producer.pk}/")["Location"] == f"{T}/producers/{third.pk}/"


def test_who_may_not_see_the_one_that_stays_is_led_nowhere(
    producer, twin, other_commune, officer, signed_in, stranger
):
    merge_producers(producer, twin, by=officer, note="Một nhà")
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    for who in (neighbour, stranger):
        assert signed_in(who).get(f"{T}/producers/{twin.pk}/").status_code == 404


# ── products ──


def test_a_printed_address_of_a_certified_product_leads_on(commune, officer, signed_in, client):
    certificate = makers.make_certificate(makers.make_product(commune, "Chè Shan"), commune)
    kept = Product.objects.create(
        producer=certificate.producer,
        unit=commune,
        name="Chè tuyết Shan",
        set_code=certificate.product.set_code,
    )
    old = certificate.product_id
    assert client.get(f"{T}/catalogue/{old}/").status_code == 200
    merge_products(kept, certificate.product, by=officer, note="Ghi hai lần")
    moved = client.get(f"{T}/catalogue/{old}/")
    assert moved["Location"] == f"{T}/catalogue/{kept.pk}/"
    assert client.get(moved["Location"]).status_code == 200
    assert client.get(f"{T}/catalogue/999999/").status_code == 404
    assert signed_in(officer).get(f"{T}/products/{old}/")["Location"] == f"{T}/products/{kept.pk}/"


def test_products_of_two_producers_or_both_in_one_round_stay_two(
    producer, twin, owner, commune, officer, found
):
    one = factories.make_complete_dossier(
        commune, name="Chè", producer=producer, owner=owner, found=found
    ).product
    near = factories.make_complete_dossier(
        commune, name="Chè B", producer=producer, owner=owner, found=found
    ).product
    far = Product.objects.create(producer=twin, unit=commune, name="Chè", set_code="QD26-01")
    with pytest.raises(ValidationError, match="hãy gộp chủ thể trước"):
        merge_products(one, far, by=officer, note="x")
    with pytest.raises(ValidationError, match="cả hai có hồ sơ trong"):
        merge_products(one, near, by=officer, note="x")
    with pytest.raises(ValidationError, match="không còn"):
        merge_products(one, one, by=officer, note="x")


def test_two_officers_who_merge_a_pair_crosswise_merge_it_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officers = [factories.make_user(f"tinh.{n}", name, role="officer", unit=OrgUnit.objects.get(parent=None))
                    for n, name in enumerate(("Nguyễn Thị Thắm", "Trần Văn Hải"))]  # fmt: skip
        one = factories.make_producer(commune)
        other = twin_of(one)

    def merge(kept, gone, user):
        rows = [Producer(pk=kept.pk), Producer(pk=gone.pk)]
        return merge_producers(*rows, by=User.objects.get(pk=user.pk), note="Một nhà").gone_id

    said = at_once(tenant.pk, lambda: merge(one, other, officers[0]), lambda: merge(other, one, officers[1]),
                   refusals=(ValidationError,))  # fmt: skip
    with tenant_scope(tenant.pk):
        left = Producer.objects.get().pk
    assert sorted(isinstance(it, ValidationError) for it in said) == [False, True]
    assert {it for it in said if isinstance(it, int)} == {one.pk, other.pk} - {left}
    assert "người khác vừa gộp" in next(it for it in said if isinstance(it, ValidationError)).messages[0]


def test_three_hundred_are_compared_in_a_few_queries(
    producer, commune, officer, django_assert_max_num_queries
):
    Producer.objects.bulk_create(
        Producer(unit=commune, kind="household", name=f"Hộ {n} Nguyễn Văn {n}", name_ascii=f"ho {n}")
        for n in range(300)
    )
    with django_assert_max_num_queries(5):
        started = timezone.now()
        producer_pairs(officer)
    assert (timezone.now() - started).total_seconds() < 20


# ── not a double ──


@pytest.mark.parametrize("by", ["page", "api"])
def test_a_pair_that_is_two_is_said_once_and_looked_at_again(producer, twin, officer, signed_in, by):
    client, page = signed_in(officer), f"{T}/doubles/producer/{producer.pk}/{twin.pk}/"
    assert [it.one for it in producer_pairs(officer)] == [producer]

    def say(**given):
        if by == "page":
            return client.post(f"{page}apart/", given).status_code == 302
        data = {"kind": "producer", "one": twin.pk, "other": producer.pk, **given}
        return client.post(f"{T}/api/doubles/apart/", data, content_type="application/json").status_code < 500

    assert say(note="")
    assert len(producer_pairs(officer)) == 1  # a reason is wanted
    assert say(note="Hai hợp tác xã của hai bản")
    assert say(note="Nói lần nữa")
    assert producer_pairs(officer) == []
    assert Entry.objects.filter(action="producer.keep_apart").count() == 2
    assert "Hai hợp tác xã của hai bản" in client.get(page).content.decode()
    assert say(again="1")
    assert len(producer_pairs(officer)) == 1


def test_doubles_over_the_api(producer, twin, officer, owner, signed_in):
    client = signed_in(officer)
    pairs = client.get(f"{T}/api/doubles/").json()
    assert [(it["kind"], it["one"], it["other"]) for it in pairs] == [("producer", producer.pk, twin.pk)]
    wanted = {"kind": "producer", "kept": producer.pk, "gone": twin.pk, "note": "Cùng trụ sở"}
    done = client.post(f"{T}/api/doubles/merge/", wanted, content_type="application/json")
    assert (done.status_code, done.json()) == (200, {"kind": "producer", "kept": producer.pk})
    again = client.post(f"{T}/api/doubles/merge/", wanted, content_type="application/json")
    assert again.status_code == 404
    assert signed_in(owner).get(f"{T}/api/doubles/").status_code == 403


def test_two_products_that_came_from_ideas_with_plans_become_one_with_both(
    producer, commune, officer, leader, owner
):
    make_window(make_plan(commune.parent, officer=officer, leader=leader), by=officer, rules=two_rules())
    rows = [Product.objects.create(producer=producer, unit=commune, name=name, set_code="QD26-01")
            for name in ("Chè Shan tuyết cổ thụ", "Che shan co thu tuyet")]  # fmt: skip
    for row in rows:
        idea = make_idea(producer, by=owner, name=f"{row.name} {row.pk}")
        Idea.objects.filter(pk=idea.pk).update(state="made", product=row)
        start_plan(row, by=owner)
    kept = merge_products(rows[0], rows[1], by=officer, note="Một sản phẩm").kept
    assert (kept.ideas.count(), kept.business_plans.count()) == (2, 2)


def test_what_the_row_was_is_told_on_the_page_of_the_one_that_stays(producer, twin, officer, signed_in):
    Producer.objects.filter(pk=twin.pk).update(address="Bản Tây An")
    merge_producers(producer, Producer.objects.get(pk=twin.pk), by=officer, note="Cùng trụ sở")
    page = signed_in(officer).get(f"{T}/producers/{producer.pk}/").content.decode()
    assert "Bản Tây An" in page
    assert "Được gộp vào dòng khác" in page
