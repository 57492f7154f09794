"""A certificate afterwards: seen by those it concerns, revoked, carried over, checked by anyone."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from evaluation.certificates.validity import renewal_state, standing
from evaluation.legacy.recording import record_legacy_certificate
from evaluation.models import Certificate, CheckCount
from evaluation.models.certificate import number_key
from evaluation.workflow.certificate import CERTIFICATE, revocation_due
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import no_tenant
from products.models import Producer, Product
from tests import factories
from tests.evaluation import decision_makers as makers

REVOKE = {
    "ground": "a",
    "reason": "Giấy kiểm nghiệm giả",
    "concluded_on": dt.date(2027, 3, 1),
    "decision_number": "512/QĐ-UBND",
    "decision_on": dt.date(2027, 3, 14),
}


@pytest.fixture
def certificate(commune, province, officer, leader):
    return makers.make_certificate(commune, province, officer=officer, leader=leader)


@pytest.fixture
def old(commune, officer):
    """3 stars of the district that ended, under the law before."""
    producer = Producer.objects.create(
        unit=commune, kind="household", name="Hộ Lò Văn Xuân", state="approved"
    )
    product = Product.objects.create(producer=producer, unit=commune, name="Miến dong", set_code="QD26-01")
    district = OrgUnit.objects.get(name="Huyện Phong Thổ")
    return record_legacy_certificate(
        issuer=district,
        number="12/GCN-UBND",
        product=product,
        stars=3,
        issued_on=dt.date(2024, 3, 10),
        by=officer,
    )


def ask(path: str):
    with no_tenant():
        return Client().get(path)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("07/2026/OCOP-LC", "72026ocoplc"), ("7 / 2026 / ocop lc", "72026ocoplc"), ("072026OCOPLC", "72026ocoplc"),
        ("  12/GCN–UBND ", "12gcnubnd"), ("12-gcn-ubnd", "12gcnubnd"), ("///", ""),
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_typed(typed, key):
    assert number_key(typed) == key


@pytest.mark.parametrize(
    ("on", "word"),
    [
        (dt.date(2026, 11, 20), "valid"), (dt.date(2029, 5, 23), "valid"), (dt.date(2029, 5, 24), "soon"),
        (dt.date(2029, 11, 20), "soon"), (dt.date(2029, 11, 21), "expired"),
    ],
)  # fmt: skip
def test_standing_follows_from_the_day(certificate, on, word):
    assert standing(certificate, on) == word
    assert standing(certificate, on) in ("valid", "soon") or certificate not in Certificate.objects.valid_on(
        on
    )


def test_the_renewal_window_is_that_of_the_law_of_the_day(certificate, old):
    state = renewal_state(certificate, dt.date(2029, 6, 1))
    assert (state.window.opens_on, state.window.closes_on, state.is_open) == (
        dt.date(2029, 5, 24), dt.date(2029, 7, 23), True,
    )  # fmt: skip
    assert renewal_state(old, dt.date(2025, 1, 1)).window is None
    assert renewal_state(old, dt.date(2026, 12, 1)).window.closes_on == dt.date(2026, 11, 10)
    assert renewal_state(old, dt.date(2026, 12, 1)).is_missed


def test_revoked_by_the_leader_with_ground_and_decision(certificate, leader, commune_officer):
    done = CERTIFICATE.take("revoke", certificate, by=leader, data=REVOKE)
    assert (done.state, done.revoked_on, done.revoked_ground) == ("revoked", dt.date(2027, 3, 14), "a")
    assert revocation_due(done) == dt.date(2027, 3, 16)
    assert Notice.objects.filter(user=commune_officer, key=f"certificate-{done.pk}-revoked").exists()
    with pytest.raises(ValidationError, match="làm trước bạn"):
        CERTIFICATE.take("revoke", certificate, by=leader, data=REVOKE)


def test_a_revocation_without_facts_or_right_is_refused(certificate, leader, officer):
    with pytest.raises(PermissionDenied):
        CERTIFICATE.take("revoke", certificate, by=officer, data=REVOKE)
    with pytest.raises(ValidationError) as refused:
        CERTIFICATE.take("revoke", certificate, by=leader, data={"decision_on": dt.date(2027, 1, 1)})
    assert sorted(refused.value.message_dict) == ["concluded_on", "decision_number", "ground", "reason"]
    with pytest.raises(ValidationError) as refused:
        CERTIFICATE.take(
            "revoke", certificate, by=leader, data=REVOKE | {"concluded_on": dt.date(2027, 4, 1)}
        )
    assert refused.value.message_dict == {"decision_on": ["Ngày quyết định không thể trước ngày kết luận."]}


def test_five_stars_are_revoked_by_the_tier_above_and_only_recorded_here(old, leader, officer):
    Certificate.objects.filter(pk=old.pk).update(stars=5)
    with pytest.raises(ValidationError, match="do cấp trên thu hồi"):
        CERTIFICATE.take("revoke", old, by=leader, data=REVOKE)
    scan = factories.upload("qd.pdf")
    done = CERTIFICATE.take("record_revocation", old, by=officer, data=REVOKE | {"file": scan})
    assert (done.state, done.revocation_file.name) == ("revoked", "qd.pdf")


def test_only_what_was_issued_under_the_law_before_is_carried_over(certificate, old, leader):
    data = {"until": dt.date(2027, 8, 1), "ground": "Điều 12", "at": dt.date(2027, 3, 1)}
    done = CERTIFICATE.take("extend", old, by=leader, data=data)
    assert (done.last_day, standing(done, dt.date(2027, 5, 1))) == (dt.date(2027, 8, 1), "extended")
    with pytest.raises(ValidationError) as refused:
        CERTIFICATE.take("extend", old, by=leader, data=data | {"until": dt.date(2027, 10, 1)})
    assert refused.value.message_dict == {
        "until": [
            "Theo Quyết định 26/2026/QĐ-TTg, chỉ gia hạn đến hết ngày 06/09/2027 và phải sau ngày hết hạn."
        ]
    }
    with pytest.raises(ValidationError, match="cấp theo quy định trước đó"):
        CERTIFICATE.take("extend", certificate, by=leader, data=data | {"until": dt.date(2030, 1, 1)})


def test_replacing_is_no_step_for_a_person(certificate, leader):
    with pytest.raises(ValidationError, match="không thay trực tiếp"):
        CERTIFICATE.take("replace", certificate, by=leader)


def test_of_two_that_one_product_has_in_force_the_older_may_be_replaced(certificate, old, leader, signed_in):
    """As after two products were made one."""
    Certificate.objects.filter(pk=certificate.pk).update(product=old.product)
    page = f"/lai-chau/certificates/{old.pk}/"
    assert certificate.number in signed_in(leader).get(page).content.decode()
    assert signed_in(leader).get(f"/lai-chau/certificates/{certificate.pk}/steps/replace/").status_code == 404
    assert signed_in(leader).post(f"/lai-chau/api/certificates/{old.pk}/steps/replace/").status_code == 200
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == ("replaced", certificate)
    refused = signed_in(leader).post(f"{page}steps/replace/")
    assert (refused.status_code, old.state) == (422, "replaced")  # pressed twice


@pytest.mark.parametrize(
    ("when", "word", "sentence"),
    [
        ("2027-01-05", "Đang có hiệu lực", "Giấy chứng nhận còn hiệu lực đến hết ngày 20/11/2029."),
        ("2029-10-10", "Sắp hết hạn", "Còn hiệu lực đến hết ngày 20/11/2029, còn 41 ngày."),
        (
            "2029-12-01",
            "Đã hết hạn",
            "Hết hạn từ ngày 21/11/2029. Sản phẩm không còn được mang nhãn OCOP 4 sao.",
        ),
    ],
)
def test_the_public_page_answers_in_words_first(certificate, when, word, sentence):
    with time_machine.travel(f"{when}T03:00:00Z"):
        answer = ask(f"/lai-chau/c/{certificate.uuid}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.index(word) < page.index("<h1")
    assert sentence in page
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert "Hà Trọng Hải" not in page


def test_a_revoked_and_an_unknown_one(certificate, leader):
    CERTIFICATE.take("revoke", certificate, by=leader, data=REVOKE)
    page = ask(f"/lai-chau/c/{certificate.uuid}/").content.decode()
    assert "Thu hồi ngày 14/03/2027 theo Quyết định số 512/QĐ-UBND." in page
    assert "Giấy kiểm nghiệm giả" not in page
    answer = ask("/lai-chau/c/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404
    assert "Không tìm thấy giấy chứng nhận" in answer.content.decode()


def test_another_province_does_not_answer_for_this_one(certificate, thai_nguyen_tenant):
    assert ask(f"/thai-nguyen/c/{certificate.uuid}/").status_code == 404
    assert "không có trong sổ" in ask("/thai-nguyen/check/?number=01/2026/OCOP-LC").content.decode()


def test_the_check_by_number_counts_and_warns_of_look_alikes(certificate, old):
    page = ask("/lai-chau/check/?number=1 2026 ocop-lc").content.decode()
    assert "Đang có hiệu lực" in page
    assert "01/2026/OCOP-LC" in page
    assert "Chỉ tin kết quả ở địa chỉ <b>127.0.0.1:8000</b>" in page
    ask(f"/lai-chau/c/{certificate.uuid}/")
    assert [count.count for count in CheckCount.objects.all()] == [2]
    assert "Số này không có trong sổ" in ask("/lai-chau/check/?number=99/2026/OCOP-LC").content.decode()
    assert ask("/lai-chau/check/").status_code == 200


def test_those_it_concerns_see_it(
    certificate, officer, leader, commune_officer, observer, nobody, stranger, signed_in
):
    owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
    certificate.producer.people.create(user=owner, starts_on=dt.date(2026, 1, 1))
    page = f"/lai-chau/certificates/{certificate.pk}/"
    for person in (officer, leader, commune_officer, observer, owner):
        assert signed_in(person).get(page).status_code == 200, person.username
    for person in (nobody, stranger):
        assert signed_in(person).get(page).status_code == 404, person.username
    assert ask(page).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    rows, commune, province, officer, leader, signed_in, django_assert_num_queries
):
    for n in range(rows):
        makers.make_certificate(commune, province, officer=officer, leader=leader, name=f"Chè {n}")
    browser = signed_in(officer)
    browser.get("/lai-chau/certificates/")
    with no_tenant(), django_assert_num_queries(LIST_QUERIES):
        page = browser.get("/lai-chau/certificates/?q=che&standing=valid")
    assert page.content.decode().count("table__main") == rows


LIST_QUERIES = 13


def test_the_list_is_narrowed_without_diacritics(certificate, old, officer, signed_in):
    browser = signed_in(officer)
    for query, found in [("q=mien+dong", "Miến dong"), ("stars=4", "Chè Shan"), ("standing=revoked", "")]:
        page = browser.get(f"/lai-chau/certificates/?{query}").content.decode()
        assert ("Miến dong" in page, "Chè Shan" in page) == (found == "Miến dong", found == "Chè Shan"), query


def test_the_steps_over_the_api(certificate, leader, officer, stranger, signed_in):
    address = f"/lai-chau/api/certificates/{certificate.pk}/"
    assert signed_in(stranger).get(address).status_code == 404
    seen = signed_in(officer).get(address).json()
    assert (seen["number"], seen["standing"], seen["renewal"]["closes_on"]) == (
        "01/2026/OCOP-LC", "valid", "2029-07-23",
    )  # fmt: skip
    body = {key: str(value) for key, value in REVOKE.items()}
    assert signed_in(officer).post(f"{address}steps/revoke/", body).status_code == 403
    refused = signed_in(leader).post(
        f"{address}steps/revoke/", {"ground": "a"}, content_type="application/json"
    )
    assert refused.status_code == 400
    assert "reason" in refused.json()["errors"]
    assert signed_in(leader).post(f"{address}steps/revoke/", body).json()["standing"] == "revoked"
