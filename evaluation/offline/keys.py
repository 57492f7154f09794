"""Secrets made for a tenant out of one: of what a member takes along, of the receipts. None is ever stored."""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from evaluation.models import Meeting
from ocop.orgs.models import User
from ocop.tenancy.scope import active_tenant_id


def take_along_key(meeting: Meeting, user: User) -> str:
    """32 bytes (base64) for this member and meeting; the same whenever she asks, so that a device opens again."""
    return base64.b64encode(_made("take-along", f"{meeting.pk}/{user.pk}")).decode()


def receipt_code(facts: str) -> str:
    """A MAC of 80 bits as people read it out: `ABCD-EFGH-JKLM-NPQR`."""
    text = base64.b32encode(_made("receipt", facts))[:16].decode()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _made(purpose: str, value: str) -> bytes:
    salt = f"ocop.offline.{purpose}.{active_tenant_id()}"
    return salted_hmac(salt, value, secret=settings.OFFLINE_SECRET, algorithm="sha256").digest()
