"""A visit: its list, its answers by several hands, its photographs, its signature."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from ocop.tenancy.scope import tenant_scope
from products.advisory.checklists import checklist_for, lists, write_list
from products.advisory.photos import MOST, add_photo, remove_photo
from products.advisory.surveys import Conflict, save_answer, start_survey
from products.advisory.syncing import Entry as Writing
from products.advisory.syncing import standing, sync
from products.models import Exclusion, Survey, SurveyAnswer, SurveyChange, SurveyPhoto
from products.workflow import SURVEY
from tests import factories
from tests.races import at_once

T = "/lai-chau"
TODAY = timezone.localdate


@pytest.fixture
def advisor(province):
    return factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)


@pytest.fixture
def second(province):
    return factories.make_user("to.hai", "Lê Văn Hai", role="advisory_member", unit=province)


@pytest.fixture
def survey(make, advisor):
    return start_survey(make("accepted"), by=advisor, purpose="Nguồn chè")


def write(survey, item, value="", note="", *, by, seen=0, key=""):
    return save_answer(survey, item, value, note=note, revision=seen, key=key or uuid.uuid4().hex, by=by)


def fill(survey, by):
    """Everything that a signature needs."""
    write(survey, "held_on", TODAY().isoformat(), by=by)
    write(survey, "people", note="Trần Thị Tư, tổ trưởng", by=by)
    for it in survey.checklist:
        write(survey, it["code"], "yes", by=by)
    write(survey, "conclusion", note="Đúng hồ sơ.", by=by)


def test_the_list_is_the_common_one_and_that_of_its_category(survey):
    common, food = lists()[""], lists()["I"]
    assert [it["text"] for it in survey.checklist] == common + food
    assert [it["code"] for it in survey.checklist] == [str(n) for n in range(1, len(common + food) + 1)]
    assert [it["text"] for it in checklist_for("QD26-26")][len(common) :] == lists()["VI"]


def test_a_province_writes_its_own_list_and_a_survey_keeps_the_one_it_began_with(
    survey, make, advisor, province, signed_in
):
    officer = factories.make_user("cb.bang", "Cán bộ bảng", role="officer", unit=province)
    before = list(survey.checklist)
    tab = signed_in(officer)
    assert tab.post(f"{T}/surveys/lists/I/", {"text": "Có nhà xưởng\n\n  Có kho  "}).status_code == 302
    assert lists()["I"] == ["Có nhà xưởng", "Có kho"]
    survey.refresh_from_db()
    assert survey.checklist == before
    new = start_survey(survey.dossier, by=advisor)
    assert [it["text"] for it in new.checklist][-2:] == ["Có nhà xưởng", "Có kho"]
    assert "Cán bộ bảng" in tab.get(f"{T}/surveys/lists/").text
    with pytest.raises(ValidationError):
        write_list("I", "\n".join(str(n) for n in range(41)), by=officer)
    write_list("I", "", by=officer)
    assert len(lists()["I"]) > 2
    assert signed_in(advisor).post(f"{T}/surveys/lists/I/", {"text": "x"}).status_code == 403
    assert tab.get(f"{T}/surveys/lists/XX/").status_code == 404


def test_two_surveyors_on_different_items_both_stand(survey, advisor, second):
    write(survey, "1", "yes", by=advisor)
    write(survey, "2", "no", "Thiếu sổ", by=second)
    assert {it.item: (it.value, it.note, it.by) for it in SurveyAnswer.objects.all()} == {
        "1": ("yes", "", advisor), "2": ("no", "Thiếu sổ", second),
    }  # fmt: skip


def test_who_comes_second_to_one_item_is_asked_and_nothing_is_lost(survey, advisor, second):
    write(survey, "1", "yes", "Đang làm", by=advisor)
    with pytest.raises(Conflict) as met:
        write(survey, "1", "no", "Đóng cửa", by=second)
    assert (met.value.theirs, met.value.who) == ({"p": "yes", "note": "Đang làm", "r": 1}, "Trần Thị Tư")
    assert write(survey, "1", "yes", "Đang làm", by=second).is_new is False  # the same words are no quarrel
    write(survey, "1", "no", "Đang làm. Đóng cửa", by=second, seen=1)
    assert [(it.note, it.by) for it in SurveyChange.objects.filter(item="1")] == [
        ("Đang làm", advisor), ("Đang làm. Đóng cửa", second),
    ]  # fmt: skip


def test_sent_twice_it_is_written_once(survey, advisor):
    first = write(survey, "1", "yes", by=advisor, key="k1")
    again = write(survey, "1", "yes", by=advisor, key="k1")
    assert (first.is_new, again.is_new, again.revision) == (True, False, 1)
    assert SurveyChange.objects.count() == 1


@pytest.mark.parametrize(
    ("item", "value", "note"),
    [("99", "yes", ""), ("1", "maybe", ""), ("held_on", "hôm nay", ""), ("held_on", "2999-01-01", ""), ("people", "yes", ""),
     ("1", "yes", "x" * 2001)],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_words(survey, advisor, item, value, note):
    with pytest.raises(ValidationError) as refused:
        write(survey, item, value, note, by=advisor)
    assert all(refused.value.messages)
    assert not SurveyAnswer.objects.exists()


def test_a_photograph_keeps_nothing_that_its_camera_wrote(survey, advisor, owner, signed_in):
    row = add_photo(survey, factories.photograph(), key="p1", item="3", by=advisor)
    with default_storage.open(row.file.path) as kept, Image.open(kept) as picture:
        assert (dict(picture.getexif()), picture.info.get("exif")) == ({}, None)
    assert (row.place, row.latitude) == ("", None)
    given = {"latitude": 22.386412345, "longitude": 103.45802, "accuracy": 12.4}
    placed = add_photo(survey, factories.photograph(), key="p2", place=given, by=advisor)
    assert placed.place == "22.38641, 103.45802 (± 12 m)"
    assert add_photo(survey, factories.photograph(), key="p2", by=advisor).pk == placed.pk
    remove_photo(placed, by=advisor)
    assert (
        add_photo(survey, factories.photograph(), key="p2", by=advisor).removed_at is not None
    )  # sent late, it does not come back
    url = f"{T}/surveys/{survey.pk}/photos/{row.pk}/"
    sent = signed_in(advisor).get(url)
    assert sent.headers["Content-Type"] == "image/jpeg"
    assert b"Phone of" not in b"".join(sent.streaming_content)
    assert signed_in(owner).get(url).status_code == 404  # not signed yet
    assert signed_in(advisor).get(f"{T}/surveys/{survey.pk}/photos/{placed.pk}/").status_code == 404


@pytest.mark.parametrize(
    "upload",
    [SimpleUploadedFile("a.jpg", b""), SimpleUploadedFile("a.jpg", b"%PDF-1.7"), factories.upload("a.pdf")],
)
def test_what_is_no_photograph_is_refused(survey, advisor, upload):
    with pytest.raises(ValidationError):
        add_photo(survey, upload, key="p", by=advisor)
    assert not SurveyPhoto.objects.exists()


def test_a_survey_holds_only_so_many(survey, advisor):
    kept = add_photo(survey, factories.photograph(), key="p", by=advisor)
    rows = [
        SurveyPhoto(survey=survey, key=f"{n}", file=kept.file, taken_at=timezone.now(), by=advisor)
        for n in range(MOST - 1)
    ]
    SurveyPhoto.objects.bulk_create(rows)
    with pytest.raises(ValidationError, match="Nhiều nhất"):
        add_photo(survey, factories.photograph(), key="q", by=advisor)


def test_it_is_signed_once_everything_is_said(survey, advisor, owner, commune_officer, signed_in):
    with pytest.raises(ValidationError) as refused:
        SURVEY.take("sign", survey, by=advisor)
    assert [words[:12] for words in refused.value.messages] == [
        "Chưa ghi ngà",
        "Chưa ghi nhữ",
        "Còn 13 mục c",
        "Chưa ghi kết",
    ]
    for user in (owner, commune_officer):
        assert signed_in(user).get(f"{T}/surveys/{survey.pk}/").status_code == 404
    fill(survey, advisor)
    SURVEY.take("sign", survey, by=advisor)
    assert Notice.objects.get(kind="dossier.survey").user == owner
    for user in (owner, commune_officer):
        page = signed_in(user).get(f"{T}/surveys/{survey.pk}/")
        assert (page.status_code, "Đúng hồ sơ." in page.text, "Trần Thị Tư, tổ trưởng" in page.text) == (
            200,
            True,
            True,
        )
        assert "<form" not in page.text.split("<main")[1].split("</main")[0]
    with pytest.raises(ValidationError, match="đã ký"):
        write(survey, "1", "no", by=advisor, seen=1)
    SURVEY.take("reopen", survey, by=advisor, data={"note": "Thiếu ảnh kho"})
    write(survey, "1", "no", by=advisor, seen=1)


def test_the_page_keeps_what_was_touched_and_asks_where_somebody_was_faster(
    survey, advisor, second, signed_in
):
    tab = signed_in(advisor)
    page = tab.get(f"{T}/surveys/{survey.pk}/")
    assert page.status_code == 200
    sent = {f"r:{it['code']}": "0" for it in survey.checklist} | {
        f"n:{it['code']}": "" for it in survey.checklist
    }
    sent |= {
        "r:held_on": "0",
        "v:held_on": f"{TODAY():%d/%m/%Y}",
        "r:people": "0",
        "n:people": "Tư",
        "v:1": "yes",
        "n:1": "Tốt",
    }
    write(survey, "1", "no", "Xấu", by=second)
    write(survey, "2", "no", "Người kia ghi", by=second)
    page = tab.post(f"{T}/surveys/{survey.pk}/", sent)
    assert page.status_code == 200
    assert "Lê Văn Hai vừa ghi mục này" in page.text
    assert "Không. Xấu" in page.text
    assert {it.item: it.note for it in SurveyAnswer.objects.all()} == {
        "1": "Xấu", "2": "Người kia ghi", "held_on": "", "people": "Tư",
    }  # fmt: skip
    again = sent | {
        "r:1": "1",
        "r:held_on": "1",
        "r:people": "1",
        "r:2": "1",
        "v:2": "no",
        "n:2": "Người kia ghi",
    }
    assert tab.post(f"{T}/surveys/{survey.pk}/", again).status_code == 302
    assert {it.item: it.note for it in SurveyAnswer.objects.all()}["1"] == "Tốt"
    assert SurveyAnswer.objects.get(item="held_on").value == TODAY().isoformat()


def test_who_may_survey_and_who_sees_nothing(
    survey, owner, commune_officer, advisor, stranger, other_commune, signed_in
):
    for user in (owner, commune_officer):
        with pytest.raises(PermissionDenied):
            write(survey, "1", "yes", by=user)
        with pytest.raises(PermissionDenied):
            start_survey(survey.dossier, by=user)
    assert signed_in(stranger).get(f"{T}/surveys/{survey.pk}/").status_code == 404
    Exclusion.objects.create(dossier=survey.dossier, user=advisor, ground="Em ruột")
    assert signed_in(advisor).get(f"{T}/surveys/{survey.pk}/").status_code == 404
    assert standing(advisor) == {}
    entry = Writing("k", survey.pk, "1", "yes", "", 0)
    assert sync([entry], by=advisor)["k"]["status"] == "gone"


def test_begun_by_two_taps_it_is_one_until_something_is_written(survey, advisor):
    again = start_survey(survey.dossier, by=advisor, purpose="Nguồn chè")
    assert again == survey
    write(survey, "1", "yes", by=advisor)
    assert start_survey(survey.dossier, by=advisor, purpose="Nguồn chè") != survey


def test_who_is_visited_is_told_the_day_and_that_nobody_comes(make, advisor, owner, commune_officer):
    day = timezone.localdate() + dt.timedelta(days=5)
    survey = start_survey(make("accepted"), by=advisor, planned_on=day, purpose="Nguồn chè")
    for user in (owner, commune_officer):
        told = Notice.objects.get(user=user, kind="dossier.survey_planned")
        assert told.body == f"Dự kiến ngày {day:%d/%m/%Y}.\nNguồn chè"
    assert not Notice.objects.filter(user=advisor, kind="dossier.survey_planned").exists()
    SURVEY.take("cancel", survey, by=advisor, data={"note": "Mưa lũ"})
    assert Notice.objects.filter(kind="dossier.survey_cancelled").count() == 2
    start_survey(survey.dossier, by=advisor, purpose="Chưa có ngày")
    assert Notice.objects.filter(kind="dossier.survey_planned").count() == 2


def test_only_while_the_dossier_is_with_the_authority(make, advisor):
    with pytest.raises(ValidationError, match="Chỉ khảo sát khi"):
        start_survey(make("submitted"), by=advisor)


# ── the device ──


def entry(survey, item, value="", note="", *, seen=0, key):
    return {
        "key": key,
        "sheet": survey.pk,
        "attempt": 1,
        "criterion": item,
        "value": value,
        "note": note,
        "revision": seen,
    }


def post(tab, user, entries):
    return tab.post(
        f"{T}/surveys/sync/", {"v": 1, "user": user.pk, "entries": entries}, content_type="application/json"
    )


def test_a_device_takes_the_open_surveys_and_sends_its_writings_once(survey, advisor, second, signed_in):
    tab = signed_in(advisor)
    bundle = tab.get(f"{T}/surveys/take/bundle/").json()
    assert [(it["id"], len(it["items"])) for it in bundle["products"]] == [(survey.pk, 13)]
    assert len(tab.post(f"{T}/surveys/take/key/").json()["key"]) == 44
    sent = [
        entry(survey, "1", "yes", key="a"),
        entry(survey, "people", note="Tư", key="b"),
        {"key": "c", "sheet": "x"},
    ]
    for statuses in (["saved", "saved", "refused"], ["same", "same", "refused"]):
        told = post(tab, advisor, sent).json()
        assert [told["answers"][key]["status"] for key in "abc"] == statuses
    assert told["sheets"][str(survey.pk)]["levels"] == {
        "1": {"p": "yes", "note": "", "r": 1},
        "people": {"note": "Tư", "r": 1},
    }
    other = post(signed_in(second), second, [entry(survey, "1", "no", key="d")]).json()["answers"]["d"]
    assert (other["status"], other["theirs"]["p"]) == ("conflict", "yes")
    fill_rest = [entry(survey, it["code"], "yes", key=f"f{it['code']}") for it in survey.checklist[1:]]
    post(
        tab,
        advisor,
        [
            *fill_rest,
            entry(survey, "held_on", TODAY().isoformat(), key="g"),
            entry(survey, "conclusion", note="Đạt", key="h"),
        ],
    )
    SURVEY.take("sign", survey, by=advisor)
    late = post(tab, advisor, [entry(survey, "1", "no", seen=1, key="i")]).json()
    assert (late["answers"]["i"]["status"], late["sheets"][str(survey.pk)]["state"]) == ("wait", "sealed")
    known = tab.get(f"{T}/surveys/sync/?known={survey.pk},x,99999").json()["sheets"]
    assert {pk: it["state"] for pk, it in known.items()} == {str(survey.pk): "sealed"}


def test_what_is_no_batch_is_told_so(survey, advisor, second, owner, signed_in):
    tab = signed_in(advisor)
    assert post(tab, second, []).status_code == 409
    assert tab.post(f"{T}/surveys/sync/", "[", content_type="application/json").status_code == 400
    assert tab.post(f"{T}/surveys/sync/", {"user": 1}).status_code == 400
    assert post(tab, advisor, "x").status_code == 400
    assert signed_in(owner).get(f"{T}/surveys/sync/").status_code == 403
    tab.logout()
    asked = tab.get(f"{T}/surveys/sync/")
    assert (asked.status_code, "surveys/device/back" in asked.json()["login"]) == (401, True)


def test_a_devices_photograph_comes_once_with_its_place(survey, advisor, signed_in):
    tab = signed_in(advisor)
    url = f"{T}/surveys/{survey.pk}/device-photos/"
    taken = timezone.now() - dt.timedelta(hours=3)
    facts = {
        "key": "ph",
        "item": "1",
        "taken_at": taken.isoformat(),
        "latitude": "22.38641",
        "longitude": "103.45802",
        "accuracy": "9",
    }
    made = [tab.post(url, facts | {"file": factories.photograph()}).json()["photo"] for _ in range(2)]
    row = SurveyPhoto.objects.get()
    assert made == [row.pk, row.pk]
    assert (row.place, row.taken_at, row.item) == ("22.38641, 103.45802 (± 9 m)", taken, "1")
    for key, bad in (("q1", {"latitude": "nan"}), ("q2", {"longitude": "999"}), ("q3", {"latitude": ""})):
        tab.post(url, facts | bad | {"key": key, "file": factories.photograph()})
    assert [it.place for it in SurveyPhoto.objects.exclude(key="ph")] == ["", "", ""]
    assert tab.post(url, {"key": "x"}).status_code == 400
    assert tab.post(url, facts | {"key": "y", "file": factories.upload("a.pdf")}).status_code == 422
    SURVEY.take("cancel", survey, by=advisor, data={"note": "Mưa lũ"})
    assert tab.post(url, facts | {"key": "z", "file": factories.photograph()}).status_code == 409


def test_the_page_on_the_device_tells_nothing_of_anybody(survey, client):
    page = client.get(f"{T}/surveys/device/").text
    assert "survey_app" in page
    assert survey.dossier.product.name not in page
    worker = client.get(f"{T}/surveys/sw.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert '"base": "/lai-chau/surveys/"' in worker.text
    assert '"page": "/lai-chau/surveys/device/"' in worker.text


@pytest.mark.parametrize("names", [(), ("Gạo", "Mật")])
def test_the_list_asks_as_often_for_three_as_for_one(
    survey, make, advisor, signed_in, names, django_assert_num_queries
):
    tab = signed_in(advisor)
    tab.get(f"{T}/surveys/")
    for name in names:
        start_survey(make("accepted", name=name), by=advisor)
    with django_assert_num_queries(14):
        assert tab.get(f"{T}/surveys/").text.count('scope="row"') == 1 + len(names)


def test_two_who_write_one_item_at_the_same_moment_one_is_asked(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        province, commune = OrgUnit.objects.get(parent=None), OrgUnit.objects.get(name="Xã Mường So")
        people = [
            factories.make_user(f"to.{n}", f"Tổ {n}", role="advisory_member", unit=province) for n in "ab"
        ]
        found = start_survey(factories.make_complete_dossier(commune, state="accepted"), by=people[0])
    deeds = [
        lambda by=by, v=v: write(found, "1", v, by=by) for by, v in zip(people, ("yes", "no"), strict=True)
    ]
    answers = at_once(tenant.pk, *deeds, refusals=(Conflict,))
    assert sorted(type(it).__name__ for it in answers) == ["Conflict", "Saved"]
    with tenant_scope(tenant.pk):
        assert (SurveyAnswer.objects.count(), SurveyChange.objects.count()) == (1, 1)


def test_a_survey_of_another_province_is_not_there(survey, lai_chau):
    other = factories.make_tenant("son-la", "Tỉnh Sơn La", code="14")
    with tenant_scope(other.pk):
        assert not Survey.objects.exists()
