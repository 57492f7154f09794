"""The two logins: an owner that migrates and dumps, an app role that owns nothing and sees one tenant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import psycopg2
from failures import Code, Failure
from psycopg2 import sql
from psycopg2.extensions import connection, cursor, make_dsn, parse_dsn

DATABASE = "ocop"
OWNER = "ocop_owner"
APP = "ocop_app"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
OWNER_OPTIONS = "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS"
URL_PARTS = ("user", "password", "host", "port", "dbname")
APP_OPTIONS = "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS"


def prepare(superuser: str, owner_password: str, app_password: str) -> None:
    """Make roles, database and extensions on our own server; nothing changes when they are there."""
    with opened(superuser) as run:
        _ensure_role(run, OWNER, owner_password, OWNER_OPTIONS)
        _ensure_role(run, APP, app_password, APP_OPTIONS)
    with opened(superuser, dbname="template1") as run:  # test databases are made from it
        ensure_extensions(run)
    with opened(superuser) as run:
        create_database(run, DATABASE, OWNER)
    with opened(superuser, dbname=DATABASE) as run:
        ensure_extensions(run)


def create_database(run: cursor, name: str, owner: str) -> None:
    run.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if run.fetchone() is None:
        query = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner))
        run.execute(query)


def rename_database(run: cursor, name: str, to: str) -> None:
    run.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if run.fetchone():
        query = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to))
        run.execute(query)


def drop_database(run: cursor, name: str) -> None:
    run.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def split_privileged(url: str, app_password: str) -> tuple[str, str]:
    """From one privileged URL make the app role; answer (app URL, owner URL)."""
    with opened(url) as run:
        run.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        row = run.fetchone()
        if row is None or not row[0]:
            raise Failure(
                Code.DATABASE_REFUSED,
                "DATABASE_URL alone must be a role that may create roles; give DATABASE_URL (app) and "
                "DATABASE_OWNER_URL (owner) otherwise.",
            )
        _ensure_role(run, APP, app_password, _allowed_options(run))
        ensure_extensions(run)
    return with_parameters(url, user=APP, password=app_password), url


def _allowed_options(run: cursor) -> str:
    """Only a superuser may name SUPERUSER and BYPASSRLS, even to deny them; they are off by default."""
    run.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    row = run.fetchone()
    return APP_OPTIONS if row and row[0] else "LOGIN NOCREATEDB NOCREATEROLE"


def with_parameters(url: str, **changes: str) -> str:
    """The same address with other parameters, as a URL that settings read."""
    return to_url(parts(url) | changes)


def parts(url: str) -> dict[str, str]:
    return dict(parse_dsn(url))


def to_url(values: dict[str, str]) -> str:
    """The opposite of `parts`; a socket folder goes into the query, as settings read it."""
    host, port = values.get("host", ""), values.get("port", "")
    on_socket = host.startswith("/")
    rest = {key: value for key, value in values.items() if key not in URL_PARTS}
    query = urlencode(rest | ({"host": host} if on_socket else {}), safe="/")
    login = quote(values["user"], safe="")
    if values.get("password"):
        login += f":{quote(values['password'], safe='')}"
    place = ("" if on_socket else host) + (f":{port}" if port else "")
    return f"postgresql://{login}@{place}/{quote(values['dbname'], safe='')}" + (f"?{query}" if query else "")


def _ensure_role(run: cursor, name: str, password: str, options: str) -> None:
    run.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    verb = "ALTER" if run.fetchone() else "CREATE"
    query = sql.SQL(f"{verb} ROLE {{}} WITH {options} PASSWORD {{}}")
    run.execute(query.format(sql.Identifier(name), sql.Literal(password)))


def ensure_extensions(run: cursor) -> None:
    for name in EXTENSIONS:
        run.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def opened(url: str, *, refused: str = "The database refused a step.", **changes: str) -> Iterator[cursor]:
    """A cursor outside transactions, as CREATE DATABASE wants it."""
    try:
        link: connection = psycopg2.connect(make_dsn(url, **changes))
    except psycopg2.OperationalError as error:
        raise Failure(Code.DATABASE_REFUSED, "The database refuses the login.", str(error)) from error
    link.autocommit = True
    try:
        with link.cursor() as run:
            yield run
    except psycopg2.Error as error:
        raise Failure(Code.DATABASE_REFUSED, refused, str(error)) from error
    finally:
        link.close()
