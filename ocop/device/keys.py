"""Secrets made for a tenant out of one, for what lies on people's devices. None is ever stored."""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id


def secret(purpose: str, value: str) -> bytes:
    """32 bytes for this purpose and value in the tenant of the scope; the same whenever they are asked for."""
    salt = f"ocop.offline.{purpose}.{active_tenant_id()}"
    return salted_hmac(salt, value, secret=settings.OFFLINE_SECRET, algorithm="sha256").digest()


def device_key(purpose: str, value: str) -> str:
    """The key (base64) of what one person takes along; the same whenever she asks, so that a device opens again."""
    return base64.b64encode(secret(purpose, value)).decode()


def drafts_key(user: User) -> str:
    """Of what this person typed and could not send: hers on any device, whenever she logs in again."""
    return device_key("drafts", str(user.pk))
