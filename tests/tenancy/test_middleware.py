"""The first path segment: taken off, unknown, moved, and what a refused request leaves behind."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from ocop.notices.models import Notice
from ocop.tenancy.middleware import TenantScopeMiddleware
from ocop.tenancy.models import TenantAlias
from ocop.tenancy.scope import active_tenant_id


def test_links_inside_a_tenant_keep_its_prefix(lai_chau, officer, signed_in):
    page = signed_in(officer).get("/lai-chau/notices/")
    assert 'action="/lai-chau/accounts/logout/"' in page.content.decode()
    assert reverse("notices:list") == "/notices/"  # the prefix does not stick to the thread


def test_an_unknown_tenant_is_404(db, client):
    assert client.get("/khong-co/").status_code == 404


def test_an_inactive_tenant_is_404(lai_chau_tenant, client):
    lai_chau_tenant.is_active = False
    lai_chau_tenant.save(update_fields=["is_active"])
    assert client.get("/lai-chau/accounts/login/").status_code == 404


def test_an_earlier_slug_leads_on(lai_chau_tenant, client):
    TenantAlias.objects.create(slug="laichau", tenant=lai_chau_tenant)
    moved = client.get("/laichau/check/?number=12")
    assert (moved.status_code, moved["Location"]) == (301, "/lai-chau/check/?number=12")


def test_a_tenant_without_its_slash_is_led_to_it(lai_chau_tenant, client):
    answer = client.get("/lai-chau")
    assert (answer.status_code, answer["Location"]) == (302, "/lai-chau/")


def test_the_officer_of_another_province_finds_nothing_here(lai_chau, officer, stranger, signed_in):
    notice = Notice.objects.create(user=officer, key="x", kind="x", subject="Của Lai Châu")
    assert signed_in(officer).get(f"/lai-chau/notices/{notice.pk}/").status_code == 302
    assert signed_in(stranger).get(f"/lai-chau/notices/{notice.pk}/").status_code == 404
    assert signed_in(stranger).get(f"/thai-nguyen/notices/{notice.pk}/").status_code == 404


def test_a_refused_request_writes_nothing(lai_chau, officer, signed_in, rf):
    def view(request):
        Notice.objects.create(tenant_id=active_tenant_id(), user=officer, key="y", kind="x", subject="Y")
        return HttpResponse(status=request.GET["status"])

    counts = []
    for status in ("200", "422", "500"):
        request = rf.get("/", {"status": status})
        request.tenant, request.user = lai_chau, officer
        if status == "200":
            TenantScopeMiddleware(view)(request)
        else:
            Notice.objects.filter(key="y").delete()
            TenantScopeMiddleware(view)(request)
        counts.append(Notice.objects.filter(key="y").count())
    assert counts == [1, 0, 0]


@pytest.mark.parametrize("given", ["abc-123-xyz", "not ok; DROP"])
def test_a_sane_request_id_comes_back(db, client, given):
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert answer.json() == {"status": "ok"}
    assert (answer["X-Request-ID"] == given) is (given == "abc-123-xyz")
