"""Who may take part, and the papers of her legal form (26/2026, Điều 2): kept, missing, over; too large is refused."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.regulations import RegulationsError, load_catalog
from ocop.tenancy.scope import tenant_scope
from products import law
from products.dossiers.completeness import gaps
from products.dossiers.warnings import warnings
from products.dossiers.whole import load, load_all
from products.models import EvidencePaper, Producer, ProducerKind, ProducerSize
from products.producers.eligibility import form_of
from products.producers.legal_papers import checklist
from products.producers.registration import register_producer
from products.producers.sizes import save_size
from products.vault.legal import add_legal_paper
from products.vault.papers import remove_evidence
from products.workflow import PRODUCER
from tests.factories import make_producer, make_tenant, make_units, make_user, upload
from tests.races import at_once

T = "/lai-chau"
SMALL = {"year": 2025, "sector": "production", "workers": 60, "revenue": 40_000, "capital": 20_000}
LARGE = SMALL | {"workers": 201}


def standing(producer):
    return {it.rule.kind: it.standing for it in checklist(producer, timezone.localdate(), reader=User())}


def test_every_kind_of_producer_has_its_form_in_the_law_in_force():
    newest = law.regime("26/2026")
    assert {it.code for it in newest.legal_forms} == set(ProducerKind.values)
    for form in newest.legal_forms:
        assert form.basis.startswith("Điều 2")
        assert any(paper.required for paper in form.papers)
        assert all(paper.basis for paper in form.papers)
    assert [it.code for it in newest.legal_forms if it.categories] == ["association", "tourism_centre"]
    assert not law.regime("148/2023").legal_forms
    assert form_of("farm", law.regime("148/2023")) == form_of("farm", newest)


@pytest.mark.parametrize(
    ("workers", "revenue", "capital", "is_small"),
    [
        (200, 200_000, 10**8, True),
        (200, 10**8, 100_000, True),
        (201, 1, 1, False),
        (10, 200_001, 100_001, False),
        (10, 0, 100_001, False),  # no revenue yet: by capital alone
        (10, 0, 100_000, True),
    ],
)
def test_a_small_or_medium_enterprise(workers, revenue, capital, is_small):
    limit = form_of("company", law.regime("26/2026")).size.sector("production")
    assert limit.holds(workers, revenue, capital) is is_small


def test_a_form_of_a_category_that_is_not_there_is_a_fault_of_the_data(tmp_path):
    folder = tmp_path / "27-2027"
    folder.mkdir()
    text = (load_catalog.__globals__["DATA"] / "26-2026" / "regime.yaml").read_text(encoding="utf-8")
    text = text.replace("categories: [VI]", "categories: [XX]").replace("code: 26/2026", "code: 27/2027", 1)
    (folder / "regime.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RegulationsError, match="không có ngành “XX”"):
        load_catalog(tmp_path)


def test_there_over_and_missing(commune, owner):
    farm = make_producer(commune, name="Trang trại Nậm Xe", kind="farm", owner=owner)
    assert standing(farm) == {"business_registration": "missing", "farm_certificate": "missing"}
    past = {"expires_on": dt.date(2026, 1, 1), "number": "7/GCN"}
    add_legal_paper(farm, "farm_certificate", by=owner, upload=upload(), facts=past)
    assert standing(farm)["farm_certificate"] == "over"
    new = add_legal_paper(farm, "farm_certificate", by=owner, upload=upload("mới.pdf"))
    assert (standing(farm)["farm_certificate"], new.title) == (
        "there",
        "Bản kê khai hoặc giấy chứng nhận kinh tế trang trại",
    )
    assert Entry.objects.about(new).get().action == "evidence.add"


def test_a_paper_that_the_form_does_not_have_or_of_another_hand_is_refused(
    commune, owner, other_owner, producer
):
    with pytest.raises(ValidationError, match="không cần giấy tờ"):
        add_legal_paper(producer, "farm_certificate", by=owner, upload=upload())
    with pytest.raises(ValidationError) as refused:
        add_legal_paper(producer, "business_registration", by=owner, upload=None)
    assert list(refused.value.message_dict) == ["file"]
    with pytest.raises(PermissionDenied):
        add_legal_paper(producer, "business_registration", by=other_owner, upload=upload())
    assert not EvidencePaper.objects.exists()


def test_pressed_twice_at_once_it_is_one_paper(transactional_db):
    tenant = make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        make_units(tenant)
        owner = make_user("chuthe.xuan", "Lò Thị Xuân")
        producer = make_producer(OrgUnit.objects.get(name="Xã Mường So"), owner=owner)

    def press():
        by, kind = User.objects.get(pk=owner.pk), "business_registration"
        return add_legal_paper(Producer.objects.get(pk=producer.pk), kind, by=by, upload=upload()).pk

    said = at_once(tenant.pk, press, press, refusals=(ValidationError,))
    with tenant_scope(tenant.pk):
        assert said == [EvidencePaper.objects.get().pk] * 2


def test_the_page_says_what_is_missing_and_takes_it(
    producer, owner, commune_officer, advisor, stranger, signed_in
):
    page, url = (
        f"{T}/producers/{producer.pk}/",
        f"{T}/producers/{producer.pk}/legal-papers/business_registration/",
    )
    for user, may in ((owner, True), (commune_officer, True), (advisor, False)):
        text = signed_in(user).get(page).content.decode()
        assert "Giấy chứng nhận đăng ký hợp tác xã" in text
        assert "Điều 2 Quyết định 26/2026/QĐ-TTg" in text
        assert (url in text) is may
    tab = signed_in(owner)
    assert tab.get(url).status_code == 200
    assert tab.post(url, {}).status_code == 422
    sent = {"file": SimpleUploadedFile("gcn.pdf", upload().read()), "number": "12345"}
    assert tab.post(url, sent).status_code == 302
    assert url not in tab.get(page).content.decode()
    assert signed_in(advisor).get(url).status_code == 403
    assert signed_in(stranger).get(url).status_code == 404
    assert tab.get(url.replace("business_registration", "farm_certificate")).status_code == 404


def test_the_dossier_asks_for_what_its_sheet_does_not(commune, owner, make, today):
    hosts = make_producer(commune, name="Hội du lịch Sin Suối Hồ", kind="association", owner=owner)
    dossier = make("draft", producer=hosts, name="Bản Sin Suối Hồ", set_code="QD26-26")
    assert gaps(load(dossier), today) == []
    paper = EvidencePaper.objects.get(producer=hosts, kind="business_registration")
    remove_evidence(dossier, paper, by=owner)
    words = "Thiếu “Quyết định cho phép thành lập hội” còn hiệu lực của loại hình Hội, hiệp hội (du lịch)"
    basis = "(Điều 2, Nghị định 126/2024/NĐ-CP)"
    assert [(it.text, it.page) for it in gaps(load(dossier), today)] == [(f"{words} {basis}", "legal")]


def test_what_a_form_may_have_is_listed_and_stops_nothing(commune, owner, make, today):
    farm = make_producer(commune, name="Trang trại Nậm Xe", kind="farm", owner=owner)
    assert standing(farm)["farm_certificate"] == "missing"
    assert gaps(load(make("draft", producer=farm, name="Mận")), today) == []


def test_a_page_of_dossiers_costs_as_many_queries_whatever_its_length(
    commune, owner, make, django_assert_num_queries
):
    farm = make_producer(commune, name="Trang trại Nậm Xe", kind="farm", owner=owner)
    firm = make_producer(commune, name="Công ty Nậm Xe", kind="company", owner=owner)
    made = [make("draft", producer=it, name=f"Mận {number}") for it in (farm, firm) for number in range(3)]
    for some in (made[:1] + made[-1:], made):
        with django_assert_num_queries(5):
            load_all(some)


def test_too_large_is_refused_with_the_article(commune, owner, commune_officer, make, today):
    firm = register_producer(unit=commune, kind="company", name="Công ty A", by=owner, owner=owner)
    save_size(firm, LARGE, by=owner)
    with pytest.raises(ValidationError, match=r"Điều 2; mức theo Điều 5 Nghị định 80/2021.*26/2026"):
        PRODUCER.take("approve", firm, by=commune_officer)
    PRODUCER.take("refuse", firm, by=commune_officer, data={"note": "Doanh nghiệp lớn"})
    body = Notice.objects.get(user=owner, kind="producer.refused").body
    assert body.startswith(
        "Doanh nghiệp lớn\nCăn cứ: Điều 2 Quyết định 26/2026/QĐ-TTg. Doanh nghiệp vượt quy mô"
    )
    assert "tối đa 200 lao động" in body
    save_size(firm, SMALL, by=owner)
    assert PRODUCER.take("approve", firm, by=commune_officer).state == "approved"


def test_a_dossier_of_a_firm_that_grew_is_not_filed(commune, owner, make, today):
    firm = make_producer(commune, name="Công ty A", kind="company", owner=owner)
    dossier = make("draft", producer=firm, name="Chè")
    assert "Chưa khai quy mô" in next(it.text for it in warnings(load(dossier), today))
    save_size(firm, LARGE, by=owner)
    assert [it.page for it in gaps(load(dossier), today)] == ["legal"]


def test_figures_of_an_older_year_are_asked_for_anew(commune, owner, make, today):
    firm = make_producer(commune, name="Công ty A", kind="company", owner=owner)
    dossier = make("draft", producer=firm, name="Chè")
    for year, said in ((today.year - 1, []), (today.year - 2, ["Quy mô khai theo số liệu năm 2024"])):
        save_size(firm, SMALL | {"year": year}, by=owner)
        found = [it.text for it in warnings(load(dossier), today) if it.page == "legal"]
        assert [it.split(";")[0] for it in found] == said


def test_the_refusal_stands_on_the_page(commune, owner, commune_officer, signed_in):
    producer = register_producer(unit=commune, kind="household", name="Hộ A", by=owner, owner=owner)
    PRODUCER.take("refuse", producer, by=commune_officer, data={"note": "Chưa có đăng ký kinh doanh"})
    text = signed_in(owner).get(f"{T}/producers/{producer.pk}/").content.decode()
    assert "Chưa có đăng ký kinh doanh" in text
    assert "Căn cứ: Điều 2 Quyết định 26/2026/QĐ-TTg." in text


def test_size_page_and_who_may(commune, owner, advisor, stranger, producer, signed_in):
    firm = make_producer(commune, name="Công ty A", kind="company", owner=owner)
    url, tab = f"{T}/producers/{firm.pk}/size/", signed_in(owner)
    assert tab.get(url).status_code == 200
    assert tab.post(url, SMALL | {"sector": "mining"}).status_code == 422
    page = tab.post(url, SMALL | {"workers": "-1"})
    assert 'id="id_workers_error"' in page.content.decode()
    assert tab.post(url, SMALL | {"year": 2099}).status_code == 422
    assert not ProducerSize.objects.exists()
    assert tab.post(url, SMALL).status_code == 302
    assert ProducerSize.objects.get().workers == 60
    assert "40.000" in tab.get(f"{T}/producers/{firm.pk}/").content.decode()
    assert signed_in(advisor).get(url).status_code == 403
    assert signed_in(stranger).get(url).status_code == 404
    assert tab.get(f"{T}/producers/{producer.pk}/size/").status_code == 404


def test_api(commune, owner, advisor, stranger, signed_in):
    firm = make_producer(commune, name="Công ty A", kind="company", owner=owner)
    url, tab = f"{T}/api/producers/{firm.pk}/", signed_in(owner)
    assert [(it["kind"], it["standing"], it["is_required"]) for it in tab.get(f"{url}legal-papers/").json()] == [
        ("business_registration", "missing", True), ("size_declaration", "missing", False),
    ]  # fmt: skip
    sent = {"kind": "business_registration", "file": upload(), "expires_on": "2030-01-01"}
    made = tab.post(f"{url}legal-papers/", sent)
    assert (made.status_code, made.json()[0]["standing"], made.json()[0]["expires_on"]) == (
        201,
        "there",
        "2030-01-01",
    )
    assert tab.get(f"{url}size/").status_code == 404
    put = tab.put(f"{url}size/", SMALL, content_type="application/json")
    assert (put.status_code, put.json()) == (200, SMALL)
    bad = tab.put(f"{url}size/", SMALL | {"sector": "x"}, content_type="application/json")
    assert list(bad.json()["errors"]) == ["sector"]
    assert signed_in(advisor).put(f"{url}size/", SMALL, content_type="application/json").status_code == 403
    assert signed_in(advisor).post(f"{url}legal-papers/", {}).status_code == 403
    assert signed_in(stranger).get(f"{url}legal-papers/").status_code == 404
