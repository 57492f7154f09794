"""The happy path through the pages, with real rights: from registration to acceptance."""

import re

from products import law
from products.checking import items_of
from products.models import Dossier, Producer, Product
from products.sections import fields_of, sections_for
from products.whole import load
from tests.factories import PASSWORD, SECTION_VALUES, number_report, upload

T = "/lai-chau"


def _post(client, url, data, to=None):
    response = client.post(url, {"csrfmiddlewaretoken": "x", **data})
    assert response.status_code == 302, (
        url,
        re.findall(
            r"field__error.*?</span></span>|blocked.*?</div>|note--wrong.*",
            response.content.decode(),
            re.DOTALL,
        )[:5],
    )
    if to is not None:
        assert response["Location"] == to
    return response


def test_from_registration_to_acceptance(commune, found, commune_officer, officer, client, signed_in):
    facts = {"unit": commune.pk, "kind": "cooperative", "name": "HTX Mường So", "registration_number": "6200045678",
             "address": "Bản Khổng Lào", "phone": "0912345678", "representative": "Lò Thị Xuân",
             "person_name": "Lò Thị Xuân", "username": "0912345678", "password": PASSWORD}  # fmt: skip
    _post(client, f"{T}/producers/register/", facts)
    producer = Producer.objects.get()
    assert producer.state == "applied"
    commune_client, province = signed_in(commune_officer), signed_in(officer)
    assert "Xác nhận chủ thể" in commune_client.get(f"{T}/producers/{producer.pk}/").content.decode()
    _post(commune_client, f"{T}/producers/{producer.pk}/steps/approve/", {})

    _post(
        client,
        f"{T}/producers/{producer.pk}/edit/",
        {**facts, "registered_on": "14/03/2019", "representative_position": "Giám đốc"},
    )
    _post(
        client,
        f"{T}/producers/{producer.pk}/personal/",
        {"gender": "female", "ethnicity": "Thái", "permanent_address": "Mường So"},
    )
    assert client.get(f"{T}/producers/{producer.pk}/products/new/").status_code == 200
    _post(client, f"{T}/producers/{producer.pk}/products/new/",
          {"name": "Gạo Séng Cù", "set_code": "QD26-03", "specification": "Túi 5 kg", "description": "Lúa một vụ."})  # fmt: skip
    product = Product.objects.get()
    assert client.get(f"{T}/products/{product.pk}/").status_code == 200
    _post(
        client,
        f"{T}/products/{product.pk}/dossiers/new/",
        {"kind": "first", "round": found.pk, "star_aim": 4},
    )
    dossier = Dossier.objects.get()
    home = f"{T}/dossiers/{dossier.pk}/"
    assert "Chưa nộp được" in client.get(home).content.decode()

    regime, criteria = law.regime(dossier.regime), law.criteria_set(dossier.set_code)
    for section in sections_for("first"):
        url = f"{home}sections/{section.key}/"
        assert client.get(url).status_code == 200
        asked = [it.key for it in fields_of(section, regime, "first", sample_units=5)]
        _post(
            client,
            url,
            {key: value for key, value in SECTION_VALUES[section.key].items() if key in asked},
            url,
        )
    for criterion in criteria.criteria:
        assert client.get(f"{home}score/{criterion.code}/").status_code == 200
        data = {"points": criterion.levels[-1].points, "why": "Có đủ giấy tờ", "r": 0}
        saved = client.post(f"{home}score/{criterion.code}/", data, headers={"Accept": "application/json"})
        assert saved.status_code == 200, saved.content
    for kind in ("business_registration", "production_eligibility"):
        _post(client, f"{home}evidence/", {"kind": kind, "file": upload(f"{kind}.pdf"), "number": "12/GCN"})
    assert client.get(f"{home}evidence/").status_code == 200
    assert client.get(f"{home}score/").status_code == 200
    assert "Chưa nộp được" not in client.get(home).content.decode()
    assert client.get(f"{home}review/").status_code == 200
    assert client.get(f"{home}steps/submit/").status_code == 200
    _post(client, f"{home}steps/submit/", {"confirmed": "on"}, f"{home}versions/1/")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.code) == ("submitted", f"12-12003-1-{found.year}")
    version = dossier.versions.get()
    page = client.get(f"{home}versions/1/").content.decode()
    assert version.receipt in page
    assert version.digest in page

    assert product.name in commune_client.get(f"{T}/dossiers/").content.decode()
    assert commune_client.get(f"{home}check/").status_code == 200
    verdicts = {f"{item.key}-verdict": "ok" for item in items_of(load(dossier))}
    _post(commune_client, f"{home}check/", verdicts)
    findings = {it.code: f"{it.name}: đúng." for it in regime.findings}
    _post(commune_client, f"{home}findings/", findings)
    assert commune_client.get(f"{home}findings/").status_code == 200
    _post(commune_client, f"{home}steps/report/", {})
    refused = commune_client.post(f"{home}steps/forward/", {})
    assert refused.status_code == 422
    assert "chưa có số" in refused.content.decode()
    dossier.refresh_from_db()
    number_report(dossier, commune_officer)
    _post(commune_client, f"{home}steps/forward/", {})

    assert product.name in province.get(f"{T}/dossiers/").content.decode()
    _post(province, f"{home}check/", verdicts)
    _post(province, f"{home}steps/accept/", {})
    dossier.refresh_from_db()
    assert dossier.state == "accepted"
    assert "Tiếp nhận vào đánh giá" in client.get(home).content.decode()
