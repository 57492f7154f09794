"""Certificates: numbered, printed, valid, expiring."""
