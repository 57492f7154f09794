"""Every route of the API × everybody."""

from __future__ import annotations

from tests.access.api import API
from tests.access.asking import hold


def test_every_route_answers_everybody_as_the_table_says(world, knocking):
    hold(API, world, knocking)
