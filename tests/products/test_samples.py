"""Samples: handed in where the dossier lies, sent on with it, taken over above; a warning on the agenda, no more."""

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from products.models import SampleMove
from products.samples import custody, on_hand, receive_samples, short_of, take_over, use_up
from products.workflow import DOSSIER
from tests.factories import check_all, make_user, number_report

T = "/lai-chau"
GOOD = {"count": 5, "condition": "good"}


def _forward(dossier, by):
    number_report(dossier, by)
    return DOSSIER.take("forward", dossier, by=by)


def _moves(dossier):
    moves = SampleMove.objects.filter(sample__dossier=dossier)
    return list(moves.values_list("kind", "unit__name", "count", "by__username"))


def test_from_the_commune_to_the_province(make, commune_officer, officer, owner):
    dossier = make("reported")
    receive_samples(dossier, **GOOD, by=commune_officer)
    assert short_of([dossier]) == {}
    dossier = _forward(dossier, commune_officer)
    assert on_hand([dossier.pk]) == {}  # on the way
    take_over(dossier.samples.get(), count=4, condition="damaged", note="Vỡ một hộp", by=officer)
    assert _moves(dossier) == [
        ("received", "Xã Mường So", 5, "xa.muongso"),
        ("sent", "Xã Mường So", 5, "xa.muongso"),
        ("received", "Tỉnh Lai Châu", 4, "tinh.ocop"),
    ]
    assert short_of([dossier]) == {dossier.pk: "mới nhận 4 trong 5 đơn vị mẫu"}
    told = Notice.objects.filter(user=owner, kind="dossier.samples").latest("pk")
    assert told.body == "4 đơn vị mẫu tại Tỉnh Lai Châu, hư hỏng một phần. Vỡ một hộp"
    assert Entry.objects.about(dossier).filter(action="dossier.receive_samples").count() == 2


def test_what_is_on_its_way_is_said_on_the_dossier(make, commune_officer, owner, signed_in):
    dossier = make("reported")
    receive_samples(dossier, **GOOD, by=commune_officer)
    dossier = _forward(dossier, commune_officer)
    page = signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/").text
    assert "Sản phẩm mẫu: 5/5 đơn vị xã đã chuyển, cấp trên chưa ghi nhận." in page


def test_a_lot_on_its_way_arrives_though_the_dossier_was_withdrawn(
    make, commune_officer, officer, owner, signed_in
):
    dossier = make("reported")
    receive_samples(dossier, **GOOD, by=commune_officer)
    dossier = _forward(dossier, commune_officer)
    DOSSIER.take("withdraw", dossier, by=owner, data={"note": "Chưa đủ sản lượng"})
    lot, page = dossier.samples.get(), f"{T}/dossiers/{dossier.pk}/samples/"
    assert "Nhận lô này" in signed_in(officer).get(page).content.decode()
    assert signed_in(officer).post(f"{page}{lot.pk}/take-over/", GOOD).status_code == 302
    assert on_hand([dossier.pk]) == {dossier.pk: 5}
    with pytest.raises(ValidationError, match="không ở bước nhận mẫu"):
        receive_samples(dossier, **GOOD, by=officer)


def test_handed_in_at_the_province_at_once(make, officer):
    dossier = make("forwarded")
    assert short_of([dossier]) == {dossier.pk: "chưa nhận sản phẩm mẫu"}
    receive_samples(dossier, count=2, condition="good", by=officer)
    receive_samples(dossier, count=3, condition="good", by=officer)
    assert on_hand([dossier.pk]) == {dossier.pk: 5}
    assert short_of([dossier]) == {}


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"count": "0", "condition": "good"}, "count", "từ 1 đến 500"),
        ({"count": "501", "condition": "good"}, "count", "500"),
        ({"count": "năm", "condition": "good"}, "count", "bằng chữ số"),
        ({"count": "5", "condition": "damaged"}, "note", "Nêu hư hỏng"),
        ({"count": "5", "condition": "x"}, "condition", "lựa chọn"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(make, commune_officer, signed_in, given, field, words):
    dossier = make("submitted")
    page = signed_in(commune_officer).post(f"{T}/dossiers/{dossier.pk}/samples/", given)
    assert page.status_code == 422
    assert words in " ".join(page.context["form"].errors[field])
    assert _moves(dossier) == []


def test_fewer_than_sent_needs_a_reason_and_never_more(make, commune_officer, officer):
    dossier = make("reported")
    receive_samples(dossier, **GOOD, by=commune_officer)
    lot = _forward(dossier, commune_officer).samples.get()
    with pytest.raises(ValidationError, match="Nêu vì sao thiếu"):
        take_over(lot, count=3, condition="good", by=officer)
    with pytest.raises(ValidationError, match="từ 0 đến 5"):
        take_over(lot, count=6, condition="good", by=officer)
    take_over(lot, count=0, condition="good", note="Lạc trên đường", by=officer)
    with pytest.raises(ValidationError, match="không chờ nhận"):
        take_over(lot, **GOOD, by=officer)


def test_only_where_the_dossier_lies_and_only_its_office(
    make, owner, commune_officer, officer, advisor, nobody
):
    with pytest.raises(ValidationError, match="không ở bước nhận mẫu"):
        receive_samples(make("draft"), **GOOD, by=commune_officer)
    dossier = make("submitted", name="Chè đen")
    for user in (owner, officer, advisor, nobody):
        with pytest.raises(PermissionDenied):
            receive_samples(dossier, **GOOD, by=user)
    forwarded = make("forwarded", name="Chè vàng")
    with pytest.raises(PermissionDenied):
        receive_samples(forwarded, **GOOD, by=commune_officer)
    receive_samples(forwarded, **GOOD, by=advisor)


def test_a_service_hands_in_none(commune, owner, found, commune_officer, make, signed_in):
    dossier = make("submitted", name="Bản Sin Suối Hồ", set_code="QD26-26")
    with pytest.raises(ValidationError, match="không phải nộp mẫu"):
        receive_samples(dossier, **GOOD, by=commune_officer)
    assert short_of([dossier]) == {}
    assert signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/samples/").status_code == 404
    assert "Sổ nhận mẫu" not in signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/").content.decode()


def test_what_is_written_stays(make, commune_officer):
    move = receive_samples(make("submitted"), **GOOD, by=commune_officer)
    for change in (SampleMove.objects.filter(pk=move.pk).delete, lambda: SampleMove.objects.update(count=9)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_pages_show_custody_and_take_it_over(
    make, owner, commune_officer, officer, other_owner, stranger, other_commune, signed_in
):
    dossier = make("reported")
    home, tab, above = f"{T}/dossiers/{dossier.pk}/", signed_in(commune_officer), signed_in(officer)
    assert "cần 5 đơn vị, chưa nơi nào giữ" in signed_in(owner).get(home).content.decode()
    assert "Ghi nhận mẫu" in tab.get(f"{home}samples/").content.decode()
    assert tab.post(f"{home}samples/", GOOD).status_code == 302
    assert "đang giữ 5/5 đơn vị" in signed_in(owner).get(home).content.decode()
    assert "Nhận sản phẩm mẫu" in signed_in(owner).get(home).content.decode()
    seen = signed_in(owner).get(f"{home}samples/").content.decode()
    assert "Nguyên vẹn" in seen
    assert "Ghi nhận mẫu" not in seen
    assert signed_in(owner).post(f"{home}samples/", GOOD).status_code == 403
    _forward(dossier, commune_officer)
    take = f"{home}samples/{dossier.samples.get().pk}/take-over/"
    assert "Nhận lô này" in above.get(f"{home}samples/").content.decode()
    assert tab.get(take).status_code == 403
    assert 'value="5"' in above.get(take).content.decode()
    assert above.post(take, {"count": 4, "condition": "good"}).status_code == 422
    assert above.post(take, GOOD).status_code == 302
    assert [len(it["moves"]) for it in custody(dossier)] == [3]
    elsewhere = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    for user in (other_owner, stranger, elsewhere):
        for url in (f"{home}samples/", take, f"{T}/api/dossiers/{dossier.pk}/samples/"):
            assert signed_in(user).get(url).status_code == 404


def test_the_check_page_leads_there(make, commune_officer, signed_in):
    dossier = make("submitted")
    page = signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/check/").content.decode()
    assert "Sổ nhận sản phẩm mẫu" in page
    check_all(dossier, commune_officer)
    assert DOSSIER["report"].sources == {"submitted"}


def test_api_receives_and_takes_over(make, commune_officer, officer, signed_in):
    dossier = make("reported")
    url, json = f"{T}/api/dossiers/{dossier.pk}/samples/", {"content_type": "application/json"}
    made = signed_in(commune_officer).post(url, GOOD, **json)
    assert (made.status_code, made.json()["by"]) == (201, "Vàng Thị Mẩy")
    assert signed_in(officer).post(url, GOOD, **json).status_code == 403
    bad = signed_in(commune_officer).post(url, {"count": 0, "condition": "good"}, **json)
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["count"])
    _forward(dossier, commune_officer)
    taken = signed_in(officer).post(f"{url}{made.json()['sample']}/take-over/", GOOD, **json)
    assert taken.status_code == 201
    assert [it["kind"] for it in signed_in(officer).get(url).json()] == ["received", "sent", "received"]


class TestUnitsThatLeaveALot:
    @pytest.fixture
    def lot(self, make, officer):
        dossier = make("forwarded")
        receive_samples(dossier, **GOOD, by=officer)
        return dossier.samples.get()

    def test_what_is_left_counts_and_goes_on(self, lot, officer):
        use_up(lot, kind="used", count=2, by=officer)
        use_up(lot, kind="tested", count=1, by=officer, note="Trung tâm Kỹ thuật 1")
        assert on_hand([lot.dossier_id]) == {lot.dossier_id: 2}
        with pytest.raises(ValidationError, match="từ 1 đến 2"):
            use_up(lot, kind="used", count=3, by=officer)
        use_up(lot, kind="disposed", count=2, by=officer, note="Hết hạn dùng")
        assert on_hand([lot.dossier_id]) == {}
        with pytest.raises(ValidationError, match="không còn ở đây"):
            use_up(lot, kind="used", count=1, by=officer)

    def test_only_what_the_commune_still_holds_is_sent_on(self, make, commune_officer):
        dossier = make("reported")
        receive_samples(dossier, **GOOD, by=commune_officer)
        use_up(dossier.samples.get(), kind="used", count=1, by=commune_officer)
        _forward(dossier, commune_officer)
        assert _moves(dossier)[-1] == ("sent", "Xã Mường So", 4, "xa.muongso")

    def test_given_away_or_disposed_of_says_where_or_why(self, lot, officer):
        with pytest.raises(ValidationError, match="nơi nhận hoặc lý do"):
            use_up(lot, kind="disposed", count=1, by=officer)

    def test_another_office_may_not(self, lot, commune_officer):
        with pytest.raises(PermissionDenied):
            use_up(lot, kind="used", count=1, by=commune_officer)

    def test_through_the_page(self, lot, officer, signed_in):
        client, base = signed_in(officer), f"{T}/dossiers/{lot.dossier_id}/samples/"
        assert "còn 5" in client.get(base).content.decode()
        refused = client.post(f"{base}{lot.pk}/use/", {"kind": "disposed", "count": "1", "note": ""})
        assert refused.status_code == 422
        assert client.post(f"{base}{lot.pk}/use/", {"kind": "used", "count": "2"}).status_code == 302
        assert "còn 3" in client.get(base).content.decode()

    def test_a_label_for_each_unit_with_a_code_that_leads_here(self, lot, officer, signed_in):
        response = signed_in(officer).get(f"{T}/dossiers/{lot.dossier_id}/samples/{lot.pk}/labels/")
        with pypdfium2.PdfDocument(response.content) as document:
            text = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert lot.dossier.code in text
        assert [f"{n}/5" in text for n in range(1, 6)] == [True] * 5
