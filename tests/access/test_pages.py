"""Every page × everybody."""

from __future__ import annotations

from tests.access.asking import hold
from tests.access.pages import PAGES


def test_every_page_answers_everybody_as_the_table_says(world, knocking):
    hold(PAGES, world, knocking)
