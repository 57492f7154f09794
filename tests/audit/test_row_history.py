"""Row history: written by PostgreSQL whoever changes the row, read by its tenant, changed by nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from celery import current_app
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError

from evaluation.models import Certificate, Council, Decision, Seat
from ocop.audit.models import Change
from ocop.audit.row_history import KEPT
from ocop.orgs.models import Membership, OrgUnit
from ocop.papers.models import NumberSeries
from ocop.tenancy.scope import no_tenant, tenant_scope
from ocop.tenancy.tasks import TenantTask
from plans.models import Plan, Target
from tests import factories
from tests.evaluation import decision_makers

ON = dt.date(2026, 11, 20)


def a_council(unit: OrgUnit) -> Council:
    return Council.objects.create(unit=unit, tier="province", regime="26/2026", name="Hội đồng", starts_on=ON)


def a_plan(unit: OrgUnit) -> Plan:
    return Plan.objects.create(unit=unit, year=2026, title="Kế hoạch")


def a_certificate(unit: OrgUnit, *, officer, leader) -> Certificate:
    commune = OrgUnit.objects.get(name="Xã Mường So")
    return decision_makers.make_certificate(commune, unit, officer=officer, leader=leader)


# How a row of each kept table is made, a column of it, and what plain SQL writes there.
ROWS: dict[str, tuple[Callable[..., models.Model], str, object]] = {
    "evaluation.certificate": (a_certificate, "fault", "Máy in hỏng"),
    "evaluation.council": (lambda unit, **_: a_council(unit), "name", "Hội đồng OCOP"),
    "evaluation.decision": (
        lambda unit, officer, **_: Decision.objects.create(
            unit=unit, tier="province", title="Công nhận", created_by=officer
        ),
        "title",
        "Công nhận hạng sao",
    ),
    "evaluation.seat": (
        lambda unit, officer, **_: Seat.objects.create(council=a_council(unit), user=officer, starts_on=ON),
        "agency",
        "Sở Y tế",
    ),
    "orgs.membership": (lambda unit, officer, **_: Membership.objects.get(user=officer), "role", "leader"),
    "orgs.orgunit": (lambda unit, **_: unit, "symbol", "UBND-XD"),
    "papers.numberseries": (
        lambda unit, **_: NumberSeries.objects.create(unit=unit, kind="QĐ", year=2026),
        "last",
        7,
    ),
    "plans.plan": (lambda unit, **_: a_plan(unit), "title", "Kế hoạch khác"),
    "plans.round": (lambda unit, **_: factories.make_round(unit), "basis", "Công văn số 9"),
    "plans.target": (
        lambda unit, **_: Target.objects.create(plan=a_plan(unit), label="3 sao", measure="products_valid", low=37),
        "low",
        40,
    ),
}  # fmt: skip


@pytest.fixture
def row(request, province, officer, leader) -> models.Model:
    return ROWS[request.param][0](province, officer=officer, leader=leader)


def write(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_kept_tables_are_those_named():
    assert set(ROWS) == set(KEPT)


def test_the_database_keeps_what_is_named_and_nothing_else(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'keep_history'")
        assert sorted(name for (name,) in cursor.fetchall()) == sorted(
            apps.get_model(kind)._meta.db_table for kind in KEPT
        )


@pytest.mark.parametrize("row", KEPT, indirect=True)
def test_a_change_by_plain_sql_leaves_the_old_value(row):
    kind = row._meta.label_lower
    _make, column, value = ROWS[kind]
    old = getattr(row, column)
    write(f'UPDATE {row._meta.db_table} SET "{column}" = %s WHERE id = %s', value, row.pk)
    last = Change.objects.filter(kind=kind, object_id=row.pk).first()
    assert (last.deed, last.before, last.after) == ("update", {column: old}, {column: value})


@pytest.mark.parametrize("row", KEPT, indirect=True)
def test_its_making_is_kept_whole_and_an_idle_write_not_at_all(row):
    of_it = Change.objects.filter(kind=row._meta.label_lower, object_id=row.pk)
    first = of_it.last()
    assert (first.deed, first.before, first.after["id"]) == ("insert", None, row.pk)
    count = of_it.count()
    write(f"UPDATE {row._meta.db_table} SET id = id WHERE id = %s", row.pk)
    assert of_it.count() == count


def test_what_is_deleted_is_kept_whole(province, officer):
    seat = ROWS["evaluation.seat"][0](province, officer=officer)
    pk = seat.pk
    seat.delete()
    last = Change.objects.filter(kind="evaluation.seat", object_id=pk).first()
    assert (last.deed, last.before["user_id"], last.after) == ("delete", officer.pk, None)


@pytest.mark.parametrize("sql", ["UPDATE audit_change SET before = NULL", "DELETE FROM audit_change"])
def test_the_app_role_changes_no_history(province, sql):
    assert Change.objects.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        write(sql)


def test_another_tenant_sees_none_of_it(province, stranger, thai_nguyen_tenant):
    ours = Change.objects.filter(kind="orgs.orgunit", object_id=province.pk)
    assert ours.exists()
    with tenant_scope(thai_nguyen_tenant.pk), connection.cursor() as cursor:
        assert not Change.objects.filter(kind="orgs.orgunit", object_id=province.pk).exists()
        cursor.execute("SELECT DISTINCT tenant_id FROM audit_change")
        assert cursor.fetchall() == [(thai_nguyen_tenant.pk,)]
    with no_tenant(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_change")
        assert cursor.fetchone() == (0,)


def test_a_request_names_who_and_which(signed_in, tenant_admin, province):
    page = signed_in(tenant_admin).post(
        f"/lai-chau/admin/orgs/orgunit/{province.pk}/change/",
        {"kind": province.kind, "name": province.name, "opened_on": "2025-07-01", "symbol": "UBND-LC"},
        headers={"X-Request-ID": "sua-don-vi-1"},
    )
    assert page.status_code == 302
    last = Change.objects.filter(kind="orgs.orgunit", object_id=province.pk).first()
    assert (last.by, last.request_id) == (tenant_admin, "sua-don-vi-1")
    assert (last.before, last.after) == ({"symbol": ""}, {"symbol": "UBND-LC"})


def test_outside_a_request_nobody_is_named(province):
    OrgUnit.objects.filter(pk=province.pk).update(symbol="UB")
    last = Change.objects.filter(kind="orgs.orgunit", object_id=province.pk).first()
    assert (last.by, last.request_id) == (None, "-")


def test_a_task_is_named_by_its_id(province, lai_chau, run_task):
    class Rename(TenantTask):
        name = "tests.rename"

        def run(self, tenant_id: int) -> None:
            OrgUnit.objects.filter(parent=None).update(symbol="UB")

    task = Rename()
    task.bind(current_app)
    task.push_request(id="viec-17", args=(), kwargs={})
    try:
        run_task(task, lai_chau.pk)
    finally:
        task.pop_request()
    assert Change.objects.filter(kind="orgs.orgunit", object_id=province.pk).first().request_id == "viec-17"


def test_an_inner_scope_keeps_who_acts_and_gives_it_back(province, officer, leader, lai_chau):
    def rename(symbol: str) -> int | None:
        OrgUnit.objects.filter(pk=province.pk).update(symbol=symbol)
        return Change.objects.filter(kind="orgs.orgunit", object_id=province.pk).first().by_id

    with tenant_scope(lai_chau.pk, by=officer.pk):
        with tenant_scope(lai_chau.pk):
            assert rename("A") == officer.pk
        with tenant_scope(lai_chau.pk, by=leader.pk):
            assert rename("B") == leader.pk
        assert rename("C") == officer.pk
    assert rename("D") is None
