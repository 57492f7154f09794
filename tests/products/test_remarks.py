"""Standard remarks in one tap; after a supplement only what changed is looked at again, and both sides see it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.tenancy.scope import tenant_scope
from products import law
from products.desks.answering import answers
from products.desks.checking import items_of, save_check
from products.desks.remarks import drop_remark, joined, offered, offered_at, write_remark
from products.desks.reporting import save_finding
from products.dossiers.filling import save_section
from products.dossiers.whole import load
from products.models import StandardRemark
from products.workflow import DOSSIER
from tests.factories import check_all, number_report

T = "/lai-chau"
TEXT = "Mục tiêu chưa có số liệu."


@pytest.fixture
def remark(officer):
    return write_remark(item="plan", verdict="wrong", text=TEXT, by=officer)


def _returned(make, commune_officer, owner):
    """Asked about the plan and the samples, the plan mended and handed in again."""
    dossier = make("submitted", on=timezone.localdate() - dt.timedelta(days=1))
    check_all(dossier, commune_officer)
    save_check(dossier, "plan", "wrong", by=commune_officer, note=TEXT)
    save_check(dossier, "samples", "missing", by=commune_officer)
    due = {"due_on": dossier.round.cutoff_on}
    dossier = DOSSIER.take("ask_supplement", dossier, by=commune_officer, data=due)
    save_section(dossier, "plan", {"goals": "Thêm 5 ha, doanh thu 3 tỷ năm 2027."}, by=owner)
    return dossier


def test_one_tap_writes_verdict_and_words(make, commune_officer, remark, signed_in):
    dossier, tab = make("submitted"), signed_in(commune_officer)
    url = f"{T}/dossiers/{dossier.pk}/check/"
    assert f'value="{remark.pk}">{TEXT}</button>' in tab.get(url).text
    assert tab.post(url, {"plan-remark": remark.pk}).status_code == 302
    check = dossier.checks.get()
    assert (check.item, check.verdict, check.note, check.checked_by) == (
        "plan",
        "wrong",
        TEXT,
        commune_officer,
    )


def test_enter_in_a_field_taps_no_remark(make, commune_officer, remark, signed_in):
    page = signed_in(commune_officer).get(f"{T}/dossiers/{make('submitted').pk}/check/").text
    first = page[page.index("data-kept") :]
    first = first[first.index("<button") :]
    assert "name=" not in first[: first.index(">")]


def test_a_tap_keeps_what_is_typed_there_and_elsewhere(make, commune_officer, remark, signed_in):
    dossier = make("submitted")
    given = {
        "plan-verdict": "ok",
        "plan-note": "Thiếu năm 2027.",
        "general-verdict": "ok",
        "plan-remark": remark.pk,
    }
    signed_in(commune_officer).post(f"{T}/dossiers/{dossier.pk}/check/", given)
    found = {it.item: (it.verdict, it.note) for it in dossier.checks.all()}
    assert found == {"plan": ("wrong", f"Thiếu năm 2027; {TEXT}"), "general": ("ok", "")}


def test_a_remark_of_another_item_or_none_writes_nothing(make, commune_officer, remark, signed_in):
    dossier = make("submitted")
    for key, pk in (("general", remark.pk), ("plan", remark.pk + 1), ("plan", "x")):
        signed_in(commune_officer).post(f"{T}/dossiers/{dossier.pk}/check/", {f"{key}-remark": pk})
    assert not dossier.checks.exists()


def test_words_are_joined_once():
    assert (joined("", "A."), joined("A.", "A."), joined("B.", "A.")) == ("A.", "A.", "B; A.")


def test_those_of_every_item_stand_behind_its_own(officer, remark):
    general = write_remark(item="", verdict="missing", text="Bản chụp không đọc được.", by=officer)
    assert offered_at("plan", offered()) == [remark, general]
    assert offered_at("samples", offered()) == [general]


def test_the_officers_of_the_tenant_keep_the_list(officer, commune_officer, remark, signed_in):
    tab = signed_in(officer)
    page = tab.post(
        f"{T}/desk/remarks/", {"item": "paper:test_report", "verdict": "missing", "text": "Quá 12 tháng."}
    )
    assert page.status_code == 302
    assert tab.post(f"{T}/desk/remarks/{remark.pk}/", {"item": "plan", "verdict": "missing", "text": "Thiếu."}).status_code == 302  # fmt: skip
    assert list(StandardRemark.objects.values_list("item", "text")) == [
        ("paper:test_report", "Quá 12 tháng."),
        ("plan", "Thiếu."),
    ]
    assert tab.post(f"{T}/desk/remarks/{remark.pk}/drop/").status_code == 302
    assert [it.action for it in Entry.objects.filter(action__startswith="remark.").order_by("pk")] == [
        "remark.write", "remark.write", "remark.write", "remark.drop",
    ]  # fmt: skip
    with pytest.raises(PermissionDenied):
        write_remark(item="", verdict="wrong", text="x", by=commune_officer)
    with pytest.raises(ValidationError, match="đã được xóa"):
        drop_remark(remark.pk, by=officer)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"item": "plan", "verdict": "wrong", "text": TEXT}, "đã có ở mục đó"),
        ({"item": "plan", "verdict": "ok", "text": "Tốt"}, "không phải là một trong"),
        ({"item": "khong", "verdict": "wrong", "text": "x"}, "không phải là một trong"),
        ({"item": "", "verdict": "wrong", "text": "  "}, "còn trống"),
        ({"item": "", "verdict": "wrong", "text": "x" * 301}, "300"),
    ],
)
def test_what_cannot_stand_in_the_list_is_said(officer, remark, signed_in, given, words):
    page = signed_in(officer).post(f"{T}/desk/remarks/", given)
    assert page.status_code == 422
    assert words in page.text
    assert StandardRemark.objects.count() == 1


def test_another_tenants_remarks_are_its_own(remark, stranger, thai_nguyen_tenant, signed_in):
    with tenant_scope(thai_nguyen_tenant.pk):
        assert offered() == {}
    tab = signed_in(stranger)
    assert tab.get(f"/thai-nguyen/desk/remarks/{remark.pk}/").status_code == 404
    assert tab.post(f"/thai-nguyen/desk/remarks/{remark.pk}/drop/").status_code == 404
    assert StandardRemark.objects.count() == 1


def test_both_sides_see_the_same_list(make, commune_officer, owner, signed_in):
    dossier = _returned(make, commune_officer, owner)
    asked = dossier.supplements.get()
    seen = [(it.key, it.changed) for it in answers(load(dossier), asked)]
    assert seen == [("plan", True), ("samples", None)]
    hers = signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/").context["answers"]
    DOSSIER.take("resubmit", dossier, by=owner, data={"confirmed": True})
    theirs = signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/check/").context["answers"]
    assert hers == theirs


def test_what_was_not_touched_is_said_to_both(make, commune_officer, owner, signed_in):
    dossier = _returned(make, commune_officer, owner)
    save_section(dossier, "plan", {"goals": "Thêm 5 ha chứng nhận hữu cơ."}, by=owner)  # as it was
    assert [it.changed for it in answers(load(dossier), dossier.supplements.get())] == [False, None]
    page = signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/")
    assert "chưa thay đổi" in page.text
    assert _status(page, "plan") == "look"


def test_what_was_mended_needs_no_other_look(make, commune_officer, owner, signed_in):
    dossier = _returned(make, commune_officer, owner)
    assert _status(signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/"), "plan") == "done"


def _status(page, section):
    return next(it["status"] for it in page.context["tasks"] if it["url"].endswith(f"/{section}/"))


def test_the_second_look_is_at_what_changed(make, commune_officer, owner, signed_in):
    dossier = _returned(make, commune_officer, owner)
    dossier = DOSSIER.take("resubmit", dossier, by=owner, data={"confirmed": True})
    tab, url = signed_in(commune_officer), f"{T}/dossiers/{dossier.pk}/check/"
    page = tab.get(url)
    assert [it.key for it in page.context["changed"]] == ["plan"]
    rows = [row for group in page.context["groups"] for row in group["rows"]]
    assert len(rows) == len(items_of(load(dossier)))
    assert [row["item"].key for row in rows if row["check"] is None] == ["plan"]
    assert tab.get(page.context["changes_url"]).status_code == 200
    narrow = tab.get(f"{url}?only=changed")
    assert [row["item"].key for group in narrow.context["groups"] for row in group["rows"]] == ["plan"]
    answer = tab.post(f"{url}?only=changed", {"plan-verdict": "ok", "plan-note": ""})
    assert answer.headers["Location"] == f"{url}?only=changed"
    assert dossier.checks.get(item="plan").verdict == "ok"


def test_who_did_not_ask_looks_for_the_first_time(make, commune_officer, officer, owner, signed_in):
    """What the commune asked for and got is no change to the province, which has checked nothing yet."""
    dossier = _returned(make, commune_officer, owner)
    dossier = DOSSIER.take("resubmit", dossier, by=owner, data={"confirmed": True})
    check_all(dossier, commune_officer)
    for finding in law.regime(dossier.regime).findings:
        save_finding(dossier, finding.code, f"{finding.name}: đúng như hồ sơ.", by=commune_officer)
    dossier = DOSSIER.take("report", dossier, by=commune_officer)
    number_report(dossier, commune_officer)
    dossier = DOSSIER.take("forward", dossier, by=commune_officer)
    assert signed_in(officer).get(f"{T}/dossiers/{dossier.pk}/check/").context["changed"] == []


def test_a_first_filing_changed_nothing(make, commune_officer, signed_in):
    dossier = make("submitted")
    assert signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/check/").context["changed"] == []
