"""bin/bench: the measurements of bench/ on a database and a broker of their own."""

from __future__ import annotations

import argparse

import beside


def main(options: argparse.Namespace) -> int:
    settings = {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,testserver",
        "OCOP_SITE_URL": "https://127.0.0.1",
        "OCOP_LOG_LEVEL": "ERROR",
    }
    return beside.run("bench", ("-m", "bench", *options.names), settings)
