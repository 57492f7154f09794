"""The plan of the year: written, issued, read, closed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.notices.models import Notice
from plans.drafts import write_draft
from plans.models import Plan, Target
from plans.workflow import PLAN
from tests import factories

PLANS = "/lai-chau/plans/"
ISSUE = {"number": "05/KH-UBND", "issued_on": "15/01/2026", "signer": "Hà Trọng Hải"}


def rows(*targets, prefix="targets"):
    """What the page's rows post."""
    posted = {f"{prefix}-TOTAL_FORMS": len(targets), f"{prefix}-INITIAL_FORMS": 0}
    for number, target in enumerate(targets):
        posted |= {f"{prefix}-{number}-{name}": value for name, value in target.items()}
    return posted


def draft(unit, **facts):
    values = {
        "unit": unit.pk,
        "year": 2026,
        "title": "Kế hoạch OCOP 2026",
        "bases": "QĐ 26/2026",
        "purpose": "Nâng chất lượng",
    }
    return values | facts


TARGET = {"label": "Sản phẩm 4 sao", "measure": "products_new", "stars": "4", "low": "4", "high": "6"}


def test_an_officer_writes_a_plan_with_its_targets(signed_in, officer, province):
    answer = signed_in(officer).post(f"{PLANS}new/", draft(province) | rows(TARGET, {}))
    plan = Plan.objects.get()
    assert answer.headers["Location"] == f"{PLANS}{plan.pk}/"
    assert [(t.label, t.measure, t.stars, t.low, t.high) for t in plan.targets.all()] == [
        ("Sản phẩm 4 sao", "products_new", 4, 4, 6)
    ]
    assert (plan.state, plan.number, plan.created_by) == ("draft", "", officer)
    assert [entry.action for entry in Entry.objects.about(plan)] == ["plan.create"]


def test_save_and_add_comes_back_with_empty_rows(signed_in, officer, province):
    answer = signed_in(officer).post(
        f"{PLANS}new/", draft(province) | rows(TARGET) | {"more": "1"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"{PLANS}{Plan.objects.get().pk}/edit/"
    assert [form.initial.get("label") for form in answer.context["targets"]] == ["Sản phẩm 4 sao", None, None]


def test_rows_are_changed_removed_and_kept_in_order(signed_in, officer, make_plan):
    plan = make_plan()
    posted = rows(
        {"label": "Bỏ", "measure": "products_valid", "low": "1", "DELETE": "on"},
        {"label": "Hội chợ", "measure": "fairs_held", "low": "2"},
        {"label": "Du lịch", "measure": "tourism_valid", "low": "1"},
    )
    posted["targets-INITIAL_FORMS"] = 2
    answer = signed_in(officer).post(f"{PLANS}{plan.pk}/edit/", draft(plan.unit) | posted)
    assert answer.status_code == 302
    assert list(plan.targets.values_list("label", "order")) == [("Hội chợ", 0), ("Du lịch", 1)]


@pytest.mark.parametrize(
    ("fault", "field", "words"),
    [
        ({"high": "3"}, "high", "Số cuối không được nhỏ hơn số đầu."),
        ({"measure": "fairs_held"}, "stars", "Cách đo này không chia theo hạng sao."),
        ({"label": ""}, "label", "Ô này còn trống, hãy điền hoặc chọn."),
    ],
)
def test_a_wrong_row_says_so_at_its_field_and_keeps_what_was_typed(
    signed_in, officer, province, fault, field, words
):
    answer = signed_in(officer).post(f"{PLANS}new/", draft(province) | rows(TARGET | fault))
    assert answer.status_code == 422
    assert answer.context["targets"].forms[0].errors[field] == [words]
    assert "Kế hoạch OCOP 2026" in answer.content.decode()
    assert Plan.objects.count() == 0


def test_a_range_that_falls_is_refused_by_the_database_too(make_plan):
    plan = make_plan(targets=[])
    with pytest.raises(IntegrityError, match="plans_target_range_rises"):
        Target.objects.create(plan=plan, label="x", measure="products_new", low=5, high=4)


def test_the_leader_issues_with_number_day_signer_and_scan(signed_in, leader, officer, make_plan):
    plan = make_plan()
    scan = SimpleUploadedFile("ke-hoach.pdf", factories.pdf("Kế hoạch"))
    answer = signed_in(leader).post(f"{PLANS}{plan.pk}/steps/issue/", ISSUE | {"scan": scan})
    assert answer.headers["Location"] == f"{PLANS}{plan.pk}/"
    plan.refresh_from_db()
    assert (plan.state, plan.number, plan.issued_on, plan.signer) == (
        "issued", "05/KH-UBND", dt.date(2026, 1, 15), "Hà Trọng Hải"
    )  # fmt: skip
    assert [n.subject for n in Notice.objects.for_user(officer)] == [f"Kế hoạch năm {plan.year} đã ban hành"]
    assert Entry.objects.about(plan).first().action == "plan.issue"
    served = signed_in(officer).get(f"{PLANS}{plan.pk}/scan/")
    assert served.headers["Content-Type"] == "application/pdf"
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    assert Entry.objects.about(plan).first().action == "file.download"


def test_issuing_says_everything_that_is_missing(signed_in, leader, make_plan):
    plan = make_plan(targets=[], bases=" ", purpose="")
    answer = signed_in(leader).post(
        f"{PLANS}{plan.pk}/steps/issue/", {"number": "", "issued_on": "", "signer": "A"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "number": ["Hãy điền “Số, ký hiệu”."],
        "issued_on": ["Hãy điền “Ngày ban hành”."],
        "__all__": ["Chưa có căn cứ nào.", "Chưa có mục đích, yêu cầu.", "Chưa có chỉ tiêu nào."],
    }
    assert Plan.objects.get().state == "draft"


def test_a_number_is_given_once_and_not_in_the_future(leader, make_plan, issue):
    issue(make_plan())
    data = {"number": "05/KH-UBND", "issued_on": timezone.localdate() + dt.timedelta(days=1), "signer": "A"}
    with pytest.raises(ValidationError) as refused:
        PLAN.take("issue", make_plan("Kế hoạch khác"), by=leader, data=data)
    assert refused.value.message_dict == {
        "number": ["Đơn vị đã có kế hoạch mang số này."],
        "issued_on": ["Ngày ban hành không thể ở sau hôm nay."],
    }


def test_a_scan_that_is_no_paper_leaves_the_draft_a_draft(signed_in, leader, make_plan):
    plan = make_plan()
    scan = SimpleUploadedFile("ke-hoach.pdf", b"MZ not a paper")
    answer = signed_in(leader).post(f"{PLANS}{plan.pk}/steps/issue/", ISSUE | {"scan": scan})
    assert answer.status_code == 422
    assert Plan.objects.get().state == "draft"


def test_only_the_leader_issues(signed_in, officer, commune_officer, stranger, make_plan):
    plan = make_plan()
    codes = [
        signed_in(who).post(f"{PLANS}{plan.pk}/steps/issue/", ISSUE).status_code
        for who in (officer, commune_officer, stranger)
    ]
    assert codes == [403, 404, 404]
    assert Plan.objects.get().state == "draft"


def test_an_issued_plan_is_not_changed_any_more(signed_in, officer, make_plan, issue):
    plan = issue(make_plan())
    page = signed_in(officer).get(f"{PLANS}{plan.pk}/edit/", follow=True)
    assert "hãy lập kế hoạch điều chỉnh" in page.content.decode()
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        write_draft(plan, [], by=officer)
    assert plan.targets.count() == 2


def test_issuing_twice_says_that_somebody_was_faster(leader, make_plan, issue):
    plan = make_plan()
    issue(plan)
    with pytest.raises(ValidationError) as refused:
        issue(plan)
    assert refused.value.code == "stale"


def test_a_plan_is_closed_early_only_with_a_reason(officer, make_plan, issue):
    plan = issue(make_plan())
    with pytest.raises(ValidationError, match="hãy ghi lý do"):
        PLAN.take("close", plan, by=officer, data={"note": " "})
    assert PLAN.take("close", plan, by=officer, data={"note": "Sáp nhập"}).state == "closed"


def test_who_may_write_and_who_may_not(
    signed_in, commune_officer, observer, nobody, stranger, province, client
):
    people = (commune_officer, observer, nobody, stranger)
    assert [signed_in(who).post(f"{PLANS}new/", draft(province)).status_code for who in people] == [403] * 4
    assert client.get(f"{PLANS}new/").status_code == 302
    assert Plan.objects.count() == 0


def test_a_right_in_one_unit_is_none_in_another(officer, commune, make_plan):
    clerk = factories.make_user("xa.kehoach", "Lò Thị Ón", role="officer", unit=commune)
    plan = make_plan()
    plan.unit = commune
    with pytest.raises(PermissionDenied):
        write_draft(plan, None, by=clerk)


def test_a_draft_is_read_by_its_writers_an_issued_plan_by_the_whole_line(
    signed_in, officer, leader, commune_officer, observer, nobody, stranger, make_plan, issue
):
    people = (officer, leader, commune_officer, observer, nobody, stranger)
    plan = make_plan("Kế hoạch kín")
    read = [signed_in(who).get(f"{PLANS}{plan.pk}/").status_code for who in people]
    assert read == [200, 200, 404, 404, 404, 404]
    issue(plan)
    read = [signed_in(who).get(f"{PLANS}{plan.pk}/").status_code for who in people]
    assert read == [200, 200, 200, 200, 404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    signed_in, officer, make_plan, issue, django_assert_num_queries, count
):
    for number in range(count):
        issue(make_plan(f"Kế hoạch {number}"), f"{number}/KH-UBND")
    client = signed_in(officer)
    with django_assert_num_queries(13):
        page = client.get(PLANS)
    assert [row.state for row in page.context["page"].rows] == ["issued"] * count


def test_the_api_writes_reads_and_issues(signed_in, officer, leader, province, commune):
    api = "/lai-chau/api/plans/"
    body = {"unit": province.pk, "year": 2026, "title": "Kế hoạch 2026", "bases": "QĐ 26/2026", "purpose": "Vì vậy",
            "targets": [{"label": "4 sao", "measure": "products_new", "stars": 4, "low": 4, "high": 6}]}  # fmt: skip
    made = signed_in(officer).post(api, body, content_type="application/json")
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert made.json()["targets"][0]["high"] == 6
    step = signed_in(leader).post(f"{api}{pk}/steps/issue/", {"number": "7/KH-UBND", "issued_on": "2026-01-20", "signer": "A"},
                                  content_type="application/json")  # fmt: skip
    assert (step.status_code, step.json()["state"], step.json()["number"]) == (200, "issued", "7/KH-UBND")
    changed = signed_in(officer).patch(f"{api}{pk}/", {"title": "Khác"}, content_type="application/json")
    assert changed.status_code == 400
    assert "không sửa được nữa" in str(changed.json())


def test_the_api_refuses_as_the_page_does(
    signed_in, officer, commune_officer, stranger, province, commune, make_plan
):
    api = "/lai-chau/api/plans/"
    fault = {
        "unit": province.pk,
        "year": 2026,
        "title": "K",
        "targets": [{"label": "a", "measure": "fairs_held", "stars": 3, "low": 2}],
    }
    answer = signed_in(officer).post(api, fault, content_type="application/json")
    assert answer.json() == {
        "errors": {"targets": {"0": {"stars": ["Cách đo này không chia theo hạng sao."]}}}
    }
    elsewhere = signed_in(officer).post(
        api, {"unit": commune.pk, "year": 2026, "title": "K"}, content_type="application/json"
    )
    assert list(elsewhere.json()["errors"]) == ["unit"]
    plan = make_plan()
    for who in (commune_officer, stranger):
        assert signed_in(who).get(f"{api}{plan.pk}/").status_code == 404
    assert (
        signed_in(commune_officer)
        .post(api, {"unit": province.pk, "year": 2026, "title": "K"}, content_type="application/json")
        .status_code
        == 403
    )


def test_a_new_plan_begins_with_this_year_and_the_officers_unit(signed_in, officer, province):
    form = signed_in(officer).get("/lai-chau/plans/new/").context["form"]
    assert (form["year"].value(), form["unit"].value()) == (timezone.localdate().year, province.pk)
