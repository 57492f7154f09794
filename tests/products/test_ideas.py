"""An idea comes in while the plan's window is open, is screened by the plan's rules, and goes on without retyping."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.ideas.registering import change_idea, line_of, register_idea
from products.ideas.screening import save_marks
from products.ideas.windows import save_window, why_shut
from products.models import Dossier, Exclusion, Idea, IdeaWindow, Producer, Product, SelectionRule
from products.producers.claims import claim_producer
from products.workflow import CLAIM, IDEA
from tests import factories
from tests.products.ideas import FACTS, make_idea, make_plan, make_window, mark_all, two_rules
from tests.races import at_once

T = "/lai-chau"


@pytest.fixture
def plan(province, officer, leader):
    return make_plan(province, officer=officer, leader=leader)


@pytest.fixture
def window(plan, officer):
    return make_window(plan, by=officer, rules=two_rules())


@pytest.fixture
def idea(window, producer, owner):
    return make_idea(producer, by=owner)


# ── the window ──


def test_the_window_says_in_words_when_it_opens_and_when_it_closed(plan, officer, commune):
    today = timezone.localdate()
    assert why_shut(commune) == "Chưa có kế hoạch nào mở đăng ký ý tưởng cho Xã Mường So."
    window = make_window(plan, by=officer, days=(5, 20))
    first, last = (f"{today + dt.timedelta(days=n):%d/%m/%Y}" for n in (5, 20))
    assert why_shut(commune) == f"Chưa đến ngày đăng ký ý tưởng: nhận từ ngày {first} đến hết ngày {last}."
    assert why_shut(commune, on=window.opens_on) == why_shut(commune, on=window.closes_on) == ""
    shut = why_shut(commune, on=window.closes_on + dt.timedelta(days=1))
    assert shut == f"Đợt đăng ký ý tưởng đã hết ngày {last}; đợt sau mở khi kế hoạch mới ban hành."


def test_a_producer_who_comes_too_early_reads_it_and_nothing_is_made(
    plan, officer, producer, owner, signed_in
):
    make_window(plan, by=officer, days=(5, 20))
    tab, url = signed_in(owner), f"{T}/producers/{producer.pk}/ideas/new/"
    assert "Chưa đến ngày đăng ký ý tưởng" in tab.get(url).content.decode()
    sent = tab.post(url, FACTS)
    assert (sent.status_code, Idea.objects.count()) == (422, 0)
    assert "Chưa đến ngày đăng ký ý tưởng" in sent.content.decode()
    assert "Chưa đến ngày đăng ký ý tưởng" in tab.get(f"{T}/ideas/").content.decode()


def test_only_the_planning_unit_opens_it_and_communes_are_told(plan, officer, commune_officer, signed_in):
    url = f"{T}/plans/{plan.pk}/ideas/"
    today = timezone.localdate()
    given = {"opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{today + dt.timedelta(days=30):%d/%m/%Y}", "chooser": "planner",
             "rules-TOTAL_FORMS": 2, "rules-INITIAL_FORMS": 0, "rules-0-label": "Độc đáo", "rules-0-weight": 3,
             "rules-0-order": 1, "rules-1-label": "", "rules-1-weight": 1, "rules-1-order": 0}  # fmt: skip
    assert signed_in(commune_officer).post(url, given).status_code == 403
    assert signed_in(officer).get(f"{url}?edit=1").content.decode().count('name="rules-') > 40  # the starters
    assert signed_in(officer).post(url, given).status_code == 302
    assert [rule.label for rule in IdeaWindow.objects.get().rules.all()] == ["Độc đáo"]
    assert Notice.objects.get(user=commune_officer, kind="ideas.open").subject.startswith(
        "Mở đăng ký ý tưởng"
    )
    assert signed_in(commune_officer).get(url).status_code == 200
    refused = signed_in(officer).post(url, given | {"closes_on": "01/01/2020"})
    assert "Ngày kết thúc không được trước ngày bắt đầu." in refused.content.decode()


def test_a_draft_plan_opens_nothing_and_rules_there_must_be(province, officer, plan):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="ít nhất một tiêu chí"):
        save_window(IdeaWindow(plan=plan, opens_on=today, closes_on=today), [], by=officer)
    plan.__class__.objects.filter(pk=plan.pk).update(state="draft")
    with pytest.raises(ValidationError, match="chưa ban hành"):
        save_window(IdeaWindow(plan=plan, opens_on=today, closes_on=today), two_rules(), by=officer)


# ── registration ──


def test_two_officers_who_write_one_plans_rules_see_each_other(plan, officer, signed_in):
    """The second one's words stay; she reads that somebody saved, and her next save is meant."""
    window = make_window(plan, by=officer, rules=two_rules())
    url, tab = f"{T}/plans/{plan.pk}/ideas/?edit=1", signed_in(officer)
    page = tab.get(url).content.decode()
    given = {
        "seen": "1", "opens_on": window.opens_on, "closes_on": window.closes_on, "chooser": "planner",
        "rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0", "rules-0-label": "Quý", "rules-0-weight": "2",
        "rules-0-code": "", "rules-0-order": "1",
    }  # fmt: skip
    assert 'name="seen" value="1"' in page
    assert tab.post(url, given).status_code == 302
    late = tab.post(url, given | {"rules-0-label": "Hiếm"})
    assert (late.status_code, "Người khác vừa lưu" in late.content.decode()) == (422, True)
    assert "Hiếm" in late.content.decode()
    assert 'name="seen" value="2"' in late.content.decode()
    assert [it.label for it in window.rules.all()] == ["Quý"]
    assert tab.post(url, given | {"seen": "2", "rules-0-label": "Hiếm"}).status_code == 302
    assert [it.label for it in window.rules.all()] == ["Hiếm"]


def test_a_producer_registers_on_her_phone_with_two_fields(
    window, producer, owner, commune_officer, signed_in
):
    tab = signed_in(owner)
    assert tab.get(f"{T}/ideas/new/")["Location"] == f"{T}/producers/{producer.pk}/ideas/new/"
    sent = tab.post(
        f"{T}/producers/{producer.pk}/ideas/new/", {"name": "Mật ong bạc hà", "description": "Ong bản"}
    )
    idea = Idea.objects.get()
    assert sent["Location"] == f"{T}/ideas/{idea.pk}/"
    assert (idea.state, idea.unit, idea.window) == ("registered", producer.unit, window)
    page = tab.get(sent["Location"]).content.decode()
    assert "Sẽ xét theo" in page
    assert "Xét theo tiêu chí" not in page
    assert Notice.objects.get(user=commune_officer, kind="idea.register").url == f"ideas/{idea.pk}/"
    empty = tab.post(f"{T}/producers/{producer.pk}/ideas/new/", {"name": "", "description": ""})
    assert set(empty.context["form"].errors) == {"name", "description"}


def test_the_same_idea_is_registered_once_however_it_is_written(idea, producer, owner):
    with pytest.raises(ValidationError, match="đã đăng ký ý tưởng này") as refused:
        make_idea(producer, by=owner, name="THIT TRAU  GAC BEP")
    assert list(refused.value.message_dict) == ["name"]
    with pytest.raises(ValidationError, match="đã đăng ký ý tưởng này"):
        make_idea(producer, by=owner, name="Gác bếp, thịt trâu")
    IDEA.take("withdraw", idea, by=owner)
    assert make_idea(producer, by=owner).pk != idea.pk


def test_what_it_may_be_the_same_as_is_shown_to_who_sees_that(
    idea, window, producer, owner, commune, other_commune, commune_officer, officer, signed_in
):
    near = factories.make_producer(commune, name="Hộ Lò Thị Đôi")
    far = factories.make_producer(other_commune, name="Hộ Vàng A Sử")
    twin = make_idea(near, by=officer, name="Thịt gác bếp trâu")
    gone = make_idea(near, by=officer, name="Thịt trâu gác bếp 2")
    Idea.objects.filter(pk=gone.pk).update(state="withdrawn")
    elsewhere = make_idea(far, by=officer)
    product, other = (
        Product.objects.create(producer=near, unit=commune, name=name, set_code="QD26-08")
        for name in ("Thit trau gac bep", "Rượu men lá")
    )
    page = signed_in(commune_officer).get(f"{T}/ideas/{idea.pk}/").content.decode()
    assert "Có thể trùng với thứ đã có trong xã:" in page
    shown = [it for it in (*Idea.objects.all(), product, other)
             if f'href="{T}/{"products" if isinstance(it, Product) else "ideas"}/{it.pk}/"' in page]  # fmt: skip
    assert [it for it in shown if it != idea] == [it for it in Idea.objects.all() if it == twin] + [product]
    assert gone not in shown
    assert elsewhere not in shown
    hers = signed_in(owner).get(f"{T}/ideas/{idea.pk}/").content.decode()
    assert "Có thể trùng" not in hers  # of others she reads nothing


def test_the_officer_writes_it_down_for_one_without_an_account_who_claims_it_later(
    window, commune, commune_officer, nobody, signed_in
):
    tab = signed_in(commune_officer)
    given = {
        "unit": commune.pk,
        "producer_name": "Hộ Vàng A Sùng",
        "kind": "household",
        "phone": "0977 000 111",
        **FACTS,
    }
    made = tab.post(f"{T}/ideas/new/", given)
    idea = Idea.objects.get()
    assert made["Location"] == f"{T}/ideas/{idea.pk}/"
    assert (idea.producer.name, idea.producer.state) == ("Hộ Vàng A Sùng", "approved")
    asked = tab.post(f"{T}/ideas/new/", given | {"name": "Ý khác", "producer_name": "Ho ong Vang A Sung"})
    assert "Ghi cho Hộ Vàng A Sùng" in asked.content.decode()
    tab.post(f"{T}/ideas/new/", given | {"name": "Ý khác", "double": idea.producer_id})
    assert (Producer.objects.count(), Idea.objects.count()) == (1, 2)
    page = signed_in(nobody)
    assert page.get(f"{T}/ideas/{idea.pk}/").status_code == 404
    claim = claim_producer(idea.producer, unit=commune, name="Vàng A Sùng", phone="0977000111", by=nobody)
    CLAIM.take("approve", claim, by=commune_officer)
    assert page.get(f"{T}/ideas/{idea.pk}/").status_code == 200


def test_while_it_is_shut_the_officer_makes_no_producer_either(
    plan, officer, commune, commune_officer, signed_in
):
    make_window(plan, by=officer, days=(-20, -10))
    given = {"unit": commune.pk, "producer_name": "Hộ X", "kind": "household", **FACTS}
    assert signed_in(commune_officer).post(f"{T}/ideas/new/", given).status_code == 422
    assert Producer.objects.count() == 0


def test_others_do_not_see_it(
    idea, other_owner, other_commune, stranger, signed_in, officer, commune_officer
):
    factories.make_producer(other_commune, name="Hợp tác xã Tân Phong", owner=other_owner)
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    for who in (other_owner, neighbour, stranger):
        tab = signed_in(who)
        assert tab.get(f"{T}/ideas/{idea.pk}/").status_code == 404, who
        assert tab.post(f"{T}/ideas/{idea.pk}/steps/choose/").status_code == 404, who
        assert "Thịt trâu" not in tab.get(f"{T}/ideas/").content.decode(), who
    for who in (officer, commune_officer):
        assert "Thịt trâu" in signed_in(who).get(f"{T}/ideas/").content.decode()
    with pytest.raises(PermissionDenied):
        save_marks(idea, {"mark_r1": 2}, by=neighbour)
    with pytest.raises(PermissionDenied):
        register_idea(idea.producer, FACTS, by=neighbour)


def test_it_is_changed_until_it_is_decided(idea, owner, officer, signed_in):
    tab, url = signed_in(owner), f"{T}/ideas/{idea.pk}/edit/"
    assert tab.post(url, FACTS | {"scale": "300 kg"}).status_code == 302
    assert Idea.objects.get().scale == "300 kg"
    mark_all(idea, by=officer)
    IDEA.take("choose", idea, by=officer)
    assert tab.get(url).status_code == 302
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        change_idea(idea, {"scale": "x"}, by=owner)


# ── screening ──


def test_points_are_weight_times_mark_and_the_first_rules_decide_among_equals(
    window, producer, owner, officer
):
    ideas = [make_idea(producer, by=owner, name=f"Ý tưởng {n}") for n in range(3)]
    save_marks(ideas[0], {"mark_r1": 1, "mark_r2": 0}, by=officer)  # 3
    save_marks(ideas[1], {"mark_r1": 2, "mark_r2": 2}, by=officer)  # 8
    save_marks(ideas[2], {"mark_r1": 0, "mark_r2": 2}, by=officer)  # 2
    placed = Idea.objects.order_by("-priority")
    assert [(it.pk, it.points) for it in placed] == [(ideas[1].pk, 8), (ideas[0].pk, 3), (ideas[2].pk, 2)]
    swapped = [
        SelectionRule(code="r2", order=1, label="Khả thi", weight=3),
        SelectionRule(code="r1", order=2, label="Độc đáo"),
    ]
    save_window(window, swapped, by=officer)
    save_marks(ideas[0], {"mark_r1": 0, "mark_r2": 1}, by=officer)
    save_marks(ideas[2], {"mark_r1": 2, "mark_r2": 0}, by=officer)
    assert [it.points for it in Idea.objects.order_by("-priority")] == [8, 3, 2]


def test_what_is_missing_is_said_and_a_rule_that_must_be_met_stops_it(idea, officer, signed_in):
    with pytest.raises(ValidationError) as refused:
        IDEA.take("choose", idea, by=officer)
    assert refused.value.messages == ["Chưa xét “Độc đáo”.", "Chưa xét “Khả thi”."]
    save_marks(idea, {"mark_r1": 1, "mark_r2": 0}, by=officer)
    with pytest.raises(ValidationError) as refused:
        IDEA.take("choose", idea, by=officer)
    assert refused.value.messages == [
        "“Độc đáo”: chưa nêu căn cứ.", "Không đáp ứng tiêu chí bắt buộc “Khả thi”.",
    ]  # fmt: skip
    wrong = save_marks(idea, {"mark_r1": 7, "mark_zz": 1, "stars": "9"}, by=officer)
    assert wrong.errors == {"mark_r1": ["Hãy chọn một mức."], "mark_zz": ["Mục này không có trong biểu mẫu."],
                            "stars": ["Hãy chọn một mức."]}  # fmt: skip
    assert "chưa nêu căn cứ" in signed_in(officer).get(f"{T}/ideas/{idea.pk}/steps/choose/").content.decode()


def test_where_the_plan_says_so_the_commune_only_writes_its_marks(
    plan, officer, producer, owner, commune_officer
):
    window = make_window(plan, by=officer, rules=two_rules())
    idea = make_idea(producer, by=owner)
    mark_all(idea, by=commune_officer)
    with pytest.raises(ValidationError, match="Theo kế hoạch, Tỉnh Lai Châu chọn ý tưởng"):
        IDEA.take("choose", idea, by=commune_officer)
    window.chooser = "commune"
    save_window(window, two_rules(), by=officer)
    assert IDEA.take("choose", idea, by=commune_officer).state == "chosen"


def test_what_one_officer_changed_the_other_does_not_overwrite(idea, officer, commune_officer, signed_in):
    url = f"{T}/ideas/{idea.pk}/screening/"
    one, other = signed_in(officer), signed_in(commune_officer)
    script = {"HTTP_ACCEPT": "application/json"}
    seen = {"field": "mark_r1", "r:mark_r1": "0"}
    assert one.post(url, seen | {"mark_r1": "2"}, **script).status_code == 200
    clash = other.post(url, seen | {"mark_r1": "0"}, **script)
    assert clash.status_code == 409
    assert clash.json()["clashes"] == [{"field": "mark_r1", "mine": 0, "theirs": 2, "revision": 1}]
    assert (
        other.post(url, {"field": "why_r1", "why_r1": "Có ảnh", "r:why_r1": "0"}, **script).status_code == 200
    )
    whole = other.post(url, {"mark_r1": "0", "r:mark_r1": "0", "mark_r2": "2", "r:mark_r2": "0"})
    page = whole.content.decode()
    assert "Nơi khác vừa sửa mục này" in page
    assert "<q>Đáp ứng</q>" in page
    idea.refresh_from_db()
    assert idea.screening.data == {"mark_r1": 2, "why_r1": "Có ảnh", "mark_r2": 2}
    again = other.post(url, {"mark_r1": "0", "r:mark_r1": "1", "next": "1"})
    assert again["Location"] == f"{T}/ideas/{idea.pk}/"


def test_two_who_decide_at_once_and_the_second_reads_who_was_first(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        officers = [factories.make_user(f"tinh.{n}", name, role="officer", unit=province)
                    for n, name in enumerate(("Nguyễn Thị Thắm", "Trần Văn Hải"))]  # fmt: skip
        leader = factories.make_user("lanhdao", "Hà Trọng Hải", role="leader", unit=province)
        plan = make_plan(province, officer=officers[0], leader=leader)
        make_window(plan, by=officers[0], rules=two_rules())
        idea = make_idea(factories.make_producer(commune), by=officers[0])
        mark_all(idea, by=officers[0])

    def decide(step, user):
        by = User.objects.get(pk=user.pk)
        return IDEA.take(step, Idea.objects.get(pk=idea.pk), by=by, data={"note": "Vì vậy"}).state

    said = at_once(tenant.pk, lambda: decide("choose", officers[0]), lambda: decide("decline", officers[1]),
                   refusals=(ValidationError,))  # fmt: skip
    with tenant_scope(tenant.pk):
        state = Idea.objects.get().state
    assert sorted(isinstance(it, ValidationError) for it in said) == [False, True]
    refused = next(it for it in said if isinstance(it, ValidationError))
    assert state in said
    assert "đã làm trước bạn" in refused.messages[0]


# ── what follows ──


def test_chosen_it_becomes_a_product_in_one_tap(idea, owner, officer, signed_in):
    mark_all(idea, by=officer)
    IDEA.take("choose", idea, by=officer, data={"note": "Hợp với làng nghề"})
    told = Notice.objects.get(user=owner, kind="idea.chosen")
    assert told.body.startswith("Hợp với làng nghề\n")
    tab = signed_in(owner)
    page = tab.get(f"{T}/ideas/{idea.pk}/").content.decode()
    assert "8/8 điểm" in page
    assert "Đã xem tại bản" in page
    made = tab.post(f"{T}/ideas/{idea.pk}/steps/make_product/")
    product = Product.objects.get()
    assert made["Location"] == f"{T}/products/{product.pk}/"
    assert (product.name, product.set_code, product.description) == (
        FACTS["name"], FACTS["set_code"], FACTS["description"],
    )  # fmt: skip
    assert Idea.objects.get().state == "made"
    assert tab.post(f"{T}/ideas/{idea.pk}/steps/make_product/").status_code == 422
    assert Product.objects.count() == 1
    assert [it.action for it in Entry.objects.about(idea)] == [
        "idea.make_product",
        "idea.choose",
        "idea.register",
    ]


def test_without_a_set_or_beside_a_product_of_the_name_it_is_said(window, producer, owner, officer):
    idea = make_idea(producer, by=owner, set_code="")
    mark_all(idea, by=officer)
    with pytest.raises(ValidationError, match="Chưa chọn ngành, nhóm sản phẩm"):
        IDEA.take("choose", idea, by=officer)
    change_idea(idea, {"set_code": "QD26-08"}, by=officer)
    IDEA.take("choose", idea, by=officer)
    Product.objects.create(producer=producer, unit=producer.unit, name=idea.name, set_code="QD26-08")
    with pytest.raises(ValidationError, match="đã có sản phẩm mang tên này"):
        IDEA.take("make_product", idea, by=owner)


def test_not_chosen_it_goes_into_the_next_year_without_retyping(
    idea, province, owner, officer, leader, signed_in
):
    mark_all(idea, 1, by=officer)
    tab = signed_in(officer)
    refused = tab.post(f"{T}/ideas/{idea.pk}/steps/decline/", {"note": " "})
    assert refused.status_code == 422
    IDEA.take("decline", idea, by=officer, data={"note": "Chưa đủ nguyên liệu"})
    assert Notice.objects.get(user=owner, kind="idea.not_chosen").body == "Chưa đủ nguyên liệu"
    with pytest.raises(ValidationError, match="Chưa có kế hoạch năm sau nào mở đăng ký"):
        IDEA.take("carry", idea, by=owner)
    year = idea.window.plan.year + 1
    after = make_window(make_plan(province, officer=officer, leader=leader, year=year, number="06/KH-UBND"),
                        by=officer, rules=two_rules())  # fmt: skip
    told = Notice.objects.get(kind="ideas.carry")
    assert (told.user, told.url) == (owner, "ideas/?state=not_chosen")
    tab = signed_in(owner)
    assert "Thịt trâu gác bếp" in tab.get(f"{T}/{told.url}").text
    assert "Chuyển sang năm sau" in tab.get(f"{T}/ideas/{idea.pk}/").content.decode()
    went = tab.post(f"{T}/ideas/{idea.pk}/steps/carry/")
    carried = Idea.objects.get(window=after)
    assert went["Location"] == f"{T}/ideas/{carried.pk}/"
    assert {name: getattr(carried, name) for name in FACTS} == FACTS
    assert [(it.pk, it.state, it.points) for it in line_of(carried)] == [(idea.pk, "carried", 4)]
    assert "Chưa đủ nguyên liệu" in tab.get(f"{T}/ideas/{carried.pk}/").content.decode()
    assert tab.post(f"{T}/ideas/{idea.pk}/steps/carry/").status_code == 422
    assert Idea.objects.count() == 2


def test_a_decision_is_opened_again_and_keeps_what_was_marked(idea, owner, officer):
    mark_all(idea, by=officer)
    IDEA.take("decline", idea, by=officer, data={"note": "Nhầm"})
    with pytest.raises(ValidationError, match="đã xét xong"):
        save_marks(idea, {"mark_r1": 0}, by=officer)
    IDEA.take("reconsider", idea, by=officer, data={"note": "Xem lại tại chỗ"})
    save_marks(idea, {"mark_r2": 1}, by=officer)
    assert IDEA.take("choose", idea, by=officer).points == 7
    assert Notice.objects.filter(user=owner, kind__in=["idea.chosen", "idea.not_chosen"]).count() == 2


def test_a_decided_idea_keeps_its_rules_when_the_plan_changes_them(idea, window, officer, signed_in, owner):
    mark_all(idea, by=officer)
    IDEA.take("choose", idea, by=officer)
    save_window(window, [SelectionRule(code="r9", order=1, label="Xuất khẩu", weight=5)], by=officer)
    page = signed_in(owner).get(f"{T}/ideas/{idea.pk}/").content.decode()
    assert "Độc đáo" in page
    assert "Xuất khẩu" not in page
    idea.refresh_from_db()
    assert idea.points == 8


def test_the_home_of_each_says_what_waits(idea, owner, officer, commune_officer, other_commune, signed_in):
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    for who, says in ((officer, True), (commune_officer, True), (neighbour, False), (owner, False)):
        assert ("Xét 1 ý tưởng sản phẩm" in signed_in(who).get(f"{T}/").content.decode()) is says
    mark_all(idea, by=officer)
    IDEA.take("choose", idea, by=officer)
    assert "Tạo sản phẩm từ ý tưởng: Thịt trâu gác bếp" in signed_in(owner).get(f"{T}/").content.decode()
    assert "ý tưởng sản phẩm" not in signed_in(officer).get(f"{T}/").content.decode().replace(
        "Ý tưởng sản phẩm", ""
    )


def test_who_is_shut_out_of_its_product_finds_no_idea_of_it(idea, owner, officer, commune, signed_in):
    mark_all(idea, by=officer)
    IDEA.take("choose", idea, by=officer)
    IDEA.take("make_product", idea, by=owner)
    product = Product.objects.get()
    dossier = Dossier.objects.create(
        product=product, round=factories.make_round(commune), unit=commune, kind="first", regime="26/2026",
        set_code=product.set_code,
    )  # fmt: skip
    assert idea.name in signed_in(officer).get(f"{T}/ideas/").content.decode()
    Exclusion.objects.create(dossier=dossier, user=officer, ground="Vợ là giám đốc")
    tab = signed_in(officer)
    for path in ("ideas/", "ideas/?format=xlsx", "api/ideas/", "products/"):
        assert idea.name.encode() not in tab.get(f"{T}/{path}").content
    assert tab.get(f"{T}/ideas/{idea.pk}/").status_code == 404
    assert tab.post(f"{T}/ideas/{idea.pk}/screening/", {"mark_r1": "0"}).status_code == 404


# ── the list ──


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "count"), [("ideas/", 17), ("api/ideas/", 10)])
def test_the_list_asks_as_often_for_one_as_for_three(
    window, producer, owner, officer, signed_in, django_assert_num_queries, rows, path, count
):
    for number in range(rows):
        make_idea(producer, by=owner, name=f"Ý tưởng {number}")
    tab = signed_in(officer)
    tab.get(f"{T}/{path}")
    with django_assert_num_queries(count):
        assert tab.get(f"{T}/{path}").status_code == 200


def test_the_list_is_narrowed_and_taken_away(idea, window, producer, owner, officer, signed_in):
    make_idea(producer, by=owner, name="Rượu ngô")
    mark_all(idea, by=officer)
    tab = signed_in(officer)
    page = tab.get(f"{T}/ideas/?q=trau&state=registered&window={window.pk}&unit={producer.unit_id}").context[
        "page"
    ]
    assert [row.name for row in page.rows] == ["Thịt trâu gác bếp"]
    assert tab.get(f"{T}/ideas/?state=chosen").context["page"].total == 0
    file = tab.get(f"{T}/ideas/?format=xlsx")
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert Entry.objects.get(action="list.download").data["rows"] == 2
