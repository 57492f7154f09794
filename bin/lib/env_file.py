"""var/env: the settings bin/run decided, for manage.py beside it; the environment wins over them."""

from __future__ import annotations

import os

import folders

PATH = folders.VAR / "env"


def settings(addresses: dict[str, str], secret: str, site_url: str) -> dict[str, str]:
    """Every setting of the product that a start decides."""
    defaults = {
        **addresses,
        "DJANGO_SECRET_KEY": secret,
        "DJANGO_DEBUG": "False",
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "OCOP_SITE_URL": site_url,
        "OCOP_MEDIA_ROOT": str(folders.VAR / "files"),
        "OCOP_STATIC_ROOT": str(folders.VAR / "static"),
        "OCOP_BEAT_SCHEDULE": str(folders.VAR / "beat-schedule"),
    }
    given = {name: os.environ[name] for name in defaults if name in os.environ and name not in addresses}
    return defaults | given


def write(values: dict[str, str]) -> None:
    fresh = PATH.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    fresh.replace(PATH)


def read() -> dict[str, str]:
    if not PATH.is_file():
        return {}
    return dict(line.split("=", 1) for line in PATH.read_text().splitlines() if "=" in line)
