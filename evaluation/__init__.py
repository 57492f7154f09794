"""Councils score, authorities decide, certificates are issued, expire, are renewed or revoked."""
