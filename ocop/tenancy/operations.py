"""Migration operations about rights in the database."""

from typing import Any

from django.conf import settings
from django.db.migrations.operations.base import Operation

from ocop.tenancy import sql


class _OneStatement(Operation):
    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        pass


def _app_role(schema_editor: Any) -> str:
    return schema_editor.quote_name(settings.DATABASES["default"]["USER"])


class GrantAppRole(_OneStatement):
    """Let the app role use what the owner makes, now and later."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(sql.grant_all(_app_role(schema_editor)), params=None)

    def describe(self) -> str:
        return "Grant the app role its rights"


class AppendOnly(_OneStatement):
    """Rows of this model are written once: the app role loses UPDATE and DELETE."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(
            sql.append_only(schema_editor.quote_name(table), _app_role(schema_editor)), params=None
        )

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"


class LockTable(_OneStatement):
    """Row security on a table that no model of ours owns (history tables of a library)."""

    def __init__(self, table: str) -> None:
        self.table = table

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(sql.lock(schema_editor.quote_name(self.table)), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(sql.unlock(schema_editor.quote_name(self.table)), params=None)

    def describe(self) -> str:
        return f"Lock {self.table} by tenant"
