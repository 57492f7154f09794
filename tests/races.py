"""Deeds begun at the same moment, each with a connection of its own, on a database where commits are real."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from ocop.tenancy.scope import tenant_scope


def at_once(tenant_id: int, *deeds: Callable[[], Any], refusals: tuple[type[Exception], ...]) -> list[Any]:
    """Each in a thread, a connection and a scope of its own, all begun together; answers or refusals."""
    barrier, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(n: int, deed: Callable[[], Any]) -> None:
        try:
            with tenant_scope(tenant_id):
                barrier.wait(10)
                answers[n] = deed()
        except refusals as refused:
            answers[n] = refused
        finally:
            connection.close()

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(run, n, deed))
        for n, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers
