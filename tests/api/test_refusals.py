"""How the API refuses: JSON whatever was asked, and one shape for all that is wrong with a body."""

from __future__ import annotations

import json

import pytest
from django.test import RequestFactory

from ocop.api_refusals import server_error

PLANS = "/lai-chau/api/plans/"


@pytest.mark.parametrize("url", ["/lai-chau/api/nowhere/", "/nowhere/api/plans/", "/api/nowhere/"])
def test_an_address_that_there_is_not_is_told_in_json(lai_chau, officer, signed_in, url):
    answer = signed_in(officer).get(url)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Không có địa chỉ này."})


def test_a_page_that_there_is_not_stays_a_page(lai_chau, officer, signed_in):
    answer = signed_in(officer).get("/lai-chau/nowhere/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("[" * 100_000, "Nội dung gửi lên lồng nhau quá sâu."),
        (json.dumps({"title": ["\x00"]}), "Nội dung gửi lên có ký tự không lưu được."),
        (json.dumps({"\ud800": 1}), "Nội dung gửi lên có ký tự không lưu được."),
    ],
)
def test_a_body_that_cannot_be_kept_is_refused_as_a_whole(officer, signed_in, body, sentence):
    answer = signed_in(officer).post(PLANS, body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"errors": {"__all__": [sentence]}})


def test_a_field_and_the_whole_are_refused_in_one_shape(officer, signed_in, province):
    browser = signed_in(officer)
    field = browser.post(
        PLANS, {"unit": province.pk, "year": "khi nào", "title": "K"}, content_type="application/json"
    )
    assert (field.status_code, list(field.json()["errors"])) == (400, ["year"])
    whole = browser.post(PLANS, [1], content_type="application/json")
    assert (whole.status_code, list(whole.json()["errors"])) == (400, ["__all__"])
    broken = browser.post(PLANS, "{", content_type="application/json")
    assert (broken.status_code, list(broken.json()["errors"])) == (400, ["__all__"])


def test_a_body_too_large_is_refused_before_it_is_read(officer, signed_in, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = signed_in(officer).post(PLANS, {"title": "K" * 200}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (413, {"detail": "Nội dung gửi lên quá lớn."})


def test_a_fault_of_ours_is_told_in_json():
    answer = server_error(RequestFactory().get(PLANS))
    assert (answer.status_code, json.loads(answer.content)) == (
        500,
        {"detail": "Hệ thống gặp lỗi. Hãy thử lại sau."},
    )
