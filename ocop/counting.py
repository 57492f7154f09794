"""Counting requests in a fixed window: one statement on the cache table, exact however many servers count.

The cache has a connection of its own: what a refused request wrote is rolled back, that it came is not.
"""

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connections, router
from django.http import HttpRequest
from django.utils import timezone

UNITS = {"sec": 1, "min": 60, "hour": 3600, "day": 86400}


class CacheRouter:
    """Django's cache table, by Django's own rule for it, is read and written on the connection that counts."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        return "counters" if model._meta.app_label == "django_cache" else None  # type: ignore[attr-defined]

    db_for_write = db_for_read


def is_over(name: str, request: HttpRequest, rate: str) -> bool:
    """Count this request of its address; True when it is one too many of `rate` ("600/min")."""
    most, _slash, unit = rate.partition("/")
    seconds = UNITS[unit]
    window = int(timezone.now().timestamp()) // seconds
    return _count(f"count:{name}:{address(request)}:{window}", seconds) > int(most)


def address(request: HttpRequest) -> str:
    """Who asks: the proxies we trust say so, each adding one entry at the right."""
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(said) >= trusted:
        return said[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(key: str, seconds: int) -> int:
    cache: Any = caches["default"]
    connection = connections[router.db_for_write(cache.cache_model_class)]
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS kept (cache_key, value, expires)"  # noqa: S608, the name is a setting's
            " VALUES (%s, '1', now() + make_interval(secs => %s))"
            " ON CONFLICT (cache_key) DO UPDATE SET value = (kept.value::int + 1)::text RETURNING value::int",
            [key, 2 * seconds],
        )
        count = int(cursor.fetchone()[0])
        if count == 1:
            cursor.execute(
                f"DELETE FROM {table} WHERE cache_key LIKE 'count:%%' AND expires < now()"  # noqa: S608
            )
    return count
