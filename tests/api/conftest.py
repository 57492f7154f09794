"""A province to ask about, and the API's description of itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from tests.access.world import World, make_world


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals are what is asked for."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(lai_chau_tenant: Tenant) -> World:
    with tenant_scope(lai_chau_tenant.pk):
        return make_world(lai_chau_tenant)


@pytest.fixture
def described(lai_chau_tenant: Tenant) -> dict[str, Any]:
    with tenant_scope(lai_chau_tenant.pk):
        return SchemaGenerator(urlconf="ocop.urls").get_schema(request=None, public=True)
