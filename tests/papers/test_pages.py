"""The register, one paper, its draft, its file and its signed copy: for those who may."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest
from django.template import TemplateDoesNotExist

from ocop.audit.models import Entry
from ocop.papers.drafting import draft_paper, issue_paper
from ocop.papers.hashes import in_groups
from ocop.papers.kinds import KINDS
from ocop.papers.models import Paper
from ocop.papers.tasks import render_papers
from ocop.tenancy.scope import no_tenant
from tests import factories
from tests.papers.conftest import CONTENT, sent

ON = dt.date(2026, 11, 20)


@pytest.fixture
def rendered(province, leader, lai_chau, run_task) -> Paper:
    paper = issue_paper(province, "recognition_decision", "Về việc công nhận", CONTENT, by=leader, on=ON)
    run_task(render_papers, lai_chau.pk)
    paper.refresh_from_db()
    return paper


def words(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def test_a_draft_is_previewed_as_a_draft(draft, officer, signed_in):
    page = signed_in(officer).get(f"/lai-chau/papers/{draft.pk}/")
    assert f"/lai-chau/papers/{draft.pk}/preview/" in page.content.decode()
    preview = signed_in(officer).get(f"/lai-chau/papers/{draft.pk}/preview/")
    assert preview.headers["Content-Type"] == "application/pdf"
    assert "DỰ THẢO" in words(preview.content)
    assert signed_in(officer).get(f"/lai-chau/papers/{draft.pk}/file/").status_code == 404


def test_an_issued_paper_has_its_file_and_no_preview(rendered, officer, signed_in):
    browser = signed_in(officer)
    page = browser.get(f"/lai-chau/papers/{rendered.pk}/").content.decode()
    assert in_groups(rendered.file.sha256) in page
    assert "DỰ THẢO" not in words(sent(browser.get(f"/lai-chau/papers/{rendered.pk}/file/?download")))
    assert browser.get(f"/lai-chau/papers/{rendered.pk}/preview/").status_code == 404
    assert Entry.objects.filter(action="file.download", object_id=rendered.pk).count() == 1


def test_the_signed_copy_is_kept_with_its_hash(rendered, officer, signed_in):
    address = f"/lai-chau/papers/{rendered.pk}/steps/attach_signed/"
    assert signed_in(officer).get(address).status_code == 200
    assert signed_in(officer).post(address, {}).status_code == 422
    signed_in(officer).post(address, {"file": factories.upload("da-ky.pdf")})
    rendered.refresh_from_db()
    assert rendered.signed_file.name == "da-ky.pdf"
    told = Entry.objects.get(action="paper.signed_file")
    assert told.data["sha256"] == rendered.signed_file.sha256
    assert sent(signed_in(officer).get(f"/lai-chau/papers/{rendered.pk}/signed/")).startswith(b"%PDF-")


def test_who_may_read(draft, rendered, nobody, stranger, observer, commune_officer, officer, signed_in):
    for person in (nobody, stranger, observer, commune_officer):
        browser = signed_in(person)
        for paper in (draft, rendered):
            for place in ("", "preview/", "file/", "signed/", "steps/number/"):
                assert browser.get(f"/lai-chau/papers/{paper.pk}/{place}").status_code == 404, place
            assert browser.get(f"/lai-chau/api/papers/{paper.pk}/").status_code == 404
        assert "Về việc" not in browser.get("/lai-chau/papers/").content.decode()
    assert signed_in(officer).post(f"/lai-chau/papers/{rendered.pk}/steps/number/").status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_as_much_for_three_as_for_one(
    rows, province, officer, signed_in, django_assert_num_queries
):
    for n in range(rows):
        draft_paper(province, "plan", f"Kế hoạch {n}", {}, by=officer)
    browser = signed_in(officer)
    browser.get("/lai-chau/papers/")
    with no_tenant(), django_assert_num_queries(13):
        page = browser.get("/lai-chau/papers/?q=ke+hoach&kind=plan&state=draft")
    assert page.content.decode().count("table__main") == rows


def test_numbered_over_the_api(draft, officer, signed_in):
    address = f"/lai-chau/api/papers/{draft.pk}/"
    assert signed_in(officer).get(address).json()["state"] == "draft"
    refused = signed_in(officer).post(f"{address}steps/number/", {}, content_type="application/json")
    assert refused.status_code == 400
    body = {"dated_on": "2026-11-20", "signer_name": "Hà Trọng Hải", "number": 9}
    done = signed_in(officer).post(f"{address}steps/number/", body, content_type="application/json")
    assert (done.status_code, done.json()["symbol"]) == (200, "09/QĐ-UBND")


def test_a_failed_rendering_is_told_and_tried_again(draft, officer, leader, lai_chau, run_task, signed_in):
    broken = {**CONTENT, "annexes": [{"title": "Thiếu ô", "columns": ["A", "B"], "rows": [["một"]]}]}
    paper = issue_paper(draft.unit, "recognition_decision", "Về việc hỏng", broken, by=leader, on=ON)
    good = issue_paper(draft.unit, "recognition_decision", "Về việc lành", CONTENT, by=leader, on=ON)
    run_task(render_papers, lai_chau.pk)
    paper.refresh_from_db()
    good.refresh_from_db()
    assert (paper.state, paper.file) == ("numbered", None)
    assert paper.fault.startswith("ValueError: zip()")
    assert good.state == "rendered"
    assert "tự thử lại" in signed_in(officer).get(f"/lai-chau/papers/{paper.pk}/").content.decode()

    Paper.objects.filter(pk=paper.pk).update(content={**good.content, "annexes": []})
    run_task(render_papers, lai_chau.pk)
    paper.refresh_from_db()
    assert (paper.state, paper.fault) == ("rendered", "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_template_that_prints(kind, province, officer, signed_in):
    content = {
        "to": ["Ủy ban nhân dân tỉnh", "Sở Nông nghiệp và Môi trường"], "grounds": ["Căn cứ Luật"],
        "articles": [["Một"], ["Hai"]], "body": [{"h": "I. Chung"}, {"facts": [["Tên", "Chè"]]}, {"list": ["a", "b"]}],
    }  # fmt: skip
    paper = draft_paper(province, kind, "Trích yếu của văn bản", content, by=officer)
    try:
        preview = signed_in(officer).get(f"/lai-chau/papers/{paper.pk}/preview/")
    except TemplateDoesNotExist as missing:
        pytest.fail(str(missing))
    assert "Trích yếu của văn bản" in words(preview.content).replace("\n", " ")
