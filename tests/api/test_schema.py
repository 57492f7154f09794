"""What programs are told of the API: complete, without a warning, and the same as the snapshot beside this test."""

from __future__ import annotations

import os
from pathlib import Path

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

SNAPSHOT = Path(__file__).parent / "openapi.yml"
RENEW = "OCOP_RENEW_SNAPSHOT"


def test_the_snapshot_is_the_schema_of_today_without_a_warning(lai_chau):
    GENERATOR_STATS.reset()
    schema = SchemaGenerator(urlconf="ocop.urls").get_schema(request=None, public=True)
    told = {text for cache in (GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache) for text in cache}
    assert told == set()
    today = OpenApiYamlRenderer().render(schema, renderer_context={}).decode()
    if os.environ.get(RENEW):
        SNAPSHOT.write_text(today, encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == today, (
        f"The API changed. If it is meant, say so in the changelog and run: {RENEW}=1 bin/test {__name__.replace('.', '/')}.py"
    )
