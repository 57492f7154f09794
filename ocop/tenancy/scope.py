"""The key to both locks: what the strict manager asks and what PostgreSQL's row security asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from ocop.request_id import request_id

_active: ContextVar[int | None] = ContextVar("active_tenant_id", default=None)
_by: ContextVar[int | None] = ContextVar("acting_user_id", default=None)


class NoTenant(RuntimeError):
    """A tenant's row was touched where no tenant is in scope."""


def active_tenant_id() -> int:
    """The tenant in scope; `NoTenant` outside one."""
    tenant_id = _active.get()
    if tenant_id is None:
        raise NoTenant("No tenant in scope: open one with tenant_scope().")
    return tenant_id


def tenant_in_scope() -> int | None:
    """The tenant in scope, or None: for the few places that serve both sides of the door."""
    return _active.get()


@contextmanager
def tenant_scope(tenant_id: int, *, by: int | None = None) -> Iterator[None]:
    """See only this tenant's rows: in the ORM by the manager, in PostgreSQL by row security.

    Opens a transaction, as the settings live no longer than one; scopes nest. `by` is whom the row history names,
    an inner scope's is the outer's unless it says another.
    """
    with _scope(tenant_id, by or _by.get()):
        yield


@contextmanager
def no_tenant() -> Iterator[None]:
    """Step out of every scope: tests call tasks so, as a worker starts with none."""
    with _scope(None, None):
        yield


@contextmanager
def _scope(tenant_id: int | None, by: int | None) -> Iterator[None]:
    active, acting = _active.set(tenant_id), _by.set(by)
    try:
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            before = _tell_postgres(str(tenant_id or ""), str(by or ""), request_id())
            yield
            # The end of the transaction restores the settings; after an error a query would hide it.
            if not (is_outermost or connection.needs_rollback):
                _tell_postgres(*before)
    finally:
        _active.reset(active)
        _by.reset(acting)


def _tell_postgres(tenant: str, by: str, request: str) -> tuple[str, str, str]:
    """Set what row security and the row history ask, for the rest of the transaction; answer what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('ocop.tenant', true), ''), coalesce(current_setting('ocop.by', true), ''),"
            " coalesce(current_setting('ocop.request', true), ''), set_config('ocop.tenant', %s, true),"
            " set_config('ocop.by', %s, true), set_config('ocop.request', %s, true)",
            [tenant, by, request],
        )
        return cursor.fetchone()[:3]
