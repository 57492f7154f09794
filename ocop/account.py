"""A person's own page: who she is here, which roles she holds, and the way to password and second factor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import Membership
from ocop.tenancy.scope import tenant_in_scope


@login_required
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    memberships = (
        Membership.objects.filter(user_id=request.user.pk).select_related("unit") if tenant_in_scope() else []
    )
    return render(
        request,
        "account/account.html",
        {"memberships": memberships, "tenants": request.user.tenants.active()},
    )
