"""What a certificate is worth on a day, and when its renewal is due: facts of the row, the law and the day."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from evaluation.models import Certificate, CertificateState
from ocop.regulations import Regime, RenewalWindow, extension_limit, renewal_window
from products.law import law

Standing = Literal["valid", "soon", "extended", "expired", "revoked", "replaced"]


@dataclass(frozen=True)
class RenewalState:
    """The window in which the dossier for re-ranking is filed (QĐ 26/2026, Điều 7 khoản 6), as it stands on a day."""

    days_left: int  # to the last day of validity; below 0: days since
    window: RenewalWindow | None
    is_open: bool
    days_to_open: int | None
    days_to_close: int | None

    @property
    def is_missed(self) -> bool:
        return self.days_to_close is not None and self.days_to_close < 0


def renewal_state(certificate: Certificate, on: dt.date) -> RenewalState:
    """A renewal is filed under the law of its own day, whatever law the certificate was issued under."""
    in_force = law().regime_on(on)
    window = renewal_window(in_force, certificate.expires_on) if in_force else None
    return RenewalState(
        days_left=(certificate.last_day - on).days,
        window=window,
        is_open=bool(window and window.holds(on)),
        days_to_open=(window.opens_on - on).days if window else None,
        days_to_close=(window.closes_on - on).days if window else None,
    )


def standing(certificate: Certificate, on: dt.date) -> Standing:
    """One word for the public page; nearing its end from the day that the renewal window opens."""
    if certificate.state != CertificateState.IN_FORCE:
        return "revoked" if certificate.state == CertificateState.REVOKED else "replaced"
    if certificate.last_day < on:
        return "expired"
    if certificate.expires_on < on:
        return "extended"
    return "soon" if (certificate.last_day - on).days <= soon_days(on) else "valid"


def soon_days(on: dt.date) -> int:
    """From how many days before the end a certificate counts as nearing it: the law of the day says."""
    in_force = law().regime_on(on)
    if in_force is None:
        return 0
    rule = in_force.certificate
    return rule.renewal_opens_days or rule.remind_days or 0


def extension_rule(certificate: Certificate, on: dt.date) -> tuple[Regime, dt.date] | None:
    """The law in force and the furthest day it carries this certificate over to (QĐ 26/2026, Điều 12).

    Only what was issued under an earlier law is carried over: None for the rest.
    """
    in_force = law().regime_on(on)
    if in_force is None or certificate.regime == in_force.code:
        return None
    limit = extension_limit(in_force, certificate.expires_on)
    return (in_force, limit) if limit else None
