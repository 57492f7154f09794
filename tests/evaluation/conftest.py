"""The council's cast: nine people, a checked product, a meeting with it on the agenda."""

from __future__ import annotations

import pytest

from evaluation.models import AgendaItem, Assessment, Council, Meeting
from ocop.orgs.models import OrgUnit, User
from tests.evaluation import makers


@pytest.fixture
def members(lai_chau) -> list[User]:
    """Chair, deputy, secretary, six members."""
    return makers.make_members()


@pytest.fixture
def chair(members) -> User:
    return members[0]


@pytest.fixture
def deputy(members) -> User:
    return members[1]


@pytest.fixture
def secretary(members) -> User:
    return members[2]


@pytest.fixture
def member(members) -> User:
    return members[3]


@pytest.fixture
def council(province: OrgUnit, members, officer, leader) -> Council:
    return makers.make_council(province, members, officer=officer, leader=leader)


@pytest.fixture
def tea(commune: OrgUnit, advisor: User) -> Assessment:
    """Checked by the advisory team."""
    return makers.make_checked(makers.make_accepted_dossier(commune), by=advisor)


@pytest.fixture
def rice(other_commune: OrgUnit, advisor: User) -> Assessment:
    dossier = makers.make_accepted_dossier(other_commune, "Gạo Séng cù Tân Phong", set_code="QD26-03")
    return makers.make_checked(dossier, by=advisor)


@pytest.fixture
def meeting(council, tea, rice, officer) -> Meeting:
    """Planned, two products."""
    return makers.make_meeting(council, [tea, rice], by=officer)


@pytest.fixture
def running(meeting, members) -> Meeting:
    """Open, all nine here, all declared without conflict."""
    return makers.open_meeting(meeting, members)


@pytest.fixture
def tea_item(meeting, tea) -> AgendaItem:
    return AgendaItem.objects.for_list().get(meeting=meeting, assessment=tea)


@pytest.fixture
def rice_item(meeting, rice) -> AgendaItem:
    return AgendaItem.objects.for_list().get(meeting=meeting, assessment=rice)
