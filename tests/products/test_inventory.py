"""A survey comes as an Excel file, is checked row by row, written whole, and each product becomes an idea untyped."""

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ocop.audit.models import Entry
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.inventory.becoming import become
from products.inventory.columns import COLUMNS
from products.inventory.importing import check_import, template_file
from products.inventory.writing import change_potential, remove_potential, write_potential
from products.models import Idea, Potential, PotentialImport, Producer
from products.workflow import POTENTIAL_IMPORT
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window, two_rules
from tests.races import at_once

T = "/lai-chau"
HEADS = [column.head for column in COLUMNS]
FISH = [
    "Xã Mường So",
    "Cá bống vùi tro",
    8,
    "Hộ bà Lò Thị Đôi",
    "Hộ sản xuất",
    "0912 345 000",
    "30 kg",
    "Suối Nậm So",
    "",
]


def book(*rows, heads=HEADS):
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in (heads, *rows):
        made.active.append(list(row))
    made.save(file)
    return factories.upload("khao-sat.xlsx", file.getvalue())


def test_its_own_template_is_read_again(commune, commune_officer):
    one = check_import(commune, factories.upload("mau.xlsx", template_file()), by=commune_officer)
    assert (one.state, one.rows, one.faults) == ("checked", 1, [])


def test_a_list_is_checked_then_written_and_the_same_list_again_writes_nothing(
    commune, commune_officer, signed_in
):
    tab, url = signed_in(commune_officer), f"{T}/potentials/imports/"
    rows = [FISH, ["xa muong so", "Rượu men lá", "", "", "", "", "", "", ""]]
    sent = tab.post(url, {"file": book(*rows)})
    one = PotentialImport.objects.get()
    assert sent["Location"] == f"{url}{one.pk}/"
    assert "2 sản phẩm sẽ được ghi" in tab.get(sent["Location"]).content.decode()
    assert Potential.objects.count() == 0
    assert tab.post(f"{sent['Location']}commit/").status_code == 302
    assert tab.post(f"{sent['Location']}commit/").status_code == 302  # a second tap
    fish = Potential.objects.get(name="Cá bống vùi tro")
    assert (fish.unit, fish.set_code, fish.producer_kind, fish.source, Potential.objects.count()) == (
        commune, "QD26-08", "household", one, 2,
    )  # fmt: skip
    again = check_import(commune, book(*rows), by=commune_officer)
    assert (again.summary["new"], again.summary["known"]) == (0, 2)
    assert "Đã ghi 2 sản phẩm" in tab.get(sent["Location"]).content.decode()
    assert b"".join(tab.get(f"{url}{one.pk}/file/").streaming_content).startswith(b"PK")


def test_every_fault_is_said_with_its_row_and_nothing_can_be_written(
    commune, other_commune, commune_officer, signed_in
):
    factories.make_complete_dossier(commune, name="Rượu men lá")
    one = check_import(
        commune,
        book(
            FISH, FISH, ["Xã Không Có", "A", "", "", "", "", "", "", ""], ["Phường Tân Phong", "B", "", "", "", "", "", "", ""],
            ["Xã Mường So", "", "99", "", "Tập đoàn", "", "", "", ""], ["Xã Mường So", "C", 99, "", "", "", "", "", ""],
            ["Xã Mường So", "Rượu men lá", "", "", "", "", "", "", ""],
        ),
        by=commune_officer,
    )  # fmt: skip
    assert one.state == "faulty"
    assert [(row, column) for row, column, _words in one.faults] == [
        (3, "Tên sản phẩm"), (4, "Xã, phường"), (5, "Xã, phường"), (6, "Tên sản phẩm"), (6, "Loại hình"), (7, "Bộ tiêu chí"),
    ]  # fmt: skip
    assert one.faults[0][2] == "Trùng với dòng 2."
    assert one.faults[2][2] == "Bạn không phụ trách xã, phường này."
    assert one.summary["doubts"] == [[8, "Tên sản phẩm", "Xã đã có sản phẩm mang tên này."]]
    with pytest.raises(ValidationError):
        POTENTIAL_IMPORT.take("commit", one, by=commune_officer)
    page = signed_in(commune_officer).get(f"{T}/potentials/imports/{one.pk}/").content.decode()
    assert "7 dòng, 6 lỗi" in page


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (factories.upload("a.xlsx", b"%PDF-1.4"), "Không đọc được tệp"),
        (book(["x"], heads=["Sản phẩm"]), "Tệp thiếu cột: Xã, phường, Tên sản phẩm"),
        (book(*([FISH] * 2001)), "Tệp có hơn 2000 dòng"),
    ],
)
def test_what_is_no_such_list_is_said_at_the_file(commune_officer, signed_in, file, words):
    file.seek(0)
    sent = signed_in(commune_officer).post(f"{T}/potentials/imports/", {"file": file})
    assert sent.status_code == 422
    assert words in sent.content.decode()
    assert PotentialImport.objects.count() == 0


def test_it_becomes_an_idea_without_retyping_and_once(
    province, officer, leader, commune, commune_officer, signed_in
):
    make_window(make_plan(province, officer=officer, leader=leader), by=officer, rules=two_rules())
    one = check_import(commune, book(FISH), by=commune_officer)
    POTENTIAL_IMPORT.take("commit", one, by=commune_officer)
    fish, tab = Potential.objects.get(), signed_in(commune_officer)
    url = f"{T}/ideas/new/?potential={fish.pk}"
    assert url.removeprefix(T) in tab.get(f"{T}/potentials/").content.decode()
    form = tab.get(url).context["form"]
    given = {name: form[name].value() for name in form.fields}
    assert (given["producer_name"], given["phone"], given["set_code"]) == (
        "Hộ bà Lò Thị Đôi",
        "0912 345 000",
        "QD26-08",
    )
    made = tab.post(url, given | {"description": "Cá suối vùi tro bếp"})
    idea = Idea.objects.get()
    assert made["Location"] == f"{T}/ideas/{idea.pk}/"
    fish.refresh_from_db()
    assert fish.idea == idea
    assert tab.get(url).status_code == 404
    assert "Chờ xét chọn" in tab.get(f"{T}/potentials/?used=yes").content.decode()
    assert tab.get(f"{T}/potentials/?used=no").context["page"].total == 0
    assert Producer.objects.get(name="Hộ bà Lò Thị Đôi").phone == "0912 345 000"


def test_others_find_nothing(commune, other_commune, commune_officer, owner, stranger, leader, signed_in):
    one = check_import(commune, book(FISH), by=commune_officer)
    POTENTIAL_IMPORT.take("commit", one, by=commune_officer)
    neighbour = factories.make_user("xa.tanphong", "Lý Thị Sáo", role="commune_officer", unit=other_commune)
    assert signed_in(neighbour).get(f"{T}/potentials/").context["page"].total == 0
    for path in (
        f"potentials/imports/{one.pk}/",
        f"potentials/imports/{one.pk}/file/",
        f"ideas/new/?potential={Potential.objects.get().pk}",
    ):
        assert signed_in(neighbour).get(f"{T}/{path}").status_code == 404
    for who in (owner, stranger, leader):
        assert signed_in(who).get(f"{T}/potentials/").status_code == 403
    with pytest.raises(PermissionDenied):
        check_import(commune, book(FISH), by=neighbour)


def test_two_lists_with_one_product_written_at_once_make_it_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        officer = factories.make_user("xa.muongso", "Vàng Thị Mẩy", role="commune_officer", unit=commune)
        ones = [check_import(commune, book(FISH), by=officer) for _n in range(2)]

    def commit(one):
        return POTENTIAL_IMPORT.take(
            "commit", PotentialImport.objects.get(pk=one.pk), by=User.objects.get(pk=officer.pk)
        ).state

    said = at_once(tenant.pk, *(lambda one=one: commit(one) for one in ones), refusals=(ValidationError,))
    with tenant_scope(tenant.pk):
        assert (said, Potential.objects.count()) == (["done", "done"], 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(
    commune, officer, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        Potential(unit=commune, name=f"Chè {number}").set_keys().save(force_insert=True)
    tab = signed_in(officer)
    tab.get(f"{T}/potentials/")
    with django_assert_num_queries(16):
        assert tab.get(f"{T}/potentials/").status_code == 200


# ── one row by hand ──


def test_one_row_is_written_mended_and_taken_out_by_hand(
    commune, other_commune, commune_officer, officer, signed_in
):
    tab, url = signed_in(commune_officer), f"{T}/potentials/"
    given = {"unit": commune.pk, "name": "Cá bống vùi tro", "producer_name": "Hộ bà Lò Thị Đôi"}
    assert tab.get(f"{url}new/").content.decode().count("selected") >= 1  # her own commune is chosen
    assert tab.post(f"{url}new/", given).status_code == 302
    fish = Potential.objects.get()
    again = tab.post(f"{url}new/", given | {"name": "cá bống  vùi tro"})
    assert (again.status_code, "đã có sản phẩm này" in again.content.decode()) == (422, True)
    assert "cá bống  vùi tro" in again.content.decode()  # what was typed stays
    elsewhere = tab.post(f"{url}{fish.pk}/edit/", given | {"unit": other_commune.pk})
    assert elsewhere.status_code == 422
    assert tab.post(f"{url}{fish.pk}/edit/", given | {"scale": "30 kg"}).status_code == 302
    fish.refresh_from_db()
    assert (fish.scale, fish.unit) == ("30 kg", commune)
    assert tab.post(f"{url}{fish.pk}/remove/").status_code == 302
    assert (Potential.objects.count(), tab.get(f"{url}{fish.pk}/edit/").status_code) == (0, 404)
    actions = Entry.objects.filter(kind="products.potential").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["potential.create", "potential.change", "potential.remove"]


def test_the_same_words_in_another_order_are_one_row_and_a_like_one_is_proposed(
    commune, other_commune, officer, commune_officer, signed_in
):
    tab, url = signed_in(commune_officer), f"{T}/potentials/new/"
    given = {"unit": commune.pk, "name": "Cá bống vùi tro", "producer_name": "Hộ bà Lò Thị Đôi"}
    assert "Có thể là một" not in tab.post(url, given, follow=True).content.decode()
    turned = tab.post(url, given | {"name": "Ca vui tro bong", "producer_name": "Lò Thị Đôi"})
    assert (turned.status_code, "đã có sản phẩm này" in turned.content.decode()) == (422, True)
    assert Potential.objects.count() == 1
    elsewhere = {"unit": other_commune, "name": "Cá bống vùi tro", "producer_name": "Hộ bà Lò Thị Đôi"}
    write_potential(elsewhere, by=officer)
    near = tab.post(url, given | {"name": "Cá bống vùi tro.", "producer_name": "Hộ Vàng A Sử"}, follow=True)
    assert "Có thể là một với dòng đã có của xã: Cá bống vùi tro (Hộ bà Lò Thị Đôi)." in near.content.decode()
    assert Potential.objects.filter(unit=commune).count() == 2
    assert "Có thể là một" not in tab.post(url, given | {"name": "Rượu men lá"}, follow=True).content.decode()


def test_a_list_with_words_in_another_order_writes_nothing_anew_and_doubts_another_maker(
    commune, commune_officer, django_assert_max_num_queries
):
    write_potential(
        {"unit": commune, "name": "Cá bống vùi tro", "producer_name": "Lò Thị Đôi"}, by=commune_officer
    )
    turned = [FISH[0], "Cá vùi tro bống", *FISH[2:]]
    other = [*FISH[:3], "Hộ Vàng A Sử", *FISH[4:]]
    with django_assert_max_num_queries(40):
        one = check_import(commune, book(turned, other), by=commune_officer)
    assert (one.summary["known"], one.summary["new"], one.faults) == (1, 1, [])
    words = "Có thể là một với sản phẩm đã có trong danh mục của xã (Lò Thị Đôi)."
    assert [(it[0], it[-1]) for it in one.summary["doubts"]] == [(3, words)]
    twice = check_import(commune, book(FISH, turned), by=commune_officer)
    assert [it[-1] for it in twice.faults] == ["Trùng với dòng 2."]


def test_what_became_an_idea_is_mended_there(commune, officer, leader, commune_officer):
    make_window(make_plan(commune.parent, officer=officer, leader=leader), by=officer, rules=two_rules())
    row = write_potential({"unit": commune, "name": "Cá bống"}, by=commune_officer)
    producer = factories.make_producer(commune, name="Hộ bà Đôi")
    become(row, make_idea(producer, by=commune_officer, name="Cá bống"), by=commune_officer)
    for deed in (lambda: remove_potential(row, by=commune_officer),
                 lambda: change_potential(row, {"name": "Cá suối"}, by=commune_officer)):  # fmt: skip
        with pytest.raises(ValidationError, match="Đã thành ý tưởng"):
            deed()


def test_over_the_api(commune, commune_officer, owner, signed_in):
    tab, url = signed_in(commune_officer), f"{T}/api/potentials/"
    given = {"unit": commune.pk, "name": "Cá bống vùi tro"}
    made = tab.post(url, given, content_type="application/json")
    assert made.status_code == 201
    assert tab.post(url, given, content_type="application/json").json()["errors"].keys() == {"name"}
    row = f"{url}{made.json()['id']}/"
    assert tab.patch(row, {"scale": "30 kg"}, content_type="application/json").json()["scale"] == "30 kg"
    assert signed_in(owner).post(url, given, content_type="application/json").status_code == 403
    assert tab.delete(row).status_code == 204
    checked = tab.post(f"{T}/api/potential-imports/", {"file": book(FISH)})
    assert (checked.status_code, checked.json()["state"], checked.json()["summary"]["new"]) == (
        201,
        "checked",
        1,
    )
