"""The admin outside every tenant: global tables only, every page opened at a fixed cost."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evaluation.models import PublishedSet
from ocop.notices.models import AccountMail
from ocop.orgs.models import Place, User
from ocop.tenancy.models import Tenant, TenantAlias, TenantModel
from ocop.tenancy.scope import no_tenant
from tests import factories

MODELS = {model._meta.label_lower: model for model in admin.site._registry}
# Answer and queries of the list, of the page of one, of the page that adds one.
COSTS = {
    "account.emailaddress": ((200, 5), (200, 5), (200, 2)),
    "evaluation.publishedset": ((200, 5), (200, 4), (403, 2)),
    "mfa.authenticator": ((200, 4), (200, 5), (403, 2)),
    "notices.accountmail": ((200, 4), (200, 4), (403, 2)),
    "orgs.place": ((200, 5), (200, 5), (403, 2)),
    "orgs.user": ((200, 4), (200, 4), (200, 2)),
    "tenancy.tenant": ((200, 5), (200, 4), (200, 2)),
    "tenancy.tenantalias": ((200, 4), (200, 5), (200, 2)),
}


@pytest.fixture
def root(db) -> Client:
    user = User.objects.create_superuser("goc", "goc@example.vn", factories.PASSWORD)
    client = Client()
    client.force_login(user, backend="ocop.orgs.backends.LoginBackend")
    return client


def fill(count: int) -> None:
    """So many rows of everything, beside what migrations made."""
    for number in range(count):
        user = User.objects.create(username=f"nguoi.{number}", email=f"n{number}@example.vn")
        tenant = Tenant.objects.create(slug=f"tinh-{number}", name=f"Tỉnh {number}")
        TenantAlias.objects.create(slug=f"cu-{number}", tenant=tenant)
        place = Place.objects.create(code=f"9{number}", level="province", kind="tỉnh", name=f"Tỉnh {number}", valid_from=factories.REFORM)  # fmt: skip
        Place.objects.create(code=f"9{number}001", level="commune", kind="xã", name="Xã", parent=place, valid_from=factories.REFORM)  # fmt: skip
        AccountMail.objects.create(to=user.email, subject="Đặt lại mật khẩu", body="https://bi-mat")
        EmailAddress.objects.create(user=user, email=user.email)
        Authenticator.objects.create(user=user, type="totp", data={"secret": "https://bi-mat"})


def address(kind: str, rest: str = "") -> str:
    return f"/admin/{kind.replace('.', '/')}/{rest}"


def cost(client: Client, url: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    return answer.status_code, len(seen)


def test_it_knows_no_table_of_a_tenant():
    assert [kind for kind, model in MODELS.items() if issubclass(model, TenantModel)] == []


@pytest.mark.parametrize("count", [1, 3])
def test_every_page_opens_at_the_same_cost(count, root):
    fill(count)
    ContentType.objects.clear_cache()
    found = {
        kind: (
            cost(root, address(kind)),
            cost(root, address(kind, f"{model._default_manager.latest('pk').pk}/change/")),
            cost(root, address(kind, "add/")),
        )
        for kind, model in sorted(MODELS.items())
    }
    assert found == COSTS


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_the_state_of_the_house_is_not_deleted(root, kind):
    fill(1)
    pk = MODELS[kind]._default_manager.latest("pk").pk
    answer = root.post(address(kind, f"{pk}/delete/"), {"post": "yes"})
    assert answer.status_code == (302 if kind in DELETABLE else 403)


# allauth's own: an address mistyped, a second factor lost with the phone.
DELETABLE = {"account.emailaddress", "mfa.authenticator"}


def test_who_is_no_superuser_finds_nothing_and_anonymous_the_one_login(signed_in, tenant_admin, client):
    with no_tenant():
        assert signed_in(tenant_admin).get("/admin/").status_code == 404
        assert client.get("/admin/")["Location"].startswith("/accounts/login/")
        assert client.get("/admin/login/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_neither_a_reset_link_nor_a_second_factor_is_shown(root):
    fill(1)
    for kind in ("notices.accountmail", "mfa.authenticator"):
        url = address(kind, f"{MODELS[kind]._default_manager.get().pk}/change/")
        assert "bi-mat" not in root.get(url).content.decode()


def test_a_published_set_is_read_only(root):
    one = PublishedSet.objects.latest("pk")
    assert root.get(address("evaluation.publishedset", f"{one.pk}/change/")).status_code == 200
    assert root.post(address("evaluation.publishedset", f"{one.pk}/change/"), {}).status_code == 403
