"""The request that a view behind `login_required` gets."""

from django.http import HttpRequest

from ocop.orgs.models import User
from ocop.tenancy.models import Tenant


class SignedInRequest(HttpRequest):
    """Says to the type checker what the decorator and the middleware guarantee."""

    user: User
    tenant: Tenant
