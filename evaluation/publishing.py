"""Writing down the criteria sets as they are when ballots can be made under them: insert-only, by the owner."""

from typing import Any

from django.utils import timezone

from evaluation.models import PublishedSet
from ocop.law import law
from ocop.regulations import CriteriaSet, allowed, digest


def publish_sets(using: str) -> list[PublishedSet]:
    """Add each set that is not there yet with these figures; answers the new rows."""
    known = set(PublishedSet.objects.using(using).values_list("code", "digest"))
    new = [row for row in map(_row, law().sets.values()) if (row.code, row.digest) not in known]
    return PublishedSet.objects.using(using).bulk_create(new, ignore_conflicts=True)


def _row(it: CriteriaSet) -> PublishedSet:
    return PublishedSet(
        code=it.code,
        digest=digest(it),
        regime=it.regime.code,
        allowed=allowed(it),
        total=it.total,
        published_at=timezone.now(),
    )


def published_set(code: str) -> PublishedSet | None:
    """The row of this set as it is loaded now."""
    it = law().sets.get(code)
    return PublishedSet.objects.filter(code=code, digest=digest(it)).first() if it else None


def after_migrate(using: str, apps: Any = None, **kwargs: Any) -> None:
    """The receiver of post_migrate: publishes where the table is there (not after a partial migration)."""
    if apps is None or "publishedset" in apps.all_models["evaluation"]:
        publish_sets(using)
