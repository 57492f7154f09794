"""What the team tested and saw stands in its report and before the council; a recused member finds nothing of it."""

import pytest
from django.utils import timezone

from evaluation.assessments.starting import start_assessment, write_report
from evaluation.workflow.assessment import ASSESSMENT
from products.advisory.extra_tests import ask_test
from products.advisory.surveys import save_answer, start_survey
from products.models import Exclusion
from products.workflow import EXTRA_TEST, SURVEY
from tests import factories

T = "/lai-chau"


@pytest.fixture
def advisor(province):
    return factories.make_user("to.tuvan", "Trần Thị Tư", role="advisory_member", unit=province)


@pytest.fixture
def assessment(commune, advisor):
    dossier = factories.make_complete_dossier(commune, state="accepted")
    given = {
        "parameters": "Chì",
        "reason": "Thiếu kim loại nặng",
        "due_on": timezone.localdate(),
        "laboratory": "Quatest 1",
    }
    test = ask_test(dossier, given, by=advisor)
    facts = {"number": "KN-9", "issuer": "Viện Dinh dưỡng"}
    sent = {"upload": factories.upload("phieu.pdf"), "facts": facts}
    EXTRA_TEST.take("bring", test, by=advisor, data=sent)
    EXTRA_TEST.take("accept", test, by=advisor, data={"note": "0,02 mg/kg, đạt"})
    EXTRA_TEST.take(
        "withdraw",
        ask_test(dossier, given | {"parameters": "Nấm mốc"}, by=advisor),
        by=advisor,
        data={"note": "x"},
    )
    survey = start_survey(dossier, by=advisor)
    heads = {
        "held_on": (timezone.localdate().isoformat(), ""),
        "people": ("", "Trần Thị Tư\nLò Văn Bun"),
        "conclusion": ("", "Đúng hồ sơ."),
    }
    items = {it["code"]: ("yes", "") for it in survey.checklist} | {"7": ("no", "Chưa có sổ bán hàng")}
    for n, (item, (value, note)) in enumerate((heads | items).items()):
        save_answer(survey, item, value, note=note, revision=0, key=f"{n}", by=advisor)
    SURVEY.take("sign", survey, by=advisor)
    return start_assessment(dossier, by=advisor)


def test_the_report_prints_the_accepted_result_and_every_answer(assessment, advisor):
    write_report(assessment, by=advisor, findings="Hợp lệ.", proposal="Trình.", proposed_stars=4)
    ASSESSMENT.take("check", assessment, by=advisor, data={})
    assessment.refresh_from_db()
    body = assessment.team_report.paper.content["body"]
    day = f"{timezone.localdate():%d/%m/%Y}"
    assert [it["h"] for it in body if "h" in it] == [
        "Kết quả thẩm định", "Kiểm nghiệm thêm", f"Khảo sát cơ sở ngày {day}", "Đề xuất",
    ]  # fmt: skip
    tests, survey = [it["table"]["rows"] for it in body if "table" in it]
    assert tests == [
        [
            "1",
            "Chì",
            "Thiếu kim loại nặng",
            "Viện Dinh dưỡng",
            "Phiếu kết quả kiểm nghiệm thêm KN-9: 0,02 mg/kg, đạt",
        ]
    ]
    assert survey[6] == ["7", "Có sổ ghi chép sản xuất, bán hàng", "Không", "Chưa có sổ bán hàng"]
    assert {"p": "Kết luận khảo sát: Đúng hồ sơ."} in body
    assert assessment.team_report.paper.about == f"dossier-{assessment.dossier_id}"


def test_the_assessments_page_shows_both_and_the_recused_finds_nothing(
    assessment, advisor, province, signed_in
):
    page = signed_in(advisor).get(f"{T}/assessments/{assessment.pk}/").text
    assert "Kiểm nghiệm: Chì" in page
    assert "0,02 mg/kg, đạt" in page
    assert "Biên bản khảo sát" in page
    test, survey = assessment.dossier.extra_tests.first(), assessment.dossier.surveys.get()
    paper = test.results.get().paper
    shut_out = factories.make_user("to.hai", "Lê Văn Hai", role="advisory_member", unit=province)
    urls = [f"{T}/extra-tests/{test.pk}/", f"{T}/surveys/{survey.pk}/", f"{T}/evidence/{paper.pk}/"]
    assert [signed_in(shut_out).get(url).status_code for url in urls] == [200, 200, 200]
    Exclusion.objects.create(dossier=assessment.dossier, user=shut_out, ground="Chị ruột là chủ thể")
    assert [signed_in(shut_out).get(url).status_code for url in urls] == [404, 404, 404]
    assert str(assessment.dossier.product) not in signed_in(shut_out).get(f"{T}/surveys/").text
