"""Both provinces of the tables, and silence about the refusals that are asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from tests.access.asking import Browser, browsers
from tests.access.world import World, make_world


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals, each with a traceback that nobody reads."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(lai_chau_tenant: Tenant) -> World:
    with tenant_scope(lai_chau_tenant.pk):
        return make_world(lai_chau_tenant)


@pytest.fixture
def foreign(thai_nguyen_tenant: Tenant) -> World:
    """The same in another province."""
    with tenant_scope(thai_nguyen_tenant.pk):
        return make_world(thai_nguyen_tenant)


@pytest.fixture
def knocking(world: World, foreign: World) -> dict[str, Browser]:
    """A browser for each of the cast."""
    return browsers(world.people | {"stranger": foreign.people["officer"]})
