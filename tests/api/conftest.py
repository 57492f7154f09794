"""A province to ask about, and the API's description of itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import zeal.constants
import zeal.patch
from drf_spectacular.generators import SchemaGenerator

from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from tests.access.asking import HANDLER
from tests.access.world import World, make_world


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals are what is asked for."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


# Rights are asked of each object anew: one deed asks them of the meeting, its product and what hangs on it.
ASKED_ANEW = [
    {"model": "orgs.User", "field": "council_seats"},
    {"model": "products.Producer", "field": "people"},
]


@pytest.fixture(scope="session", autouse=True)
def _zeal(django_test_environment: Any) -> None:
    """Relations that are read count the places they are read from."""
    zeal.constants.initialize_app_registry()
    zeal.patch.patch()


@pytest.fixture(autouse=True)
def _no_n_plus_one(settings: Any) -> Iterator[None]:
    """A request that asks row by row is a fault of ours, told as a 500; twice is not yet row by row."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "zeal.middleware.zeal_middleware"]
    settings.ZEAL_NPLUSONE_THRESHOLD = 3
    settings.ZEAL_ALLOWLIST = ASKED_ANEW
    HANDLER._middleware_chain = None  # it remembers the middleware of its first request, here and afterwards
    yield
    HANDLER._middleware_chain = None


@pytest.fixture
def world(lai_chau_tenant: Tenant) -> World:
    with tenant_scope(lai_chau_tenant.pk):
        return make_world(lai_chau_tenant)


@pytest.fixture
def described(lai_chau_tenant: Tenant) -> dict[str, Any]:
    with tenant_scope(lai_chau_tenant.pk):
        return SchemaGenerator(urlconf="ocop.urls").get_schema(request=None, public=True)
