"""docker-compose.yml is valid and decides what bin/run decides, with its roles and its locale."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import account
import env_file
import postgres
import pytest
import roles
import yaml
from process import Home

from bench import server

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
PRODUCT = ("web", "worker", "beat", "migrate", "tools")
GIVEN = {
    "DJANGO_SECRET_KEY": "k9-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-XYZ",
    "OCOP_HOST": "ocop.example.vn",
    "OCOP_APP_PASSWORD": "of-the-app",
    "OCOP_OWNER_PASSWORD": "of-the-owner",
}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text())["services"])


def substituted(text: str) -> str:
    """As compose fills in ${NAME:?…} and ${NAME:-default}."""

    def value(found: re.Match[str]) -> str:
        name, _, default = found[1].partition(":-")
        return default if ":-" in found[1] else GIVEN[name.partition(":?")[0]]

    return re.sub(r"\$\{([^}]+)\}", value, text)


def environment(service: dict[str, Any]) -> dict[str, str]:
    return {name: substituted(str(value)) for name, value in service["environment"].items()}


def test_the_bench_starts_what_production_starts(services: dict[str, Any]) -> None:
    assert set(server.WEB) <= {substituted(word) for word in services["web"]["command"]}
    assert set(server.WORKER) <= set(services["worker"]["command"])


def test_it_is_valid() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(COMPOSE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", PRODUCT)
def test_every_setting_of_a_start_is_decided(services: dict[str, Any], name: str) -> None:
    addresses = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"), "")
    decided = set(env_file.settings(addresses, "", ""))
    given = set(environment(services[name]))
    owner = {"DATABASE_OWNER_URL"}
    assert decided - given == (set() if name in ("migrate", "tools") else owner)


@pytest.mark.parametrize("name", PRODUCT)
def test_every_name_is_one_that_the_settings_read(services: dict[str, Any], name: str) -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "ocop" / "settings.py").read_text()))
    assert set(environment(services[name])) - read == set()


def test_every_variable_is_in_the_example() -> None:
    used = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    example = set(re.findall(r"^#?(\w+)=", (ROOT / "deploy" / "env.example").read_text(), re.MULTILINE))
    assert used == example


@pytest.mark.parametrize("name", ["web", "migrate"])
def test_production_starts_with_them(services: dict[str, Any], name: str) -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environ = {"PATH": os.environ["PATH"], "OCOP_ENV_FILE": os.devnull} | environment(services[name])
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_services_wait_for_healthy_ones(services: dict[str, Any]) -> None:
    lasting = {name for name, service in services.items() if service.get("restart") != "no"}
    assert {name for name in lasting if "healthcheck" not in services[name]} == set()
    for service in services.values():
        for needed, how in service.get("depends_on", {}).items():
            expected = "service_completed_successfully" if needed == "migrate" else "service_healthy"
            assert how == {"condition": expected}


def test_the_database_has_the_locale_of_bin_run(services: dict[str, Any]) -> None:
    given = services["db"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert given == ["-E", "UTF8", *postgres.locale(18)]


@pytest.fixture
def bare() -> Iterator[dict[str, str]]:
    """A server as the image has it when it runs the script: its superuser and nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="ocop-t-", dir="/tmp"))
    folder.chmod(0o711)
    home = Home(folder, account.current())
    found = postgres.binaries(folder, home.account)
    sockets = account.private_folder(folder / "pg", home.account)
    postgres.create_cluster(found, folder / "data", "secret", home.account, safe=False)
    server = postgres.start(found, folder / "data", sockets, "secret", home, throw_away=True)
    tools = f"{found.folder}:{os.environ['PATH']}"
    yield {"PATH": tools, "PGHOST": str(sockets), "PGPASSWORD": "secret", "POSTGRES_USER": postgres.SUPERUSER}
    server.stop()
    shutil.rmtree(folder)


def facts(superuser: str) -> list[Any]:
    """What the launcher decides about roles, database and extensions."""
    found: list[Any] = []
    queries = {
        "postgres": "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin"
        " FROM pg_roles WHERE rolname LIKE 'ocop%' ORDER BY 1",
        "template1": "SELECT extname FROM pg_extension ORDER BY 1",
        "ocop": "SELECT extname, pg_get_userbyid(datdba) FROM pg_extension, pg_database"
        " WHERE datname = 'ocop' ORDER BY 1",
    }
    for database, query in queries.items():
        with roles.opened(superuser, dbname=database) as cursor:
            cursor.execute(query)
            found.append(cursor.fetchall())
    return found


@pytest.mark.slow
def test_the_script_of_the_image_makes_what_bin_run_makes(bare: dict[str, str]) -> None:
    script = ROOT / "deploy" / "postgres" / "10-roles.sh"
    done = subprocess.run(["/bin/sh", script], env=bare | GIVEN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    superuser = roles.to_url(
        {"user": "postgres", "password": "secret", "host": bare["PGHOST"], "dbname": "postgres"}
    )
    made = facts(superuser)
    app = roles.with_parameters(superuser, user="ocop_app", password="of-the-app", dbname="ocop")
    with roles.opened(app) as cursor:
        cursor.execute("SELECT current_user::text")
        assert cursor.fetchone() == ("ocop_app",)
    with roles.opened(superuser) as cursor:
        roles.drop_database(cursor, "ocop")
        cursor.execute("DROP ROLE ocop_app, ocop_owner")
    with roles.opened(superuser, dbname="template1") as cursor:
        cursor.execute("DROP EXTENSION unaccent, pg_trgm, btree_gist")
    roles.prepare(superuser, "of-the-owner", "of-the-app")
    assert facts(superuser) == made
    assert made[0] == [("ocop_app", *[False] * 4, True), ("ocop_owner", False, False, True, False, True)]
