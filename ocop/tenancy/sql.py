"""The SQL of the locks, in one place."""

# Keeps its index, and answers no rows where nothing is set (the setting is '' after a transaction, not NULL).
POLICY = "tenant_id = nullif(current_setting('ocop.tenant', true), '')::bigint"


def lock(table: str) -> str:
    """Row security on `table` (already quoted): enabled, not forced, so that the owner can migrate and dump."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
        f"CREATE POLICY same_tenant ON {table} USING ({POLICY}) WITH CHECK ({POLICY})"
    )


def unlock(table: str) -> str:
    """The opposite of `lock`."""
    return f"DROP POLICY same_tenant ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"


def append_only(table: str, role: str) -> str:
    """The app role may add rows to `table` and read them, nothing else."""
    return f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"


def grant_all(role: str) -> str:
    """What the app role may do with the tables that are here and with those that later migrations make."""
    return (
        f"GRANT USAGE ON SCHEMA public TO {role}; "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; "
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}; "
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}; "
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}"
    )
