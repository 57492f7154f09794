"""The commune: checks item by item, asks for what is missing while the clock stands, reports, sends on."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from products.desks.checking import items_of, save_check
from products.desks.reporting import draft_report, save_finding
from products.dossiers.filling import save_section
from products.dossiers.whole import load
from products.models import IntakeCheck
from products.workflow import DOSSIER
from tests.evaluation.makers import make_accepted_dossier
from tests.factories import check_all, make_user, number_report

T = "/lai-chau"
FILED = dt.date(2026, 11, 2)


def _moment(day):
    return dt.datetime.combine(day, dt.time(9), timezone.get_current_timezone())


def _ask(dossier, by, day, due=dt.date(2026, 11, 20)):
    save_check(dossier, "plan", "wrong", by=by, note="Chưa rõ mục tiêu", at=_moment(day))
    save_check(dossier, "samples", "missing", by=by, at=_moment(day))
    return DOSSIER.take("ask_supplement", dossier, by=by, data={"due_on": due, "at": _moment(day)})


def test_a_request_names_items_and_reasons_and_the_clock_stands(make, owner, commune_officer):
    dossier = _ask(make("submitted", on=FILED), commune_officer, dt.date(2026, 11, 6))
    asked = dossier.supplements.get()
    assert [(it["item"], it["reason"]) for it in asked.items] == [
        ("plan", "Chưa rõ mục tiêu"),
        ("samples", "Thiếu"),
    ]
    assert dossier.clocks.get().paused_on == dt.date(2026, 11, 6)
    notice = Notice.objects.get(kind="dossier.supplement")
    assert notice.user == owner
    assert "Chưa rõ mục tiêu" in notice.body


def test_the_clock_goes_on_after_the_supplement(make, owner, commune_officer):
    dossier = _ask(make("submitted", on=FILED), commune_officer, dt.date(2026, 11, 6))
    back = dt.date(2026, 11, 13)
    dossier = DOSSIER.take("resubmit", dossier, by=owner, data={"confirmed": True, "at": _moment(back)})
    clock = dossier.clocks.get()
    # Four of fifteen working days were used by 06/11; eleven follow 13/11, of which 24/11 is a holiday.
    assert (clock.paused_on, clock.due_on) == (None, dt.date(2026, 12, 1))
    assert dossier.versions.count() == 2
    assert dossier.supplements.get().answered_at == _moment(back)


def test_only_changed_items_are_looked_at_again(make, owner, commune_officer):
    dossier = make("submitted", on=FILED)
    check_all(dossier, commune_officer)
    dossier = _ask(dossier, commune_officer, dt.date(2026, 11, 6))
    save_section(dossier, "plan", {"goals": "Rõ hơn: thêm 5 ha năm 2027."}, by=owner)
    dossier = DOSSIER.take(
        "resubmit", dossier, by=owner, data={"confirmed": True, "at": _moment(dt.date(2026, 11, 9))}
    )
    every = {it.key for it in items_of(load(dossier))}
    assert every - set(dossier.checks.values_list("item", flat=True)) == {"plan"}


def test_nothing_marked_nothing_asked_and_no_day_in_the_past(make, commune_officer):
    dossier = make("submitted")
    with pytest.raises(ValidationError, match="Chưa đánh dấu mục nào"):
        DOSSIER.take("ask_supplement", dossier, by=commune_officer, data={"due_on": timezone.localdate()})
    save_check(dossier, "plan", "wrong", by=commune_officer, note="Thiếu số liệu")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        DOSSIER.take("ask_supplement", dossier, by=commune_officer, data={"due_on": yesterday})
    assert list(refused.value.message_dict) == ["due_on"]


def test_a_wrong_item_needs_its_reason(make, commune_officer, signed_in):
    dossier = make("submitted")
    with pytest.raises(ValidationError, match="chưa đúng ở chỗ nào"):
        save_check(dossier, "plan", "wrong", by=commune_officer)
    page = signed_in(commune_officer).post(
        f"{T}/dossiers/{dossier.pk}/check/", {"plan-verdict": "wrong", "plan-note": ""}
    )
    assert page.status_code == 200
    assert "Nêu chưa đúng ở chỗ nào" in page.content.decode()
    assert not IntakeCheck.objects.exists()


def test_the_report_needs_every_finding_and_every_item_right(make, commune_officer):
    dossier = make("submitted")
    check_all(dossier, commune_officer)
    save_check(dossier, "plan", "missing", by=commune_officer)
    save_finding(dossier, "local_material", "Chè trồng tại xã.", by=commune_officer)
    with pytest.raises(ValidationError) as refused:
        DOSSIER.take("report", dossier, by=commune_officer)
    assert refused.value.messages == [
        "Chưa ghi nhận xét “Sử dụng lao động địa phương”.",
        "Chưa ghi nhận xét “Nguồn gốc ý tưởng sản phẩm”.",
        "Chưa ghi nhận xét “Bản sắc, trí tuệ địa phương”.",
        "“Kế hoạch phát triển” chưa đạt: Thiếu",
    ]


def test_the_report_is_a_paper_with_the_findings(make):
    dossier = make("reported")
    paper = dossier.commune_report.paper
    said = [block["p"] for block in paper.content["body"] if "p" in block]
    assert "Nguồn gốc ý tưởng sản phẩm: đúng như hồ sơ." in said
    assert paper.content["to"] == ["Ủy ban nhân dân tỉnh Lai Châu"]
    assert (paper.kind, paper.state, paper.unit) == ("commune_report", "draft", dossier.unit)


def test_forwarding_needs_the_number_and_stops_the_clock(make, commune_officer, officer):
    dossier = make("reported")
    with pytest.raises(ValidationError, match="chưa có số"):
        DOSSIER.take("forward", dossier, by=commune_officer)
    number_report(dossier, commune_officer)
    dossier = DOSSIER.take("forward", dossier, by=commune_officer)
    assert dossier.clocks.get().stopped_on == timezone.localdate()
    assert Notice.objects.filter(user=officer, kind="dossier.forwarded").count() == 1


def test_a_re_ranking_starts_the_provinces_own_clock(make):
    dossier = make("forwarded", kind="re_ranking", on=FILED)
    running = dossier.clocks.get(stopped_on=None)
    assert (running.rule, running.due_on) == ("re_ranking", FILED + dt.timedelta(days=45))


def test_findings_save_themselves_and_a_stale_tab_overwrites_nothing(make, commune_officer, signed_in):
    dossier = make("submitted")
    url, tab = f"{T}/dossiers/{dossier.pk}/findings/", signed_in(commune_officer)
    assert tab.get(url).status_code == 200
    given = {"field": "idea_origin", "idea_origin": "Từ tổ nghề", "r:idea_origin": 0}
    first = tab.post(url, given, headers={"Accept": "application/json"})
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    second = tab.post(url, {**given, "idea_origin": "Khác"}, headers={"Accept": "application/json"})
    assert second.status_code == 409
    stale = tab.post(url, {"idea_origin": "Khác", "r:idea_origin": 0})
    assert "<q>Từ tổ nghề</q>" in stale.content.decode()
    dossier.refresh_from_db()
    assert dossier.commune_report.findings == {"idea_origin": "Từ tổ nghề"}


def test_a_phone_is_led_from_finding_to_finding_and_at_last_to_the_step(make, commune_officer, signed_in):
    """One address; each button saves and leads on, the last one to a page that knows what is written."""
    dossier = make("submitted")
    url, tab = f"{T}/dossiers/{dossier.pk}/findings/", signed_in(commune_officer)
    page = tab.get(url).text
    codes = ["local_material", "local_labour", "idea_origin", "local_identity", "proposal"]
    places = [page.index(f'id="hoi-{code}"') for code in (*codes, "xong")]
    assert places == sorted(places)
    assert "Câu 1/5" in page
    assert page.index("30 trong 32", places[1]) < places[2]  # what a finding rests on stands at it
    for here, following in zip(codes, [*codes[1:], "xong"], strict=True):
        sent = {here: "Đúng như hồ sơ.", f"r:{here}": 0, "to": f"hoi-{following}"}
        assert tab.post(url, sent).url == f"{url}#hoi-{following}"
    assert "Chưa ghi nhận xét" not in tab.get(url).text
    assert tab.post(url, {"to": "hoi-nowhere"}).url == url
    stale = tab.post(url, {"idea_origin": "Khác", "r:idea_origin": 0, "to": "hoi-local_identity"}).text
    assert '<a href="#hoi-idea_origin">' in stale


def test_what_is_missing_is_one_tap_away_and_a_made_report_is_one_page(make, commune_officer, signed_in):
    dossier, tab = make("submitted"), signed_in(commune_officer)
    url = f"{T}/dossiers/{dossier.pk}/findings/"
    assert f'href="{url}#hoi-local_labour"' in tab.get(url).text
    page = tab.get(f"{T}/dossiers/{make('reported', name='Gạo').pk}/findings/").text
    assert "Câu 1/5" not in page
    assert "Lưu và tiếp tục" not in page


def test_another_communes_officer_sees_nothing(make, other_commune, signed_in):
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    dossier = make("submitted")
    for path in ("", "check/", "findings/", "steps/report/", "review/"):
        assert signed_in(other).get(f"{T}/dossiers/{dossier.pk}/{path}").status_code == 404


def test_the_producer_may_not_check_or_report(make, owner, signed_in):
    dossier = make("submitted")
    for path in ("check/", "findings/", "steps/report/", "steps/ask_supplement/"):
        assert signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/{path}").status_code == 403
    with pytest.raises(PermissionDenied):
        save_check(dossier, "plan", "ok", by=owner)


def test_a_check_at_the_wrong_time_is_told(make, commune_officer, signed_in):
    dossier = make("reported")
    with pytest.raises(ValidationError, match="không ở bước kiểm tra"):
        save_check(dossier, "plan", "ok", by=commune_officer)
    answer = signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/check/")
    assert answer.status_code == 302


def test_every_step_is_in_the_log_with_role_and_states(make, commune_officer):
    dossier = make("reported")
    entry = Entry.objects.get(action="dossier.report")
    assert (entry.actor, entry.role, entry.before, entry.after) == (
        commune_officer,
        "commune_officer",
        "submitted",
        "reported",
    )
    assert entry.object_id == dossier.pk


def test_api_checks_and_finds(make, commune_officer, owner, signed_in):
    dossier, api = make("submitted"), signed_in(commune_officer)
    base = f"{T}/api/dossiers/{dossier.pk}"
    assert (
        api.put(f"{base}/checks/plan/", {"verdict": "ok"}, content_type="application/json").status_code == 200
    )
    wrong = api.put(f"{base}/checks/plan/", {"verdict": "wrong"}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["note"])
    assert (
        api.put(f"{base}/checks/khong/", {"verdict": "ok"}, content_type="application/json").status_code
        == 404
    )
    assert [it["item"] for it in api.get(f"{base}/checks/").json()] == ["plan"]
    assert (
        api.put(
            f"{base}/findings/idea_origin/", {"text": "Từ tổ nghề"}, content_type="application/json"
        ).status_code
        == 200
    )
    assert (
        signed_in(owner)
        .put(f"{base}/findings/idea_origin/", {"text": "x"}, content_type="application/json")
        .status_code
        == 403
    )
    steps = {it["name"]: it["problems"] for it in api.get(f"{base}/steps/").json()}
    assert "Chưa ghi nhận xét “Sử dụng lao động địa phương”." in steps["report"]


def test_the_dossier_leads_to_the_report_that_needs_a_number(make, commune_officer, owner, signed_in):
    dossier = make("reported")
    paper = f"{T}/papers/{dossier.commune_report.paper_id}/"
    assert f'href="{paper}"' in signed_in(commune_officer).get(f"{T}/dossiers/{dossier.pk}/").text
    assert paper not in signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/").text


def test_where_the_law_asks_for_no_findings_the_report_is_a_request(lai_chau, commune_officer):
    """QĐ 1048/2019: the commune hands on and reports nothing."""
    old, district = OrgUnit.objects.get(name="Xã Khổng Lào"), OrgUnit.objects.get(name="Huyện Phong Thổ")
    dossier = make_accepted_dossier(old, set_code="QD1048-01", regime="1048/2019", round_unit=district)
    paper = draft_report(dossier, by=commune_officer)
    assert [block["h"] for block in paper.content["body"] if "h" in block] == [
        "I. Thông tin chung",
        "II. Đề nghị",
    ]
