"""The answers to `user.has_perm`: exclusions first, then roles, then single grants."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from guardian.models import UserObjectPermission
from guardian.utils import get_user_obj_perms_model

from ocop.orgs.models import User
from ocop.orgs.rights import held_roles, role_for
from ocop.orgs.roles import PERMISSIONS, ROLES
from ocop.tenancy.scope import tenant_in_scope


class ExclusionBackend(BaseBackend):
    """A declared conflict wins over every grant, a tenant admin's too."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if obj is not None and hasattr(obj, "excludes") and obj.excludes(user_obj):
            raise PermissionDenied
        return False


class RoleBackend(BaseBackend):
    """Roles by membership in a unit, or by a domain fact about the object."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not _acts_here(user_obj) or perm not in PERMISSIONS:
            return False
        return role_for(user_obj, perm, obj) is not None

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not _acts_here(user_obj):
            return False
        return any(
            permission.startswith(f"{app_label}.")
            for held in held_roles(user_obj)
            for permission in ROLES[held.role].permissions
        )


class GrantBackend(BaseBackend):
    """guardian's direct-FK tables: grants on single objects, written by the function that makes the fact."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if obj is None or not _acts_here(user_obj):
            return False
        grants: Any = get_user_obj_perms_model(obj)
        app_label, _, codename = perm.partition(".")
        if grants is UserObjectPermission or app_label != obj._meta.app_label:
            return False
        # Asked of the table itself: guardian's checker asks for groups too, and lets a superuser do everything.
        return bool(
            grants.objects.filter(
                user_id=user_obj.pk, content_object=obj, permission__codename=codename
            ).exists()
        )


class LoginBackend(AuthenticationBackend):
    """allauth's login and nothing else: Django's own permission tables give no right."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False


def _acts_here(user: Any) -> bool:
    return isinstance(user, User) and user.is_active and tenant_in_scope() is not None
