"""The key to both locks: what the strict manager asks and what PostgreSQL's row security asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_active: ContextVar[int | None] = ContextVar("active_tenant_id", default=None)


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
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """See only this tenant's rows: in the ORM by the manager, in PostgreSQL by row security.

    Opens a transaction, as the setting lives no longer than one; scopes nest.
    """
    token = _active.set(tenant_id)
    try:
        with transaction.atomic():
            before = _tell_postgres(str(tenant_id))
            yield
            # After an error a query would hide it; the rollback restores the setting anyway.
            if not connection.needs_rollback:
                _tell_postgres(before)
    finally:
        _active.reset(token)


@contextmanager
def no_tenant() -> Iterator[None]:
    """Step out of every scope: tests call tasks so, as a worker starts with none."""
    token = _active.set(None)
    try:
        with transaction.atomic():
            before = _tell_postgres("")
            yield
            if not connection.needs_rollback:
                _tell_postgres(before)
    finally:
        _active.reset(token)


def _tell_postgres(value: str) -> str:
    """Set the tenant for the rest of the transaction; answer what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('ocop.tenant', true), set_config('ocop.tenant', %s, true)", [value]
        )
        return cursor.fetchone()[0] or ""
