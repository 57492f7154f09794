"""The servers we bring: the right locale, the two roles, one privileged address split."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import account
import psycopg2
import pytest
import roles
import servers
from failures import Code, Failure
from process import Home

pytestmark = pytest.mark.slow
APP_PASSWORD = "of the/app? 100%"  # what a URL must quote


@pytest.fixture(scope="module", params=["wheel", "system"])
def started(request: Any) -> Iterator[servers.Servers]:
    folder = Path(tempfile.mkdtemp(prefix="ocop-t-", dir="/tmp"))
    folder.chmod(0o711)
    home = Home(folder, account.current())
    found = servers.Servers()
    place = servers.Place(folder, home, folder / "data", throw_away=True, system=request.param == "system")
    servers.start_postgres(found, place, servers.new_passwords() | {"app": APP_PASSWORD})
    yield found
    found.stop()
    shutil.rmtree(folder)


def ask(url: str, query: str) -> tuple[Any, ...]:
    with roles.opened(url) as run:
        run.execute(query)
        return run.fetchone()


def test_vietnamese_letters_fold_and_keep_their_trigrams(started: servers.Servers) -> None:
    url = started.addresses["DATABASE_URL"]
    assert ask(url, "SELECT lower('ĐẶC SẢN'), 'ĐẶC SẢN' ILIKE '%đặc%', unaccent('Đặc sản')") == (
        "đặc sản",
        True,
        "Dac san",
    )
    assert ask(url, "SELECT similarity('Đặc sản', 'đặc sản'), array_length(show_trgm('ặ'), 1)") == (1.0, 2)


def test_the_app_role_owns_nothing_and_passes_no_lock(started: servers.Servers) -> None:
    app, owner = started.addresses["DATABASE_URL"], started.addresses["DATABASE_OWNER_URL"]
    rights = (
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    assert ask(app, rights) == (False, False, False, False)
    assert ask(owner, rights) == (False, False, True, False)
    with roles.opened(owner) as run:
        run.execute("CREATE TABLE of_the_owner (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), psycopg2.connect(app).cursor() as cursor:
        cursor.execute("CREATE TABLE of_the_app (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), psycopg2.connect(app).cursor() as cursor:
        cursor.execute("SELECT * FROM of_the_owner")


def test_a_database_the_owner_makes_has_the_extensions(started: servers.Servers) -> None:
    owner = started.addresses["DATABASE_OWNER_URL"]
    with roles.opened(owner) as run:
        run.execute("CREATE DATABASE test_ocop")
    query = "SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'"
    assert ask(roles.with_parameters(owner, dbname="test_ocop"), query) == (sorted(roles.EXTENSIONS),)


def test_one_privileged_address_is_split_into_the_two_roles(
    started: servers.Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = roles.with_parameters(started.superuser, dbname="ocop")
    monkeypatch.setenv("DATABASE_URL", given)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    addresses = servers.given_database({"app": APP_PASSWORD})
    assert addresses["DATABASE_OWNER_URL"] == given
    assert ask(addresses["DATABASE_URL"], "SELECT current_user::text, current_database()::text") == (
        "ocop_app",
        "ocop",
    )


def test_one_address_without_the_right_to_make_roles_is_refused(
    started: servers.Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", started.addresses["DATABASE_OWNER_URL"])
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(Failure, match="must be a role that may create roles") as refused:
        servers.given_database({"app": "secret"})
    assert refused.value.code == Code.DATABASE_REFUSED


def test_addresses_keep_what_they_say() -> None:
    for url in (
        "postgresql://me:p%2Fw@/ocop?host=/tmp/x",
        "postgresql://me@db.example.vn:5433/ocop?sslmode=require",
    ):
        assert roles.with_parameters(url) == url
