"""What an idea or a potential product may be the same as, over the API: what the pages propose, to who may see it."""

import pytest

from products.inventory.writing import write_potential
from products.models import Idea, Product
from products.workflow import IDEA
from tests import factories
from tests.products.ideas import make_idea, make_plan, make_window, two_rules

T = "/lai-chau"


@pytest.fixture
def window(province, officer, leader):
    plan = make_plan(province, officer=officer, leader=leader)
    return make_window(plan, by=officer, rules=two_rules())


@pytest.fixture
def idea(window, producer, owner):
    return make_idea(producer, by=owner)  # Thịt trâu gác bếp


def asked(tab, idea):
    answer = tab.get(f"{T}/api/ideas/{idea.pk}/alike/")
    assert answer.status_code == 200
    return answer.json()


def test_ideas_and_products_that_may_be_the_same(
    idea, producer, commune, other_commune, owner, commune_officer, officer, signed_in
):
    tab = signed_in(commune_officer)
    assert asked(tab, idea) == {"ideas": [], "products": []}
    household, far = (factories.make_producer(it, name=f"Hộ ở {it.name}") for it in (commune, other_commune))
    theirs = make_idea(household, by=commune_officer, name="Trâu gác bếp, thịt")
    make_idea(household, by=commune_officer, name="Rượu men lá")
    make_idea(far, by=officer)  # of another commune
    dried = Product.objects.create(
        producer=household, unit=commune, name="Thịt trâu gác bếp.", set_code="QD26-08"
    )
    assert asked(tab, idea) == {
        "ideas": [
            {"id": theirs.pk, "name": theirs.name, "producer": household.pk, "producer_name": household.name}
        ],
        "products": [
            {"id": dried.pk, "name": dried.name, "producer": household.pk, "producer_name": household.name}
        ],
    }
    assert asked(signed_in(owner), idea) == {"ideas": [], "products": []}  # she reads nothing of others
    IDEA.take("withdraw", idea, by=owner)
    assert asked(tab, Idea.objects.get(pk=idea.pk)) == {"ideas": [], "products": []}


def test_who_does_not_see_the_row_learns_nothing(
    idea, commune, commune_officer, other_owner, stranger, signed_in
):
    row = write_potential({"unit": commune, "name": "Cá bống"}, by=commune_officer)
    for who in (other_owner, stranger):
        tab = signed_in(who)
        assert tab.get(f"{T}/api/ideas/{idea.pk}/alike/").status_code == 404
        assert tab.get(f"{T}/api/potentials/{row.pk}/alike/").status_code == 404
    abroad = signed_in(stranger)
    assert abroad.get(f"/thai-nguyen/api/ideas/{idea.pk}/alike/").status_code == 404
    assert abroad.get(f"/thai-nguyen/api/potentials/{row.pk}/alike/").status_code == 404


def test_potential_products_of_the_commune(commune, other_commune, officer, commune_officer, signed_in):
    def write(unit, name, maker):
        return write_potential({"unit": unit, "name": name, "producer_name": maker}, by=officer)

    row, near = (
        write(commune, "Cá bống vùi tro", "Lò Thị Đôi"),
        write(commune, "Cá vùi tro bống", "Vàng A Sử"),
    )
    write(commune, "Rượu men lá", "Vàng A Sử")
    write(other_commune, "Cá bống vùi tro", "Lý Thị Sáo")
    tab = signed_in(commune_officer)
    answer = tab.get(f"{T}/api/potentials/{row.pk}/alike/").json()
    assert [(it["id"], it["producer_name"]) for it in answer] == [(near.pk, "Vàng A Sử")]
    assert tab.get(f"{T}/api/potentials/{near.pk}/alike/").json()[0]["id"] == row.pk


@pytest.mark.parametrize("rows", [1, 3])
def test_one_and_three_are_asked_as_often(
    idea, commune, commune_officer, signed_in, django_assert_num_queries, rows
):
    first = write_potential({"unit": commune, "name": "Cá bống vùi tro"}, by=commune_officer)
    for n in range(rows):
        household = factories.make_producer(commune, name=f"Hộ số {n}")
        make_idea(household, by=commune_officer)
        Product.objects.create(producer=household, unit=commune, name="Thịt trâu gác bếp", set_code="QD26-08")
        given = {"unit": commune, "name": "Cá bống vùi tro", "producer_name": f"Hộ số {n}"}
        write_potential(given, by=commune_officer)
    tab = signed_in(commune_officer)
    asked(tab, idea)
    with django_assert_num_queries(14):
        found = asked(tab, idea)
    with django_assert_num_queries(11):
        near = tab.get(f"{T}/api/potentials/{first.pk}/alike/").json()
    assert (len(found["ideas"]), len(found["products"]), len(near)) == (rows, rows, rows)
