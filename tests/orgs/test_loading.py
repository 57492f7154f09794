"""The country's units in the database, and a province made from them."""

import pytest
from django.core.management import CommandError, call_command

from ocop.orgs.loading import create_tenant, load_places
from ocop.orgs.models import OrgUnit, Place, PlaceSuccession, UnitKind, UnitSuccession
from ocop.orgs.places import read_places
from ocop.tenancy.scope import tenant_scope


@pytest.fixture
def places(db):
    wanted = {"12", "19", "06"}
    rows = list(read_places())
    provinces = {row.key for row in rows if row.level == "province" and row.code in wanted}
    districts = {row.key for row in rows if row.level == "district" and row.parent_key in provinces}
    own = [row for row in rows if row.key in provinces or row.parent_key in provinces | districts]
    load_places(own)
    return own


def test_the_whole_country_is_loaded_once(db):
    assert load_places() > 20_000
    today = Place.objects.filter(valid_to=None)
    before = Place.objects.exclude(valid_to=None)
    count = {(era, level): rows.filter(level=level).count() for era, rows in (("today", today), ("before", before))
             for level in ("province", "district", "commune")}  # fmt: skip
    assert count == {
        ("today", "province"): 34, ("today", "district"): 0, ("today", "commune"): 3321,
        ("before", "province"): 63, ("before", "district"): 696, ("before", "commune"): 10051,
    }  # fmt: skip
    assert not before.filter(level="commune", became=None).exists()
    assert load_places() == 0


def test_a_changed_name_is_brought_up_to_date(places):
    Place.objects.filter(code="12", valid_to=None).update(name="Tỉnh Khác")
    PlaceSuccession.objects.filter(later__code="12").update(is_partial=True)
    assert load_places(places) == 1 + 1
    assert Place.objects.get(code="12", valid_to=None).name == "Tỉnh Lai Châu"


def test_a_province_has_its_units_of_today_and_of_before(places):
    tenant = create_tenant("lai-chau", "12")
    with tenant_scope(tenant.pk):
        root = OrgUnit.objects.get(parent=None)
        assert root.name == "Tỉnh Lai Châu"
        assert OrgUnit.objects.filter(kind=UnitKind.COMMUNE, closed_on=None).count() == 38
        phong_tho = OrgUnit.objects.get(name="Huyện Phong Thổ")
        assert str(phong_tho.closed_on) == "2025-06-30"
        assert phong_tho.path.startswith(root.path)
        assert phong_tho.name_on_papers == "ỦY BAN NHÂN DÂN HUYỆN PHONG THỔ"
        old_communes = OrgUnit.objects.filter(kind=UnitKind.COMMUNE).exclude(closed_on=None)
        assert not old_communes.filter(successions=None).exists()


def test_a_province_owns_the_history_of_those_it_took_over(places):
    tenant = create_tenant("thai-nguyen", "19")
    with tenant_scope(tenant.pk):
        provinces = OrgUnit.objects.filter(kind=UnitKind.PROVINCE).values_list("name", "closed_on")
        assert {name for name, closed in provinces if closed} == {"Tỉnh Thái Nguyên", "Tỉnh Bắc Kạn"}


def test_making_a_tenant_again_changes_nothing(places):
    tenant = create_tenant("lai-chau", "12")
    with tenant_scope(tenant.pk):
        before = OrgUnit.objects.count(), UnitSuccession.objects.count()
    assert create_tenant("lai-chau", "12") == tenant
    with tenant_scope(tenant.pk):
        assert (OrgUnit.objects.count(), UnitSuccession.objects.count()) == before


def test_an_unknown_code_is_said(places):
    with pytest.raises(CommandError, match="No province of today has the code 99"):
        call_command("create_tenant", "dau-do", "--code", "99")
