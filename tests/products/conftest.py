"""The cast of this room: a producer's person, and her dossiers in the states that stories need."""

import pytest

from tests import factories


@pytest.fixture
def owner(lai_chau):
    return factories.make_user("chuthe.xuan", "Lò Thị Xuân")


@pytest.fixture
def other_owner(lai_chau):
    """Another producer's person in the same commune."""
    return factories.make_user("chuthe.pao", "Giàng A Páo")


@pytest.fixture
def producer(commune, commune_officer, owner):
    return factories.make_producer(commune, owner=owner)


@pytest.fixture
def found(commune):
    return factories.make_round(commune)


@pytest.fixture
def make(commune, owner, producer, found):
    """A dossier of the producer in a state."""

    def made(state="draft", **more):
        more = {"producer": producer, "owner": owner, "found": found} | more
        return factories.make_complete_dossier(commune, state=state, **more)

    return made


@pytest.fixture
def draft(make):
    return make("draft")
