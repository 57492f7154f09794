"""A bad value stops the start with a sentence; production refuses what would be unsafe."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.db import connections

from ocop import environment as env
from ocop.environment import BadSetting
from ocop.tenancy.checks import refuse_unsafe_role, role_fault

GOOD = {
    "DATABASE_URL": "postgresql://app:secret@db.example/ocop",
    "DJANGO_SECRET_KEY": "x" * 50,
    "OCOP_SITE_URL": "https://ocop.example.vn",
    "OCOP_PRODUCTION": "True",
    "OCOP_ENV_FILE": os.devnull,
}


def start(**changes):
    """Read the settings in a process of its own; answer its exit code and last line."""
    given = {name: value for name, value in (GOOD | changes).items() if value is not None}
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(django_settings.BASE_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", "import ocop.settings"],
        env=kept | given,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip().splitlines()[-1:] or [""]


def test_a_good_environment_starts():
    assert start() == (0, [""])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL: is not set; start with bin/run, which writes var/env, or set it."),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL: is not a PostgreSQL address; write postgresql://user:password@host:port/name."),
        ({"DJANGO_DEBUG": "yes"}, "DJANGO_DEBUG: is 'yes'; use 'True' or 'False'."),
        ({"DJANGO_DEBUG": "True"}, "DJANGO_DEBUG: must be False in production."),
        ({"DJANGO_SECRET_KEY": None}, "DJANGO_SECRET_KEY: must be a secret of its own, of 50 characters or more, in production."),
        ({"OCOP_OFFLINE_SECRET": "short"}, "OCOP_OFFLINE_SECRET: must be a secret of 50 characters or more, or not be set."),
        ({"OCOP_SITE_URL": "http://ocop.example.vn"}, "OCOP_SITE_URL: must begin with https:// in production; QR codes are printed with it."),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT: is 'smtp'; use a whole number from 1 up."),
        ({"OCOP_MB_CLIP": "0"}, "OCOP_MB_CLIP: is '0'; use a whole number from 1 up."),
        ({"REDIS_URL": "amqp://x"}, "REDIS_URL: is 'amqp://x'; write redis://host:port/0 or redis+socket:///path."),
    ],
)  # fmt: skip
def test_a_bad_value_stops_the_start_with_a_sentence(changes, sentence):
    code, (line,) = start(**changes)
    assert (code, line) == (1, sentence)


def test_a_secret_may_come_from_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("y" * 60 + "\n")
    monkeypatch.delenv("DJANGO_SECRET_KEY", raising=False)
    monkeypatch.setenv("DJANGO_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("DJANGO_SECRET_KEY") == "y" * 60


def test_an_address_with_a_socket_folder(monkeypatch):
    monkeypatch.setenv("SOME_URL", "postgresql://ocop_app:p%40ss@/ocop?host=/tmp/x")
    found = env.database("SOME_URL")
    assert (found["NAME"], found["USER"], found["PASSWORD"], found["HOST"]) == (
        "ocop",
        "ocop_app",
        "p@ss",
        "/tmp/x",
    )


@pytest.mark.django_db(databases=["default", "owner"])
def test_production_refuses_a_role_that_owns_tables(settings, monkeypatch):
    settings.PRODUCTION = True
    assert role_fault() is None
    refuse_unsafe_role()
    monkeypatch.setattr("ocop.tenancy.checks.connection", connections["owner"])
    assert "owns tables" in role_fault()
    with pytest.raises(BadSetting, match="Use a plain role"):
        refuse_unsafe_role()
