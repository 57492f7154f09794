"""The two locks: the strict manager and row security."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import ProgrammingError

from ocop.orgs.models import OrgUnit, UnitKind
from ocop.tenancy.checks import role_fault
from ocop.tenancy.constraints import SameTenant
from ocop.tenancy.models import TenantModel
from ocop.tenancy.scope import NoTenant, no_tenant, tenant_scope
from tests import factories

# Tables without a tenant, each with its reason.
GLOBAL_TABLES = {
    "tenancy_tenant": "the tenants themselves",
    "tenancy_tenantalias": "their earlier addresses",
    "orgs_place": "the country's units, the state's facts",
    "orgs_placesuccession": "what each became",
    "orgs_user": "login identity only",
    "orgs_user_tenants": "where may I go after login",
    "orgs_user_groups": "Django's own, unused",
    "orgs_user_user_permissions": "Django's own, unused",
    "evaluation_publishedset": "the law as ballots were made under it",
    "notices_accountmail": "login mails: an account belongs to no tenant",
    "auth_group": "Django's own",
    "auth_group_permissions": "Django's own",
    "auth_permission": "Django's own",
    "django_content_type": "Django's own",
    "django_session": "Django's own",
    "django_admin_log": "Django's own; the global admin's history",
    "django_migrations": "Django's own",
    "ocop_cache": "counters of the rate limits",
    "account_emailaddress": "allauth's",
    "account_emailconfirmation": "allauth's",
    "mfa_authenticator": "allauth's",
    "guardian_userobjectpermission": "guardian's generic tables, unused",
    "guardian_groupobjectpermission": "guardian's generic tables, unused",
}


def _tables_without_lock() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND relkind IN ('r', 'p') AND NOT relrowsecurity"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_table_is_locked_or_global_for_a_reason():
    assert _tables_without_lock() == set(GLOBAL_TABLES)


def test_every_model_is_a_tenants_or_global_for_a_reason():
    unlocked = {
        m._meta.db_table for m in apps.get_models(include_auto_created=True) if not issubclass(m, TenantModel)
    }
    assert unlocked <= set(GLOBAL_TABLES)


def test_every_foreign_key_between_tenant_models_is_checked():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, TenantModel)
        if not any(isinstance(c, SameTenant) and c.field == field.name for c in model._meta.constraints)
    ]
    assert missing == []


def test_unique_keys_of_tenant_models_lead_with_the_tenant():
    loose = [
        f"{model._meta.label}.{constraint.name}"
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields[:1] != ("tenant",)
    ]
    assert loose == []


def test_the_app_role_is_bound_by_row_security(db):
    assert role_fault() is None


def test_nothing_is_counted_with_no_scope_set(lai_chau, officer):
    tables = sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, TenantModel))
    with no_tenant(), connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    assert set(counts.values()) == {0}
    assert OrgUnit.objects.count() == 5  # there was something to hide


def test_the_manager_refuses_outside_a_scope(db):
    with no_tenant(), pytest.raises(NoTenant):
        OrgUnit.objects.count()


def test_a_scope_shows_its_own_rows_only(lai_chau, stranger, thai_nguyen_tenant):
    with tenant_scope(thai_nguyen_tenant.pk), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tenant_id FROM orgs_orgunit")
        assert cursor.fetchall() == [(thai_nguyen_tenant.pk,)]
    assert set(OrgUnit.objects.values_list("tenant", flat=True)) == {lai_chau.pk}  # the outer scope is back


def test_a_row_cannot_be_written_into_another_tenant(lai_chau, thai_nguyen_tenant):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        OrgUnit.objects.create(
            tenant_id=thai_nguyen_tenant.pk, name="Xã lạ", kind=UnitKind.COMMUNE, opened_on=factories.REFORM
        )


def test_a_foreign_key_cannot_reach_into_another_tenant(lai_chau, stranger, thai_nguyen_tenant):
    with tenant_scope(thai_nguyen_tenant.pk):
        theirs = OrgUnit.objects.get(parent=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    borrowed = OrgUnit(name="Xã mượn", kind=UnitKind.COMMUNE, opened_on=factories.REFORM, parent_id=theirs.pk)
    with pytest.raises(IntegrityError, match="same"), transaction.atomic():
        borrowed.save()


def test_a_form_says_at_the_field_that_the_parent_is_unknown_here(lai_chau, stranger, thai_nguyen_tenant):
    with tenant_scope(thai_nguyen_tenant.pk):
        theirs = OrgUnit.objects.get(parent=None)
    unit = OrgUnit(name="Xã mượn", kind=UnitKind.COMMUNE, opened_on=factories.REFORM, parent_id=theirs.pk)
    with pytest.raises(ValidationError) as refused:
        unit.validate_constraints()
    assert refused.value.message_dict == {"parent": ["Không có mục này trong đơn vị của bạn."]}


@pytest.mark.parametrize(
    "table",
    [
        "audit_change",
        "audit_entry",
        "products_dossierversion",
        "evaluation_ballotchange",
        "evaluation_publishedset",
    ],
)
def test_logs_take_rows_and_never_change_them(lai_chau, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(current_user, %s, 'INSERT'), has_table_privilege(current_user, %s, 'UPDATE'),"
            " has_table_privilege(current_user, %s, 'DELETE')",
            [table, table, table],
        )
        assert cursor.fetchone() == (True, False, False)
