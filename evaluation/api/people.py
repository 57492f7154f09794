"""People and units as a body names them."""

from typing import Any

from rest_framework import serializers

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_in_scope


class PersonField(serializers.PrimaryKeyRelatedField):
    """One of the people known in this tenant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def get_queryset(self) -> Any:
        return User.objects.filter(tenants=tenant_in_scope(), is_active=True)


class UnitField(serializers.PrimaryKeyRelatedField):
    """One of the tenant's units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=OrgUnit.objects.none(), **kwargs)

    def get_queryset(self) -> Any:
        return OrgUnit.objects.all()
