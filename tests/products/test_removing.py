"""What was begun or made by mistake is removed, with a question first; what was ever filed or certified stays."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.coaching.log import write_visit
from products.dossiers.filing import start_dossier
from products.ideas.planning import drop_plan, part_of, save_part, start_plan
from products.models import BusinessPlan, CoachingVisit, Dossier, EvidencePaper, Idea, Product
from products.removing import remove_product
from products.workflow import DOSSIER, IDEA
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window, mark_all, two_rules
from tests.promotion import makers
from tests.races import at_once

T = "/lai-chau"
WITHDRAWN = {"note": "Ghi nhầm sản phẩm"}


@pytest.fixture
def product(producer, commune):
    return Product.objects.create(producer=producer, unit=commune, name="Chè ghi nhầm", set_code="QD26-01")


@pytest.fixture
def plan(product, owner):
    return start_plan(product, by=owner)


def words_of(refused):
    return " ".join(refused.value.messages)


# ── a business plan ──


def test_a_plan_begun_by_mistake_is_asked_about_and_removed(plan, product, owner, signed_in):
    tab, url = signed_in(owner), f"{T}/business-plans/{plan.pk}/"
    assert f'href="{url}remove/"' in tab.get(url).content.decode()
    assert "không lấy lại được" in tab.get(f"{url}remove/").content.decode()
    assert BusinessPlan.objects.count() == 1  # asked, not done
    part = part_of(plan, "year-1")
    save_part(plan, part, {"revenue_1": "1.200"}, by=owner)
    assert tab.post(f"{url}remove/")["Location"] == f"{T}/products/{product.pk}/"
    assert (BusinessPlan.objects.count(), tab.get(url).status_code) == (0, 404)
    entry = Entry.objects.get(action="businessplan.drop")
    assert (entry.note, entry.data["fields"], entry.actor_name) == (
        "Chè ghi nhầm", ["revenue_1"], owner.get_full_name(),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Người khác vừa bỏ phương án"):
        drop_plan(plan, by=owner)
    with pytest.raises(ValidationError, match="Người khác vừa bỏ phương án"):
        save_part(plan, part, {"revenue_1": "1"}, by=owner)  # an open tab of before
    assert start_plan(product, by=owner).pk != plan.pk


def test_a_plan_is_removed_by_who_may_change_it_alone(plan, advisor, other_owner, stranger, signed_in):
    for who, status in ((other_owner, 404), (stranger, 404), (advisor, 403)):
        tab = signed_in(who)
        assert tab.get(f"{T}/business-plans/{plan.pk}/remove/").status_code == status
        assert tab.post(f"{T}/business-plans/{plan.pk}/remove/").status_code == status
        assert tab.delete(f"{T}/api/business-plans/{plan.pk}/").status_code == status
    assert BusinessPlan.objects.count() == 1


# ── a product ──


def test_a_product_goes_with_its_withdrawn_draft_and_what_stays_is_said(
    make, owner, producer, commune_officer, signed_in
):
    dossier = make("draft", name="Chè ghi nhầm")
    product = dossier.product
    plan = start_plan(product, by=owner)
    visit = write_visit(producer, {"kind": "visit", "advice": "Sấy kỹ"}, by=commune_officer)
    CoachingVisit.objects.filter(pk=visit.pk).update(product=product)
    tab, url = signed_in(owner), f"{T}/products/{product.pk}/"
    assert f'href="{url}remove/"' in tab.get(url).content.decode()
    asked = tab.get(f"{url}remove/").content.decode()
    withdraw = f"{T}/dossiers/{dossier.pk}/steps/withdraw/"
    assert f'<a href="{withdraw}">Còn hồ sơ đang soạn trong {dossier.round}' in asked
    assert "btn--wrong" not in asked
    assert tab.post(f"{url}remove/")["Location"] == f"{url}remove/"
    assert Product.objects.filter(pk=product.pk).exists()
    assert tab.post(withdraw, WITHDRAWN).status_code == 302
    papers = EvidencePaper.objects.filter(producer=producer).count()
    asked = tab.get(f"{url}remove/").content.decode()
    for words in (
        "Hồ sơ soạn dở đã rút",
        "Phương án sản xuất kinh doanh: bỏ cùng",
        "Nhật ký hướng dẫn (1 lần): ở lại",
    ):
        assert words in asked
    assert tab.post(f"{url}remove/")["Location"] == f"{T}/producers/{producer.pk}/"
    assert not Product.objects.filter(pk=product.pk).exists()
    assert not Dossier.objects.filter(pk=dossier.pk).exists()
    assert not BusinessPlan.objects.filter(pk=plan.pk).exists()
    assert papers > 0
    assert EvidencePaper.objects.filter(producer=producer).count() == papers
    visit = CoachingVisit.objects.get(pk=visit.pk)
    assert (visit.product, visit.advice) == (None, "Sấy kỹ")
    assert Entry.objects.get(action="product.remove").note == "Chè ghi nhầm"
    assert Entry.objects.about(dossier).filter(action="dossier.remove").count() == 1
    assert [tab.get(it).status_code for it in (url, f"{url}remove/", f"{T}/dossiers/{dossier.pk}/")] == [
        404
    ] * 3


def test_the_idea_it_was_made_of_is_chosen_again_with_its_plan(
    province, officer, leader, producer, owner, signed_in
):
    make_window(make_plan(province, officer=officer, leader=leader), by=officer, rules=two_rules())
    idea = make_idea(producer, by=owner)
    plan = start_plan(idea, by=owner)
    mark_all(idea, by=officer)
    for step, by in (("choose", officer), ("make_product", owner)):
        idea = IDEA.take(step, idea, by=by)
    tab, product = signed_in(owner), Product.objects.get()
    page = tab.get(f"{T}/ideas/{idea.pk}/").content.decode()
    assert "lose_product" not in page
    assert tab.post(f"{T}/ideas/{idea.pk}/steps/lose_product/").status_code == 404
    asked = tab.get(f"{T}/products/{product.pk}/remove/").content.decode()
    assert "trở lại là ý tưởng được chọn" in asked
    assert "ở lại với ý tưởng" in asked
    assert tab.post(f"{T}/products/{product.pk}/remove/").status_code == 302
    idea, plan = Idea.objects.get(pk=idea.pk), BusinessPlan.objects.get(pk=plan.pk)
    assert (idea.state, idea.product, plan.idea, plan.product) == ("chosen", None, idea, None)
    assert "Bỏ sản phẩm đã tạo từ ý tưởng" in tab.get(f"{T}/ideas/{idea.pk}/").content.decode()  # its history
    assert IDEA.take("make_product", idea, by=owner).product_id != product.pk


@pytest.mark.parametrize("state", ["submitted", "commune_returned"])
def test_what_was_filed_stays_even_when_it_was_withdrawn(make, owner, signed_in, state):
    dossier = make(state)
    url = f"{T}/products/{dossier.product_id}/"
    assert "remove/" not in signed_in(owner).get(url).content.decode()
    for _once in range(2):
        with pytest.raises(ValidationError, match="nên sản phẩm phải giữ") as refused:
            remove_product(dossier.product, by=owner)
        assert f"Đã nộp hồ sơ trong {dossier.round}" in words_of(refused)
        if dossier.state != "withdrawn":
            dossier = DOSSIER.take("withdraw", dossier, by=owner, data=WITHDRAWN)
    assert Product.objects.filter(pk=dossier.product_id).exists()


def test_what_is_certified_stays(commune, commune_officer, signed_in):
    product = makers.make_certificate(makers.make_product(commune, "Chè Shan"), commune).product
    with pytest.raises(ValidationError, match="giấy chứng nhận nên phải giữ"):
        remove_product(product, by=commune_officer)
    answer = signed_in(commune_officer).delete(f"{T}/api/products/{product.pk}/")
    assert (answer.status_code, "giấy chứng nhận" in str(answer.json()["errors"])) == (400, True)
    assert Product.objects.filter(pk=product.pk).exists()


def test_it_is_removed_by_who_may_change_it_and_her_people_are_told(
    product, owner, other_owner, stranger, advisor, commune_officer, signed_in
):
    for who, status in ((other_owner, 404), (stranger, 404), (advisor, 403)):
        tab = signed_in(who)
        assert tab.get(f"{T}/products/{product.pk}/remove/").status_code == status
        assert tab.post(f"{T}/products/{product.pk}/remove/").status_code == status
        assert tab.delete(f"{T}/api/products/{product.pk}/").status_code == status
    with pytest.raises(PermissionDenied):
        remove_product(product, by=advisor)
    assert signed_in(commune_officer).delete(f"{T}/api/products/{product.pk}/").status_code == 204
    assert Product.objects.count() == 0
    told = Notice.objects.get(user=owner, kind="product.removed")
    assert told.url == f"producers/{product.producer_id}/"


def test_a_plan_over_the_api(plan, owner, signed_in):
    assert signed_in(owner).delete(f"{T}/api/business-plans/{plan.pk}/").status_code == 204
    assert BusinessPlan.objects.count() == 0


def test_an_officer_says_why_and_the_producer_is_told(plan, product, owner, commune_officer, signed_in):
    tab, url = signed_in(commune_officer), f"{T}/business-plans/{plan.pk}/remove/"
    assert "Lý do bỏ" in tab.get(url).text
    assert "Lý do bỏ" not in signed_in(owner).get(url).text
    for silent in ("", "   ", "x" * 501):
        answer = tab.post(url, {"note": silent})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])
        refused = tab.delete(f"{T}/api/business-plans/{plan.pk}/", query_params={"note": silent})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["note"])
    assert (BusinessPlan.objects.count(), Notice.objects.filter(kind="businessplan.dropped").count()) == (
        1,
        0,
    )
    assert tab.post(url, {"note": "Lập nhầm cho sản phẩm khác"})["Location"] == f"{T}/products/{product.pk}/"
    told = Notice.objects.get(user=owner, kind="businessplan.dropped")
    assert (told.body, told.url) == ("Lý do: Lập nhầm cho sản phẩm khác", f"products/{product.pk}/")
    assert commune_officer.get_full_name() in told.subject
    assert signed_in(owner).get(f"{T}/{told.url}").status_code == 200
    entry = Entry.objects.get(action="businessplan.drop")
    assert (entry.note, entry.title) == ("Lập nhầm cho sản phẩm khác", "Chè ghi nhầm")


def test_the_officer_over_the_api_and_who_is_told(plan, product, owner, commune_officer, signed_in):
    partner = factories.make_user("chuthe.hoa", "Lò Thị Hoa")
    product.producer.people.create(user=partner, role="owner")
    url = f"{T}/api/business-plans/{plan.pk}/"
    gone = signed_in(commune_officer).delete(url, query_params={"note": "Lập hai lần"})
    assert gone.status_code == 204
    assert set(Notice.objects.filter(kind="businessplan.dropped").values_list("user", "body")) == {
        (owner.pk, "Lý do: Lập hai lần"), (partner.pk, "Lý do: Lập hai lần"),
    }  # fmt: skip
    again = start_plan(product, by=owner)
    assert signed_in(owner).delete(f"{T}/api/business-plans/{again.pk}/").status_code == 204
    told = Notice.objects.get(key=f"businessplan-{again.pk}-dropped")
    assert (told.user, told.body) == (partner, "")  # not to her who did it


def test_without_anybody_to_tell_no_reason_is_owed(plan, product, commune_officer, signed_in):
    product.producer.people.update(ended_at=timezone.now())
    tab, url = signed_in(commune_officer), f"{T}/business-plans/{plan.pk}/remove/"
    assert "Lý do bỏ" not in tab.get(url).text
    assert tab.post(url).status_code == 302
    assert (BusinessPlan.objects.count(), Notice.objects.filter(kind="businessplan.dropped").count()) == (
        0,
        0,
    )


def test_two_officers_at_once_remove_it_once_and_it_is_told_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        owner = factories.make_user("chuthe", "Lò Thị Xuân")
        officer = factories.make_user("xa.muongso", "Lý A Páo", role="commune_officer", unit=commune)
        producer = factories.make_producer(commune, owner=owner)
        product = Product.objects.create(producer=producer, unit=commune, name="Chè", set_code="QD26-01")
        begun = start_plan(product, by=owner)

    def drop():
        drop_plan(begun, by=officer, note="Lập nhầm")

    said = at_once(tenant.pk, drop, drop, refusals=(ValidationError,))
    with tenant_scope(tenant.pk):
        assert sum(isinstance(it, ValidationError) for it in said) == 1
        assert Notice.objects.get(kind="businessplan.dropped").user == owner


# ── two at once ──


@pytest.mark.parametrize("other", ["remove", "start"])
def test_at_once_it_is_removed_once_or_has_its_dossier(transactional_db, other):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        owner = factories.make_user("chuthe", "Lò Thị Xuân")
        producer = factories.make_producer(commune, owner=owner)
        product = Product.objects.create(producer=producer, unit=commune, name="Chè", set_code="QD26-01")
        found = factories.make_round(commune)

    def remove():
        remove_product(product, by=owner)

    def start():
        start_dossier(product, kind="first", round=found, by=owner)

    said = at_once(tenant.pk, remove, remove if other == "remove" else start, refusals=(ValidationError,))
    assert sorted(it is None for it in said) == [False, True]
    with tenant_scope(tenant.pk):
        left = Product.objects.count()
        assert (left, Dossier.objects.count()) == ((0, 0) if other == "remove" or said[0] is None else (1, 1))
