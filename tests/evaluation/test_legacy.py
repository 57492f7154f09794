"""Before the system: one certificate by hand, hundreds from Excel in two steps."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.legacy.columns import COLUMNS
from evaluation.legacy.recording import record_legacy_certificate
from evaluation.legacy.template import template_file
from evaluation.legacy.uploading import check_import
from evaluation.models import Certificate, LegacyImport
from evaluation.tasks import write_legacy_imports
from evaluation.workflow.legacy import LEGACY_IMPORT
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit
from products.models import Producer, Product
from tests import factories
from tests.papers.conftest import sent

GOOD = {
    "producer": "Hợp tác xã Mường So", "producer_kind": "Hợp tác xã", "commune": "Xã Mường So",
    "product": "Chè Shan tuyết", "set": "1", "stars": "4", "number": "12/GCN-UBND", "issuer": "Tỉnh Lai Châu",
    "issued_on": dt.date(2025, 8, 1), "decision_number": "845/QĐ-UBND", "decision_on": "01/08/2025",
}  # fmt: skip


def book(*rows: dict) -> SimpleUploadedFile:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as written:
        sheet = written.add_worksheet()
        for index, column in enumerate(COLUMNS):
            sheet.write(0, index, column.head)
            for number, row in enumerate(rows, 1):
                if row.get(column.key) is not None:
                    sheet.write(number, index, row[column.key])
    return SimpleUploadedFile("so-ocop.xlsx", made.getvalue())


def commit(one, officer, tenant, run_task):
    LEGACY_IMPORT.take("commit", one, by=officer)
    run_task(write_legacy_imports, tenant.pk)
    one.refresh_from_db()
    return one


@pytest.fixture
def product(commune):
    producer = Producer.objects.create(
        unit=commune, kind="household", name="Hộ Lò Văn Xuân", state="approved"
    )
    return Product.objects.create(producer=producer, unit=commune, name="Miến dong", set_code="QD26-01")


@pytest.fixture
def district(lai_chau):
    return OrgUnit.objects.get(name="Huyện Phong Thổ")


def record(product, issuer, by, **more):
    given = {"number": "07/GCN", "stars": 3, "issued_on": dt.date(2024, 3, 10)} | more
    return record_legacy_certificate(product=product, issuer=issuer, by=by, **given)


def test_a_certificate_of_an_abolished_district_is_recorded_once(product, district, officer):
    made = record(product, district, officer)
    assert (made.regime, made.set_code, made.expires_on, made.is_recorded) == (
        "148/2023", "QD148-01", dt.date(2027, 3, 10), True,
    )  # fmt: skip
    assert made.issuer_name == "Chủ tịch Ủy ban nhân dân huyện Phong Thổ"
    assert record(product, district, officer, number="7 / gcn") == made
    assert Certificate.objects.count() == 1


def test_what_cannot_be_is_refused_with_every_reason(product, district, officer, commune_officer):
    with pytest.raises(ValidationError) as refused:
        record(product, district, officer, number="—", issued_on=dt.date(2025, 7, 1))
    assert refused.value.messages == [
        "Số giấy chứng nhận phải có chữ số.",
        "Huyện Phong Thổ đã kết thúc ngày 30/06/2025, không thể cấp giấy sau ngày đó.",
    ]
    with pytest.raises(ValidationError, match="hãy ghi ngày hết hạn"):
        record(product, district, officer, issued_on=dt.date(2019, 8, 20))
    assert (
        record(
            product, district, officer, issued_on=dt.date(2019, 8, 20), ends_on=dt.date(2022, 8, 20)
        ).regime
        == ""
    )
    with pytest.raises(PermissionDenied):
        record(product, district, commune_officer, number="8/GCN")


IN_2021, IN_2024, IN_2025, IN_2026 = (
    dt.date(2021, 5, 1), dt.date(2024, 3, 10), dt.date(2025, 9, 1), dt.date(2026, 6, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("issuer", "stars", "day", "decision", "tier"),
    [
        ("Huyện Phong Thổ", 3, IN_2021, "1048/QĐ-TTg, sửa đổi bởi 781/QĐ-TTg", "cấp tỉnh"),
        ("Huyện Phong Thổ", 4, IN_2024, "148/QĐ-TTg", "cấp tỉnh"),
        ("Tỉnh Lai Châu", 3, IN_2024, "148/QĐ-TTg", "cấp huyện"),
        ("Tỉnh Lai Châu", 5, IN_2025, "148/QĐ-TTg, sửa đổi bởi 1489/QĐ-TTg", "trung ương"),
        ("Tỉnh Lai Châu", 5, IN_2026, "26/2026/QĐ-TTg", "trung ương"),
        ("Xã Mường So", 3, IN_2026, "26/2026/QĐ-TTg", "cấp tỉnh"),
    ],
)
def test_who_could_not_issue_these_stars_then_is_refused_at_the_issuer(
    product, officer, issuer, stars, day, decision, tier
):
    with pytest.raises(ValidationError) as refused:
        record(product, OrgUnit.objects.get(name=issuer), officer, stars=stars, issued_on=day)
    words = f"Theo {decision}, giấy chứng nhận {stars} sao do {tier} cấp, không phải {issuer}."
    assert refused.value.message_dict == {"issuer": [words]}
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("issuer", "more"),
    [
        ("Tỉnh Lai Châu", {"stars": 3, "issued_on": IN_2021}),
        ("Tỉnh Lai Châu", {"stars": 4, "issued_on": IN_2024}),
        ("Tỉnh Lai Châu", {"stars": 3, "issued_on": IN_2025}),
        ("Tỉnh Lai Châu", {"stars": 4, "issued_on": IN_2026}),
        ("Tỉnh Lai Châu", {"stars": 5, "issued_on": IN_2024, "issuer_name": "Bộ Nông nghiệp và PTNT"}),
        (
            "Tỉnh Lai Châu",
            {"stars": 3, "issued_on": IN_2024, "issuer_name": "Huyện Mường La"},
        ),  # not one of ours
    ],
)
def test_who_could_is_recorded(product, officer, issuer, more):
    assert record(product, OrgUnit.objects.get(name=issuer), officer, **more).stars == more["stars"]


def test_before_every_law_that_is_loaded_it_is_said_and_not_refused(product, district, officer, signed_in):
    early = {"stars": 3, "issued_on": "2018-12-20", "ends_on": "2021-12-20"}
    doubt = (
        "Ngày cấp sớm hơn mọi quyết định có trong hệ thống: chưa kiểm tra được Chủ tịch Ủy ban nhân dân huyện Phong Thổ"
        " có được cấp giấy 3 sao hay không."
    )
    body = {"issuer": district.pk, "product": product.pk, "number": "1/GCN"} | early
    url = "/lai-chau/api/certificates/legacy/"
    browser = signed_in(officer)
    made = browser.post(url, body, content_type="application/json")
    assert (made.status_code, made.json()["doubts"]) == (201, [doubt])
    later = body | {"number": "2/GCN", "issued_on": "2024-03-10", "ends_on": None}
    assert browser.post(url, later, content_type="application/json").json()["doubts"] == []
    wrong = browser.post(url, later | {"number": "3/GCN", "stars": 5}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["issuer"])
    page = {"issuer": district.pk, "number": "4/GCN", "stars": 3, "issued_on": "20/12/2018", "ends_on": "20/12/2021",
            "source": factories.upload()}  # fmt: skip
    shown = browser.post(f"/lai-chau/certificates/record/?product={product.pk}", page, follow=True)
    assert doubt in shown.content.decode()


def test_the_excel_check_refuses_and_doubts_by_row(officer, province, signed_in):
    early = {"issued_on": "20/12/2018", "ends_on": "20/12/2021"}
    rows = [
        GOOD | early | {"issuer": "Huyện Phong Thổ", "stars": "3"},
        GOOD | {"number": "13", "stars": "5"},
        GOOD | {"number": "14", "stars": "3", "issued_on": "10/03/2024"},
    ]
    one = check_import(province, book(*rows), by=officer)
    assert one.faults == [
        [3, "Cơ quan cấp", "Theo 148/QĐ-TTg, sửa đổi bởi 1489/QĐ-TTg, giấy chứng nhận 5 sao do trung ương cấp, không phải Tỉnh Lai Châu."],
        [4, "Cơ quan cấp", "Theo 148/QĐ-TTg, giấy chứng nhận 3 sao do cấp huyện cấp, không phải Tỉnh Lai Châu."],
    ]  # fmt: skip
    one = check_import(province, book(rows[0]), by=officer)
    doubt = "Ngày cấp sớm hơn mọi quyết định có trong hệ thống: chưa kiểm tra được Huyện Phong Thổ có được cấp giấy 3 sao hay không."
    assert (one.state, one.summary["doubts"]) == ("checked", [[2, "Cơ quan cấp", doubt]])
    assert doubt in signed_in(officer).get(f"/lai-chau/certificates/imports/{one.pk}/").content.decode()


@pytest.mark.parametrize(
    ("today", "then"),
    [
        ("QD26-01", "QD1048-01"),
        ("QD26-09", "QD1048-10"),  # sauces stood one further down
        ("QD26-08", ""),  # meat or seafood: two sets of that time
        ("QD26-23", ""),  # flowers had none
    ],
)
def test_a_certificate_of_2021_has_the_law_and_the_set_of_its_day(product, province, officer, today, then):
    product.set_code = today
    product.save(update_fields=["set_code"])
    made = record(product, province, officer, issued_on=dt.date(2021, 5, 1))
    assert (made.regime, made.set_code, made.expires_on) == ("1048/2019", then, dt.date(2024, 5, 1))


def test_of_two_of_one_product_the_newer_stands_whichever_is_recorded_first(
    product, district, province, officer
):
    newer = record(product, province, officer, number="9/GCN", stars=4, issued_on=dt.date(2025, 9, 1))
    older = record(product, district, officer)
    assert (older.state, older.replaced_by) == ("replaced", newer)
    newest = record(product, province, officer, number="10/GCN", stars=4, issued_on=dt.date(2026, 9, 1))
    newer.refresh_from_db()
    assert (newer.state, newer.replaced_by, newest.state) == ("replaced", newest, "in_force")


def test_the_page_searches_the_product_then_records(product, district, officer, nobody, signed_in):
    browser = signed_in(officer)
    assert "Miến dong" in browser.get("/lai-chau/certificates/record/?q=mien").content.decode()
    address = f"/lai-chau/certificates/record/?product={product.pk}"
    assert browser.get(address).status_code == 200
    body = {"issuer": district.pk, "number": "07/GCN", "stars": 3, "issued_on": "10/03/2025"}
    refused = browser.post(address, body)
    assert refused.status_code == 422
    done = browser.post(address, body | {"source": factories.upload("quet.pdf")})
    made = Certificate.objects.get()
    assert done.headers["Location"] == f"/lai-chau/certificates/{made.pk}/"
    assert made.source_file.name == "quet.pdf"
    assert browser.get(done.headers["Location"]).status_code == 200
    assert sent(browser.get(f"/lai-chau/certificates/{made.pk}/source/")).startswith(b"%PDF-")
    wrong = browser.post(
        address, body | {"number": "8/GCN", "issued_on": "10/03/2026", "source": factories.upload()}
    )
    assert wrong.status_code == 422
    assert "đã kết thúc ngày 30/06/2025" in wrong.content.decode()
    assert signed_in(nobody).get(address).status_code == 403


def test_the_template_reads_back_without_a_fault_in_its_example(officer, province):
    rows = openpyxl.load_workbook(io.BytesIO(template_file())).worksheets[0].iter_rows(values_only=True)
    assert list(next(rows)) == [column.head for column in COLUMNS]
    one = check_import(province, SimpleUploadedFile("mau.xlsx", template_file()), by=officer)
    assert (one.faults, one.state, one.rows) == ([], "checked", 1)


def test_faults_are_said_by_row_and_column_and_nothing_is_written(officer, province):
    one = check_import(
        province,
        book(
            GOOD,
            GOOD | {"producer": None, "stars": "6 sao", "issued_on": "32/01/2025"},
            GOOD | {"number": "12 gcn ubnd"},
            GOOD | {"number": "13", "commune": "Xã Không Có", "issuer": "UBND huyện Lạ", "set": "99"},
            GOOD | {"number": "14", "issuer": "Huyện Phong Thổ"},
        ),
        by=officer,
    )
    assert one.state == "faulty"
    assert one.faults == [
        [3, "Tên chủ thể", "Chưa ghi."],
        [3, "Hạng sao", "Hạng sao là 3, 4 hoặc 5."],
        [3, "Ngày cấp", "Không phải ngày. Ghi dạng ngày/tháng/năm, ví dụ 05/08/2024."],
        [4, "Số giấy chứng nhận", "Trùng số với dòng 2."],
        [5, "Xã, phường", "Không có, hoặc có nhiều xã, phường tên này."],
        [
            5,
            "Bộ tiêu chí",
            "Ghi số thứ tự bộ tiêu chí theo quyết định hiện hành (xem trang Hướng dẫn của tệp mẫu).",
        ],
        [5, "Cơ quan cấp", "Không có cơ quan này trong hệ thống, kể cả các huyện trước đây."],
        [6, "Ngày cấp", "Huyện Phong Thổ đã kết thúc ngày 30/06/2025, không thể cấp giấy sau ngày đó."],
    ]
    assert not Producer.objects.exists()
    with pytest.raises(ValidationError, match="làm trước bạn"):
        LEGACY_IMPORT.take("commit", one, by=officer)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"%PDF-1.7"])
def test_what_is_no_excel_file_is_refused_in_words(content, officer, province):
    with pytest.raises(ValidationError, match="hãy lưu lại dạng Excel"):
        check_import(province, SimpleUploadedFile("a.xlsx", content), by=officer)


def test_written_once_and_again_without_doubles(officer, province, lai_chau, run_task):
    rows = [
        GOOD,
        GOOD | {"product": "Chè vàng", "number": "13/GCN-UBND"},
        GOOD
        | {"number": "99/GCN", "issuer": "UBND huyện Phong Thổ", "stars": "3", "issued_on": "05/08/2023"},
        GOOD
        | {"product": "Gạo", "number": "5/QĐ", "stars": "5 sao", "issuer": "Bộ Nông nghiệp và Môi trường"},
    ]
    one = commit(check_import(province, book(*rows), by=officer), officer, lai_chau, run_task)
    assert (one.state, one.summary) == (
        "done",
        {"producers": 1, "products": 3, "certificates": 4, "known": 0},
    )
    tea = Certificate.objects.filter(product_name="Chè Shan tuyết").order_by("issued_on")
    assert [(it.state, it.unit.name, it.stars) for it in tea] == [
        ("replaced", "Huyện Phong Thổ", 3), ("in_force", "Tỉnh Lai Châu", 4),
    ]  # fmt: skip
    assert tea[0].replaced_by == tea[1]
    assert Certificate.objects.get(stars=5).issuer_name == "Bộ Nông nghiệp và Môi trường"
    assert Notice.objects.filter(user=officer, kind="import").count() == 1

    again = commit(check_import(province, book(*rows), by=officer), officer, lai_chau, run_task)
    assert again.summary == {"producers": 0, "products": 0, "certificates": 0, "known": 4}
    run_task(write_legacy_imports, lai_chau.pk)
    assert (Certificate.objects.count(), Product.objects.count(), Producer.objects.count()) == (4, 3, 1)


def test_three_hundred_rows_ask_no_more_than_three(officer, province, lai_chau, run_task):
    asked = []
    for count, prefix in ((1, "first: roles are remembered"), (3, "a"), (300, "b")):
        rows = [
            GOOD | {"producer": f"HTX {prefix}{n % 50}", "product": f"Sản phẩm {n}", "number": f"{n}/GCN-{prefix}",
                    "registration_number": f"{prefix}{n % 50}"}
            for n in range(count)
        ]  # fmt: skip
        with CaptureQueriesContext(connection) as checked:
            one = check_import(province, book(*rows), by=officer)
        assert one.faults == []
        LEGACY_IMPORT.take("commit", one, by=officer)
        with CaptureQueriesContext(connection) as written:
            run_task(write_legacy_imports, lai_chau.pk)
        one.refresh_from_db()
        assert one.summary["certificates"] == count
        asked.append((len(checked), len(written)))
    assert asked[1] == asked[2]


def test_pages_and_api(officer, province, nobody, stranger, lai_chau, signed_in, run_task):
    browser = signed_in(officer)
    sheet = browser.get("/lai-chau/certificates/imports/template/")
    assert sheet.content[:2] == b"PK"
    assert browser.get("/lai-chau/certificates/imports/").status_code == 200
    sheet_of_good = book(GOOD).read()
    done = browser.post(
        "/lai-chau/certificates/imports/", {"file": SimpleUploadedFile("so.xlsx", sheet_of_good)}
    )
    one = LegacyImport.objects.get()
    assert done.headers["Location"] == f"/lai-chau/certificates/imports/{one.pk}/"
    assert "1 dòng, không có lỗi" in browser.get(done.headers["Location"]).content.decode()
    for person, status in ((nobody, 404), (stranger, 404)):
        assert signed_in(person).get(done.headers["Location"]).status_code == status
        assert (
            signed_in(person).post(f"/lai-chau/api/legacy-imports/{one.pk}/steps/commit/").status_code
            == status
        )
    browser.post(f"/lai-chau/certificates/imports/{one.pk}/commit/")
    assert "Đang ghi" in browser.get(done.headers["Location"]).content.decode()
    run_task(write_legacy_imports, lai_chau.pk)
    assert "Đã ghi 1 giấy chứng nhận" in browser.get(done.headers["Location"]).content.decode()
    faulty = browser.post("/lai-chau/certificates/imports/", {"file": book(GOOD | {"stars": "9"})})
    assert "Hạng sao là 3, 4 hoặc 5." in browser.get(faulty.headers["Location"]).content.decode()
    refused = browser.post("/lai-chau/certificates/imports/", {"file": SimpleUploadedFile("x.xlsx", b"x")})
    assert refused.status_code == 422
    assert sent(browser.get(f"/lai-chau/certificates/imports/{one.pk}/file/")) == sheet_of_good
    body = {"unit": province.pk, "file": book(GOOD | {"number": "77/GCN", "product": "Miến"})}
    made = browser.post("/lai-chau/api/legacy-imports/", body)
    assert (made.status_code, made.json()["state"]) == (201, "checked")
