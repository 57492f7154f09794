"""The happy path through the pages, with real rights: from registration to acceptance."""

import re

from products import law
from products.desks.checking import items_of
from products.dossiers.sections import fields_of, sections_for
from products.dossiers.whole import load
from products.models import Dossier, Producer, Product
from tests.factories import PASSWORD, SECTION_VALUES, number_report, upload

T = "/lai-chau"
TOKEN = {"csrfmiddlewaretoken": "a browser sends one"}


def _post(client, url, data=None, to=None):
    response = client.post(url, {**TOKEN, **(data or {})})
    said = re.findall(r"<li>[^<]*</li>|field__error.*?</span></span>", response.content.decode(), re.DOTALL)
    assert response.status_code == 302, (url, said)
    assert to is None or response["Location"] == to


def _get(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def _registered(client, commune_client, commune):
    facts = {
        "unit": commune.pk, "kind": "cooperative", "name": "HTX Mường So", "registration_number": "6200045678",
        "address": "Bản Khổng Lào", "phone": "0912345678", "representative": "Lò Thị Xuân",
    }  # fmt: skip
    account = {"person_name": "Lò Thị Xuân", "username": "0912345678", "password": PASSWORD}
    _post(client, f"{T}/producers/register/", facts | account)
    producer = Producer.objects.get()
    home = f"{T}/producers/{producer.pk}/"
    assert producer.state == "applied"
    assert "Xác nhận chủ thể" in _get(commune_client, home)
    _post(commune_client, f"{home}steps/approve/")
    _post(
        client, f"{home}edit/", facts | {"registered_on": "14/03/2019", "representative_position": "Giám đốc"}
    )
    _post(
        client, f"{home}personal/", {"gender": "female", "ethnicity": "Thái", "permanent_address": "Mường So"}
    )
    return producer


def _started(client, producer, found):
    url = f"{T}/producers/{producer.pk}/products/new/"
    assert "26." in _get(client, url)
    given = {
        "name": "Gạo Séng Cù",
        "set_code": "QD26-03",
        "specification": "Túi 5 kg",
        "description": "Lúa một vụ.",
    }
    _post(client, url, given)
    product = Product.objects.get()
    assert "Lập hồ sơ" in _get(client, f"{T}/products/{product.pk}/")
    _post(
        client,
        f"{T}/products/{product.pk}/dossiers/new/",
        {"kind": "first", "round": found.pk, "star_aim": 4},
    )
    return Dossier.objects.get()


def _filled(client, dossier, home):
    assert "Chưa nộp được" in _get(client, home)
    regime, criteria = law.regime(dossier.regime), law.criteria_set(dossier.set_code)
    for section in sections_for("first"):
        url = f"{home}sections/{section.key}/"
        _get(client, url)
        asked = {it.key for it in fields_of(section, regime, "first", sample_units=5)}
        _post(client, url, {key: it for key, it in SECTION_VALUES[section.key].items() if key in asked}, url)
    for criterion in criteria.criteria:
        _get(client, f"{home}score/{criterion.code}/")
        mark = {"points": criterion.levels[-1].points, "why": "Có đủ giấy tờ", "r": 0}
        saved = client.post(f"{home}score/{criterion.code}/", mark, headers={"Accept": "application/json"})
        assert saved.status_code == 200, saved.content
    for kind in ("business_registration", "production_eligibility"):
        _post(client, f"{home}evidence/", {"kind": kind, "file": upload(f"{kind}.pdf"), "number": "12/GCN"})
    for page in ("evidence/", "score/", "review/", "steps/submit/"):
        _get(client, f"{home}{page}")
    assert "Chưa nộp được" not in _get(client, home)


def _submitted(client, dossier, home, year):
    _post(client, f"{home}steps/submit/", {"confirmed": "on"}, f"{home}versions/1/")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.code) == ("submitted", f"12-12003-1-{year}")
    version, page = dossier.versions.get(), _get(client, f"{home}versions/1/")
    assert version.receipt in page
    assert version.digest in page


def _forwarded(commune_client, dossier, home, commune_officer):
    assert dossier.product.name in _get(commune_client, f"{T}/dossiers/")
    assert "Xem nội dung" in _get(commune_client, f"{home}check/")
    _post(commune_client, f"{home}check/", _all_right(dossier))
    findings = {it.code: f"{it.name}: đúng." for it in law.regime(dossier.regime).findings}
    _post(commune_client, f"{home}findings/", findings)
    assert "Lập báo cáo" in _get(commune_client, f"{home}findings/")
    _post(commune_client, f"{home}steps/report/")
    refused = commune_client.post(f"{home}steps/forward/", TOKEN)
    assert refused.status_code == 422
    assert "chưa có số" in refused.content.decode()
    dossier.refresh_from_db()
    number_report(dossier, commune_officer)
    _post(commune_client, f"{home}steps/forward/")


def _all_right(dossier):
    return {f"{item.key}-verdict": "ok" for item in items_of(load(dossier))}


def test_from_registration_to_acceptance(commune, found, commune_officer, officer, client, signed_in):
    commune_client, province = signed_in(commune_officer), signed_in(officer)
    producer = _registered(client, commune_client, commune)
    dossier = _started(client, producer, found)
    home = f"{T}/dossiers/{dossier.pk}/"
    _filled(client, dossier, home)
    _submitted(client, dossier, home, found.year)
    _forwarded(commune_client, dossier, home, commune_officer)
    assert dossier.product.name in _get(province, f"{T}/dossiers/")
    _post(province, f"{home}check/", _all_right(dossier))
    _post(province, f"{home}steps/accept/")
    dossier.refresh_from_db()
    assert dossier.state == "accepted"
    assert "Tiếp nhận vào đánh giá" in _get(client, home)
