"""The database as the product has it (owner and app role), and the cast: who plays in every story."""

from __future__ import annotations

import contextvars
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import no_tenant, tenant_scope
from tests import factories


@pytest.fixture(scope="session")
def django_db_setup(request: Any, django_test_environment: Any, django_db_blocker: Any) -> Iterator[None]:
    """Made and migrated by the owner, used by the app role: row security binds every test.

    Of pytest-django's own switches, `--reuse-db` keeps it for the next run on the same server
    and `--create-db` makes it anew.
    """
    keep = request.config.getvalue("reuse_db")
    owner, app, counters = connections["owner"], connections["default"], connections["counters"]
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    owner.settings_dict["TEST"]["NAME"] = f"test_{owner.settings_dict['NAME']}_{worker}"
    with django_db_blocker.unblock():
        name_before = owner.settings_dict["NAME"]
        owner.creation.create_test_db(
            verbosity=0,
            autoclobber=True,
            serialize=False,
            keepdb=keep and not request.config.getvalue("create_db"),
        )
        app.close()
        for one in (app, counters):
            one.creation.set_as_test_mirror(owner.settings_dict)
        role = owner.ops.quote_name(app.settings_dict["USER"])
        with (
            owner.cursor() as cursor
        ):  # what the flush after a transactional test needs, and nothing else does
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}")
        owner.close()
    yield
    with django_db_blocker.unblock():
        app.close()
        counters.close()
        if not keep:
            owner.creation.destroy_test_db(name_before, verbosity=0)


@pytest.fixture(autouse=True)
def _in_vietnamese() -> None:
    """A page that the last test asked for in English does not speak on in the next."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Any, settings: Any) -> None:
    """Each test keeps its files apart."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.STATIC_ROOT = str(tmp_path)
    settings.DEMO_PEOPLE = str(tmp_path / "no-demo.json")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # the real one is slow on purpose
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _counted_with_the_rest(request: Any, settings: Any) -> None:
    """What a test counts goes with its transaction; a test that names the connection of the counters has it."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or "counters" not in marker.kwargs.get("databases", ()):
        settings.DATABASE_ROUTERS = []


@pytest.fixture
def lai_chau_tenant(db: None) -> Tenant:
    return factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")


@pytest.fixture
def thai_nguyen_tenant(db: None) -> Tenant:
    return factories.make_tenant("thai-nguyen", "Tỉnh Thái Nguyên", code="19")


@pytest.fixture
def lai_chau(lai_chau_tenant: Tenant) -> Iterator[Tenant]:
    """The province most stories play in; its scope is open for the whole test."""
    with tenant_scope(lai_chau_tenant.pk):
        factories.make_units(lai_chau_tenant)
        yield lai_chau_tenant


@pytest.fixture
def province(lai_chau: Tenant) -> OrgUnit:
    return OrgUnit.objects.get(name="Tỉnh Lai Châu")


@pytest.fixture
def commune(lai_chau: Tenant) -> OrgUnit:
    return OrgUnit.objects.get(name="Xã Mường So")


@pytest.fixture
def other_commune(lai_chau: Tenant) -> OrgUnit:
    return OrgUnit.objects.get(name="Phường Tân Phong")


@pytest.fixture
def commune_officer(commune: OrgUnit) -> User:
    return factories.make_user("xa.muongso", "Vàng Thị Mẩy", role="commune_officer", unit=commune)


@pytest.fixture
def officer(province: OrgUnit) -> User:
    return factories.make_user("tinh.ocop", "Nguyễn Thị Hồng Thắm", role="officer", unit=province)


@pytest.fixture
def leader(province: OrgUnit) -> User:
    return factories.make_user("tinh.lanhdao", "Hà Trọng Hải", role="leader", unit=province)


@pytest.fixture
def advisor(province: OrgUnit) -> User:
    return factories.make_user("tinh.totuvan", "Lò Văn Inh", role="advisory_member", unit=province)


@pytest.fixture
def tenant_admin(province: OrgUnit) -> User:
    return factories.make_user("tinh.quantri", "Đỗ Quang Minh", role="tenant_admin", unit=province)


@pytest.fixture
def observer(province: OrgUnit) -> User:
    return factories.make_user("tinh.quansat", "Giàng A Páo", role="observer", unit=province)


@pytest.fixture
def nobody(lai_chau: Tenant) -> User:
    """Signed in, known here, without a role."""
    return factories.make_user("khong.vaitro", "Tẩn Mẩy Lan")


@pytest.fixture
def stranger(lai_chau: Tenant, thai_nguyen_tenant: Tenant) -> User:
    """The provincial officer of another province."""
    with tenant_scope(thai_nguyen_tenant.pk):
        factories.make_units(thai_nguyen_tenant)
        root = OrgUnit.objects.get(parent=None)
        return factories.make_user("thainguyen.ocop", "Trần Đức Thịnh", role="officer", unit=root)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser of one person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="ocop.orgs.backends.LoginBackend")
        return client

    return sign_in


@pytest.fixture
def run_task() -> Callable[..., Any]:
    """Call a task as a worker does: with no scope but the one it opens itself."""

    def run(task: Any, *args: Any, **kwargs: Any) -> Any:
        def outside() -> Any:
            with no_tenant():
                return task(*args, **kwargs)

        return contextvars.copy_context().run(outside)

    return run


@pytest.fixture
def today() -> dt.date:
    return dt.date(2026, 11, 22)
