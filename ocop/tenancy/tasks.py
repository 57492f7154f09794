"""The base of tenant tasks, and the send that loses nothing when the broker is down."""

import logging
from typing import Any

from celery import Task, current_app
from django.db import transaction
from django.urls import get_script_prefix, set_script_prefix
from kombu.exceptions import OperationalError

from ocop.request_id import request_id, under_id
from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope

logger = logging.getLogger(__name__)


class TenantTask(Task):
    """A task whose first argument is `tenant_id`: it runs inside that scope (headers would lose it in chains)."""

    abstract = True

    def __call__(self, tenant_id: int, *args: Any, **kwargs: Any) -> Any:
        slug = Tenant.objects.values_list("slug", flat=True).get(pk=tenant_id)
        outer = get_script_prefix()
        set_script_prefix(f"/{slug}/")
        try:
            with under_id(self.request.id or request_id()), tenant_scope(tenant_id):
                return super().__call__(tenant_id, *args, **kwargs)
        finally:
            set_script_prefix(outer)


def kick(name: str, *args: Any) -> None:
    """After commit, ask a worker to run task `name` now. If the broker is down, beat's sweep does it later."""
    transaction.on_commit(lambda: _send(name, args))


def _send(name: str, args: tuple[Any, ...]) -> None:
    try:
        current_app.send_task(name, args=args, retry=False)
    except (OperationalError, ConnectionError) as error:
        logger.warning("%s waits for the next sweep: the broker does not answer (%s)", name, error)
