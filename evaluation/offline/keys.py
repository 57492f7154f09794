"""Secrets made for a tenant out of one: of what a member takes along, of the receipts. None is ever stored."""

import base64

from evaluation.models import Meeting
from ocop.device.keys import device_key, secret
from ocop.orgs.models import User


def take_along_key(meeting: Meeting, user: User) -> str:
    """32 bytes (base64) for this member and meeting; the same whenever she asks, so that a device opens again."""
    return device_key("take-along", f"{meeting.pk}/{user.pk}")


def receipt_code(facts: str) -> str:
    """A MAC of 80 bits as people read it out: `ABCD-EFGH-JKLM-NPQR`."""
    text = base64.b32encode(secret("receipt", facts))[:16].decode()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))
