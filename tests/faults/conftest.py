"""The files that pages name, collected once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.site import collect_static


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    collect_static(folder)
    return folder
