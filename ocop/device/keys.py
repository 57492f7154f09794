"""Secrets made for a tenant out of one, for what lies on people's devices. None is ever stored."""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id


def made(purpose: str, value: str) -> bytes:
    """32 bytes for this purpose and value in the tenant of the scope; the same whenever they are asked for."""
    salt = f"ocop.offline.{purpose}.{active_tenant_id()}"
    return salted_hmac(salt, value, secret=settings.OFFLINE_SECRET, algorithm="sha256").digest()


def drafts_key(user: User) -> str:
    """The key (base64) of what this person typed and could not send: hers on any device, whenever she logs in again."""
    return base64.b64encode(made("drafts", str(user.pk))).decode()
