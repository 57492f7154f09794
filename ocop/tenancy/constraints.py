"""The locks as constraints of the models, so that makemigrations writes them and none is forgotten."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint
from django.utils.translation import gettext_lazy as _

from ocop.tenancy import sql


class TenantLock(BaseConstraint):
    """Row security: PostgreSQL shows and takes only rows of the tenant in scope."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(sql.lock("%(table)s"), table=Table(model._meta.db_table, schema_editor.quote_name))

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(sql.unlock("%(table)s"), table=Table(model._meta.db_table, schema_editor.quote_name))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing a form could break: a row is born in its scope."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantLock) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


class SameTenant(BaseConstraint):
    """`(tenant_id, <field>_id)` must exist in the parent: foreign-key checks ignore row security."""

    def __init__(self, field: str, *, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        # Deferred to the end of the migration: the autodetector may create the child before the parent.
        schema_editor.deferred_sql.append(self._statement(model, schema_editor))

    def _statement(self, model: Any, schema_editor: Any) -> Statement:
        field, quote = model._meta.get_field(self.field), schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (tenant_id, %(column)s)"
            " REFERENCES %(parent)s (tenant_id, id) DEFERRABLE INITIALLY DEFERRED",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            column=quote(field.column),
            parent=quote(field.remote_field.model._meta.db_table),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Looks the parent up through the strict manager, which knows only this tenant's rows."""
        if exclude and self.field in exclude:
            return
        try:
            field = model._meta.get_field(self.field)
        except FieldDoesNotExist:
            return
        pk = getattr(instance, field.attname)
        if pk is not None and not field.remote_field.model._default_manager.filter(pk=pk).exists():
            raise ValidationError({self.field: _("Không có mục này trong đơn vị của bạn.")})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameTenant) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _args, kwargs = super().deconstruct()
        return path, (self.field,), kwargs
