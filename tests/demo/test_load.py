"""The demo: the ministry and three provinces through the domain functions, once, and what the README promises of it."""

import json

import pytest
from django.core.management import CommandError, call_command

from evaluation.models import Arrival, Certificate, HandOver, Meeting
from ocop.orgs.loading import load_places
from ocop.orgs.models import Membership
from ocop.orgs.places import read_places
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.models import Dossier, DossierState


@pytest.fixture
def loaded(db, settings, tmp_path):
    """The three provinces' places only: the country is loaded in a test of its own."""
    settings.DEMO_PEOPLE = str(tmp_path / "people.json")
    rows = list(read_places())
    today = {
        row.key
        for row in rows
        if row.level == "province" and row.code in ("12", "19", "75") and not row.valid_to
    }
    before = {it.key for row in rows if row.key in today for it in row.predecessors}
    provinces = today | before
    districts = {row.key for row in rows if row.level == "district" and row.parent_key in provinces}
    load_places([row for row in rows if row.key in provinces or row.parent_key in provinces | districts])
    call_command("load_demo")
    return tmp_path / "people.json"


def test_the_demo_shows_every_stage(loaded, client):
    lai_chau = Tenant.objects.get(slug="lai-chau")
    with tenant_scope(lai_chau.pk):
        now = set(DossierState.values) - {DossierState.LAPSED}  # only an earlier law leads there
        assert set(Dossier.objects.values_list("state", flat=True)) == now
        meetings = Meeting.objects.order_by("held_at").values_list("council__regime", "state")
        assert list(meetings) == [("148/2023", "concluded"), ("26/2026", "concluded"), ("26/2026", "open")]
        assert set(Certificate.objects.values_list("state", flat=True)) == {"in_force", "revoked"}
        assert not Membership.objects.filter(user__username="huyen.phongtho", ends_on=None).exists()
        sent = {(it.to_tier, it.state) for it in HandOver.objects.all()}
        assert sent == {("ministry", "sent"), ("province", "sent")}
    with tenant_scope(Tenant.objects.get(slug="bo-nnmt").pk):
        assert [it.from_name for it in Arrival.objects.all()] == ["Tỉnh Lai Châu"]
    slugs = {"bo-nnmt", "lai-chau", "thai-nguyen", "dong-nai"}
    assert set(Tenant.objects.values_list("slug", flat=True)) == slugs
    people = json.loads(loaded.read_text(encoding="utf-8"))
    page = client.get("/lai-chau/accounts/login/").text
    assert all(person["username"] in page for person in people["people"])
    assert client.login(username="laichau.tinh", password=people["password"])
    before = Dossier._base_manager.count()
    call_command("load_demo")
    assert Dossier._base_manager.count() == before


def test_the_demo_is_never_loaded_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not loaded in production"):
        call_command("load_demo")
