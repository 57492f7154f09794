"""One nasty value at a time, in every field of every body, in every filter and in every address: never 500."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.access.asking import Browser, ask
from tests.api.known import Addresses

NASTY = ({"a": "\x00"}, 10**30, [["\ud800"]], None)
IN_QUERY = ("\x00", "9" * 30, "2026-99-99")
IN_PATH = ("%00", "9" * 30)
SAMPLE = {"string": "x", "integer": 1, "number": 1, "boolean": False, "array": [], "object": {}}
ANSWERS = (200, 201, 204, 302, 400, 403, 404, 405, 409, 415)
Asked = tuple[str, str, dict[str, Any] | None]


def test_no_value_brings_the_api_down(world, described):
    browser, there = Browser(world.people["officer"]), Addresses(world)
    asked = [*_bodies(described, there), *_queries(described, there), *_paths(described, there)]
    assert len(asked) > 1000
    down = [
        f"{method.upper()} {url} {json.dumps(body)[:120]}"
        for method, url, body in asked
        if ask(browser, method, f"/{world.slug}{url}", body) not in ANSWERS
    ]
    if down:
        pytest.fail("\n".join(down), pytrace=False)


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _bodies(described: dict[str, Any], there: Addresses) -> Iterator[Asked]:
    for path, method, operation in _operations(described):
        shape = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if not shape:
            continue
        whole = _resolved(described, shape["schema"])
        for one in whole.get("oneOf", [whole]):
            fields = _resolved(described, one).get("properties", {})
            sample = {name: _sample(described, it) for name, it in fields.items() if not it.get("readOnly")}
            asked = there.named(path, method)
            if "oneOf" in whole:
                asked = [known for known in asked if _is_step(known.url, one["$ref"])]
            for known in asked[:1]:
                for name in sample:
                    yield from ((method, known.url, sample | known.body | {name: it}) for it in NASTY)


def _is_step(url: str, ref: str) -> bool:
    """Whether this is the body of that step: …/steps/ask_supplement/ and #/…/DossierAskSupplement."""
    return ref.lower().endswith(url.rstrip("/").rpartition("/")[2].replace("_", ""))


def _queries(described: dict[str, Any], there: Addresses) -> Iterator[Asked]:
    for path, method, operation in _operations(described):
        for it in operation.get("parameters", ()):
            if it["in"] == "query":
                for known in there.named(path, method)[:1]:
                    yield from (
                        (method, f"{known.url}?{it['name']}={quote(nasty)}", None) for nasty in IN_QUERY
                    )


def _paths(described: dict[str, Any], there: Addresses) -> Iterator[Asked]:
    for path, method, operation in _operations(described):
        for it in operation.get("parameters", ()):
            if it["in"] == "path":
                for known in there.named(path, method)[:1]:
                    others = known.arguments.items() - {(it["name"], known.arguments[it["name"]])}
                    for nasty in IN_PATH:
                        url = path.replace(f"{{{it['name']}}}", nasty)
                        for name, value in others:
                            url = url.replace(f"{{{name}}}", value)
                        yield method, url, known.body


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _sample(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    schema = _resolved(described, schema)
    schema = _resolved(described, next(iter(schema.get("oneOf", schema.get("allOf", [schema])))))
    if "enum" in schema:
        return schema["enum"][0]
    return {"date": "2026-10-01", "date-time": "2026-10-01T08:00:00+07:00"}.get(
        schema.get("format", ""), SAMPLE[schema.get("type", "string")]
    )
