"""The commune's sections meet: who was there, what each said; Mẫu 03 prints it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from products.desks.meeting import Said, meeting_of, write_meeting
from products.desks.reporting import save_finding
from products.models import SectionOpinion
from products.workflow import DOSSIER
from tests.factories import check_all, make_user

T = "/lai-chau"
SAID = (Said("Kinh tế", "Lò Văn Bun", "Vùng chè đủ."), Said("Văn hóa - Xã hội", "Tẩn Thị Mảy", ""))


def _write(dossier, by, **more):
    given = {
        "held_on": timezone.localdate(),
        "chaired_by": "Lò Văn Tướng",
        "conclusion": "Nhất trí.",
        "said": SAID,
    }
    return write_meeting(dossier, by=by, **(given | more))


def _form(**more):
    rows = {"opinions-TOTAL_FORMS": "2", "opinions-INITIAL_FORMS": "0",
            "opinions-0-section": "Kinh tế", "opinions-0-name": "Lò Văn Bun", "opinions-0-opinion": "Đủ.",
            "opinions-1-section": "", "opinions-1-name": "", "opinions-1-opinion": ""}  # fmt: skip
    day = f"{timezone.localdate():%d/%m/%Y}"
    return {"held_on": day, "chaired_by": "Lò Văn Tướng", "conclusion": "", "revision": "0", **rows, **more}


def test_the_report_prints_who_was_there_and_what_they_said(make, commune_officer):
    dossier = make("submitted")
    _write(dossier, commune_officer)
    check_all(dossier, commune_officer)
    for code in ("local_material", "local_labour", "idea_origin", "local_identity"):
        save_finding(dossier, code, "Đúng.", by=commune_officer)
    dossier = DOSSIER.take("report", dossier, by=commune_officer)
    body = dossier.commune_report.paper.content["body"]
    assert [block["h"] for block in body if "h" in block] == [
        "I. Thông tin chung", "II. Kết quả đánh giá", "III. Ý kiến của các bộ phận", "IV. Đề nghị",
    ]  # fmt: skip
    table = next(block["table"] for block in body if "table" in block)
    assert table["rows"] == [
        ["1", "Kinh tế", "Lò Văn Bun", "Vùng chè đủ."],
        ["2", "Văn hóa - Xã hội", "Tẩn Thị Mảy", ""],
    ]
    assert f"Họp ngày {timezone.localdate():%d/%m/%Y}, chủ trì: Lò Văn Tướng." in [
        b["p"] for b in body if "p" in b
    ]


def test_the_page_keeps_it_and_shows_it_again(make, commune_officer, signed_in):
    dossier, tab = make("submitted"), signed_in(commune_officer)
    url = f"{T}/dossiers/{dossier.pk}/sections-meeting/"
    assert tab.get(url).status_code == 200
    assert tab.post(url, _form()).status_code == 302
    kept = meeting_of(dossier)
    assert [(it.section, it.name, it.opinion) for it in kept.opinions.all()] == [
        ("Kinh tế", "Lò Văn Bun", "Đủ.")
    ]
    page = tab.get(url)
    assert page.context["form"]["revision"].value() == 1
    assert "Lò Văn Bun" in page.text
    assert "1 người dự" in tab.get(f"{T}/dossiers/{dossier.pk}/findings/").text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"held_on": "32/13/2026"}, "ngày"),
        ({"chaired_by": " "}, "còn trống"),
        ({"opinions-0-section": "", "opinions-0-name": "", "opinions-0-opinion": ""}, "ít nhất một người dự"),
        ({"opinions-0-name": ""}, "còn trống"),
        ({"opinions-TOTAL_FORMS": "999999"}, "Nhiều nhất 30 người dự"),
        ({"revision": "x"}, "Họp"),
    ],
)
def test_what_cannot_be_kept_is_said(make, commune_officer, signed_in, more, words):
    dossier = make("submitted")
    page = signed_in(commune_officer).post(f"{T}/dossiers/{dossier.pk}/sections-meeting/", _form(**more))
    assert page.status_code == 422
    assert words in page.text
    assert meeting_of(dossier) is None


def test_it_is_held_between_the_filing_and_today(make, commune_officer):
    today = timezone.localdate()
    dossier = make("submitted", on=today - dt.timedelta(days=3))
    for day in (today - dt.timedelta(days=4), today + dt.timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            _write(dossier, commune_officer, held_on=day)
        assert list(refused.value.message_dict) == ["held_on"]
    _write(dossier, commune_officer, held_on=today - dt.timedelta(days=3))


def test_of_two_officers_the_slower_overwrites_nothing(make, commune_officer, commune, signed_in):
    dossier = make("submitted")
    second = make_user("xa.hai", "Lò Thị Hai", role="commune_officer", unit=commune)
    _write(dossier, commune_officer)
    url, tab = f"{T}/dossiers/{dossier.pk}/sections-meeting/", signed_in(second)
    page = tab.post(url, _form())
    assert "Nơi khác vừa sửa" in page.text
    assert all(it.name in page.text for it in SAID)  # what she would write over
    assert meeting_of(dossier).opinions.count() == 2
    meant = _form(revision=str(page.context["form"]["revision"].value()))  # she has read of it
    assert tab.post(url, meant).status_code == 302
    assert meeting_of(dossier).revision == 2
    _write(dossier, second, said=SAID[:1], seen=2)
    assert SectionOpinion.objects.count() == 1


def test_only_while_the_commune_reports_and_only_by_it(
    make, commune_officer, owner, other_commune, signed_in
):
    dossier = make("reported")
    with pytest.raises(ValidationError, match="không ở bước lập báo cáo"):
        _write(dossier, commune_officer)
    filed = make("submitted", name="Gạo")
    with pytest.raises(PermissionDenied):
        _write(filed, owner)
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    url = f"{T}/dossiers/{filed.pk}/sections-meeting/"
    assert signed_in(other).post(url, _form()).status_code == 404
    assert signed_in(owner).get(url).status_code == 403
    assert "không họp" in signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/sections-meeting/").text


def test_api_keeps_and_shows_it(make, commune_officer, signed_in):
    dossier, api = make("submitted"), signed_in(commune_officer)
    url = f"{T}/api/dossiers/{dossier.pk}/sections-meeting/"
    assert api.get(url).status_code == 404
    given = {"held_on": timezone.localdate().isoformat(), "chaired_by": "Lò Văn Tướng", "revision": 0,
             "opinions": [{"section": "Kinh tế", "name": "Lò Văn Bun", "opinion": "Đủ."}]}  # fmt: skip
    assert api.put(url, given, content_type="application/json").json()["revision"] == 1
    assert api.get(url).json()["opinions"] == given["opinions"]
    again = api.put(url, given, content_type="application/json")
    assert again.status_code == 400
    assert [words[:13] for words in again.json()["errors"]["__all__"]] == ["Nơi khác vừa "]
    facts = api.get(f"{T}/api/dossiers/{dossier.pk}/findings/local_labour/facts/").json()
    assert facts[0]["value"] == "30 trong 32 của địa phương (93,8%)"
