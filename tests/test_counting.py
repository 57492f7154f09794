"""What a request is counted by stays, whatever becomes of the request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from ocop.tenancy.scope import tenant_scope
from tests import factories

ADDRESS = "/lai-chau/api/score-preview/"


@pytest.fixture
def tenant(transactional_db: None) -> Iterator[None]:
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
    cache.clear()
    yield
    cache.clear()


@pytest.mark.django_db(transaction=True, databases=["default", "counters"])
def test_a_refused_request_is_counted(tenant, settings):
    settings.SCORE_PREVIEW_RATE = "2/day"
    sent = [Client().post(ADDRESS, "no sheet", content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in sent] == [400, 400, 429]


@pytest.mark.django_db(transaction=True, databases=["default", "counters"])
def test_a_registration_that_is_refused_is_counted(tenant):
    refused = [Client().post("/lai-chau/producers/register/", {}).status_code for _ in range(31)]
    assert refused == [422] * 30 + [429]
