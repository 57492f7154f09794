"""A department says once of a paper that is its own whether it is genuine; everybody who rests on it sees that."""

import re
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from evaluation.ballots.sheets import read_evidence
from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, UnitKind, User
from ocop.orgs.rights import forget_roles
from ocop.tenancy.scope import tenant_scope
from products.dossiers.warnings import warnings
from products.dossiers.whole import load
from products.models import EvidencePaper, Exclusion, PaperConfirmation, PaperOffice
from products.models.office import offices, offices_owning
from products.vault.confirming import ANY, Wanted, confirm, papers_for, standing_of
from products.vault.home import kind_name
from products.vault.keeping import change_in_vault, put_in_vault
from products.vault.offices import kinds_of_all_time, write_office
from products.vault.papers import change_evidence, replace_evidence, reuse_evidence
from tests import factories
from tests.races import at_once

T = "/lai-chau"
LIST = f"{T}/evidence/"
ELIGIBILITY = "production_eligibility"  # agriculture's, industry's or health's, as the product is
QUERIES_OF_OFFICES = 11
GENUINE, BAD, UNCLEAR = "genuine", "not_genuine", "unclear"


def department(name, province):
    return factories.make_unit(name, UnitKind.DEPARTMENT, parent=province)


@pytest.fixture
def agriculture(province):
    return department("Sở Nông nghiệp và Môi trường", province)


@pytest.fixture
def health(province):
    return department("Sở Y tế", province)


@pytest.fixture
def grower(agriculture):
    return factories.make_user("so.nongnghiep", "Đinh Thị Lan", role="sector_officer", unit=agriculture)


@pytest.fixture
def colleague(agriculture):
    return factories.make_user("so.nongnghiep2", "Lù Văn Chung", role="sector_officer", unit=agriculture)


@pytest.fixture
def doctor(health):
    return factories.make_user("so.yte", "Trần Văn Hòa", role="sector_officer", unit=health)


@pytest.fixture
def filed(make):
    return make("submitted")


@pytest.fixture
def paper(filed):
    return paper_in(filed)


def paper_in(dossier, kind=ELIGIBILITY):
    return EvidencePaper.objects.filter(links__dossier=dossier, kind=kind).distinct().get()


def say(paper, verdict, by, *, note="", seen=None):
    paper = EvidencePaper.objects.get(pk=paper.pk)
    note = note or ("" if verdict == GENUINE else "Không có trong sổ cấp.")
    return confirm(paper, verdict, note=note, revision=paper.revision, seen=seen, by=by)


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def titles(page):
    return [row.title for row in page.context["page"].rows]


# ── whose a kind is ──


def test_an_office_owns_kinds_by_its_name_until_the_tenant_writes_its_own(
    agriculture, health, officer, commune_officer
):
    assert offices_owning(ELIGIBILITY) == [agriculture, health]
    assert [it.name for it in offices_owning("intellectual_property")] == []
    write_office(agriculture, ["environment"], by=officer)
    assert offices_owning(ELIGIBILITY) == [health]
    write_office(health, [], by=officer)
    assert {it.unit: it.kinds for it in offices()} == {agriculture: {"environment"}, health: set()}
    assert Entry.objects.filter(action="paper_office.write").count() == 2
    with pytest.raises(ValidationError) as refused:
        write_office(health, ["nonsense"], by=officer)
    assert refused.value.message_dict == {"kinds": ["Không có loại giấy tờ nonsense."]}
    with pytest.raises(PermissionDenied):
        write_office(health, ["environment"], by=commune_officer)
    OrgUnit.objects.filter(pk=agriculture.pk).update(
        closed_on=timezone.localdate().replace(year=2026, month=1)
    )
    assert offices_owning("environment") == []


def test_what_the_product_comes_with_names_kinds_that_there_are(lai_chau, province):
    known = dict(kinds_of_all_time())
    for name in ("Sở Nông nghiệp và Môi trường", "Sở Y tế", "Sở Công Thương", "Sở An toàn thực phẩm",
                 "Sở Khoa học và Công nghệ", "Sở Tài chính", "Sở Nội vụ"):  # fmt: skip
        department(name, province)
    assert [it.unit.name for it in offices() if not it.kinds] == []
    kinds = {kind for it in offices() for kind in it.kinds}
    assert kinds - known.keys() == set()
    assert {kind for kind in kinds if kind_name(kind) == kind} == set()  # a code is no name


def test_the_tenants_officers_write_it_on_a_page(agriculture, grower, officer, signed_in):
    url = f"{T}/desk/paper-offices/"
    tab = signed_in(officer)
    assert url in tab.get(f"{T}/desk/").content.decode()
    assert "Giấy chứng nhận cơ sở đủ điều kiện sản xuất" in text_of(tab.get(url))
    assert f"{url}{agriculture.pk}/" in tab.get(url).content.decode()
    assert tab.get(f"{url}{agriculture.parent_id}/").status_code == 404  # no department
    assert tab.post(f"{url}{agriculture.pk}/", {"kinds": ["environment", "nonsense"]}).status_code == 422
    assert tab.post(f"{url}{agriculture.pk}/", {"kinds": ["environment"]}).status_code == 302
    assert PaperOffice.objects.get().kinds == ["environment"]
    assert signed_in(grower).get(url).status_code == 403


def test_two_who_write_the_kinds_of_one_office_read_each_other(agriculture, officer, signed_in):
    url, tab = f"{T}/desk/paper-offices/{agriculture.pk}/", signed_in(officer)
    seen = tab.get(url).context["form"]["seen"].initial
    write_office(agriculture, ["environment", "material_origin"], by=officer)
    clash = tab.post(url, {"kinds": ["quality_system"], "seen": seen})
    assert (clash.status_code, "đang lưu: “" in text_of(clash)) == (422, True)
    assert PaperOffice.objects.get().kinds == ["environment", "material_origin"]
    meant = clash.context["form"]["seen"].value()
    assert tab.post(url, {"kinds": ["quality_system"], "seen": meant}).status_code == 302
    assert PaperOffice.objects.get().kinds == ["quality_system"]


# ── what waits ──


def test_only_filed_papers_of_her_kinds_are_hers(
    make, paper, owner, grower, doctor, other_owner, stranger, nobody, officer, signed_in
):
    draft = make("draft", name="Chè còn soạn")
    hers = signed_in(grower).get(LIST)
    assert set(hers.context["page"].rows) == {
        paper,
        paper_in(paper.links.first().dossier, "quality_declaration"),
    }
    lying = put_in_vault(draft.product.producer, kind=ELIGIBILITY, by=owner, upload=factories.upload("a.pdf"))
    unfiled, other = paper_in(draft), EvidencePaper.objects.filter(kind="business_registration")[0]
    for user in (grower, doctor):
        tab = signed_in(user)
        assert tab.get(f"{LIST}{paper.pk}/").status_code == 200
        assert tab.get(f"{LIST}{paper.pk}/pages/1.png", follow=True).status_code == 200
        for hidden in (lying, unfiled, other):
            assert tab.get(f"{LIST}{hidden.pk}/").status_code == 404, hidden.kind
            assert (
                tab.post(f"{LIST}{hidden.pk}/confirm/", {"verdict": GENUINE, "revision": 1}).status_code
                == 404
            )
        assert tab.get(f"{T}/producers/{paper.producer_id}/papers/").status_code == 404
        assert tab.get(f"{T}/dossiers/{paper.links.first().dossier_id}/").status_code == 404
    for user in (owner, officer):
        assert signed_in(user).get(LIST).status_code == 403
        assert (
            signed_in(user)
            .post(f"{LIST}{paper.pk}/confirm/", {"verdict": GENUINE, "revision": 1})
            .status_code
            == 403
        )
    for user in (other_owner, nobody):
        assert signed_in(user).get(LIST).status_code == 403
    for user in (other_owner, nobody, stranger):
        assert signed_in(user).post(f"{LIST}{paper.pk}/confirm/").status_code == 404
    assert PaperConfirmation.objects.count() == 0


def test_a_declared_conflict_shuts_the_office_officer_out(paper, grower, colleague, signed_in):
    dossier = paper.links.first().dossier
    Exclusion.objects.create(dossier=dossier, user=grower, ground="Em ruột là chủ thể.")
    assert signed_in(grower).get(f"{LIST}{paper.pk}/").status_code == 404
    assert titles(signed_in(grower).get(f"{LIST}?state=any")) == []
    with pytest.raises(PermissionDenied):
        say(paper, GENUINE, grower)
    say(paper, GENUINE, colleague)


def test_dossiers_under_way_first_then_what_ends_soonest(make, grower, signed_in):
    today = timezone.localdate()
    given = {"Xong rồi": 1, "Còn lâu": 900, "Sắp hết": 5, "Không ghi": None}
    for name, days in given.items():
        one = paper_in(make("forwarded", name=f"Chè {name}"))
        ends = None if days is None else today + timezone.timedelta(days=days)
        EvidencePaper.objects.filter(pk=one.pk).update(title=name, expires_on=ends)
        if name == "Xong rồi":
            type(one.links.first().dossier).objects.filter(evidence__paper=one).update(state="recognised")
    tab = signed_in(grower)
    shown = [it for it in titles(tab.get(LIST)) if it in given]
    assert shown == ["Sắp hết", "Còn lâu", "Không ghi", "Xong rồi"]
    assert titles(tab.get(f"{LIST}?q=sắp+hết")) == ["Sắp hết"]
    assert titles(tab.get(f"{LIST}?kind={ELIGIBILITY}&sort=title")) == sorted(given, key=lambda it: it)
    assert tab.get(f"{LIST}?state=nonsense&kind=nonsense").status_code == 200


def test_it_is_narrowed_by_what_was_said(paper, grower, signed_in):
    other = paper_in(paper.links.first().dossier, "quality_declaration")
    say(paper, GENUINE, grower)
    tab = signed_in(grower)
    assert [row.pk for row in tab.get(LIST).context["page"].rows] == [other.pk]
    say(other, BAD, grower)
    found = {state: [row.pk for row in tab.get(f"{LIST}?state={state}").context["page"].rows]
             for state in (GENUINE, BAD, UNCLEAR)}  # fmt: skip
    assert found == {GENUINE: [paper.pk], BAD: [other.pk], UNCLEAR: []}
    assert {it.pk for it in papers_for(grower, Wanted(state=ANY))} == {paper.pk, other.pk}
    assert tab.get(LIST + "?format=xlsx&state=any").headers["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    many, make, grower, signed_in, django_assert_num_queries
):
    for number in range(many):
        say(paper_in(make("submitted", name=f"Chè {number}")), GENUINE, grower)
    tab = signed_in(grower)
    tab.get(LIST)
    with django_assert_num_queries(15):
        page = tab.get(f"{LIST}?state=any")
    assert len(page.context["page"].rows) == 2 * many


def test_pages_of_a_long_list_hold_every_paper_once(make, grower, monkeypatch):
    for number in range(3):
        make("submitted", name=f"Chè {number}")
    rows = [it.turn for it in papers_for(grower).order_by("turn")]
    assert len(rows) == 6
    assert all(one <= other for one, other in pairwise(rows))


# ── the word ──


def test_the_office_confirms_once_and_everybody_reads_it(
    make, filed, paper, owner, grower, doctor, commune_officer, advisor, officer, signed_in
):
    tab = signed_in(grower)
    page = tab.get(f"{LIST}{paper.pk}/")
    assert {"Chủ thể", "Số"} <= set(re.findall(r"Chủ thể|Số", text_of(page)))
    answer = tab.post(
        f"{LIST}{paper.pk}/confirm/", {"verdict": GENUINE, "revision": "1", "seen": ""}, follow=True
    )
    day = timezone.localdate().strftime("%d/%m/%Y")
    words = f"Sở Nông nghiệp và Môi trường đã xác nhận ngày {day}"
    assert words in text_of(answer)
    assert words in text_of(signed_in(owner).get(f"{T}/producers/{filed.product.producer_id}/papers/"))
    assert words in text_of(signed_in(commune_officer).get(f"{T}/dossiers/{filed.pk}/check/"))
    again = make("draft", name="Chè năm sau")  # another product and year: nothing is asked again
    reuse_evidence(again, paper, by=owner)
    assert words in text_of(signed_in(owner).get(f"{T}/dossiers/{again.pk}/evidence/"))
    up = make("forwarded", name="Chè lên tỉnh")
    say(paper_in(up), GENUINE, grower)
    assert words in text_of(signed_in(advisor).get(f"{T}/dossiers/{up.pk}/check/"))
    code = up.evidence.filter(paper=paper_in(up)).exclude(criterion="")[0].criterion
    assert words in text_of(signed_in(officer).get(f"{T}/dossiers/{up.pk}/score/{code}/"))
    beside = [link.paper.said for link in read_evidence(up, code) if link.paper == paper_in(up)]
    assert [it.words for it in beside] == [words]  # the council's sheet
    entry = Entry.objects.filter(action="evidence.confirm").order_by("pk")[0]
    assert (entry.actor, entry.unit.name, entry.data["verdict"]) == (
        grower,
        "Sở Nông nghiệp và Môi trường",
        GENUINE,
    )
    assert not Notice.objects.filter(kind="paper.confirmed").exists()
    assert "chỉ cơ quan đó sửa được" in text_of(signed_in(doctor).get(f"{LIST}{paper.pk}/"))
    with pytest.raises(ValidationError, match="chỉ cơ quan đó sửa được"):
        say(paper, BAD, doctor, seen=standing_of(paper).pk)


def test_a_paper_that_is_not_genuine_is_told_and_warned_of_with_the_page_that_mends_it(
    make, owner, paper, commune_officer, grower, signed_in
):
    with pytest.raises(ValidationError) as refused:
        confirm(paper, BAD, revision=1, seen=None, by=grower, note="  ")
    assert refused.value.message_dict == {"note": ["Hãy ghi lý do để chủ thể biết phải làm gì."]}
    said = say(paper, BAD, grower, note="Số không có trong sổ cấp.")
    notice = Notice.objects.get(kind="paper.confirmed")
    assert notice.user == owner
    assert notice.url == f"evidence/{paper.pk}/"
    assert "Số không có trong sổ cấp." in notice.body
    again = make("draft", name="Chè năm sau")
    reuse_evidence(again, paper, by=owner)
    found = [it for it in warnings(load(again), timezone.localdate()) if it.page == "paper"]
    assert [it.part for it in found] == [str(paper.pk)]
    assert "không phải giấy đã cấp" in found[0].text
    page = signed_in(owner).get(f"{T}/dossiers/{again.pk}/review/").content.decode()
    assert f"/dossiers/{again.pk}/evidence/{paper.pk}/" in page
    say(paper, GENUINE, grower, seen=said.pk)  # it was the officer's mistake: that is told as well
    assert [it for it in warnings(load(again), timezone.localdate()) if it.page == "paper"] == []
    assert Notice.objects.filter(kind="paper.confirmed", user=owner).count() == 2


def test_a_word_is_corrected_and_the_earlier_one_stays(paper, grower, colleague, signed_in):
    first = say(paper, UNCLEAR, grower, note="Đang hỏi Chi cục.")
    url = f"{LIST}{paper.pk}/confirm/"
    given = {"verdict": GENUINE, "revision": 1, "seen": first.pk, "note": ""}
    assert signed_in(colleague).post(url, given).status_code == 302
    first.refresh_from_db()
    assert first.ended_at is not None
    assert standing_of(paper).by == colleague
    page = text_of(signed_in(grower).get(f"{LIST}{paper.pk}/"))
    assert "Đang hỏi Chi cục." in page
    assert "đã sửa lúc" in page


def test_other_facts_ask_for_another_look_and_another_file_is_another_paper(make, owner, grower):
    returned = make("returned")
    paper = paper_in(returned)
    first = say(paper, GENUINE, grower)
    change_evidence(returned, paper, by=owner, facts={"number": paper.number})  # nothing is other
    paper.refresh_from_db()
    assert standing_of(paper) == first
    change_evidence(returned, paper, by=owner, facts={"number": "77/2026"})
    paper.refresh_from_db()
    assert (paper.revision, standing_of(paper)) == (2, None)
    with pytest.raises(ValidationError, match="vừa được sửa"):
        confirm(paper, GENUINE, revision=1, seen=None, by=grower)
    second = say(paper, GENUINE, grower)
    change_in_vault(paper, by=owner, facts={"scope": "Lô 3"})
    assert standing_of(EvidencePaper.objects.get(pk=paper.pk)) is None
    new = replace_evidence(returned, paper, upload=factories.upload("moi.pdf"), by=owner).paper
    assert standing_of(new) is None
    assert set(PaperConfirmation.objects.filter(ended_at=None)) == {first, second}


def test_who_was_faster_is_said_with_what_was_written_kept(paper, grower, colleague, signed_in):
    url, tab = f"{LIST}{paper.pk}/confirm/", signed_in(colleague)
    stood = say(paper, GENUINE, grower)
    answer = tab.post(url, {"verdict": BAD, "revision": 1, "seen": "", "note": "Giấy cạo sửa."})
    assert answer.status_code == 422
    assert "Đinh Thị Lan vừa ghi: “Đúng là giấy đã cấp”." in text_of(answer)
    assert "Giấy cạo sửa." in answer.content.decode()
    hidden = dict(re.findall(r'name="(revision|seen)"\s+value="([^"]*)"', answer.content.decode()))
    assert hidden == {"revision": "1", "seen": str(stood.pk)}
    sent = {"verdict": BAD, "note": "Giấy cạo sửa.", **hidden}
    assert [tab.post(url, sent).status_code for _ in range(2)] == [302, 302]  # a doubled click is one word
    assert PaperConfirmation.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"verdict": "perhaps"}, {"verdict": GENUINE, "revision": "x"},
                                  {"verdict": GENUINE, "revision": 1, "seen": "9" * 30}, {"verdict": BAD, "revision": 1, "note": "a" * 501}])  # fmt: skip
def test_bad_input_gets_its_page_again(sent, paper, grower, signed_in):
    assert signed_in(grower).post(f"{LIST}{paper.pk}/confirm/", sent).status_code == 422
    assert PaperConfirmation.objects.count() == 0


def test_the_database_holds_one_word_and_a_reason(paper, grower, agriculture):
    say(paper, GENUINE, grower)
    more = {"paper": paper, "revision": 1, "unit": agriculture, "by": grower}
    with pytest.raises(IntegrityError, match="one_stands"), transaction.atomic():
        PaperConfirmation.objects.create(verdict=GENUINE, **more)
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        PaperConfirmation.objects.create(verdict=BAD, **{**more, "revision": 2})


def test_when_the_term_is_over_so_is_the_right(paper, grower, signed_in):
    grower.memberships.update(
        starts_on=timezone.localdate().replace(year=2025),
        ends_on=timezone.localdate() - timezone.timedelta(days=1),
    )
    forget_roles(grower)
    assert signed_in(grower).get(LIST).status_code == 403
    assert signed_in(grower).get(f"{LIST}{paper.pk}/").status_code == 404


def test_home_and_menu_lead_to_what_waits(paper, grower, signed_in):
    home = signed_in(grower).get(f"{T}/")
    assert "Xác nhận 2 giấy tờ" in text_of(home)
    assert f'href="{LIST}"' in home.content.decode()


@pytest.fixture
def raced(transactional_db):
    """(tenant, returned dossier, its producer's person, two officers of the department), where commits are real."""
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        unit = department("Sở Nông nghiệp và Môi trường", OrgUnit.objects.get(parent=None))
        officers = [
            factories.make_user(f"so.{n}", f"Cán bộ {n}", role="sector_officer", unit=unit) for n in (1, 2)
        ]
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossier = factories.make_complete_dossier(commune, state="returned", owner=owner)
    return tenant, dossier, owner, officers


def test_two_officers_at_the_same_moment_make_one_word(raced):
    tenant, dossier, _owner, officers = raced

    def saying(pk, verdict):
        return say(paper_in(dossier), verdict, User.objects.get(pk=pk))

    deeds = [lambda it=it, v=v: saying(it.pk, v) for it, v in zip(officers, (GENUINE, BAD), strict=True)]
    answers = at_once(tenant.pk, *deeds, refusals=(ValidationError,))
    assert [isinstance(it, PaperConfirmation) for it in answers].count(True) == 1
    refused = next(it for it in answers if isinstance(it, ValidationError))
    assert "vừa ghi" in refused.messages[0]
    with tenant_scope(tenant.pk):
        assert PaperConfirmation.objects.filter(ended_at=None).count() == 1


def test_facts_changed_at_the_second_they_are_confirmed(raced):
    tenant, dossier, owner, officers = raced

    def change():
        by = User.objects.get(pk=owner.pk)
        return change_evidence(dossier, paper_in(dossier), by=by, facts={"number": "9/9"})

    def look():
        by = User.objects.get(pk=officers[0].pk)
        return confirm(paper_in(dossier), GENUINE, revision=1, seen=None, by=by)

    answers = at_once(tenant.pk, change, look, refusals=(ValidationError,))
    assert isinstance(answers[0], EvidencePaper)
    with tenant_scope(tenant.pk):
        fresh = paper_in(dossier)
        assert (fresh.revision, standing_of(fresh)) == (
            2,
            None,
        )  # whoever came first, the new facts are unseen


# ── for programs ──


def test_which_office_owns_a_kind_is_read_and_written_over_the_api(
    agriculture, health, grower, officer, commune_officer, signed_in, django_assert_num_queries
):
    api, tab = f"{T}/api/paper-offices/", signed_in(officer)
    names = {it["code"]: it["name"] for it in tab.get(f"{api}kinds/").json()}
    assert names[ELIGIBILITY] == dict(kinds_of_all_time())[ELIGIBILITY]
    rows = {it["name"]: it for it in tab.get(api).json()}
    assert [(name, it["is_written"]) for name, it in rows.items()] == [
        ("Sở Nông nghiệp và Môi trường", False),
        ("Sở Y tế", False),
    ]
    assert ELIGIBILITY in rows["Sở Y tế"]["kinds"]
    told = tab.put(f"{api}{health.pk}/", {"kinds": ["test_report"]}, content_type="application/json")
    expected = {"id": health.pk, "name": "Sở Y tế", "kinds": ["test_report"], "is_written": True}
    assert (told.status_code, told.json()) == (200, expected)
    assert tab.get(f"{api}{health.pk}/").json() == expected
    assert offices_owning(ELIGIBILITY) == [agriculture]
    entry = Entry.objects.get(action="paper_office.write")
    assert (entry.actor, entry.data) == (officer, {"kinds": ["test_report"]})
    for sent, field in (
        ({"kinds": ["nonsense"]}, "kinds"),
        ({}, "kinds"),
        ({"kinds": "test_report"}, "kinds"),
    ):
        refused = tab.put(f"{api}{health.pk}/", sent, content_type="application/json")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
    assert PaperOffice.objects.get().kinds == ["test_report"]
    for nothing in (agriculture.parent_id, 0, "x"):
        assert tab.get(f"{api}{nothing}/").status_code == 404
    for other in (grower, commune_officer):
        assert signed_in(other).get(api).status_code == 403
        put = signed_in(other).put(f"{api}{health.pk}/", {"kinds": []}, content_type="application/json")
        assert put.status_code == 403
    with django_assert_num_queries(QUERIES_OF_OFFICES):
        tab.get(api)
    department("Sở Công Thương", agriculture.parent)
    with django_assert_num_queries(QUERIES_OF_OFFICES):
        tab.get(api)


def test_the_same_over_the_api(paper, grower, owner, signed_in):
    api, tab = f"{T}/api/evidence/", signed_in(grower)
    rows = tab.get(f"{api}for-office/").json()
    assert paper.pk in [it["id"] for it in rows["results"]]
    given = {"verdict": BAD, "revision": 1, "note": "Cạo sửa."}
    made = tab.post(f"{api}{paper.pk}/confirmations/", given, content_type="application/json")
    assert made.status_code == 201
    assert (made.json()["unit"], made.json()["by"]) == ("Sở Nông nghiệp và Môi trường", "Đinh Thị Lan")
    told = signed_in(owner).get(f"{api}{paper.pk}/").json()
    assert (told["revision"], told["said"]["verdict"], told["said"]["note"]) == (1, BAD, "Cạo sửa.")
    late = tab.post(
        f"{api}{paper.pk}/confirmations/", {**given, "verdict": GENUINE}, content_type="application/json"
    )
    assert late.status_code in (400, 409)
    given = {"verdict": GENUINE, "revision": 1, "instead_of": made.json()["id"]}
    assert (
        tab.post(f"{api}{paper.pk}/confirmations/", given, content_type="application/json").status_code == 201
    )
    rows = signed_in(owner).get(f"{api}{paper.pk}/confirmations/").json()
    assert [(it["verdict"], it["ended_at"] is None) for it in rows] == [(GENUINE, True), (BAD, False)]
    assert signed_in(owner).get(f"{api}for-office/").status_code == 403
    assert (
        signed_in(owner)
        .post(f"{api}{paper.pk}/confirmations/", given, content_type="application/json")
        .status_code
        == 403
    )
    assert [it["id"] for it in tab.get(f"{api}for-office/?state=genuine").json()["results"]] == [paper.pk]
