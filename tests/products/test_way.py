"""The whole way of one dossier by its domain functions, in every state the makers promise."""

import pytest

from products.models import DossierState
from tests.factories import WAY_TO, make_complete_dossier


@pytest.mark.parametrize("state", WAY_TO)
def test_the_steps_lead_to_every_state(commune, state):
    dossier = make_complete_dossier(commune, state=state)
    assert dossier.state == state
    assert set(WAY_TO) == set(DossierState.values) - {DossierState.LAPSED}  # only an earlier law leads there
