"""One door to the law: an operator's own files are seen wherever the law is asked."""

import pytest
from django.utils import timezone

from evaluation.models import PublishedSet
from evaluation.publishing import publish_sets
from ocop.law import criteria_set, law
from ocop.reports.measures import service_sets
from promotion.queries import sets_of_category
from tests import factories
from tests.regulations.test_loading import GOOD, REGIME, written

YAML_OF_A_YEAR = {**REGIME, "code": "27/2027", "set_prefix": "QD27-", "decision": "27/2027/QĐ-TTg"}


@pytest.fixture
def operators(tmp_path, settings):
    """A 27th set, of a service."""
    settings.REGULATIONS_DIR = str(written(tmp_path, {**GOOD, "sample_units": 0}))


@pytest.mark.usefixtures("operators")
def test_an_operators_set_is_the_law_here():
    assert criteria_set("QD26-90").name == "Bộ thử"
    assert "QD26-90" in service_sets()
    assert "QD26-90" in sets_of_category("I")


@pytest.mark.usefixtures("operators")
def test_an_operators_set_is_published(db):
    assert [it.code for it in publish_sets("default")] == ["QD26-90"]
    assert PublishedSet.objects.get(code="QD26-90").total == 100


@pytest.mark.usefixtures("operators")
def test_an_operators_set_is_offered_by_the_calculator(db, client):
    assert client.get("/calculator/QD26-90/").status_code == 200


def test_a_round_of_an_operators_regime_has_its_page(tmp_path, settings, signed_in, officer, commune):
    written(tmp_path, YAML_OF_A_YEAR, "regime.yaml", ".")
    (tmp_path / "26-2026").rename(tmp_path / "27-2027")
    settings.REGULATIONS_DIR = str(tmp_path)
    found = factories.make_round(commune, on=timezone.localdate())
    found.regime = "27/2027"
    found.save(update_fields=["regime"])
    page = signed_in(officer).get(f"/lai-chau/plans/rounds/{found.pk}/")
    assert page.status_code == 200
    assert "27/2027/QĐ-TTg" in page.content.decode()


def test_without_a_directory_it_is_ours(settings):
    settings.REGULATIONS_DIR = ""
    assert "QD26-90" not in law().sets
