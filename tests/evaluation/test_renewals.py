"""From a certificate to the dossier that follows it: in its window, by who may file, with what is already known."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from evaluation.certificates.renewals import renewal_kinds, start_renewal
from evaluation.models import Certificate
from ocop.audit.models import Entry
from plans.models import Round
from products.dossiers.whole import load
from products.models import Dossier, Product
from tests import factories
from tests.evaluation import decision_makers as makers


@pytest.fixture
def certificate(commune, province, officer, leader):
    return makers.make_certificate(commune, province, officer=officer, leader=leader)


@pytest.fixture
def owner(certificate):
    user = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
    certificate.producer.people.create(user=user, starts_on=dt.date(2026, 1, 1))
    return user


def days_before(certificate: Certificate, days: int) -> dt.date:
    return certificate.expires_on - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (400, ["upgrade"]),
        (181, ["upgrade"]),
        (180, ["re_ranking", "upgrade"]),
        (120, ["re_ranking", "upgrade"]),
        (119, ["upgrade"]),
        (0, ["upgrade"]),
        (-1, ["first"]),
    ],
)
def test_the_same_star_in_its_window_a_higher_one_while_it_is_valid(certificate, days, kinds):
    assert renewal_kinds(certificate, days_before(certificate, days)) == kinds


def test_nothing_follows_what_was_revoked_and_no_star_is_above_five(certificate):
    day = days_before(certificate, 150)
    certificate.stars = 5
    assert renewal_kinds(certificate, day) == ["re_ranking"]
    Certificate.objects.update(stars=5, state="replaced")
    certificate.refresh_from_db()
    assert renewal_kinds(certificate, day) == []


def test_what_was_revoked_begins_anew(certificate):
    Certificate.objects.update(
        state="revoked", revoked_on=certificate.issued_on, revoked_ground="a", revoked_reason="Sai"
    )
    certificate.refresh_from_db()
    assert renewal_kinds(certificate, days_before(certificate, 150)) == ["first"]


def test_a_set_that_the_law_of_today_does_not_know_is_chosen_anew_in_the_same_form(
    certificate, owner, commune, signed_in
):
    """QĐ 148's set 18 has none of its number and name in QĐ 26/2026."""
    Product.objects.filter(pk=certificate.product_id).update(set_code="QD148-18")
    found = factories.make_round(commune, name="Đợt nâng hạng")
    address = f"/lai-chau/certificates/{certificate.pk}/renew/"
    given = {"kind": "upgrade", "round": found.pk, "star_aim": 5}
    assert "set_code" in signed_in(owner).get(address).content.decode()
    assert signed_in(owner).post(address, given).status_code == 422
    assert signed_in(owner).post(address, given | {"set_code": "QD26-19"}).status_code == 302
    assert Product.objects.get(pk=certificate.product_id).set_code == "QD26-19"
    assert Entry.objects.get(action="product.change").data["from"] == "QD148-18"


def test_it_starts_on_what_the_earlier_dossier_says(certificate, owner, commune):
    day = days_before(certificate, 150)
    found = factories.make_round(commune, name="Đợt 2029", on=day)
    dossier = start_renewal(certificate, kind="re_ranking", round=found, by=owner, star_aim=4, on=day)
    assert (dossier.kind, dossier.previous) == ("re_ranking", certificate.dossier)
    assert load(dossier).levels().keys() == load(certificate.dossier).levels().keys()


def test_outside_the_window_it_is_refused_in_words(certificate, owner, commune):
    day = days_before(certificate, 300)
    found = factories.make_round(commune, name="Đợt 2029", on=day)
    with pytest.raises(ValidationError, match="Hồ sơ phân hạng lại nộp từ ngày"):
        start_renewal(certificate, kind="re_ranking", round=found, by=owner, star_aim=4, on=day)


class TestThePage:
    def test_one_tap_from_the_certificate(self, certificate, owner, commune, signed_in):
        factories.make_round(commune, name="Đợt nâng hạng")
        client, address = signed_in(owner), f"/lai-chau/certificates/{certificate.pk}/"
        assert f"{address}renew/" in client.get(address).content.decode()
        page = client.get(f"{address}renew/").content.decode()
        assert "Đợt nâng hạng" in page
        assert client.post(f"{address}renew/", {"kind": "re_ranking"}).status_code == 422
        found = Round.objects.get(name="Đợt nâng hạng")
        fresh = client.post(f"{address}renew/", {"kind": "upgrade", "round": found.pk, "star_aim": 5})
        assert fresh.headers["Location"] == f"/lai-chau/dossiers/{Dossier.objects.latest('pk').pk}/"

    def test_the_page_of_the_product_leads_to_its_certificate(self, certificate, owner, signed_in):
        product = f"/lai-chau/products/{certificate.product_id}/"
        for page in (product, f"{product}dossiers/new/"):
            assert f"/lai-chau/certificates/{certificate.pk}/" in signed_in(owner).get(page).content.decode()

    def test_who_only_reads_certificates_is_not_offered_it(self, certificate, leader, signed_in):
        client, address = signed_in(leader), f"/lai-chau/certificates/{certificate.pk}/"
        assert "renew/" not in client.get(address).content.decode()
        assert client.get(f"{address}renew/").status_code == 403


def test_over_the_api(certificate, owner, commune, signed_in):
    found = factories.make_round(commune, name="Đợt nâng hạng")
    address = f"/lai-chau/api/certificates/{certificate.pk}/renew/"
    wanted = {"kind": "re_ranking", "round": found.pk, "star_aim": 4}
    refused = signed_in(owner).post(address, wanted, content_type="application/json")
    assert (refused.status_code, "nộp từ ngày" in refused.content.decode()) == (400, True)
    made = signed_in(owner).post(address, wanted | {"kind": "upgrade"}, content_type="application/json")
    assert (made.status_code, made.json()) == (201, {"dossier": Dossier.objects.latest("pk").pk})
