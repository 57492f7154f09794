"""A plan of the year as provinces write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from ocop.orgs.models import OrgUnit, User
from plans.drafts import write_draft
from plans.models import Plan, Target
from plans.workflow import PLAN

BASES = "Quyết định số 26/2026/QĐ-TTg ngày 22/5/2026 của Thủ tướng Chính phủ;\nNghị quyết số 33/NQ-HĐND."


@pytest.fixture
def make_plan(province: OrgUnit, officer: User) -> Callable[..., Plan]:
    """A draft with targets, written by the officer."""

    def make(
        title: str = "Kế hoạch Chương trình OCOP", *, targets: list[Target] | None = None, **facts: object
    ) -> Plan:
        rows = (
            targets
            if targets is not None
            else [
                Target(label="Sản phẩm từ 3 sao", measure="products_valid", low=37),
                Target(label="Sản phẩm 4 sao", measure="products_new", stars=4, low=4, high=6),
            ]
        )
        values = {
            "unit": province,
            "year": timezone.localdate().year,
            "bases": BASES,
            "purpose": "Nâng chất lượng.",
        }
        return write_draft(Plan(title=title, **(values | facts)), rows, by=officer)

    return make


@pytest.fixture
def issue(leader: User) -> Callable[..., Plan]:
    """The leader issues it."""

    def take(plan: Plan, number: str = "05/KH-UBND") -> Plan:
        data = {"number": number, "issued_on": dt.date(2026, 1, 15), "signer": "Hà Trọng Hải"}
        return PLAN.take("issue", plan, by=leader, data=data)

    return take
