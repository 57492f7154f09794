"""Refuses a start as a database role that row security does not bind."""

from django.conf import settings
from django.db import connection

from ocop.environment import BadSetting


def refuse_unsafe_role() -> None:
    """Stop, in production, when the web's or worker's role is privileged or owns a table."""
    if settings.PRODUCTION and (fault := role_fault()):
        raise BadSetting("DATABASE_URL", fault)


def role_fault() -> str | None:
    """Why the connected role may not serve, or None."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole,"
            " EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "         WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname = 'public')"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        name, is_super, bypasses, creates_roles, owns = cursor.fetchone()
    faults = [
        sentence
        for true, sentence in (
            (is_super, "is a superuser"),
            (bypasses, "can bypass row security"),
            (creates_roles, "can create roles"),
            (owns, "owns tables"),
        )
        if true
    ]
    if not faults:
        return None
    return f"role {name} {' and '.join(faults)}; tenants would not be kept apart. Use a plain role."
