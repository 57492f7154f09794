"""Row history: the tables that keep it by name, and the triggers by which PostgreSQL itself writes it.

What the log tells is written by our code; this is written whoever changes a row, plain SQL too.
"""

from typing import Any

from django.db.migrations.operations.base import Operation

# Seldom written, and worth asking "what did it say before, and who changed it". Never drafts, ballots, dossiers: what is
# saved as one types would fill the history many times over, and has its own (changes of ballots, frozen versions).
KEPT = (
    "evaluation.certificate",
    "evaluation.council",
    "evaluation.decision",
    "evaluation.seat",
    "orgs.membership",
    "orgs.orgunit",
    "papers.numberseries",
    "plans.plan",
    "plans.round",
    "plans.target",
)

# Runs as whoever writes the row, so that row security binds its own insert as well; the tenant is the row's.
FUNCTION = """
CREATE FUNCTION audit_keep_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := to_jsonb(NEW);
    one jsonb := coalesce(new_row, old_row);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(was.key, was.value), jsonb_object_agg(was.key, becomes.value)
        INTO old_row, new_row
        FROM jsonb_each(old_row) was JOIN jsonb_each(new_row) becomes ON becomes.key = was.key
        WHERE becomes.value IS DISTINCT FROM was.value;
        IF old_row IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO audit_change (tenant_id, at, kind, object_id, deed, before, after, by_id, request_id)
    VALUES (
        (one->>'tenant_id')::bigint, clock_timestamp(), TG_ARGV[0], (one->>'id')::bigint, lower(TG_OP),
        old_row, new_row,
        nullif(current_setting('ocop.by', true), '')::bigint,
        coalesce(nullif(current_setting('ocop.request', true), ''), '-')
    );
    RETURN NULL;
END
$$
"""
NO_FUNCTION = "DROP FUNCTION audit_keep_change()"


class KeepHistory(Operation):
    """From now on every change of a row of this table leaves a `Change`; one to a table, in audit's migrations."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = self._table(schema_editor, to_state)
        schema_editor.execute(
            f"CREATE TRIGGER keep_history AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION audit_keep_change('{self.kind}')",
            params=None,
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = self._table(schema_editor, from_state)
        schema_editor.execute(f"DROP TRIGGER keep_history ON {table}", params=None)

    def describe(self) -> str:
        return f"Keep the history of {self.kind}"

    def _table(self, schema_editor: Any, state: Any) -> str:
        return schema_editor.quote_name(state.apps.get_model(self.kind)._meta.db_table)
