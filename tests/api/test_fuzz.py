"""Whatever is sent, the API answers as its description says: never 500, no other status, no other type, no other shape."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ocop.orgs.models import User
from tests.access.asking import HANDLER, Browser
from tests.api.known import Addresses

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
TOKEN = "x" * 32
HEADERS = {"X-CSRFToken": TOKEN, "Accept-Encoding": "identity"}


def served(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The product as a WSGI server calls it, on the test's own connection."""
    answer = HANDLER(environ)
    content = b"".join(answer)
    start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return [content]


@pytest.fixture
def api(described: dict[str, Any]) -> Any:
    schema = schemathesis.openapi.from_dict(
        {**described, "servers": [{"url": "http://testserver/lai-chau/"}]}
    )
    schema.app = served
    return schema


@pytest.mark.parametrize(
    ("people", "mode", "examples"),
    [
        (("officer",), GenerationMode.POSITIVE, 2),
        (("officer",), GenerationMode.NEGATIVE, 2),
        (("secretary", "member", "producer"), GenerationMode.POSITIVE, 1),
    ],
)
def test_what_is_sent_is_answered_as_described(world, api, people, mode, examples):
    there = Addresses(world)
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) > 90
    faults = [
        fault
        for who in people
        for cookies in [_cookies(world.people[who])]
        for operation in operations
        for fault in _faults(operation, cookies, there, mode, examples)
    ]
    if faults:
        pytest.fail("\n\n".join(faults), pytrace=False)


def _cookies(user: User) -> dict[str, str]:
    return {name: it.value for name, it in Browser(user).cookies.items()} | {"csrftoken": TOKEN}


def _faults(
    operation: Any, cookies: dict[str, str], there: Addresses, mode: GenerationMode, examples: int
) -> list[str]:
    known = [it.arguments for it in there.named(operation.path, operation.method)]
    places = st.sampled_from([*known, {}])

    @seed(1)
    @settings(max_examples=examples, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), place=places)
    def ask(case: Any, place: dict[str, str]) -> None:
        case.path_parameters |= place
        with transaction.atomic():
            case.call_and_validate(checks=CHECKS, cookies=cookies, headers=HEADERS)
            transaction.set_rollback(True)

    try:
        ask()
    except (FailureGroup, Failure) as fault:
        return [f"{operation.method.upper()} {operation.path}: {fault}"]
    return []
