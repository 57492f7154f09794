"""The login identity, the same in every tenant: no phone, no address, no unit."""

from typing import Any

from django.contrib.auth import models as auth
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models.membership import Person
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_in_scope


class User(auth.AbstractUser):
    """An account is deactivated and anonymised, never deleted: what it signed stays signed."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    # Answers "where may I go" after login and nothing else; written by the function that grants a membership.
    tenants = models.ManyToManyField(Tenant, blank=True, related_name="users", editable=False)

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="orgs_user_email_once", condition=~models.Q(email="")
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    @cached_property
    def person(self) -> Person | None:
        """The person behind the login in the tenant in scope; `prefetch_related("user__persons")` for lists."""
        if tenant_in_scope() is None:
            return None
        return next(iter(self.persons.all()), None)  # costs nothing where a list has prefetched them

    @cached_property
    def known_roles(self) -> dict[Any, list[Any]]:
        """What rights.py read for this object; an attribute, as request.user's own __dict__ is a proxy's."""
        return {}

    def get_full_name(self) -> str:
        """The name in the tenant in scope, else the login name."""
        return self.person.name if self.person else self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Asks the backends; a superuser is one on the global admin only, never inside a tenant."""
        if self._rules_outside():
            return True
        return bool(auth._user_has_perm(self, perm, obj))  # type: ignore[attr-defined] # noqa: SLF001, past the superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self._rules_outside() or bool(
            auth._user_has_module_perms(self, app_label)  # type: ignore[attr-defined] # noqa: SLF001, as above
        )

    def _rules_outside(self) -> bool:
        return self.is_active and self.is_superuser and tenant_in_scope() is None
